import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// The real files, brought in by the maps that ship.
@Suite(.enabled(if: realData != nil, "CHENGYUN_DATA is not set"))
struct RealImportTests {
  /// In a build without optimisation the whole Boston file takes about a minute, so there it is the
  /// first rows, unless `CHENGYUN_FULL` asks for all.
  private static var rowLimit: Int? {
    if ProcessInfo.processInfo.environment["CHENGYUN_FULL"] == "1" { return nil }
    #if DEBUG
      return 6000
    #else
      return nil
    #endif
  }

  private func path(_ name: String) throws -> String {
    try #require(realData).appending(path: name).path
  }

  /// What the city published of a request.
  private struct Published {
    let id: String
    let isClosed: Bool
    let onTime: String
  }

  /// The file, or its first rows, and what the city published of them.
  private func boston(_ office: ImportOffice) throws -> (path: String, published: [Published]) {
    let whole = try path("service-requests-311/boston-311-2011h2.csv.gz")
    let reader = try CaseImport.open(path: whole, as: ImportMap.shipped("boston-311"))
    var published: [Published] = []
    var text = reader.header.names.joined(separator: ",") + "\n"
    while let row = try reader.next(), Self.rowLimit.map({ published.count < $0 }) ?? true {
      published.append(
        Published(
          id: row["case_enquiry_id"] ?? "", isClosed: row["case_status"] == "Closed",
          onTime: row["ontime"] ?? ""))
      if Self.rowLimit != nil {
        let fields = row.fields.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
        text += fields.joined(separator: ",") + "\n"
      }
    }
    guard Self.rowLimit != nil else { return (whole, published) }
    return (try office.file(text), published)
  }

  @Test(
    "the Boston file: our clock says of every row what the city published; twice changes nothing")
  func boston() async throws {
    let office = try await ImportOffice()
    let (path, published) = try boston(office)
    let map = try ImportMap.shipped("boston-311")
    let closed = published.count { $0.isClosed }
    if Self.rowLimit == nil {
      #expect(published.count == 58_251)
      #expect(closed == 54_570)
    }
    let first = try await office.bring(path, map)
    #expect(first.summary.read == published.count)
    #expect(first.summary.created == published.count)
    #expect(first.summary.rejected == 0)
    #expect(first.summary.notes == [:])
    let states = try await states(office)
    #expect(states["closed"] == closed)
    #expect(states["dispatched"] == published.count - closed)
    #expect(states.count == 2)
    let judged = try await judged(office)
    var compared = 0
    var wrong: [String] = []
    for request in published where !request.onTime.isEmpty {
      compared += 1
      if judged[request.id] != request.onTime { wrong.append(request.id) }
    }
    #expect(wrong == [])
    #expect(compared == published.count { !$0.onTime.isEmpty })
    if Self.rowLimit == nil { #expect(compared == 58_093) }
    let before = try await office.everything()
    let second = try await office.bring(path, map)
    #expect(second.summary.unchanged == published.count)
    #expect(try await office.everything() == before)
  }

  private func states(_ office: ImportOffice) async throws -> [String: Int] {
    try await office.database.read { snapshot in
      var states: [String: Int] = [:]
      try snapshot.each("SELECT state, COUNT(*) FROM case_file GROUP BY state") { fields in
        states[try fields.next()] = try fields.next()
      }
      return states
    }
  }

  /// By the whole clock of each case: late by its deadline, on time without one.
  private func judged(_ office: ImportOffice) async throws -> [String: String] {
    let now = office.now()
    return try await office.database.read { snapshot in
      var clocks: [ID<Case>: CaseClock] = [:]
      let rows: [CaseClock] = try snapshot.all(
        "SELECT \(CaseClock.columns) FROM case_clock WHERE step = 'whole'")
      for clock in rows { clocks[clock.caseID] = clock }
      var judged: [String: String] = [:]
      try snapshot.each("SELECT id, external_id FROM case_file") { fields in
        let id: ID<Case> = try fields.next()
        let isLate = clocks[id]?.isLate(at: now) ?? false
        judged[try fields.next()] = isLate ? "OVERDUE" : "ONTIME"
      }
      return judged
    }
  }

  @Test("the labelled messages: every row, each of the kind of its label")
  func labelled() async throws {
    let office = try await ImportOffice()
    let path = try path("gov-messages-zh/messages-labelled.train.csv")
    let map = try ImportMap.shipped("gov-messages-labelled")
    let result = try await office.bring(path, map)
    #expect(result.summary.created == 2567)
    #expect(result.summary.rejected == 0)
    #expect(result.summary.notes == ["assumedTime": 1616])
    let kinds = try await kinds(office)
    #expect(
      kinds == [
        "H0405": 564, "H0406": 166, "H0407": 248, "H0408": 252, "H0409": 455, "H0410": 330,
        "H0411": 552,
      ])
    let short = try await office.find("9197", source: "gov-messages-labelled").case
    #expect(short.title.count == 40)
    #expect(short.description.hasPrefix(short.title))
    #expect(try await office.bring(path, map).summary.unchanged == 2567)
  }

  @Test("the hotspot messages: every row; 停车 is found in 违规收停车费")
  func hotspot() async throws {
    let office = try await ImportOffice()
    let path = try path("gov-messages-zh/messages-hotspot.csv")
    let result = try await office.bring(path, ImportMap.shipped("gov-messages-hotspot"))
    #expect(result.summary.created == 4326)
    #expect(result.rejected.isEmpty)
    let desk = try await office.centre().cases
    let found = try await office.database.read { snapshot in
      var filter = CaseFilter()
      filter.text = "停车"
      var ids: [String] = []
      var cursor: CaseCursor?
      repeat {
        let page = try desk.lines(filter, after: cursor, limit: 200, by: .command, in: snapshot)
        ids += try page.lines.map {
          try desk.view($0.id, by: .command, in: snapshot).case.externalID ?? ""
        }
        cursor = page.next
      } while cursor != nil
      return ids
    }
    let wanted = try await office.find("228102", source: "gov-messages-hotspot").case
    #expect((wanted.title + wanted.description).contains("违规收停车费"))
    #expect(found.contains("228102"))
    let fields = try CaseDesk.fields(of: wanted)
    #expect(fields["likes"] != nil)
  }

  @Test("the replied messages: every row, and the reply closes the case")
  func replied() async throws {
    let office = try await ImportOffice()
    let path = try path("gov-messages-zh/messages-with-replies.csv")
    let result = try await office.bring(path, ImportMap.shipped("gov-messages-replied"))
    #expect(result.summary.created == 2816)
    #expect(result.rejected.isEmpty)
    let view = try await office.find("2549", source: "gov-messages-replied")
    #expect(view.case.state == .closed)
    #expect(view.case.closedAt == Moment("2019-05-10T14:56:53+08:00"))
    let notes = try await office.database.read { try CaseNoteRows.notes(view.case.id, in: $0) }
    #expect(notes.map(\.move) == [.feedBack])
    #expect(notes.first?.createdAt == view.case.closedAt)
  }

  private func kinds(_ office: ImportOffice) async throws -> [String: Int] {
    try await office.database.read { snapshot in
      var kinds: [String: Int] = [:]
      try snapshot.each("SELECT kind, COUNT(*) FROM case_file GROUP BY kind") { fields in
        kinds[try fields.next()] = try fields.next()
      }
      return kinds
    }
  }
}
