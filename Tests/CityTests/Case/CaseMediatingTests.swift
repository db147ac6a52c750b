import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// Cases that are settled between parties at a table (速调快处).
@Suite struct CaseMediatingTests {
  typealias Line = CaseFlowTests.Line

  static let report = CaseTown.report(CaseTown.mediated.code)
  private static let early: [CaseSituation] = [.reported, .accepted, .filed, .disputed]
  private static let sent = CaseFlowTests.sent
  private static let both = CaseFlowTests.lead + [.sanitation]

  /// Beside the table of all kinds, written from the rules of the domain.
  private static let table: [Line] =
    [.addParty, .removeParty].flatMap { move in
      [
        Line(move, early + sent + [.passed], CaseFlowTests.intake),
        Line(move, sent.filter { $0 != .helped }, both),
        Line(move, [.helped], CaseFlowTests.lead),
        Line(move, [.passed], [.crew, .sanitation]),
      ]
    } + [
      Line(.holdSession, CaseFlowTests.working, both),
      Line(.holdSession, [.helped], CaseFlowTests.lead),
      Line(.holdSession, [.passed], [.crew, .sanitation]),
      Line(.recordOutcome, CaseFlowTests.working + [.helped], CaseFlowTests.lead),
      Line(.recordOutcome, [.passed], [.crew]),
      // Who leads feeds back once there is an outcome; who helps does not wait for it.
      Line(.feedBack, CaseFlowTests.working, [.sanitation]),
      Line(.feedBack, [.passed], [.sanitation]),
      Line(.feedBack, [.risen], CaseFlowTests.lead),
    ]

  @Test(
    "each move at the table is made by those, and from where, the domain says, and by nobody else")
  func moves() async throws {
    let town = try await CaseTown()
    for situation in CaseSituation.allCases {
      let view = try await town.database.write { tx in
        let id = try town.bring(to: situation, Self.report, in: tx)
        // So that there is somebody to take off.
        try CaseMediationRows.insert(
          CaseParty(id: tx.newID(), side: .applicant, Reporter(name: "甲")), of: id, by: nil, in: tx)
        return try #require(try town.desk.load(id, in: tx))
      }
      for who in CaseTown.Who.allCases where CaseFlowTests.reads(who, situation) {
        for move in [CaseMove.addParty, .removeParty, .holdSession, .recordOutcome, .feedBack] {
          let isExpected = Self.table.contains {
            $0.move == move && $0.from.contains(situation) && $0.who.contains(who)
          }
          #expect(
            CaseFlow.moves(on: view, by: town[who]).contains(move) == isExpected,
            "\(move.rawValue) by \(who) when \(situation)")
        }
      }
    }
  }

  @Test(
    "a quarrel is settled at the second session, with an agreement in writing and money to the last 分"
  )
  func settled() async throws {
    let town = try await CaseTown()
    let id = try await handling(town)
    try await town.make(.addParty, by: .intake, on: id) { $0.name = "张三" }
    try await town.make(.addParty, by: .roads, on: id) {
      $0.side = "respondent"
      $0.name = " 李四 "
      $0.address = "新建一路 1 弄"
    }
    #expect(
      try await town.fault { try await town.make(.feedBack, by: .roads, on: id) }?.code
        == "mediation.no-outcome")
    let next = try CaseTown.at("2024-03-06 14:00")
    try await town.make(.holdSession, by: .roads, on: id) { $0.next = next }
    try town.set("2024-03-06 16:00")
    try await town.make(.holdSession, by: .roadsMate, on: id) { $0.heldAt = next }
    try await town.make(.recordOutcome, by: .roads, on: id) { Self.settle(&$0, "12345.67") }
    try await town.attach(.after, to: id, by: .roads)
    try await town.make(.feedBack, by: .roads, on: id)

    let mediation = try #require(try await town.view(id).mediation)
    #expect(mediation.parties.map(\.side) == [.applicant, .respondent])
    #expect(mediation.parties.map(\.name) == ["张三", "李四"])
    #expect(mediation.sessions.map(\.nextAt) == [next, nil])
    #expect(mediation.sessions.map(\.heldAt) == [try CaseTown.at("2024-03-04 09:30"), next])
    let result = try #require(mediation.result)
    #expect(result.outcome == .settled && result.agreement == .written)
    #expect(result.amount == Decimal(string: "12345.67"))
    #expect(result.performBy == Day(year: 2024, month: 4, day: 1))
  }

  @Test("the ledger tells codes and figures of a mediation, and nobody's name or word")
  func ledger() async throws {
    let town = try await CaseTown()
    let id = try await mediated(town)
    let entries = try await town.detail(id, by: .intake).entries
    let payloads = entries.map(\.payload).joined()
    for word in ["张三", "李四", "13900001111", "双方", "老娘舅", "平安客厅", "车位", "让一步"] {
      #expect(!payloads.contains(word), "\(word)")
    }
    #expect(
      entries.suffix(4).map(\.verb) == [
        "case.add-party", "case.add-party", "case.hold-session", "case.record-outcome",
      ])
    let figures = try #require(entries.last).figures
    #expect(figures["outcome"] == "settled" && figures["agreement"] == "written")
    #expect(figures["amount"] == "600.5")
  }

  @Test("names are masked until somebody who may opens them, and each opening is in the ledger")
  func personal() async throws {
    let town = try await CaseTown()
    let id = try await mediated(town)
    let masked = try #require(try await town.view(id).mediation).masked
    #expect(masked.parties.map(\.name) == ["张**", "李**"])
    #expect(masked.parties.map(\.phone) == ["139****1111", "139****1111"])
    #expect(masked.sessions.map(\.present) == ["****"])
    for who in [CaseTown.Who.leader, .patroller] {
      let fault = try await town.fault {
        _ = try await town.desk.openMediation(of: id, by: town[who])
      }
      #expect(fault?.code == "right.missing", "\(who)")
    }
    #expect(try await town.verbs(id).last == "case.record-outcome")
    let opened = try await town.desk.openMediation(of: id, by: town[.roads])
    #expect(opened.parties.map(\.name) == ["张三", "李四"])
    #expect(try await town.verbs(id).last == "case.open-reporter")
    let plain = try await town.bring(to: .handling)
    let fault = try await town.fault {
      _ = try await town.desk.openMediation(of: plain, by: town[.roads])
    }
    #expect(fault?.code == "mediation.not")
  }

  @Test(
    "what does not fit together is refused, and every wrong field is named",
    arguments: [
      (["outcome": "settled"], ["agreement"]),
      (["outcome": "unsettled"], ["outcome"]),
      (["outcome": "won"], ["outcome"]),
      (["outcome": "withdrawn", "agreement": "oral"], ["agreement"]),
      (["outcome": "withdrawn", "amount": "5"], ["amount"]),
      (
        ["outcome": "settled", "agreement": "none", "amount": "5", "terms": "x"],
        ["outcome", "amount", "terms"]
      ),
      (
        ["outcome": "settled", "agreement": "oral"],
        ["outcome", "agreement", "agreement", "terms"]
      ),
      (
        ["outcome": "settled", "agreement": "written", "terms": "x"],
        ["outcome", "agreement", "agreement", "facts"]
      ),
      (["outcome": "settled", "agreement": "oral", "amount": "1.234"], ["amount"]),
      (["outcome": "settled", "agreement": "oral", "amount": "-1"], ["amount"]),
      (["outcome": "settled", "agreement": "oral", "amount": "10000000001"], ["amount"]),
      (["outcome": "settled", "agreement": "oral", "amount": "五元"], ["amount"]),
    ] as [([String: String], [String])])
  func refused(given: [String: String], fields: [String]) async throws {
    let town = try await CaseTown()
    let id = try await handling(town)
    let fault = try await town.fault {
      try await town.make(.recordOutcome, by: .roads, on: id) {
        $0.outcome = given["outcome"]
        $0.agreement = given["agreement"]
        $0.amount = given["amount"].map { .text($0) }
        $0.terms = given["terms"]
      }
    }
    #expect(fault?.fields.map(\.name) == fields)
    #expect(try await town.view(id).mediation?.result == nil)
  }

  @Test(
    "a session that is still to come, or was before the case, is no session; nor is a next one before it"
  )
  func sessions() async throws {
    let town = try await CaseTown()
    let id = try await handling(town)
    let alone = try await town.fault { try await town.make(.holdSession, by: .roads, on: id) }
    #expect(alone?.code == "mediation.no-parties")
    try await town.make(.addParty, by: .roads, on: id)
    let now = town.clock.now()
    for (held, next, field) in [
      (now + 60, nil, "heldAt"), (now + -86_400, nil, "heldAt"), (now, now, "next"),
      (now, now + 400 * 86_400, "next"),
    ] as [(Moment, Moment?, String)] {
      let fault = try await town.fault {
        try await town.make(.holdSession, by: .roads, on: id) {
          ($0.heldAt, $0.next) = (held, next)
        }
      }
      #expect(fault?.fields.map(\.name) == [field])
    }
    let empty = try await town.fault {
      try await town.desk.make(.holdSession, on: id, by: town[.roads])
    }
    #expect(Set(empty?.fields.map(\.name) ?? []) == ["heldAt", "mediators", "present", "text"])
  }

  @Test("what is opened again, given back or becomes another kind has no outcome any longer")
  func forgotten() async throws {
    let town = try await CaseTown()
    for move in [CaseMove.giveBack, .withdraw, .correct, .reopen] {
      let id = try await mediated(town)
      let who: CaseTown.Who =
        switch move {
        case .giveBack: .roads
        case .reopen: .intake
        default: .dispatcher
        }
      if move == .reopen {
        try await town.attach(.after, to: id, by: .roads)
        try await town.make(.feedBack, by: .sanitation, on: id)
        try await town.make(.feedBack, by: .roads, on: id)
        try await town.make(.verify, by: .dispatcher, on: id)
        try await town.make(.close, by: .dispatcher, on: id)
        #expect(try await town.view(id).mediation?.result != nil)
      }
      try await town.make(move, by: who, on: id) { if move == .correct { $0.kind = "T0001" } }
      let left = try await town.database.read {
        try CaseMediationRows.mediation(of: id, in: $0)
      }
      #expect(left.result == nil && left.parties.count == 2, "\(move.rawValue)")
    }
  }

  @Test("figures count what was settled, how, and the money exactly; each opens its list")
  func figures() async throws {
    let town = try await CaseTown()
    let written = try await mediated(town)
    let oral = try await mediated(town) {
      $0.agreement = "oral"
      $0.amount = .number(Decimal(string: "0.01") ?? 0)
    }
    let unsettled = try await mediated(town) {
      $0.outcome = "unsettled"
      ($0.agreement, $0.amount, $0.terms, $0.performBy) = (nil, nil, nil, nil)
    }
    let march = FigureScope(
      from: try CaseTown.at("2024-03-01 00:00"), before: try CaseTown.at("2024-04-01 00:00"))
    let figures = try await town.database.read {
      try town.desk.figures(march, by: .command, now: town.clock.now(), in: $0)
    }
    func value(_ figure: CaseFigure) throws -> FigureValue {
      try #require(figures.first { $0.figure == figure })
    }
    #expect(try value(.mediated).numerator == 3)
    #expect(try value(.settledRate).numerator == 2 && value(.settledRate).denominator == 3)
    #expect(try value(.writtenAgreements).numerator == 1)
    #expect(try value(.oralAgreements).numerator == 1)
    #expect(try value(.agreedAmount).amount == Decimal(string: "600.51"))
    #expect(try value(.agreedAmount).denominator == nil && value(.mediated).amount == 3)
    for (figure, ids) in [
      (.mediated, [unsettled, oral, written]), (.writtenAgreements, [written]),
      (.oralAgreements, [oral]), (.agreedAmount, [oral, written]), (.settledRate, [oral, written]),
    ] as [(CaseFigure, [ID<Case>])] {
      let lines = try await town.desk.lines(
        of: figure, counting: true, march, after: nil, limit: 50, by: .command,
        now: town.clock.now())
      #expect(lines.lines.map(\.id) == ids, "\(figure)")
    }
  }

  @Test(
    "an agreement in writing has both sides' names and room for their hands; an oral one is a record"
  )
  func printed() async throws {
    let town = try await CaseTown()
    let zone = town.desk.zone
    let view = try await town.view(try await mediated(town))
    let mediation = try #require(view.mediation)
    let paper = try CaseAgreement(view.case, mediation, in: zone)
    #expect(paper.title == "人民调解协议书")
    let html = String(decoding: try paper.bytes(as: .html), as: UTF8.self)
    for word in [
      "张三", "李四", "13900001111", "600.50 元", "为车位争执", "各让一步", "2024年4月1日", view.case.number,
    ] {
      #expect(html.contains(word), "\(word)")
    }
    #expect(html.contains("被申请人<br/>（签名") || html.contains("被申请人\n（签名"))
    let masked = String(
      decoding: try CaseAgreement(view.case, mediation.masked, in: zone).bytes(as: .html),
      as: UTF8.self)
    #expect(masked.contains("张**") && !masked.contains("张三") && !masked.contains("13900001111"))
    let oral = try await town.view(try await mediated(town) { $0.agreement = "oral" })
    let record = try CaseAgreement(oral.case, try #require(oral.mediation), in: zone)
    #expect(record.title == "人民调解口头协议登记表")
    #expect(!String(decoding: try record.bytes(as: .html), as: UTF8.self).contains("按指印"))
    let none = try await town.view(try await handling(town))
    #expect(throws: Fault(.missing, "mediation.no-agreement")) {
      try CaseAgreement(none.case, try #require(none.mediation), in: zone)
    }
  }

  @Test("mediators open the parties of a confidential case that is at their table, and call them")
  func confidential() async throws {
    let town = try await CaseTown()
    var report = Self.report
    report.confidential = true
    let id = try await town.bring(to: .dispatched, report)
    try await town.make(.take, by: .roads, on: id)
    try await town.make(.addParty, by: .roads, on: id) {
      $0.name = "张三"
      $0.phone = "１３９ ００００ １１１１"
    }
    let opened = try await town.desk.openMediation(of: id, by: town[.roads])
    #expect(opened.parties.map(\.phone) == ["13900001111"])
    let fault = try await town.fault {
      _ = try await town.desk.openMediation(of: id, by: town[.leader])
    }
    #expect(fault?.code == "right.missing")
    let wrong = try await town.fault {
      try await town.make(.addParty, by: .roads, on: id) {
        $0.name = "李四"
        $0.phone = "打给老王"
      }
    }
    #expect(wrong?.fields.map(\.code) == ["phone.unreadable"])
  }

  @Test("while an agreement stands, each side keeps somebody who made it")
  func sides() async throws {
    let town = try await CaseTown()
    let id = try await mediated(town)
    let last = try #require(try await town.view(id).mediation?.parties(.respondent).first?.id)
    let fault = try await town.fault {
      try await town.make(.removeParty, by: .roads, on: id) { $0.party = last }
    }
    #expect(fault?.code == "mediation.party-agreed")
    try await town.make(.addParty, by: .roads, on: id) {
      $0.side = "respondent"
      $0.name = "王五"
    }
    try await town.make(.removeParty, by: .roads, on: id) { $0.party = last }
    #expect(try await town.view(id).mediation?.parties(.respondent).map(\.name) == ["王五"])
  }

  // MARK: - Cases

  private func handling(_ town: CaseTown) async throws -> ID<Case> {
    let id = try await town.bring(to: .dispatched, Self.report)
    for who in [CaseTown.Who.roads, .sanitation] { try await town.make(.take, by: who, on: id) }
    return id
  }

  private static func settle(_ input: inout MoveInput, _ amount: String) {
    input.outcome = "settled"
    input.agreement = "written"
    input.amount = .text(amount)
    input.performBy = Day(year: 2024, month: 4, day: 1)
    input.facts = "为车位争执"
    input.terms = "各让一步"
  }

  /// One with two parties, a session and an outcome: settled in writing where nothing else is said.
  private func mediated(
    _ town: CaseTown, _ change: @escaping @Sendable (inout MoveInput) -> Void = { _ in }
  ) async throws -> ID<Case> {
    let id = try await handling(town)
    try await town.make(.addParty, by: .roads, on: id) { $0.name = "张三" }
    try await town.make(.addParty, by: .roads, on: id) {
      $0.side = "respondent"
      $0.name = "李四"
    }
    try await town.make(.holdSession, by: .roads, on: id)
    try await town.make(.recordOutcome, by: .roads, on: id) {
      Self.settle(&$0, "600.50")
      change(&$0)
    }
    return id
  }
}
