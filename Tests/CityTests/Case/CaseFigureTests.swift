import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// Every figure, over a few cases that were worked through by hand.
@Suite struct CaseFigureTests {
  typealias Step = CaseTown.Step

  /// The cases of the tests, by letter, as they stand on Monday 25 March at 09:00:
  ///
  /// - A: everything in time, called back, very satisfied.
  /// - B: accepted late, returned, dispatched late the second time, extended (in time only by
  ///   that, at handling and at closing), the caller never contacted, called back: not resolved.
  /// - C: reworked, late the second time, waits for verification, the whole overdue.
  /// - D: suspended.
  /// - E: of a plain kind, supervised and answered, handling and whole overdue and open.
  /// - F: rejected.
  /// - G: reported on the 22nd, not accepted yet, though supervised until the 23rd; repeats A.
  struct Cases {
    let town: CaseTown
    var ids: [Character: ID<Case>] = [:]

    func letters(_ lines: [CaseLine]) -> String {
      String(ids.filter { entry in lines.contains { $0.id == entry.value } }.keys.sorted())
    }

    static func make() async throws -> Cases {
      var cases = Cases(town: try await CaseTown())
      for (letter, village) in [("A", 0), ("B", 0), ("C", 1), ("D", 1), ("F", 0)] {
        try cases.town.set("2024-03-04 09:30")
        let report = CaseTown.report(village: village)
        cases.ids[Character(letter)] = try await cases.town.report(report).id
      }
      try await cases.live()
      try cases.town.set("2024-03-22 09:30")
      cases.ids["G"] = try await cases.town.report(CaseTown.report(village: 1)).id
      try await cases.town.live(cases.id("G"), [Step("03-22 10:00", .supervise, .duty)])
      let first = try await cases.town.view(cases.id("A")).case.number
      try await cases.town.make(.link, by: .duty, on: cases.id("G")) {
        $0.other = first
        $0.relation = "repeat"
      }
      try cases.town.set("2024-03-25 09:00")
      return cases
    }

    private mutating func live() async throws {
      let contact = Step("03-04 14:00", .contact, .roads)
      let straight = CaseTown.toHandling + [contact] + CaseTown.toHandled
      try await town.live(
        id("A"), straight + CaseTown.toClosed + [Step("03-08 09:00", .callBack, .intake)])
      try await town.live(id("B"), Self.extended)
      try await town.live(
        id("C"),
        straight + [
          Step("03-06 11:00", .rework, .dispatcher), Step("03-20 10:00", .feedBack, .roads),
        ])
      let until = try CaseTown.at("2024-04-20 09:00")
      try await town.live(
        id("D"),
        CaseTown.toHandling + [Step("03-05 10:00", .suspend, .dispatcher) { $0.until = until }])
      try await town.live(id("F"), [Step("03-04 10:00", .reject, .intake)])
      try town.set("2024-03-04 09:30")
      let plain = try await town.report(CaseTown.report("T0002", .patrol), by: .patroller).id
      ids["E"] = plain
      try await town.attach(.before, to: plain, by: .patroller)
      try await town.live(
        plain,
        [
          Step("03-04 09:50", .accept, .intake), Step("03-04 09:55", .file, .intake),
          Step("03-04 10:30", .dispatch, .dispatcher), Step("03-04 10:40", .take, .roads),
          Step("03-04 11:00", .supervise, .leader), Step("03-04 12:00", .answer, .roads),
        ])
    }

    private func id(_ letter: Character) throws -> ID<Case> { try #require(ids[letter]) }

    private static let extended = [
      Step("03-04 13:40", .accept, .intake), Step("03-04 14:00", .file, .intake),
      Step("03-04 14:30", .dispatch, .dispatcher), Step("03-04 14:40", .take, .roads),
      Step("03-05 09:00", .giveBack, .roads), Step("03-05 13:35", .dispatch, .dispatcher),
      Step("03-05 14:00", .take, .roads), Step("03-05 14:00", .take, .sanitation),
      Step("03-06 09:00", .askExtension, .roads) { $0.limit = "2 working-days" },
      Step("03-06 09:10", .grantExtension, .dispatcher),
      Step("03-13 09:00", .feedBack, .sanitation), Step("03-13 10:00", .feedBack, .roads),
      Step("03-13 11:00", .verify, .dispatcher), Step("03-15 10:00", .close, .dispatcher),
      Step("03-15 11:00", .callBack, .intake) {
        $0.resolved = false
        $0.satisfaction = 2
      },
    ]
  }

  /// What counts, and what of.
  static let worked: [CaseFigure: (part: String, whole: String)] = [
    .reported: ("ABCDEFG", "ABCDEFG"), .valid: ("ABCDEG", "ABCDEG"), .accepted: ("ABCDE", "ABCDE"),
    .checked: ("", ""), .checkDenied: ("", ""), .checkRate: ("", ""), .checkOnTime: ("", ""),
    .arbitrated: ("", ""), .arbitrationOnTime: ("", ""), .excluded: ("", ""),
    .justifiedComplaints: ("", ""), .lateReports: ("", ""), .omittedReports: ("", ""),
    .hiddenReports: ("", ""), .falseReports: ("", ""), .mediated: ("", ""), .settledRate: ("", ""),
    .writtenAgreements: ("", ""), .oralAgreements: ("", ""), .agreedAmount: ("", ""),
    .filed: ("ABCDE", "ABCDE"), .dispatched: ("ABCDE", "ABCDE"), .handled: ("ABC", "ABC"),
    .repeatRate: ("G", "ABCDEFG"), .transferred: ("", ""), .closed: ("AB", "AB"),
    .supervised: ("EG", "EG"),
    .supervisionOnTime: ("E", "EG"),
    .returned: ("B", "B"), .reworked: ("C", "C"),
    .returnTimes: ("B", "B"), .reworkTimes: ("C", "C"),
    // Refusing is an answer, too.
    .acceptanceOnTime: ("ACDEF", "ABCDEFG"),
    .filingRate: ("ABCDE", "ABCDE"),
    .dispatchOnTime: ("ACDE", "ABCDE"),
    .rightFirstTime: ("ACDE", "ABCDE"),
    .handlingRate: ("ABC", "ABCE"),
    .handlingOnTime: ("AB", "ABCE"),
    .handlingOnTimeOriginal: ("A", "ABCE"),
    .closingRate: ("AB", "ABCE"),
    .closingOnTime: ("AB", "ABCE"),
    .closingOnTimeOriginal: ("A", "ABCE"),
    .reworkRate: ("C", "ABCE"),
    .extensionRate: ("B", "ABCE"),
    .overdueOpenRate: ("E", "ABCE"),
    // G's is not due before this evening.
    .firstContactRate: ("AC", "ABC"),
    .resolvedRate: ("A", "AB"),
    .satisfiedRate: ("AB", "AB"),
    .handlingLateTime: ("CE", "CE"), .closingLateTime: ("CE", "CE"), .suspendedTime: ("D", "D"),
  ]

  /// Minutes in all.
  static let minutes: [CaseFigure: Int] = [
    // Until 25 March, 09:00: E since the 6th, 17:30; C's second time from the 13th, 17:30, to the 20th, 10:00.
    .handlingLateTime: 18 * 1440 + 930 + 6 * 1440 + 990,
    // C since the 14th, E since the 8th.
    .closingLateTime: 10 * 1440 + 930 + 16 * 1440 + 930,
    // D since 5 March, 10:00.
    .suspendedTime: 19 * 1440 + 23 * 60,
  ]

  private static func scope(_ from: String, _ before: String) throws -> FigureScope {
    FigureScope(
      from: try CaseTown.at("2024-\(from) 00:00"), before: try CaseTown.at("2024-\(before) 00:00"))
  }

  @Test("each figure counts the cases that it should, of those that it should, and lists them")
  func figures() async throws {
    let cases = try await Cases.make()
    let town = cases.town
    let scope = try Self.scope("03-01", "04-01")
    let now = town.clock.now()
    let values = try await town.desk.figures(scope, by: town[.duty], now: now)
    #expect(values.map(\.figure) == CaseFigure.allCases)
    for value in values {
      let name = Comment(rawValue: value.figure.rawValue)
      let expected = try #require(Self.worked[value.figure])
      for counting in [true, false] {
        let lines = try await town.desk.lines(
          of: value.figure, counting: counting, scope, after: nil, limit: 50, by: town[.duty],
          now: now)
        #expect(cases.letters(lines.lines) == (counting ? expected.part : expected.whole), name)
      }
      if value.figure == .satisfiedRate {
        #expect(value.numerator == 1300 && value.denominator == 2)
        #expect(value.rate == 0.65)
        continue
      }
      #expect(value.numerator == Self.minutes[value.figure] ?? expected.part.count, name)
      #expect(
        value.denominator == (value.figure.isWhole ? nil : expected.whole.count), name)
      #expect(
        value.minutes == Self.minutes[value.figure].map { $0 / expected.whole.count }, name)
    }
  }

  @Test("returns and reworks are counted as cases and as times, and listed as cases")
  func times() async throws {
    let cases = try await Cases.make()
    let town = cases.town
    let id = try #require(cases.ids["C"])
    try await town.live(
      id,
      [
        Step("03-21 09:00", .rework, .dispatcher), Step("03-21 10:00", .feedBack, .roads),
        Step("03-21 11:00", .rework, .dispatcher),
      ])
    try town.set("2024-03-25 09:00")
    let scope = try Self.scope("03-01", "04-01")
    let now = town.clock.now()
    let values = try await town.desk.figures(scope, by: town[.duty], now: now)
    let counts = Dictionary(uniqueKeysWithValues: values.map { ($0.figure, $0.numerator) })
    #expect(counts[.reworked] == 1)
    #expect(counts[.reworkTimes] == 3)
    #expect(counts[.returned] == 1)
    #expect(counts[.returnTimes] == 1)
    for counting in [true, false] {
      let listed = try await town.desk.lines(
        of: .reworkTimes, counting: counting, scope, after: nil, limit: 50, by: town[.duty],
        now: now)
      #expect(cases.letters(listed.lines) == "C")
    }
  }

  @Test("a rate over nothing is nil, a count of nothing is 0")
  func nothing() async throws {
    let cases = try await Cases.make()
    let values = try await cases.town.desk.figures(
      try Self.scope("02-01", "03-01"), by: cases.town[.duty], now: cases.town.clock.now())
    for value in values {
      #expect(value.numerator == 0)
      #expect(value.denominator == (value.figure.isWhole ? nil : 0))
      #expect(value.rate == nil && value.minutes == nil)
    }
  }

  @Test("a case belongs to the period of its deadline, and one that is not due is in neither part")
  func period() async throws {
    let cases = try await Cases.make()
    let town = cases.town
    func letters(_ figure: CaseFigure, _ scope: FigureScope, now: String) async throws -> String {
      cases.letters(
        try await town.desk.lines(
          of: figure, counting: false, scope, after: nil, limit: 50, by: town[.duty],
          now: CaseTown.at("2024-\(now)")
        ).lines)
    }
    // By 11 March, A is due for handling and C's first time; B, extended, on the 14th.
    #expect(
      try await letters(.handlingRate, Self.scope("03-11", "03-12"), now: "03-25 09:00") == "AC")
    #expect(
      try await letters(.handlingRate, Self.scope("03-14", "03-15"), now: "03-25 09:00") == "B")
    // E is out of it until its deadline of the 6th has passed.
    #expect(
      try await letters(.handlingRate, Self.scope("03-06", "03-07"), now: "03-06 17:30") == "")
    #expect(
      try await letters(.handlingRate, Self.scope("03-06", "03-07"), now: "03-06 17:31") == "E")
    #expect(
      try await letters(.firstContactRate, Self.scope("03-25", "03-26"), now: "03-25 18:00") == "G")
  }

  @Test("by filing, a case belongs to the period in which it was filed, or before that reported")
  func cohort() async throws {
    let cases = try await Cases.make()
    let town = cases.town
    func letters(
      _ figure: CaseFigure, _ from: String, _ before: String, counting: Bool = false,
      _ due: DueReading = .cohort
    ) async throws -> String {
      var scope = try Self.scope(from, before)
      scope.due = due
      return cases.letters(
        try await town.desk.lines(
          of: figure, counting: counting, scope, after: nil, limit: 50, by: town[.duty],
          now: town.clock.now()
        ).lines)
    }
    // All but F and G were filed on 4 March; what is suspended is in neither part here either.
    #expect(try await letters(.handlingRate, "03-04", "03-05") == "ABCE")
    #expect(try await letters(.handlingRate, "03-04", "03-05", .deadline) == "")
    #expect(try await letters(.handlingRate, "03-05", "04-01") == "")
    #expect(try await letters(.closingOnTime, "03-04", "03-05", counting: true) == "AB")
    #expect(try await letters(.reworked, "03-04", "03-05") == "C")
    #expect(try await letters(.closingLateTime, "03-04", "03-05") == "CE")
    // G was never filed: what comes before that is told of when it was reported.
    #expect(try await letters(.acceptanceOnTime, "03-22", "03-23") == "G")
    #expect(try await letters(.supervisionOnTime, "03-22", "03-23") == "G")
    #expect(try await letters(.firstContactRate, "03-04", "03-05") == "ABC")
    // What is counted by the time of a step is the same.
    #expect(try await letters(.closed, "03-04", "03-09", counting: true) == "A")
    #expect(try await letters(.filed, "03-04", "03-05", counting: true) == "ABCDE")
  }

  @Test("a year earlier, the days are the same, a leap day apart, and ends of months stay ends")
  func yearBefore() throws {
    let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
    for (from, last, expected) in [
      ("2024-03-01", "2024-03-31", "2023-03-01 2023-03-31"),
      ("2024-02-01", "2024-02-29", "2023-02-01 2023-02-28"),
      ("2025-02-01", "2025-02-28", "2024-02-01 2024-02-29"),
      ("2025-02-01", "2025-02-27", "2024-02-01 2024-02-27"),
      ("2024-02-29", "2024-03-15", "2023-02-28 2023-03-15"),
      ("2024-01-01", "2024-12-31", "2023-01-01 2023-12-31"),
    ] {
      let days = try [from, last].map { try #require(Day($0)) }
      let scope = FigureScope(
        from: days[0].start(in: zone), before: (days[1] + 1).start(in: zone)
      ).yearBefore(in: zone)
      let found = "\(scope.from.local(in: zone).day) \(scope.before.local(in: zone).day + -1)"
      #expect(found == expected)
    }
  }

  @Test("a suspended case leaves the denominators, and comes back when it goes on")
  func suspended() async throws {
    let cases = try await Cases.make()
    let town = cases.town
    let id = try #require(cases.ids["D"])
    try town.set("2024-03-08 09:00")
    try await town.make(.resume, by: .dispatcher, on: id)
    try town.set("2024-03-25 09:00")
    let scope = try Self.scope("03-01", "04-01")
    for (figure, whole) in [
      (CaseFigure.handlingRate, "ABCDE"), (.closingRate, "ABCDE"), (.overdueOpenRate, "ABCDE"),
      (.firstContactRate, "ABCD"),
    ] {
      let lines = try await town.desk.lines(
        of: figure, counting: false, scope, after: nil, limit: 50, by: town[.duty],
        now: town.clock.now())
      #expect(cases.letters(lines.lines) == whole, "\(figure.rawValue)")
    }
  }

  @Test("figures of an area, a unit, a kind and a channel are those of their cases alone")
  func narrowed() async throws {
    let cases = try await Cases.make()
    let town = cases.town
    let whole = try Self.scope("03-01", "04-01")
    func letters(_ change: (inout FigureScope) -> Void) async throws -> String {
      var scope = whole
      change(&scope)
      let lines = try await town.desk.lines(
        of: .reported, counting: true, scope, after: nil, limit: 50, by: town[.duty],
        now: town.clock.now())
      return cases.letters(lines.lines)
    }
    let roads = try await town.view(try #require(cases.ids["A"])).case.leadOrganisation
    #expect(try await letters { $0.areaPath = CaseTown.villages[0] } == "ABEF")
    #expect(try await letters { $0.areaPath = CaseTown.villages[1] } == "CDG")
    #expect(try await letters { $0.organisation = roads } == "ABCDE")
    #expect(try await letters { $0.kind = "T0002" } == "E")
    #expect(try await letters { $0.channel = .hotline } == "ABCDFG")
  }

  @Test("figures are for who holds the right, over what they may see; a period runs forwards")
  func permitted() async throws {
    let cases = try await Cases.make()
    let town = cases.town
    let scope = try Self.scope("03-01", "04-01")
    for who in CaseTown.Who.allCases {
      let fault = try await town.fault {
        _ = try await town.desk.figures(scope, by: town[who], now: town.clock.now())
      }
      let may: Set<CaseTown.Who> = [
        .intake, .dispatcher, .duty, .leader, .villageLeader, .roads, .roadsMate, .sanitation,
        .management, .committee, .evaluator, .roadsHead, .crewHead, .crew, .gang,
      ]
      #expect(fault?.code == (may.contains(who) ? nil : "right.missing"), "\(who)")
    }
    let village = try await town.desk.figures(
      scope, by: town[.villageLeader], now: town.clock.now())
    #expect(village.first?.numerator == 3)
    let backwards = try await town.fault {
      _ = try await town.desk.figures(
        FigureScope(from: scope.before, before: scope.from), by: town[.duty],
        now: town.clock.now())
    }
    #expect(backwards?.fields.map(\.code) == ["period.backwards"])
  }
}

extension CaseFigure {
  /// Whether it is out of nothing: a count, or an amount.
  fileprivate var isWhole: Bool { measure == .count || measure == .amount }
}
