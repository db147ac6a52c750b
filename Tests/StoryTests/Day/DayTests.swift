import Base
import City
import Foundation
import Store
import TestSupport
import Testing

/// A whole day of a centre, Tuesday 5 March 2024, and its figures, worked through by hand.
@Suite struct DayTests {
  static let day = "2024-03-05"

  /// - 窨井盖: urgent, by the hotline; sent on by itself; eight hours to handle it run into the
  ///   evening, and it is late.
  /// - 消费: returned by one unit, sent to another, reworked, closed and called back.
  /// - 电梯: suspended until two, then extended.
  /// - 违停: found and handled on the spot.
  /// - 单车: by patrol; two of the unit take it at once.
  /// - 空号: not accepted.
  /// - 迟: accepted late.
  static let morning: [DayCentre.Event] = [
    ("08:40", { try await $0.report("单车", "E0506", .patrol, ["count": "12"], by: .patroller) }),
    ("08:45", { try await $0.make(.accept, "单车", by: .intake) }),
    (
      "08:50",
      { day in
        // It was forgotten to photograph it.
        let refusal = try await day.refusal(of: .file, "单车", by: .intake)
        #expect(refusal == "evidence.missing")
        try await day.attach(.before, "单车", by: .patroller)
        try await day.make(.file, "单车", by: .intake)
        try await day.expect("单车", is: .filed)
      }
    ),
    (
      "08:55",
      {
        try await $0.make(.dispatch, "单车", by: .dispatcher) { $0.organisation = "city-management" }
      }
    ),
    ("09:00", { try await $0.report("迟", "H0410", .hotline, ["trader": "小店"]) }),
    ("09:00", { try await $0.takeAtOnce() }),
    ("09:05", { try await $0.report("消费", "H0410", .hotline, ["trader": "超市"]) }),
    ("09:10", { try await $0.make(.accept, "消费", by: .intake) }),
    (
      "09:15",
      {
        try await $0.report("电梯", "H0401", .hotline, ["estate": "新苑", "matter": .texts(["lift"])])
      }
    ),
    ("09:20", { try await $0.make(.file, "消费", by: .intake) }),
    ("09:20", { try await $0.make(.accept, "电梯", by: .intake) }),
    ("09:25", { try await $0.make(.file, "电梯", by: .duty) }),
    (
      "09:30",
      {
        let until = Moment(DayCentre.iso("\(Self.day) 14:00"))
        let approver = $0[.leader].person
        try await $0.make(.suspend, "电梯", by: .dispatcher) {
          $0.reason = "unreachable"
          $0.until = until
          $0.approver = approver
        }
      }
    ),
    (
      "10:00",
      {
        try await $0.report(
          "窨井盖", "C0101", .hotline, ["cover": .text("rain"), "state": .text("missing")])
      }
    ),
    ("10:05", { try await $0.make(.accept, "窨井盖", by: .duty) }),
    (
      "10:05",
      { day in
        // A caller said so; somebody looks before it is filed.
        let refusal = try await day.refusal(of: .file, "窨井盖", by: .duty)
        #expect(refusal == "case.not-checked")
        let patroller = day[.patroller].person
        try await day.make(.askCheck, "窨井盖", by: .duty) { $0.person = patroller }
      }
    ),
    ("10:10", { try await $0.make(.confirmCheck, "窨井盖", by: .patroller) }),
    ("10:10", { try await $0.make(.file, "窨井盖", by: .duty) }),
    ("10:15", { try await $0.expect("窨井盖", is: .dispatched) }),
    ("10:20", { try await $0.make(.contact, "消费", by: .market) { $0.reached = true } }),
    ("10:30", { try await $0.make(.take, "窨井盖", by: .roads) }),
    ("11:00", { try await $0.make(.giveBack, "消费", by: .market) }),
    (
      "11:10",
      {
        try await $0.make(.dispatch, "消费", by: .dispatcher) { $0.organisation = "city-management" }
      }
    ),
    ("11:10", { try await $0.make(.accept, "迟", by: .intake) }),
    ("11:20", { try await $0.make(.take, "消费", by: .managementMate) }),
    ("11:30", { try await $0.settleOnTheSpot() }),
  ]

  static let afternoon: [DayCentre.Event] = [
    ("12:00", { try await $0.report("空号", "H0410", .hotline, ["trader": "无"]) }),
    ("12:05", { try await $0.make(.reject, "空号", by: .intake) }),
    ("13:40", { try await $0.expect("电梯", is: .suspended) }),
    ("14:05", { try await $0.expect("电梯", is: .dispatched) }),
    ("14:10", { try await $0.make(.take, "电梯", by: .housing) }),
    (
      "14:30",
      { try await $0.make(.askExtension, "电梯", by: .housing) { $0.limit = "3 working-days" } }
    ),
    ("14:35", { try await $0.make(.grantExtension, "电梯", by: .dispatcher) }),
    ("14:40", { try await $0.feedBack("消费", .document, by: .managementMate) }),
    ("15:00", { try await $0.make(.rework, "消费", by: .dispatcher) }),
    ("16:00", { try await $0.feedBack("消费", .document, by: .management) }),
    ("16:30", { try await $0.make(.verify, "消费", by: .dispatcher) }),
    (
      "17:00",
      { try await $0.make(.close, "消费", by: .duty) { $0.conditions = ["answered", "findings"] } }
    ),
    (
      "17:20",
      {
        try await $0.make(.callBack, "消费", by: .intake) {
          $0.resolved = true
          $0.satisfaction = 4
        }
      }
    ),
    ("19:00", { try await $0.feedBack("窨井盖", .after, by: .roads) }),
    ("19:00", { try await $0.make(.take, "窨井盖", by: .committee) }),
    ("19:05", { try await $0.feedBack("窨井盖", .after, by: .committee) }),
  ]

  @Test("from morning to evening every case goes its way, and the figures are those of the day")
  func day() async throws {
    var day = try await DayCentre(start: "\(Self.day) 08:30")
    try await day.pass(Self.morning + Self.afternoon, on: Self.day, until: "21:00")
    try await Self.checkCases(day)
    try await Self.checkFigures(day)
    // A pass more finds nothing to do.
    #expect(try await CaseSweep(desk: day.centre.cases).run() == 0)
    let report = try await LedgerVerifier(database: day.centre.database).verify()
    #expect(report.isWhole && report.seals > 0)
  }

  private static func checkCases(_ day: DayCentre) async throws {
    let states: [String: CaseState] = [
      "窨井盖": .handled, "消费": .closed, "电梯": .handling, "违停": .closed, "单车": .handling,
      "空号": .void, "迟": .accepted,
    ]
    for (name, state) in states { #expect(try await day.state(name) == state, "\(name)") }
    #expect(
      try await day.timeline("窨井盖") == [
        "10:00 report", "10:05 accept", "10:05 ask-check", "10:10 confirm-check", "10:10 file",
        "10:30 take", "18:10 overdue", "19:00 attach",
        "19:00 feed-back", "19:00 take", "19:05 feed-back",
      ])
    #expect(
      try await day.timeline("电梯") == [
        "09:15 report", "09:20 accept", "09:25 file", "09:30 suspend", "14:00 resume", "14:10 take",
        "14:30 ask-extension", "14:35 grant-extension",
      ])
    #expect(
      try await day.timeline("迟") == [
        "09:00 report", "11:00 overdue", "11:10 accept", "15:10 overdue",
      ])
    #expect(
      try await day.timeline("单车") == [
        "08:40 report", "08:45 accept", "08:50 attach", "08:50 file", "08:55 dispatch",
        "09:00 take",
        "12:55 overdue",
      ])
    // What waits in the evening: to verify the manhole cover, and to file what was accepted late.
    let waiting = try await day.centre.cases.waiting(for: day[.duty])
    let acts = Dictionary(uniqueKeysWithValues: waiting.map { ($0.act, $0.lines.map(\.id)) })
    #expect(acts == [.verify: [try day.id("窨井盖")], .file: [try day.id("迟")]])
    let late = try await day.centre.cases.lateCounts(for: day[.duty], now: day.test.clock.now())
    #expect(late.overdue == 2)
  }

  /// Of each figure what counts and what it is out of; nil for a plain count.
  static let figures: [CaseFigure: (Int, Int?)] = [
    .reported: (7, nil), .valid: (6, nil), .accepted: (6, nil), .filed: (5, nil),
    .checked: (1, nil), .checkDenied: (0, nil), .checkRate: (1, 1), .checkOnTime: (1, 1),
    .arbitrated: (0, nil), .arbitrationOnTime: (0, 0), .excluded: (0, nil),
    .justifiedComplaints: (0, nil), .lateReports: (0, nil), .omittedReports: (0, nil),
    .hiddenReports: (0, nil), .falseReports: (0, nil),
    .dispatched: (5, nil), .handled: (3, nil), .closed: (2, nil),
    .returned: (1, nil), .returnTimes: (1, nil), .reworked: (0, nil), .reworkTimes: (0, nil),
    .acceptanceOnTime: (6, 7), .filingRate: (5, 6), .dispatchOnTime: (4, 4),
    // 消费 was returned.
    .rightFirstTime: (4, 5),
    // Due today: 窨井盖 at 18:10, done at 19:05, and 单车 at 12:55.
    .handlingRate: (1, 2), .handlingOnTime: (0, 2), .handlingOnTimeOriginal: (0, 2),
    .overdueOpenRate: (1, 2), .extensionRate: (0, 2),
    // No case as a whole is due today, nor is a first contact.
    .closingRate: (0, 0), .closingOnTime: (0, 0), .closingOnTimeOriginal: (0, 0),
    .reworkRate: (0, 0), .firstContactRate: (0, 0),
    .resolvedRate: (1, 1), .satisfiedRate: (800, 1),
    .closingLateTime: (0, 0), .supervised: (0, nil), .supervisionOnTime: (0, 0),
    .repeatRate: (0, 7), .transferred: (0, nil),
    .mediated: (0, nil), .settledRate: (0, 0), .writtenAgreements: (0, nil),
    .oralAgreements: (0, nil), .agreedAmount: (0, nil),
    // 单车 is late until now, 21:05; 电梯 was suspended from 09:30 to 14:00.
    .handlingLateTime: (55 + 490, 2), .suspendedTime: (270, 1),
  ]

  private static func checkFigures(_ day: DayCentre) async throws {
    let start = try #require(Moment(DayCentre.iso("\(Self.day) 00:00")))
    let scope = FigureScope(from: start, before: start + 86_400)
    let values = try await day.centre.cases.figures(
      scope, by: day[.leader], now: day.test.clock.now())
    for value in values {
      let expected = try #require(Self.figures[value.figure])
      #expect(value.numerator == expected.0, "\(value.figure.rawValue)")
      #expect(value.denominator == expected.1, "\(value.figure.rawValue)")
    }
  }
}

extension DayCentre {
  /// Two of a unit who see the same page press the same button.
  fileprivate func takeAtOnce() async throws {
    let id = try id("单车")
    let revision = try await centre.cases.detail(of: id, by: .command).view.case.revision
    let desk = centre.cases
    let outcomes = await withTaskGroup(of: Fault?.self) { group in
      for doer in [self[.management], self[.managementMate]] {
        group.addTask {
          do {
            try await desk.make(.take, on: id, revision: revision, by: doer)
            return nil
          } catch {
            return error as? Fault
          }
        }
      }
      return await group.reduce(into: [Fault?]()) { $0.append($1) }
    }
    #expect(outcomes.count { $0 == nil } == 1)
    #expect(outcomes.compactMap { $0?.code } == ["case.stale"])
  }

  fileprivate mutating func settleOnTheSpot() async throws {
    var report = CaseReport(kind: "E0505", channel: .own, title: "情况 违停")
    report.latitude = 31.45
    report.longitude = 121.15
    let made = try await centre.cases.handleOnTheSpot(
      report, feedback: "已劝离", fields: ["count": "2", "where": .text("fire")],
      evidence: [file("违停前", .before), file("违停后", .after)], by: self[.patroller])
    cases["违停"] = made.case.id
  }

  fileprivate func feedBack(
    _ name: String, _ subject: EvidenceRule.Subject, by who: Who
  ) async throws {
    try await attach(subject, "\(name)", by: who)
    try await make(.feedBack, name, by: who) {
      $0.factFinding = "属实"
      $0.claimFinding = "合理"
    }
  }
}
