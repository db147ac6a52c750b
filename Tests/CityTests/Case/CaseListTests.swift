import Base
import Store
import TestSupport
import Testing

@testable import City

/// What a queue is narrowed to, and its order.
@Suite struct CaseListTests {
  private static func list(
    _ town: CaseTown, by who: CaseTown.Who = .duty, _ change: (inout CaseFilter) -> Void
  ) async throws -> [ID<Case>] {
    var filter = CaseFilter()
    change(&filter)
    return try await town.desk.lines(filter, by: town[who]).lines.map(\.id)
  }

  @Test("each filter leaves the cases that it names, newest first, and filters narrow each other")
  func filters() async throws {
    let town = try await CaseTown()
    let first = try await town.bring(to: .handling)
    town.clock.advance(seconds: 3600)
    let second = try await town.bring(to: .reported, CaseTown.report(village: 1))
    town.clock.advance(seconds: 3600)
    let third = try await town.report(CaseTown.report("T0002", .patrol), by: .patroller).id
    let fourth = try await town.bring(to: .void)
    let roads = try await town.view(first).case.leadOrganisation
    let middle = try CaseTown.at("2024-03-04 10:30")
    let end = try CaseTown.at("2024-03-04 11:30")
    #expect(try await Self.list(town) { _ in } == [fourth, third, second, first])
    #expect(
      try await Self.list(town) { $0.states = [.reported, .void] } == [fourth, third, second])
    #expect(try await Self.list(town) { $0.kind = "T0002" } == [third])
    #expect(try await Self.list(town) { $0.channel = .hotline } == [fourth, second, first])
    #expect(try await Self.list(town) { $0.areaPath = CaseTown.villages[1] } == [second])
    #expect(try await Self.list(town) { $0.organisation = roads } == [first])
    #expect(try await Self.list(town) { $0.reportedFrom = middle } == [fourth, third, second])
    #expect(try await Self.list(town) { $0.reportedBefore = middle } == [first])
    #expect(try await Self.list(town) { $0.reportedFrom = end } == [fourth, third])
    // The third has half an hour, the second until 13:30 and half past.
    #expect(try await Self.list(town) { $0.overdueAt = end + 1801 } == [third])
    #expect(try await Self.list(town) { $0.overdueAt = end + 1800 } == [])
    #expect(try await Self.list(town) { $0.dueBefore = end + 86_400 } == [third, second])
    #expect(
      try await Self.list(town) {
        $0.kind = "T0001"
        $0.states = [.reported, .handling]
        $0.areaPath = CaseTown.town
      } == [second, first])
    #expect(
      try await Self.list(town) {
        $0.kind = "T0002"
        $0.areaPath = CaseTown.villages[1]
      } == [])
  }

  @Test(
    "by clock, the next deadline is first, those without one last, and what is over is left out")
  func byClock() async throws {
    let town = try await CaseTown()
    let late = try await town.bring(to: .handling)
    let suspended = try await town.bring(to: .suspended)
    _ = try await town.bring(to: .void)
    _ = try await town.bring(to: .closed)
    let soon = try await town.report(CaseTown.report("T0002", .patrol), by: .patroller).id
    let next = try await town.bring(to: .reported)
    let order = [soon, next, late, suspended]
    #expect(try await Self.list(town) { $0.order = .due } == order)
    // A unit's queue is in the same order, of its own parts.
    #expect(try await Self.list(town, by: .roads) { $0.order = .due } == [late, suspended])
    #expect(
      try await Self.list(town) {
        $0.order = .due
        $0.states = [.closed]
      } == [])
  }

  private static func walk(
    _ town: CaseTown, _ filter: CaseFilter, by who: CaseTown.Who, between: () async throws -> Void
  ) async throws -> [ID<Case>] {
    var found: [ID<Case>] = []
    var cursor: CaseCursor?
    var pages: [CaseLines] = []
    repeat {
      let page = try await town.desk.lines(filter, after: cursor, limit: 4, by: town[who])
      found += page.lines.map(\.id)
      pages.append(page)
      cursor = page.next.flatMap { CaseCursor($0.description) }
      try await between()
    } while cursor != nil && pages.count < 100
    // And back again.
    for (before, page) in zip(pages, pages.dropFirst()) {
      let back = try await town.desk.lines(filter, after: page.previous, limit: 4, by: town[who])
      #expect(back.lines.map(\.id) == before.lines.map(\.id))
    }
    return found
  }

  @Test(
    "paging meets every case exactly once, though cases are added meanwhile",
    arguments: [CaseTown.Who.duty, .patroller, .roads])
  func paging(who: CaseTown.Who) async throws {
    let town = try await CaseTown()
    var old: [ID<Case>] = []
    for number in 0..<21 {
      town.clock.advance(seconds: number.isMultiple(of: 3) ? 0 : 60)
      old.append(try await town.bring(to: .handling))
    }
    let newest = try await Self.walk(town, CaseFilter(), by: who) {
      _ = try await town.bring(to: .handling)
    }
    #expect(newest == old.reversed())
    var byClock = CaseFilter()
    byClock.order = .due
    let all = try await Self.walk(town, byClock, by: who) {}
    #expect(Set(all).isSuperset(of: old) && all.count == Set(all).count)
    // What is added is reported later, so due later, so met at the end.
    let due = try await Self.walk(town, byClock, by: who) {
      town.clock.advance(seconds: 60)
      if try await town.view(old[0]).case.revision < 40 { _ = try await town.bring(to: .accepted) }
      try await town.make(.comment, by: .duty, on: old[0])
    }
    #expect(due.filter { old.contains($0) }.count == old.count)
    #expect(Set(due).count == due.count)
  }

  @Test("a cursor reads back from its text, and nonsense is none")
  func cursors() async throws {
    for text in ["n.1.2", "p.-5.9007199254740991"] {
      #expect(CaseCursor(text)?.description == text)
    }
    for text in ["", "n", "n.1", "x.1.2", "n.1.2.3", "n.a.b", "n..", "n.1.99999999999999999999"] {
      #expect(CaseCursor(text) == nil, "\(text)")
    }
  }
}
