import Base
import Store
import TestSupport
import Testing

@testable import City

/// What is wrong with a report is named, all of it; what is right becomes a case.
@Suite struct CaseReportTests {
  struct Wrong: CustomTestStringConvertible, Sendable {
    let named: [String]
    let spoil: @Sendable (inout CaseReport) -> Void

    init(_ named: String..., spoil: @escaping @Sendable (inout CaseReport) -> Void) {
      self.named = named
      self.spoil = spoil
    }

    var testDescription: String { "\(named)" }
  }

  static let wrongs: [Wrong] = [
    Wrong("kind kind.unknown") { $0.kind = "nothing" },
    Wrong("kind value.missing") { $0.kind = "" },
    Wrong("channel kind.channel") {
      $0.kind = "H0410"
      $0.channel = .patrol
      $0.fields = ["trader": "a"]
    },
    Wrong("title value.missing") { $0.title = " \n " },
    Wrong("title value.long") { $0.title = String(repeating: "长", count: 201) },
    Wrong("title value.control") { $0.title = "a\u{1b}[31m" },
    Wrong("description value.long") { $0.description = String(repeating: "长", count: 8001) },
    Wrong("description value.long") { $0.description = String(repeating: "a", count: 200_000) },
    // One character of any number of scalars is not one character of text.
    Wrong("title value.long") { $0.title = "e" + String(repeating: "\u{301}", count: 300) },
    Wrong("place value.long") { $0.place = String(repeating: "路", count: 301) },
    Wrong("place value.control") { $0.place = "a\u{0}" },
    Wrong("latitude point.outside") { $0.latitude = 30.0 },
    Wrong("longitude point.half") { $0.longitude = nil },
    Wrong("latitude point.half") { $0.latitude = nil },
    Wrong("latitude point.range") { $0.latitude = 91 },
    Wrong("latitude point.range") { $0.latitude = .nan },
    Wrong("longitude point.range") { $0.longitude = .infinity },
    Wrong("area area.unknown") { $0.area = "V9" },
    Wrong("fields.count value.number") { $0.fields = ["count": "many"] },
    Wrong("fields.cuont value.mistyped") { $0.fields = ["cuont": "1"] },
    Wrong("fields.cause value.unasked") { $0.fields = ["cause": "later"] },
    Wrong("reporter.phone phone.unreadable") { $0.reporter.phone = "call me" },
    Wrong("reporter.phone phone.unreadable") { $0.reporter.phone = "12" },
    Wrong("reporter.name value.long") { $0.reporter.name = String(repeating: "名", count: 61) },
    Wrong("reporter.address value.control") { $0.reporter.address = "\u{8}" },
    Wrong("externalID value.missing") { $0.externalSource = "city" },
    Wrong("externalSource value.missing") { $0.externalID = "1" },
    Wrong("reportedAt moment.future") { $0.reportedAt = Moment("2024-03-04T09:35:01+08:00") },
    Wrong(
      "kind kind.unknown", "title value.missing", "area area.unknown",
      "reporter.phone phone.unreadable"
    ) {
      $0.kind = "nothing"
      $0.title = ""
      $0.area = "V9"
      $0.reporter.phone = "x"
    },
  ]

  @Test("every wrong field is named, and nothing is written", arguments: wrongs)
  func wrong(_ wrong: Wrong) async throws {
    let town = try await CaseTown()
    var report = CaseTown.report()
    wrong.spoil(&report)
    try await town.database.write { [report] tx in
      let before: Int? = try tx.value("SELECT COUNT(*) FROM ledger_entry")
      let fault = #expect(throws: Fault.self) {
        try town.desk.report(report, by: town[.intake], in: tx)
      }
      #expect(fault?.code == "input.invalid")
      #expect(fault?.fields.map { "\($0.name) \($0.code)" } == wrong.named)
      #expect(try tx.value("SELECT COUNT(*) FROM ledger_entry") == before)
      #expect(try tx.value("SELECT COUNT(*) FROM case_file", as: Int.self) == 0)
      #expect(
        try tx.value("SELECT COUNT(*) FROM counter WHERE name LIKE 'case:%'", as: Int.self) == 0)
    }
  }

  @Test("what is right is kept: texts tidied, full-width numbers plain, the point and its source")
  func right() async throws {
    let town = try await CaseTown()
    var report = CaseTown.report(title: "  路面\n有坑 ")
    report.description = "一行\r\n二行\r三行"
    report.fields = ["count": "１２"]
    report.reporter = Reporter(name: " 张三 ", phone: "＋８６　１３８－００００－１２３４", address: "")
    report.urgent = true
    let file = try await town.report(report)
    #expect(file.title == "路面 有坑" && file.description == "一行\n二行\n三行")
    #expect(try CaseDesk.fields(of: file) == ["count": .number(12)])
    #expect(file.isUrgent && !file.isConfidential)
    #expect(file.coordinates == "wgs84" && file.latitude == 31.45)
    let reporter = try await town.database.read { try CaseNoteRows.reporter(file.id, in: $0) }
    #expect(reporter == Reporter(name: "张三", phone: "13800001234", address: nil))
    #expect(file.state == .reported && file.revision == 1)
    #expect(file.reportedBy == town[.intake].person)
  }

  @Test("a point in another system is kept as WGS-84, its system beside it")
  func coordinates() async throws {
    let town = try await CaseTown()
    var report = CaseTown.report()
    report.coordinates = .gcj02
    let file = try await town.report(report)
    #expect(file.coordinates == "gcj02")
    let moved = abs((file.longitude ?? 0) - 121.15)
    #expect(moved > 0.001 && moved < 0.01)
  }

  @Test("numbers count the cases of the day of their report, in the town's zone")
  func numbers() async throws {
    let town = try await CaseTown(start: "2024-03-04T23:59:00+08:00")
    #expect(try await town.report().number == "240304-00001")
    #expect(try await town.report().number == "240304-00002")
    town.clock.advance(seconds: 120)
    #expect(try await town.report().number == "240305-00001")
    var late = CaseTown.report()
    late.reportedAt = try CaseTown.at("2024-03-04 20:00")
    let file = try await town.report(late)
    #expect(file.number == "240304-00003")
    #expect(CaseTown.text(file.reportedAt) == "03-04 20:00")
    let entry = try await town.database.read {
      try Ledger.entries(about: file.id.raw, in: $0).first
    }
    #expect(entry?.occurredAt == file.reportedAt && entry?.recordedAt == town.clock.now())
  }

  @Test("a clock elsewhere may run a little ahead; then it counts as reported now")
  func skew() async throws {
    let town = try await CaseTown()
    var report = CaseTown.report()
    report.reportedAt = town.clock.now() + 300
    #expect(try await town.report(report).reportedAt == town.clock.now())
  }

  @Test("the case keeps its area and owner by their paths, and its kind in the version of then")
  func paths() async throws {
    let town = try await CaseTown()
    let file = try await town.report()
    #expect(file.areaPath == CaseTown.villages[0])
    #expect(file.organisationPath == "grid-centre/")
    #expect(file.kindVersion == town.shelf.current("T0001")?.0)
    var nowhere = CaseTown.report()
    nowhere.latitude = nil
    nowhere.longitude = nil
    let second = try await town.report(nowhere)
    #expect(second.area == nil && second.areaPath == "")
    // Without an area it is not filed, but may be given one then.
    try await town.make(.accept, by: .intake, on: second.id)
    let fault = try await town.fault { try await town.make(.file, by: .intake, on: second.id) }
    #expect(fault?.fields.map(\.code) == ["area.needed"])
    try await town.make(.file, by: .intake, on: second.id) { $0.area = "V2" }
    #expect(try await town.view(second.id).case.areaPath == CaseTown.villages[1])
  }

  @Test("who reports needs the right, and for their own area")
  func permitted() async throws {
    let town = try await CaseTown()
    for who in CaseTown.Who.allCases {
      let fault = try await town.fault { _ = try await town.report(by: who) }
      let may: Set<CaseTown.Who> = [.intake, .dispatcher, .duty, .patroller]
      let elsewhere: Set<CaseTown.Who> = [.otherPatroller, .roadsHead, .crewHead]
      let code = elsewhere.contains(who) ? "area.not-yours" : "right.missing"
      #expect(fault?.code == (may.contains(who) ? nil : code), "\(who)")
    }
  }

  @Test("an external identity is one case, whoever reports it again")
  func external() async throws {
    let town = try await CaseTown()
    var report = CaseTown.report()
    report.externalSource = "city"
    report.externalID = "20240304-7"
    let id = try await town.report(report).id
    let fault = try await town.fault { [report] in _ = try await town.report(report, by: .duty) }
    #expect(fault?.code == "case.known-already" && fault?.kind == .conflict)
    report.externalSource = "other"
    #expect(try await town.report(report).id != id)
  }

  @Test(
    "the same key makes one case, however often and at once it is sent; another body is refused")
  func idempotent() async throws {
    let town = try await CaseTown()
    let key = RequestKey(text: "k", digest: [1])
    let report = CaseTown.report()
    let made = try await withThrowingTaskGroup(of: (ID<Case>, Bool).self) { group in
      for _ in 0..<20 {
        group.addTask {
          let (file, isNew) = try await town.desk.report(report, key: key, by: town[.intake])
          return (file.id, isNew)
        }
      }
      return try await group.reduce(into: [(ID<Case>, Bool)]()) { $0.append($1) }
    }
    #expect(Set(made.map(\.0)).count == 1 && made.count { $0.1 } == 1)
    let other = try await town.fault {
      _ = try await town.desk.report(
        report, key: RequestKey(text: "k", digest: [2]), by: town[.intake])
    }
    #expect(other?.code == "idempotency.conflict")
    // A key is its owner's: for somebody else it is another one.
    let theirs = try await town.desk.report(report, key: key, by: town[.duty])
    #expect(theirs.isNew && theirs.case.id != made[0].0)
    let count: Int? = try await town.database.read {
      try $0.value("SELECT COUNT(*) FROM case_file")
    }
    #expect(count == 2)
    // A report that was refused used no key up.
    let wrong = try await town.fault {
      _ = try await town.desk.report(
        CaseTown.report("nothing"), key: RequestKey(text: "n", digest: [3]), by: town[.intake])
    }
    #expect(wrong?.code == "input.invalid")
    #expect(
      try await town.desk.report(
        report, key: RequestKey(text: "n", digest: [4]), by: town[.intake]
      ).isNew)
  }
}
