import Base
import Store
import TestSupport
import Testing

@testable import City

/// Cases that go on as part of another (合并), and are parted again.
@Suite struct CaseMergingTests {
  private static func merge(
    _ town: CaseTown, _ id: ID<Case>, into number: String, by who: CaseTown.Who = .dispatcher,
    seen revision: Int? = nil
  ) async throws {
    try await town.make(.merge, by: who, on: id) {
      $0.other = number
      $0.otherRevision = revision
    }
  }

  @Test("what is merged waits for nobody and is late for nobody; both timelines say so")
  func merged() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .supervised)
    let target = try await town.report(CaseTown.report(title: "同一个坑"))
    try await Self.merge(town, id, into: target.number)
    let view = try await town.view(id)
    #expect(view.case.state == .merged && !view.case.state.isOpen)
    #expect(view.case.dueAt == nil && view.case.closedAt == town.clock.now())
    #expect(view.clocks.allSatisfy { $0.stoppedAt != nil })
    #expect(view.clocks.first { $0.step == .whole }?.isDone == false)
    #expect(view.assignments.allSatisfy { $0.state == .withdrawn && $0.endedAt != nil })
    #expect(try await town.verbs(id).last == "case.merge")
    #expect(try await town.verbs(target.id) == ["case.report", "case.merged-in"])
    for who in [CaseTown.Who.roads, .sanitation, .dispatcher] {
      let waiting = try await town.desk.waiting(for: town[who]).flatMap { $0.lines.map(\.id) }
      #expect(!waiting.contains(id), "\(who)")
    }
    try town.set("2024-05-01 10:00")
    try await CaseSweep(desk: town.desk).run()
    #expect(try await town.verbs(id).last == "case.merge", "nothing becomes late")
    // It is still found by its words, and says where it went.
    var filter = CaseFilter()
    filter.text = "路面大坑"
    filter.text = CaseTown.report().title
    let found = try await town.desk.lines(filter, by: town[.intake]).lines
    #expect(found.map(\.id).contains(id))
    #expect(try await town.detail(id, by: .intake).company.into?.id == target.id)
  }

  @Test("its files and its masked caller are seen from the other case, also by who only reads that")
  func seen() async throws {
    let town = try await CaseTown()
    var report = CaseTown.report()
    report.reporter = Reporter(name: "周试", phone: "13812341234", address: "虚构路 1 号")
    let id = try await town.report(report).id
    let file = try await town.attach(.before, to: id, by: .intake)
    let target = try await town.bring(to: .handling)
    let number = try await town.view(target).case.number
    await #expect(throws: Fault.missing("case")) {
      _ = try await town.desk.attachment(file, by: town[.roads])
    }
    try await Self.merge(town, id, into: number)
    let merged = try #require(try await town.detail(target, by: .roads).company.merged.first)
    #expect(merged.line.id == id && !merged.isRead)
    #expect(merged.attachments.map(\.id) == [file])
    #expect(merged.reporter?.masked.phone == "138****1234")
    #expect(try await town.desk.attachment(file, by: town[.roads]).id == file)
    let opened = try await town.desk.openReporters(of: target, by: town[.roads])
    #expect(opened[id]?.phone == "13812341234")
    #expect(try await town.verbs(id).last == "case.open-reporter")
    await #expect(throws: Fault.missing("case")) {
      _ = try await town.desk.attachment(file, by: town[.management])
    }
    try await town.make(.unmerge, by: .dispatcher, on: id)
    await #expect(throws: Fault.missing("case")) {
      _ = try await town.desk.attachment(file, by: town[.roads])
    }
    await #expect(throws: Fault.missing("case")) {
      _ = try await town.desk.openReporter(of: id, by: town[.roads])
    }
  }

  @Test("a confidential caller is not opened through another case by those who take no calls")
  func confidential() async throws {
    let town = try await CaseTown()
    var report = CaseTown.report()
    report.confidential = true
    report.reporter = Reporter(name: "周试", phone: "13812341234")
    let id = try await town.report(report).id
    let target = try await town.bring(to: .handling)
    try await Self.merge(town, id, into: try await town.view(target).case.number)
    let opened = try await town.desk.openReporters(of: target, by: town[.roads])
    #expect(opened[id] == nil)
    #expect(try await town.desk.openReporters(of: target, by: town[.intake])[id] != nil)
  }

  @Test(
    "into what is over, merged, unknown or itself, nothing is merged; nor a case with others in it")
  func refused() async throws {
    let town = try await CaseTown()
    let one = try await town.report()
    let two = try await town.report(CaseTown.report(title: "二"))
    let three = try await town.report(CaseTown.report(title: "三"))
    func refusal(_ id: ID<Case>, _ number: String) async throws -> String? {
      let before = try await town.database.read { try town.dump(id, in: $0) }
      let fault = try await town.fault { try await Self.merge(town, id, into: number) }
      #expect(try await town.database.read { try town.dump(id, in: $0) } == before)
      return fault?.fields.first.map { "\($0.name) \($0.code)" } ?? fault?.code
    }
    try await Self.merge(town, one.id, into: two.number)
    // A circle, a merge of a merge from either end.
    #expect(try await refusal(two.id, one.number) == "merge.has-merged")
    #expect(try await refusal(two.id, three.number) == "merge.has-merged")
    #expect(try await refusal(three.id, one.number) == "other merge.into-merged")
    #expect(try await refusal(one.id, three.number) == "case.move-not-now")
    #expect(try await refusal(three.id, three.number) == "other other.itself")
    #expect(try await refusal(three.id, "240304-99999") == "other case.number-unknown")
    for situation in [CaseSituation.closed, .void] {
      let over = try await town.view(try await town.bring(to: situation)).case.number
      #expect(try await refusal(three.id, over) == "other merge.into-over")
    }
    // Parted again, it may be merged elsewhere, and others into it.
    try await town.make(.unmerge, by: .duty, on: one.id)
    try await Self.merge(town, two.id, into: one.number)
    #expect(try await town.view(one.id).mergedHere.map(\.caseID) == [two.id])
  }

  @Test("what lies beyond somebody's scope they merge neither from nor into")
  func scope() async throws {
    let town = try await CaseTown()
    let own = try await town.report()
    let other = try await town.report(CaseTown.report(village: 1, title: "别村"))
    let bound = try await town.boundDispatcher(reading: [CaseTown.villages[1]])
    var input = MoveInput()
    input.other = other.number
    let into = input
    let beyond = try await town.fault {
      try await town.desk.make(.merge, into, on: own.id, by: bound)
    }
    #expect(beyond?.fields.map(\.code) == ["other.beyond-scope"])
    input.other = own.number
    let from = input
    let foreign = try await town.fault {
      try await town.desk.make(.merge, from, on: other.id, by: bound)
    }
    #expect(foreign?.code == "case.out-of-scope")
  }

  @Test("who has seen an older state of either case is told, and nothing is done")
  func stale() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    let target = try await town.report(CaseTown.report(title: "同一个坑"))
    try await town.make(.accept, by: .intake, on: target.id)
    let fault = try await town.fault {
      try await Self.merge(town, id, into: target.number, seen: target.revision)
    }
    #expect(fault?.code == "case.other-stale" && fault?.kind == .conflict)
    let seen = try await town.view(target.id).case.revision
    try await Self.merge(town, id, into: target.number, seen: seen)
    // Whoever looked at the other case before does not know what belongs to it now.
    let late = try await town.fault {
      try await town.desk.make(.file, on: target.id, revision: seen, by: town[.intake])
    }
    #expect(late?.code == "case.stale")
  }

  @Test("of two people who merge two cases into each other at once, one does")
  func atOnce() async throws {
    let town = try await CaseTown()
    for _ in 0..<10 {
      let one = try await town.report()
      let two = try await town.report(CaseTown.report(title: "二"))
      async let first = town.fault { try await Self.merge(town, one.id, into: two.number) }
      async let second = town.fault {
        try await Self.merge(town, two.id, into: one.number, by: .duty)
      }
      let faults = [try await first, try await second]
      #expect(faults.count { $0 == nil } == 1)
      let states = [try await town.view(one.id), try await town.view(two.id)].map(\.case.state)
      #expect(states.count { $0 == .merged } == 1)
    }
  }

  @Test("a suspension that ran out meanwhile ends when the case is parted again, not before")
  func suspended() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .suspended)
    let target = try await town.report(CaseTown.report(title: "同一个坑"))
    try await Self.merge(town, id, into: target.number)
    town.clock.advance(seconds: 10 * 86_400)
    try await CaseSweep(desk: town.desk).run()
    #expect(try await town.view(id).case.state == .merged)
    try await town.make(.unmerge, by: .dispatcher, on: id)
    #expect(try await town.view(id).case.state == .suspended)
    try await CaseSweep(desk: town.desk).run()
    #expect(try await town.view(id).case.state == .handling)
  }

  @Test("a merged case is a report, and in no other figure; parted, it counts as before")
  func figures() async throws {
    let town = try await CaseTown()
    let start = town.clock.now()
    let ids = [try await town.bring(to: .handling), try await town.bring(to: .closed)]
    let target = try await town.bring(to: .accepted)
    town.clock.advance(seconds: 60)
    func values() async throws -> [CaseFigure: FigureValue] {
      let scope = FigureScope(from: start + -86_400, before: start + 90 * 86_400)
      let all = try await town.desk.figures(
        scope, by: town[.duty], now: start + 60 * 86_400)
      return Dictionary(uniqueKeysWithValues: all.map { ($0.figure, $0) })
    }
    let before = try await values()
    try await Self.merge(town, ids[0], into: try await town.view(target).case.number)
    let during = try await values()
    #expect(during[.reported]?.numerator == 3 && during[.valid]?.numerator == 3)
    #expect(during[.repeatRate]?.denominator == 3)
    #expect(during[.accepted]?.numerator == 2 && before[.accepted]?.numerator == 3)
    #expect(during[.dispatched]?.numerator == 1 && before[.dispatched]?.numerator == 2)
    for figure in [CaseFigure.handlingRate, .closingRate, .firstContactRate, .acceptanceOnTime] {
      #expect(
        during[figure]?.denominator == before[figure]?.denominator.map { $0 - 1 },
        "\(figure.rawValue)")
    }
    try await town.make(.unmerge, by: .dispatcher, on: ids[0])
    #expect(try await values() == before)
  }

  /// All that is stored of a case, but what says that something happened to it.
  private static func rows(_ id: ID<Case>, _ town: CaseTown) async throws -> [String] {
    try await town.database.read { snapshot in
      let dump = try town.dump(id, in: snapshot)
      var file = dump.file
      file.revision = 0
      file.updatedAt = Moment(milliseconds: 0)
      let noted: [Int64] = try snapshot.column(
        """
        SELECT COALESCE(overdue_noted_at, 0) FROM case_clock WHERE case_id = \(id) ORDER BY id
        """)
      let active: [Int64] = try snapshot.column(
        "SELECT is_active FROM case_assignment WHERE case_id = \(id) ORDER BY id")
      let queue: [Int64] = try snapshot.column("SELECT queue_at FROM case_file WHERE id = \(id)")
      return [
        "\(file)", "\(dump.parts)", "\(dump.clocks)", "\(dump.pauses)", "\(dump.extensions)",
        "\(dump.queue)", "\(dump.found)", "\(noted)", "\(active)", "\(queue)",
        "\(try CaseLinkRows.links(of: id, in: snapshot))",
      ]
    }
  }

  @Test("parting puts back exactly what was, wherever a case stood and whatever time has passed")
  func exactly() async throws {
    var walk = try await CaseWalk.town(cases: 40, steps: 500, seed: 5)
    let town = walk.town
    let target = try await town.report(CaseTown.report(title: "收留别的案件"))
    let (ids, situations) = (walk.ids, CaseSituation.allCases)
    var states: Set<CaseState> = []
    for number in 0..<(ids.count + situations.count) {
      // Brought there only now: a suspension ends as time passes for the others.
      let id =
        number < ids.count
        ? ids[number] : try await town.bring(to: situations[number - ids.count])
      let view = try await town.view(id)
      guard view.case.state.isOpen, view.mergedHere.isEmpty else { continue }
      // These wait for somebody's answer first.
      guard view.case.state != .checking, view.case.arbitrationAt == nil else { continue }
      states.insert(view.case.state)
      let what = Comment(rawValue: "\(view.case.number) \(view.case.state)")
      let before = try await Self.rows(id, town)
      let there = try await Self.rows(target.id, town)
      try await Self.merge(town, id, into: target.number, by: .duty)
      // Time passes for this case alone: what time does to others is not looked at here.
      town.clock.advance(seconds: Int64(walk.dice.number(in: 1...40_000)))
      try await town.database.write { try CaseSweep(desk: town.desk).endSuspensions(in: $0) }
      try await town.make(.unmerge, by: .dispatcher, on: id)
      #expect(try await Self.rows(id, town) == before, what)
      #expect(try await Self.rows(target.id, town) == there, what)
    }
    #expect(states == Set(CaseState.allCases.filter(\.isOpen)).subtracting([.checking]))
  }

  @Test("what waits for an arbitrator is neither merged nor transferred before the decision")
  func disputed() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .disputed)
    let other = try await town.report()
    for move in [CaseMove.merge, .transfer] {
      let fault = try await town.fault {
        try await town.make(move, by: .dispatcher, on: id) {
          $0.other = other.number
          $0.direction = "upper"
          $0.platform = "示例区平台"
        }
      }
      #expect(fault == Fault(.conflict, "case.arbitration-open"))
    }
  }
}
