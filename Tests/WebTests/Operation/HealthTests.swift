import Base
import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import City
@testable import Web

/// Whether a server says truly how it is.
@Suite struct HealthTests {
  private func readiness(_ town: WebTown) -> Readiness {
    Readiness(centre: town.centre, freshFor: .zero, patience: .seconds(60))
  }

  @Test("a server that is well says so to anybody, however many ask")
  func well() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      for _ in 0..<700 { _ = try await site.get("/sign-in") }
      #expect(try await site.get("/sign-in").status == 429)
      for _ in 0..<50 {
        let answer = try await site.get("/health/ready")
        #expect(answer.status == 200)
        #expect(
          answer.text == """
            {"parts":{"database":"ok","files":"ok","process":"ok","schema":"ok"},"status":"ready"}
            """)
        #expect(answer.header("Cache-Control") == "no-store")
      }
      let live = try await site.get("/health/live")
      #expect(live.status == 200)
      #expect(live.text == #"{"status":"live"}"#)
    }
    let commits = town.store.database.meter.commits.reading.count
    let took = try await ContinuousClock().measure {
      try await town.visit { site in
        for _ in 0..<50 { _ = try await site.get("/health/ready") }
      }
    }
    // It is tried out once a second at most, however fast they come.
    #expect(
      town.store.database.meter.commits.reading.count <= commits + 2 + Int(took.components.seconds),
      "a flood of questions writes nothing")
  }

  @Test("a database that cannot be written is named, without its address")
  func database() async throws {
    let town = try await WebTown()
    try town.store.database.close()
    try await town.visit { site in
      let answer = try await site.get("/health/ready")
      #expect(answer.status == 503)
      #expect(answer.header("Retry-After") == "2")
      #expect(answer.value["status"]?.text == "not-ready")
      #expect(answer.value["parts"]?["database"]?.text == "store.closed")
      #expect(!answer.text.contains(town.store.folder.path))
      #expect(try await site.get("/health/live").status == 200)
    }
  }

  @Test("a database that reads but does not write is not ready")
  func readOnly() async throws {
    let town = try await WebTown()
    #expect(await readiness(town).report().isReady)
    try await town.store.database.write { try $0.run("DROP TABLE counter") }
    let report = await readiness(town).report()
    #expect(report.database == "failed")
    #expect(report.files == "ok")
  }

  @Test("a step of the schema that is missing, or has another name, is named; a later one is not")
  func schema() async throws {
    let town = try await WebTown()
    try await town.store.database.write {
      try $0.run("INSERT INTO schema_version (number, name, applied_at) VALUES (999, 'later', 0)")
    }
    #expect(await readiness(town).report() == Readiness.Report())
    try await town.store.database.write {
      try $0.run("UPDATE schema_version SET name = 'another' WHERE number = 3")
    }
    let report = await readiness(town).report()
    #expect(report == Readiness.Report(schema: "behind"))
  }

  @Test("a folder of files that cannot be written is named")
  func files() async throws {
    let town = try await WebTown()
    let folder = town.store.folder.appending(path: "blobs")
    #expect(await readiness(town).report().isReady)
    try FileManager.default.removeItem(at: folder)
    try Data().write(to: folder)
    #expect(await readiness(town).report() == Readiness.Report(files: "unwritable"))
    try FileManager.default.removeItem(at: folder)
    #expect(await readiness(town).report().isReady)
    let left = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "incoming").path)
    #expect(left == [], "trying out leaves nothing behind")
  }

  @Test("a server that is stopping says so while it still answers")
  func stopping() async throws {
    let town = try await WebTown()
    town.site.readiness.stop()
    try await town.visit { site in
      let answer = try await site.get("/health/ready")
      #expect(answer.status == 503)
      #expect(answer.value["parts"]?["process"]?.text == "stopping")
      #expect(try await site.get("/sign-in").status == 200)
    }
  }

  @Test("a write that hangs makes it not ready, and nobody waits behind it for longer")
  func hanging() async throws {
    let town = try await WebTown()
    let gate = TestSupport.Gate()
    let entered = Flag()
    async let blocked: Void = town.store.database.write { _ in
      entered.set()
      gate.wait()
    }
    #expect(try await eventually { entered.isSet })
    let readiness = Readiness(
      centre: town.centre, freshFor: .zero, patience: .milliseconds(50))
    for _ in 0..<3 { #expect(await readiness.report() == Readiness.Report(database: "slow")) }
    gate.open()
    try await blocked
    // It becomes well again by itself.
    #expect(try await eventually { await readiness.report().isReady })
  }
}
