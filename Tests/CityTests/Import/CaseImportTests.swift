import Base
import Foundation
import Store
import Testing

@testable import City

@Suite struct CaseImportTests {
  private func row(_ id: String, _ values: [String: String] = [:]) -> String {
    ImportSamples.row(id, values)
  }

  @Test("a past case comes with its real times, its given deadline and its outcome, in one entry")
  func closed() async throws {
    let office = try await ImportOffice()
    let path = try office.file(
      ImportSamples.file(
        row(
          "1",
          [
            "status": "done", "ended": "2023/5/10 9:05:00", "result": "fixed",
            "reason": "灯泡已换", "reply": "您好，已修复", "answered": "2023-05-10 09:00",
          ])))
    let result = try await office.bring(path, ImportSamples.map())
    #expect(result.summary.created == 1)
    let view = try await office.find("1")
    let file = view.case
    #expect(file.state == .closed)
    #expect(file.number == "230506-00001")
    #expect(file.reportedAt == Moment("2023-05-06T10:00:00+08:00"))
    #expect(file.closedAt == Moment("2023-05-10T09:05:00+08:00"))
    #expect(file.handledAt == Moment("2023-05-10T09:00:00+08:00"))
    #expect(file.outcome == "resolved")
    #expect(file.wholeDueAt == Moment("2023-05-09T10:00:00+08:00"))
    #expect(file.dueAt == nil)
    #expect(file.organisationPath == "town/")
    #expect(view.kind.name == "路灯")
    #expect(view.clocks.map(\.step) == [.whole])
    #expect(view.clocks.first?.stoppedAt == file.closedAt)
    #expect(view.clocks.first?.isLate(at: office.now()) == true)
    #expect(view.assignments.map(\.state) == [.handled])
    let entries = try await office.entries(about: view)
    #expect(entries.map(\.verb) == ["case.import"])
    #expect(entries.first?.occurredAt == file.reportedAt)
    #expect(entries.first?.recordedAt == office.now())
    #expect(entries.first?.payload.contains("张三") == false)
    let notes = try await office.database.read { try CaseNoteRows.notes(file.id, in: $0) }
    #expect(notes.map(\.move) == [.feedBack, .close])
    #expect(notes.map(\.createdAt) == [file.handledAt, file.closedAt])
  }

  @Test("an open case lies with its unit and has no clock of ours but the given deadline")
  func open() async throws {
    let office = try await ImportOffice()
    try await office.bring(office.file(ImportSamples.file(row("1"))), ImportSamples.map())
    let view = try await office.find("1")
    #expect(view.case.state == .dispatched)
    #expect(view.case.dueAt == view.case.wholeDueAt)
    #expect(view.clocks.map(\.step) == [.whole])
    #expect(view.lead?.organisationPath == "town/RD/")
    #expect(view.lead?.state == .sent)
    #expect(view.clocks.first?.isLate(at: office.now()) == true)
  }

  @Test("the newest stay first by the time of their report, whatever the order of the file")
  func order() async throws {
    let office = try await ImportOffice()
    let days = ["2011-07-01", "2023-05-06", "2017-01-31", "2017-01-31", "2020-02-29"]
    let rows = days.enumerated().map { row("\($0)", ["opened": "\($1) 08:00:00", "target": ""]) }
    let path = try office.file(ImportSamples.header + rows.joined())
    try await office.bring(path, ImportSamples.map(), batch: 2)
    let desk = try await office.centre().cases
    let lines = try await office.database.read {
      try desk.lines(CaseFilter(), by: .command, in: $0).lines
    }
    #expect(
      lines.map(\.number) == [
        "230506-00001", "200229-00001", "170131-00002", "170131-00001", "110701-00001",
      ])
  }

  @Test("importing twice changes nothing, in no table")
  func twice() async throws {
    let office = try await ImportOffice()
    let rows = (1...25).map { row("\($0)", ["unit": $0 % 2 == 0 ? "RD" : "园林所"]) }
    let path = try office.file(ImportSamples.header + rows.joined())
    let first = try await office.bring(path, ImportSamples.map(), batch: 7)
    #expect(first.summary.created == 25)
    let before = try await office.everything()
    let second = try await office.bring(path, ImportSamples.map(), batch: 10)
    #expect(second.summary.unchanged == 25)
    #expect(second.summary.created == 0)
    #expect(try await office.everything() == before)
  }

  @Test("a case that was closed since is brought up to date, with an entry that says what changed")
  func update() async throws {
    let office = try await ImportOffice()
    let first = ImportSamples.file(row("1"), row("2"))
    try await office.bring(office.file(first), ImportSamples.map())
    let later = ImportSamples.file(
      row("1", ["status": "done", "ended": "2023-05-08 08:00:00", "title": "路灯已修"]), row("2"))
    let result = try await office.bring(office.file(later), ImportSamples.map())
    #expect(result.summary.updated == 1)
    #expect(result.summary.unchanged == 1)
    let view = try await office.find("1")
    #expect(view.case.state == .closed)
    #expect(view.case.title == "路灯已修")
    #expect(view.case.revision == 2)
    #expect(view.case.dueAt == nil)
    #expect(view.clocks.map(\.isDone) == [true])
    #expect(view.clocks.first?.isLate(at: office.now()) == false)
    #expect(view.assignments.map(\.state) == [.handled])
    let entries = try await office.entries(about: view)
    #expect(entries.map(\.verb) == ["case.import", "case.import-change"])
    #expect(
      entries.last?.payload.contains("\"changed\":[\"closedAt\",\"state\",\"title\"]") == true)
    #expect(entries.last?.occurredAt == view.case.closedAt)
    let desk = try await office.centre().cases
    var filter = CaseFilter()
    filter.text = "已修"
    let wanted = filter
    let found = try await office.database.read {
      try desk.lines(wanted, by: .command, in: $0).lines.map(\.id)
    }
    #expect(found == [view.case.id])
    let again = try await office.bring(office.file(later), ImportSamples.map())
    #expect(again.summary.unchanged == 2)
  }

  @Test("what was opened again elsewhere is open here, and its deadline follows")
  func reopened() async throws {
    let office = try await ImportOffice()
    let done = ["status": "done", "ended": "2023-05-08 08:00:00"]
    try await office.bring(
      office.file(ImportSamples.file(row("1", done))), ImportSamples.map())
    try await office.bring(
      office.file(ImportSamples.file(row("1", ["target": "2030-01-01 00:00", "unit": "园林所"]))),
      ImportSamples.map())
    let view = try await office.find("1")
    #expect(view.case.state == .dispatched)
    #expect(view.case.closedAt == nil)
    #expect(view.case.dueAt == Moment("2030-01-01T00:00:00+08:00"))
    #expect(view.clocks.map(\.stoppedAt) == [nil])
    #expect(view.lead?.organisation == view.case.leadOrganisation)
    #expect(view.assignments.map(\.state) == [.withdrawn, .sent])
  }

  @Test("a case that people have moved here is not overwritten")
  func moved() async throws {
    let office = try await ImportOffice()
    try await office.bring(office.file(ImportSamples.file(row("1"))), ImportSamples.map())
    let view = try await office.find("1")
    try await office.centre().cases.make(.take, on: view.case.id, by: .command)
    let before = try await office.find("1").case
    let result = try await office.bring(
      office.file(ImportSamples.file(row("1", ["title": "别的"]))), ImportSamples.map())
    #expect(result.summary.rejected == 1)
    #expect(result.rejected.first?.fault.code == "case.moved-here")
    #expect(try await office.find("1").case == before)
  }

  @Test("each row that is wrong is refused with its number and reason, and stops no other")
  func rejected() async throws {
    let office = try await ImportOffice()
    let path = try office.file(
      ImportSamples.file(
        row("1"), row("", ["title": "无编号"]), row("3", ["opened": "昨天"]),
        row("4", ["status": "lost"]), row("5", ["opened": "2031-01-01 00:00"]),
        row("6", ["status": "done"]), row("7", ["text": String(repeating: "字", count: 8001)]),
        row("8", ["lat": "91", "lon": "181"]), row("9", ["phone": "none"]), row("1"),
        row("11", ["status": "done", "ended": "2023-05-01 00:00:00"]), "12,short\n",
        row("13", ["lat": "0.0", "lon": "0.0"])))
    let result = try await office.bring(path, ImportSamples.map(), batch: 5)
    #expect(result.summary.read == 13)
    #expect(result.summary.created == 2)
    let reasons = result.rejected.map { refused in
      "\(refused.row.ordinal) "
        + refused.fault.fields.map { "\($0.name) \($0.code)" }.joined(separator: ", ")
    }
    #expect(
      reasons == [
        "2 id value.missing", "3 opened value.moment", "4 status value.unmapped",
        "5 reportedAt moment.future", "6 closedAt value.missing", "7 description value.long",
        "8 latitude point.range", "9 reporter.phone phone.unreadable", "10 id value.twice",
        "11 closedAt moment.before-report", "12 line 13 row-ragged",
      ])
    #expect(try await office.find("13").case.latitude == nil)
  }

  @Test("a text that is too long is cut only where the map says so, and the summary tells")
  func cut() async throws {
    let office = try await ImportOffice()
    let long = String(repeating: "字", count: 9000)
    let map = try ImportSamples.map(
      ImportSamples.text.replacing(
        "description: text", with: "description: { column: text, cut: true }"))
    let result = try await office.bring(
      office.file(ImportSamples.file(row("1", ["text": long]), row("2"))), map)
    #expect(result.summary.created == 2)
    #expect(result.summary.notes == ["cutText": 1])
    #expect(try await office.find("1").case.description.count == 8000)
    let json = String(decoding: try JSONEncoder().encode(result.summary), as: UTF8.self)
    #expect(json.contains("\"notes\":{\"cutText\":1}"))
  }

  @Test("a summary without remarks has its five counts and nothing else")
  func summary() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    #expect(
      String(decoding: try encoder.encode(ImportSummary()), as: UTF8.self)
        == #"{"created":0,"read":0,"rejected":0,"unchanged":0,"updated":0}"#)
  }

  @Test("a file in GB 18030 is the same file")
  func encoding() async throws {
    let office = try await ImportOffice()
    let text = ImportSamples.file(row("1"))
    let bytes = try #require(text.data(using: String.Encoding(rawValue: 0x8000_0632)))
    let path = try office.file(bytes, named: "gb.csv")
    #expect(try await office.bring(path, ImportSamples.map()).summary.created == 1)
    let again = try await office.bring(office.file(text), ImportSamples.map())
    #expect(again.summary.unchanged == 1)
  }

  @Test("an import that is stopped half way goes on where it was and ends the same")
  func stopped() async throws {
    struct Stop: Error {}
    let rows = (1...40).map { row("\($0)", ["opened": "2023-05-\($0 % 28 + 1) 10:00:00"]) }
    let text = ImportSamples.header + rows.joined()
    let whole = try await ImportOffice()
    try await whole.bring(whole.file(text), ImportSamples.map(), batch: 8)
    let office = try await ImportOffice()
    let path = try office.file(text)
    let map = try ImportSamples.map()
    let desk = try await office.centre().cases
    await #expect(throws: Stop.self) {
      _ = try await CaseImport(map, desk: desk, batchSize: 8).run(
        CaseImport.open(path: path, as: map),
        progress: { if $0.rows >= 16 { throw Stop() } })
    }
    #expect(try await office.count("case_file") == 16)
    let rest = try await office.bring(path, map, batch: 8)
    #expect(rest.summary.unchanged == 16)
    #expect(rest.summary.created == 24)
    for table in ["case_file", "case_clock", "case_assignment", "case_note", "ledger_entry"] {
      #expect(try await office.count(table) == whole.count(table), "\(table)")
    }
    for id in ["1", "17", "40"] {
      #expect(try await office.find(id).case.number == whole.find(id).case.number)
    }
  }

  @Test("rows before an unreadable place are taken, and then the place is told")
  func unreadable() async throws {
    let office = try await ImportOffice()
    let path = try office.file(ImportSamples.file(row("1"), row("2"), "\"3,never closed\n"))
    let fault = await #expect(throws: Fault.self) {
      try await office.bring(path, ImportSamples.map())
    }
    #expect(fault?.code == "table.quote-open")
    #expect(try await office.count("case_file") == 2)
  }

  @Test("a town with cases keeps its zone and its centre; an empty one takes them from the map")
  func zone() async throws {
    let office = try await ImportOffice()
    let abroad = ImportSamples.text.replacing("zone: Asia/Shanghai", with: "zone: America/New_York")
    try await office.bring(
      office.file(ImportSamples.file(row("1", ["opened": "2023-05-06 22:00:00"]))),
      ImportSamples.map(abroad))
    #expect(try await office.centre().zone.identifier == "America/New_York")
    let file = try await office.find("1").case
    #expect(file.number == "230506-00001")
    #expect(file.reportedAt == Moment("2023-05-07T02:00:00Z"))
    let other = ImportSamples.text.replacing("source: sample", with: "source: other")
      .replacing("code: town", with: "code: another")
    try await office.bring(office.file(ImportSamples.file(row("1"))), ImportSamples.map(other))
    #expect(try await office.centre().zone.identifier == "America/New_York")
    #expect(try await office.find("1", source: "other").case.organisationPath == "town/")
  }

  @Test("an import wants the right to import")
  func right() async throws {
    let office = try await ImportOffice()
    let map = try ImportSamples.map()
    let desk = try await office.centre().cases
    let leader = Doer(person: ID(7), grants: [Grant(role: .leader)])
    let path = try office.file(ImportSamples.file(row("1")))
    let fault = await #expect(throws: Fault.self) {
      _ = try await CaseImport(map, desk: desk, by: leader).run(
        CaseImport.open(path: path, as: map))
    }
    #expect(fault?.code == "right.missing")
    #expect(try await office.count("case_file") == 0)
  }
}
