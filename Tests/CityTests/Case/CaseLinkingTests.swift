import Base
import Store
import TestSupport
import Testing

@testable import City

/// Cases that belong together (关联, 重复投诉).
@Suite struct CaseLinkingTests {
  private static func link(
    _ town: CaseTown, _ one: ID<Case>, with number: String, _ relation: CaseRelation,
    by who: CaseTown.Who = .dispatcher
  ) async throws {
    try await town.make(.link, by: who, on: one) {
      $0.other = number
      $0.relation = relation.rawValue
    }
  }

  @Test("a link stands on both pages and in both timelines, and holds up nobody at the other case")
  func both() async throws {
    let town = try await CaseTown()
    let one = try await town.bring(to: .handling)
    let other = try await town.report(CaseTown.report(title: "同一条路"))
    try await Self.link(town, one, with: other.number, .related)
    let here = try await town.detail(one, by: .intake)
    let there = try await town.detail(other.id, by: .intake)
    #expect(here.company.links.map(\.line.id) == [other.id])
    #expect(there.company.links.map(\.line.id) == [one])
    #expect(here.company.links.map(\.isEarlier) == [false])
    #expect(there.company.links.map(\.isEarlier) == [true])
    #expect(here.entries.last?.verb == "case.link")
    #expect(there.entries.last?.verb == "case.linked")
    #expect(here.company.numbers == [other.id: other.number])
    #expect(there.entries.last?.figures["other"] == one.description)
    #expect(there.view.case.revision == other.revision, "whoever acts on it is not held up")
    #expect(!here.company.isRepeat && !there.company.isRepeat)
    try await town.make(.unlink, by: .intake, on: other.id) { $0.other = here.view.case.number }
    for id in [one, other.id] {
      let detail = try await town.detail(id, by: .intake)
      #expect(detail.company.links.isEmpty && detail.view.links.isEmpty)
    }
    #expect(try await town.verbs(one).suffix(2) == ["case.link", "case.unlinked"])
    #expect(try await town.verbs(other.id).suffix(2) == ["case.linked", "case.unlink"])
  }

  @Test(
    "the later one repeats the earlier one, from whichever page it was said", arguments: [0, 1])
  func repeats(from page: Int) async throws {
    let town = try await CaseTown()
    let first = try await town.report()
    town.clock.advance(seconds: 3600)
    let second = try await town.report(CaseTown.report(title: "坑还在"))
    let pair = page == 0 ? (first, second) : (second, first)
    try await Self.link(town, pair.0.id, with: pair.1.number, .repeat)
    #expect(try await town.detail(first.id, by: .intake).company.isRepeat == false)
    #expect(try await town.detail(second.id, by: .intake).company.isRepeat)
    let scope = FigureScope(from: first.reportedAt, before: town.clock.now() + 60)
    let now = town.clock.now()
    let values = try await town.desk.figures(scope, by: town[.duty], now: now)
    let rate = try #require(values.first { $0.figure == .repeatRate })
    #expect(rate.numerator == 1 && rate.denominator == 2)
    let behind = try await town.desk.lines(
      of: .repeatRate, counting: true, scope, after: nil, limit: 9, by: town[.duty], now: now)
    #expect(behind.lines.map(\.id) == [second.id])
  }

  @Test("what cannot be linked is refused at its field, with one reason, and nothing is written")
  func refused() async throws {
    let town = try await CaseTown()
    let one = try await town.report()
    let other = try await town.report(CaseTown.report(title: "同一条路"))
    try await Self.link(town, one.id, with: other.number, .related)
    let wrong = [
      ("240304-99999", "case.number-unknown"), ("nonsense", "case.number-unknown"),
      (String(repeating: "9", count: 3000), "case.number-unknown"),
      (one.number, "other.itself"), (other.number, "link.already"), (" ", "value.missing"),
    ]
    for (number, code) in wrong {
      let fault = try await town.fault {
        try await Self.link(town, one.id, with: number, .repeat)
      }
      #expect(fault?.fields.map { "\($0.name) \($0.code)" } == ["other \(code)"], "\(number)")
    }
    // From the other side it is the same link.
    let again = try await town.fault {
      try await Self.link(town, other.id, with: one.number, .repeat)
    }
    #expect(again?.fields.map(\.code) == ["link.already"])
    #expect(try await town.view(one.id).links.count == 1)
    let third = try await town.report(CaseTown.report(title: "无关"))
    let never = try await town.fault {
      try await town.make(.unlink, by: .intake, on: one.id) { $0.other = third.number }
    }
    #expect(never?.code == "link.not-there" && never?.kind == .conflict)
  }

  @Test("digits in full width are the same number")
  func wide() async throws {
    let town = try await CaseTown()
    let one = try await town.report()
    let other = try await town.report(CaseTown.report(title: "同一条路"))
    let wide = String(
      String.UnicodeScalarView(
        other.number.unicodeScalars.map {
          $0 == "-" ? "－" : Unicode.Scalar($0.value + 0xFEE0) ?? $0
        }
      ))
    try await Self.link(town, one.id, with: wide, .related)
    #expect(try await town.view(one.id).links.count == 1)
  }

  @Test("of a linked case beyond their scope, readers learn that there is one, and no more")
  func hidden() async throws {
    let town = try await CaseTown()
    let one = try await town.report(CaseTown.report(village: 1))
    let other = try await town.report(CaseTown.report(village: 0, title: "同一条路"))
    try await Self.link(town, one.id, with: other.number, .repeat)
    let seen = try await town.detail(one.id, by: .villageLeader)
    #expect(seen.company.links.isEmpty && seen.company.hiddenLinks == 1)
    #expect(seen.company.numbers.isEmpty)
    #expect(seen.entries.allSatisfy { !$0.payload.contains(other.number) })
    let all = try await town.detail(one.id, by: .leader)
    #expect(all.company.hiddenLinks == 0 && all.company.links.count == 1)
  }

  @Test("a case that somebody may not read is to them no case; one they may not act on is refused")
  func beyond() async throws {
    let town = try await CaseTown()
    let one = try await town.report()
    let other = try await town.report(CaseTown.report(village: 1, title: "同一条路"))
    var asked = MoveInput()
    asked.other = other.number
    asked.relation = CaseRelation.related.rawValue
    let input = asked
    let bound = try await town.boundDispatcher(reading: [])
    let unread = try await town.fault {
      try await town.desk.make(.link, input, on: one.id, by: bound)
    }
    #expect(unread?.fields.map(\.code) == ["case.number-unknown"])
    let reader = try await town.boundDispatcher(reading: [CaseTown.villages[1]])
    let unmade = try await town.fault {
      try await town.desk.make(.link, input, on: one.id, by: reader)
    }
    #expect(unmade?.fields.map(\.code) == ["other.beyond-scope"])
  }

  @Test("a case that is over is not linked any more; a wrong link is taken back also then")
  func over() async throws {
    let town = try await CaseTown()
    let closed = try await town.bring(to: .closed)
    let other = try await town.report(CaseTown.report(title: "坑还在"))
    let fault = try await town.fault {
      try await Self.link(town, closed, with: other.number, .repeat)
    }
    #expect(fault?.code == "case.move-not-now")
    let number = try await town.view(closed).case.number
    try await Self.link(town, other.id, with: number, .repeat)
    try await town.make(.unlink, by: .intake, on: closed) { $0.other = other.number }
    #expect(try await town.view(closed).links.isEmpty)
  }
}

extension CaseTown {
  /// A dispatcher of the first village only, who reads these others.
  func boundDispatcher(reading others: [String]) async throws -> Doer {
    let person = try #require(self[.dispatcher].person)
    return Doer(
      person: person,
      grants: [Grant(role: .dispatcher, areaPath: CaseTown.villages[0])]
        + others.map { Grant(role: .leader, areaPath: $0) })
  }
}
