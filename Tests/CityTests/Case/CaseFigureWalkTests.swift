import Base
import Store
import TestSupport
import Testing

@testable import City

/// Figures of cases that nobody thought of.
@Suite struct CaseFigureWalkTests {
  private static func listed(
    _ figure: CaseFigure, counting: Bool, _ scope: FigureScope, _ town: CaseTown, by doer: Doer
  ) async throws -> [CaseLine] {
    var lines: [CaseLine] = []
    var cursor: CaseCursor?
    repeat {
      let page = try await town.desk.lines(
        of: figure, counting: counting, scope, after: cursor, limit: 9, by: doer,
        now: town.clock.now())
      lines += page.lines
      cursor = page.next
    } while cursor != nil
    return lines
  }

  @Test("every figure's list has exactly as many cases as it counts; areas add up to the whole")
  func lists() async throws {
    var walk = try await CaseWalk.town(cases: 60, steps: 600, seed: 21)
    let town = walk.town
    let start = try CaseTown.at("2024-03-04 00:00")
    var counted = 0
    for who in [CaseTown.Who.duty, .villageLeader, .roads, .evaluator] {
      for _ in 0..<4 {
        let from = start + Int64(walk.dice.number(in: 0...20)) * 86_400
        var scope = FigureScope(
          from: from, before: from + Int64(walk.dice.number(in: 1...40)) * 86_400)
        if walk.dice.chance(0.3) { scope.kind = walk.dice.pick(["T0001", "T0002"]) }
        if walk.dice.chance(0.3) { scope.channel = walk.dice.pick([.hotline, .patrol]) }
        counted += try await Self.check(scope, town, by: town[who])
      }
    }
    #expect(counted > 300, "\(counted)")
  }

  @Test("figures of several periods at once are those of each period alone")
  func periods() async throws {
    let town = try await CaseWalk.town(cases: 40, steps: 400, seed: 22).town
    let start = try CaseTown.at("2024-03-04 00:00")
    let scopes = (0..<5).map { week in
      FigureScope(from: start + week * 604_800, before: start + (week + 1) * 604_800)
    }
    let now = town.clock.now()
    let together = try await town.desk.monthly(
      CaseFigure.allCases, scopes, by: town[.duty], now: now)
    for (scope, values) in zip(scopes, together) {
      #expect(try await town.desk.figures(scope, by: town[.duty], now: now) == values)
    }
    #expect(together[0] != together[1])
  }

  private static func check(_ scope: FigureScope, _ town: CaseTown, by doer: Doer) async throws
    -> Int
  {
    var counted = 0
    let now = town.clock.now()
    let values = try await town.desk.figures(scope, by: doer, now: now)
    let parts = try await CaseTown.villages.asyncMap { path in
      var part = scope
      part.areaPath = path
      return try await town.desk.figures(part, by: doer, now: now)
    }
    for (index, value) in values.enumerated() {
      let name = Comment(rawValue: value.figure.rawValue)
      let part = try await listed(value.figure, counting: true, scope, town, by: doer)
      let whole = try await listed(value.figure, counting: false, scope, town, by: doer)
      #expect(Set(whole.map(\.id)).count == whole.count, name)
      #expect(Set(part.map(\.id)).isSubset(of: whole.map(\.id)), name)
      #expect(value.denominator ?? whole.count == whole.count, name)
      counted += whole.count
      guard value.figure != .satisfiedRate, value.figure.measure != .time else { continue }
      #expect(value.numerator == part.count, name)
      // What lies in no village is in the whole only.
      let elsewhere = try await part.asyncFilter { line in
        let path = try await town.view(line.id).case.areaPath
        return !CaseTown.villages.contains(path)
      }
      #expect(parts.map { $0[index].numerator }.reduce(elsewhere.count, +) == part.count, name)
      if let rate = value.rate { #expect((0...1).contains(rate), name) }
    }
    return counted
  }
}

extension Array {
  fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async throws -> [T] {
    var result: [T] = []
    for element in self { result.append(try await body(element)) }
    return result
  }

  fileprivate func asyncFilter(_ body: (Element) async throws -> Bool) async throws -> [Element] {
    var result: [Element] = []
    for element in self where try await body(element) { result.append(element) }
    return result
  }
}
