import Base
import Paper
import Testing

@testable import City
@testable import Web

/// Lists of cases as files, from the page and over the API.
@Suite struct ExportTests {
  private func rows(_ answer: WebAnswer) throws -> [TableRow] {
    let reader = try TableReader(ByteInput(bytes: answer.bytes))
    var rows: [TableRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  @Test("a list is had as .xlsx and .csv with what it is narrowed by, in the words of the reader")
  func page() async throws {
    let town = try await WebTown()
    var call = WebTown.report(title: "违规收停车费")
    call.reporter = Reporter(name: "张某", phone: "13800001234")
    let first = try await town.bring(to: .handling, call)
    _ = try await town.bring(to: .reported, WebTown.report(title: "=1+1"))
    let officer = try await town.session(.duty)
    let number = try await town.file(first).number
    try await town.visit { site in
      for format in ["xlsx", "csv"] {
        let answer = try await site.get("/cases/export?as=\(format)&sort=newest", by: officer)
        #expect(answer.status == 200)
        #expect(answer.header("Content-Disposition")?.hasSuffix(".\(format)") == true)
        #expect(answer.header("Cache-Control") == "private, no-store")
        let rows = try rows(answer)
        #expect(rows.count == 2)
        #expect(rows[1]["案件编号"] == number)
        #expect(rows[1]["状态"] == "处置中")
        #expect(rows[1]["承办单位"]?.isEmpty == false)
        #expect(rows[1]["上报时间"]?.hasPrefix("2024-03-0") == true)
        #expect(rows.allSatisfy { !$0.fields.joined().contains("张某") })
        let narrow = try await site.get("/cases/export?as=\(format)&state=handling", by: officer)
        #expect(try self.rows(narrow).map { $0["案件编号"] } == [number])
      }
    }
  }

  @Test("what waits elsewhere and what nobody may see is not in it; the API gives the same file")
  func scope() async throws {
    let town = try await WebTown()
    _ = try await town.bring(to: .reported)
    let handler = try await town.session(.roads)
    let token = try await town.token(.duty)
    let blind = try await town.session(.security)
    try await town.visit { site in
      let answer = try await site.get("/cases/export?as=csv", by: handler)
      #expect(answer.status == 200)
      #expect(try rows(answer).isEmpty)
      let api = try await site.get("/api/v1/cases/export?as=csv&state=reported", by: token)
      #expect(api.header("Content-Type") == "text/csv; charset=utf-8")
      #expect(try rows(api).count == 1)
      #expect(try await site.get("/cases/export", by: blind).status == 403)
      #expect(try await site.get("/api/v1/cases/export?as=pdf", by: token).status == 422)
      #expect(try await site.get("/api/v1/cases/export?state=odd", by: token).status == 422)
    }
    #expect(try await town.count("ledger_entry WHERE verb = 'cases.export'") == 2)
  }

  @Test("the progress of an export that is not running is not there, nor is anybody else's")
  func progress() async throws {
    let town = try await WebTown()
    let officer = try await town.session(.duty)
    let statuses = try await town.visit { site in
      var statuses: [Int] = []
      for uri in ["/progress?watch=a", "/progress", "?watch=a", "/progress?watch=a"] {
        statuses.append(try await site.get("/cases/export\(uri)", by: officer).status)
      }
      return statuses
    }
    #expect(statuses == [404, 404, 200, 404])
  }

  @Test("the figures of a period are had as a file, each with what it is made of")
  func figures() async throws {
    let town = try await WebTown()
    _ = try await town.bring(to: .closed)
    let leader = try await town.session(.leader)
    try await town.visit { site in
      let answer = try await site.get(
        "/figures/export?as=xlsx&from=2024-03-01&to=2024-03-31", by: leader)
      #expect(answer.status == 200)
      let rows = try rows(answer)
      #expect(rows.count == CaseFigure.allCases.count)
      let closing = try #require(rows.first { $0["指标"] == "按期结案率" })
      #expect(closing["分子"].map { Int($0) ?? -1 } ?? -1 <= 1)
      #expect(closing["分母"] == "1")
      #expect(closing["自"] == "2024-03-01")
      let wrong = try await site.get("/figures/export?from=x", by: leader)
      #expect(wrong.status == 422)
    }
  }
}
