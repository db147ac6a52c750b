import Base
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import City
@testable import Web

/// What is measured, and how it is told.
@Suite struct MetricsTests {
  private func read(_ town: WebTown) async throws -> ExpositionReader {
    let application = Application(router: town.site.operationRoutes(), logger: town.log.logger)
    let answer = try await application.test(.router) { client in
      try await client.execute(uri: "/metrics", method: .get)
    }
    #expect(answer.status == .ok)
    #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
    let reader = ExpositionReader(String(buffer: answer.body))
    #expect(reader.complaints == [])
    return reader
  }

  @Test("requests, commits, the ledger and sweeps are measured in a form that can be read strictly")
  func measured() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      let made = try await site.post("/api/v1/cases", ReportAPITests.body(), by: token)
      let id = try #require(made.value["id"]?.text)
      for _ in 0..<3 { _ = try await site.get("/api/v1/cases/\(id)", by: token) }
      _ = try await site.get("/api/v1/cases/7", by: token)
      _ = try await site.submit("/sign-in", [("name", "nobody"), ("password", "13812345678")])
      _ = try await site.get("/health/ready")
    }
    let sweep = SweepService(site: town.site, logger: town.log.logger)
    await sweep.pass()
    let all = try await read(town)
    let name = "chengyun_http_requests_total"
    let one = ["route": "/api/v1/cases/{id}", "method": "GET"]
    #expect(all.value(name, one.merging(["status": "2xx"]) { $1 }) == 3)
    #expect(all.value(name, one.merging(["status": "4xx"]) { $1 }) == 1)
    #expect(
      all.value(name, ["route": "/api/v1/cases", "method": "POST", "status": "2xx"]) == 1)
    #expect(all.value("chengyun_http_request_duration_seconds_count", one) == 4)
    #expect(all.value("chengyun_http_requests_in_flight") == 0)
    #expect(all.value("chengyun_sign_ins_total", ["outcome": "sign-in.wrong"]) == 1)
    #expect(all.value("chengyun_sweep_passes_total") == 1)
    let now = Double(town.clock.now().milliseconds / 1000)
    #expect(all.value("chengyun_sweep_last_success_timestamp_seconds") == now)
    #expect(try #require(all.value("chengyun_commit_duration_seconds_count")) > 3)
    #expect(
      all.value("chengyun_commit_duration_seconds_count")
        == all.value("chengyun_commit_writes_count"))
    #expect(all.value("chengyun_ledger_unsealed_entries") == 0)
    #expect(try #require(all.value("chengyun_ledger_entries")) > 0)
    #expect(all.value("chengyun_database_up") == 1)
    #expect(try #require(all.value("process_resident_memory_bytes")) > 1e6)
    #expect(all.value("process_start_time_seconds") == now)
    #expect(all.value("chengyun_build_info", ["version": Version.current]) == 1)
    #expect(all.value("chengyun_read_connections_in_use") == 0)
    _ = try await town.bring(to: .filed)
    #expect(try #require(try await read(town).value("chengyun_ledger_unsealed_entries")) > 0)
  }

  @Test("addresses, methods and names that callers make up add no series")
  func bounded() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    @Sendable func flood(_ site: Visitor, _ round: Int) async throws {
      for number in 0..<30 {
        _ = try await site.get("/made-up/\(round)/\(number)")
        _ = try await site.get("/api/v1/cases/\(round * 1000 + number)", by: token)
        let method = try #require(HTTPRequest.Method("X\(round)Y\(number)"))
        _ = try await site.send(method, "/desk")
        _ = try await site.submit("/sign-in", [("name", "a\(round)b\(number)"), ("password", "c")])
      }
    }
    try await town.visit { try await flood($0, 1) }
    let before = try await read(town).samples.count
    try await town.visit { try await flood($0, 2) }
    let after = try await read(town)
    // At most the first refusals for want of patience are new.
    #expect(after.samples.count <= before + 2)
    #expect(!after.samples.contains { $0.labels.values.contains { $0.contains("made-up") } })
    #expect(
      try #require(after.value("chengyun_refusals_total", ["code": "rate.exceeded"])) > 0)
  }

  @Test("the pages' own address does not tell what is measured")
  func closed() async throws {
    let town = try await WebTown()
    let token = try await town.token(.system)
    try await town.visit { site in
      let answers = [try await site.get("/metrics"), try await site.get("/metrics", by: token)]
      #expect(answers.map(\.status) == [404, 404])
    }
  }

  @Test("a database that is gone keeps no other figure back")
  func gone() async throws {
    let town = try await WebTown()
    try town.store.database.close()
    let all = try await read(town)
    #expect(all.value("chengyun_database_up") == 0)
    #expect(all.value("chengyun_ledger_entries") == nil)
    #expect(all.value("process_resident_memory_bytes") != nil)
    let sweep = SweepService(site: town.site, logger: town.log.logger)
    await sweep.pass()
    #expect(try await read(town).value("chengyun_sweep_failures_total") == 1)
    #expect(town.log.lines.contains { $0.contains("sweep failed") && $0.contains("store.closed") })
  }

  @Test("a histogram puts each value under its bound, and labels are escaped")
  func histogram() {
    let histogram = Histogram([1, 2.5])
    for value in [0.5, 1, 1.5, 2.5, 9] { histogram.add(value) }
    #expect(histogram.reading.counts == [2, 2, 1])
    #expect(histogram.reading.sum == 14.5)
    var figure = Figure("a_seconds", .histogram, "line\nand \\")
    figure.add(histogram.reading, [("who", "\"a\\b\n")])
    let text = Exposition.text([figure])
    #expect(
      text == #"""
        # HELP a_seconds line\nand \\
        # TYPE a_seconds histogram
        a_seconds_bucket{who="\"a\\b\n",le="1"} 2
        a_seconds_bucket{who="\"a\\b\n",le="2.5"} 4
        a_seconds_bucket{who="\"a\\b\n",le="+Inf"} 5
        a_seconds_sum{who="\"a\\b\n"} 14.5
        a_seconds_count{who="\"a\\b\n"} 5

        """#)
    #expect(ExpositionReader(text).complaints == [])
    #expect(ExpositionReader("a 1\n").complaints != [])
    #expect(ExpositionReader(text + text).complaints != [])
  }
}
