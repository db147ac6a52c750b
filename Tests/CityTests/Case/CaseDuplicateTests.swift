import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// Cases that may be the same: suggested with their reasons, never joined by themselves.
@Suite struct CaseDuplicateTests {
  /// A report so many metres north of the usual one.
  private static func report(
    _ kind: String = "T0001", north metres: Double = 0, title: String = "小区门口路面有一个大坑",
    village: Int = 0
  ) -> CaseReport {
    var report = CaseTown.report(kind, village: village, title: title)
    report.latitude = report.latitude.map { $0 + metres / 111_195 }
    return report
  }

  private static func found(
    _ town: CaseTown, _ id: ID<Case>, by who: CaseTown.Who = .intake
  ) async throws -> [CaseDuplicate] {
    try await town.desk.duplicates(of: id, by: town[who])
  }

  @Test("what is near in place and time and says the same is suggested, with what speaks for it")
  func suggested() async throws {
    let town = try await CaseTown()
    let first = try await town.report(Self.report())
    town.clock.advance(seconds: 2 * 86_400 + 60)
    let second = try await town.report(Self.report(north: 80, title: "路面大坑很危险"))
    let found = try await Self.found(town, second.id)
    let duplicate = try #require(found.first)
    #expect(found.count == 1 && duplicate.line.id == first.id)
    #expect(duplicate.metres == 80 && duplicate.days == 2 && duplicate.isSameKind)
    #expect(duplicate.words.contains("路面") && duplicate.words.contains("大坑"))
    #expect(try await Self.found(town, first.id).map(\.line.id) == [second.id], "both ways")
    // Only a hint: nothing has been done to either.
    #expect(try await town.verbs(first.id) == ["case.report"])
    #expect(try await town.verbs(second.id) == ["case.report"])
  }

  @Test("what is far away, long ago, void, or of another matter is not suggested")
  func others() async throws {
    let town = try await CaseTown()
    _ = try await town.report(Self.report(title: "小区门口路面大坑，八天以前"))
    town.clock.advance(seconds: 8 * 86_400)
    _ = try await town.report(Self.report(north: 260))
    let void = try await town.report(Self.report(north: 10))
    try await town.make(.reject, by: .intake, on: void.id)
    _ = try await town.report(Self.report("T0002", north: 5, title: "楼上噪音扰民"))
    _ = try await town.report(Self.report("T0001", north: 5, title: "Wi-Fi 坏了"))
    let one = try await town.report(Self.report())
    #expect(try await Self.found(town, one.id).isEmpty)
  }

  @Test("another kind is suggested only where the texts have much in common")
  func kinds() async throws {
    let town = try await CaseTown()
    let alike = try await town.report(Self.report("T0002", north: 20, title: "门口路面有大坑"))
    _ = try await town.report(Self.report("T0002", north: 20, title: "路面积水结冰，行人滑倒受伤需要处理"))
    let one = try await town.report(Self.report())
    let found = try await Self.found(town, one.id)
    #expect(found.map(\.line.id) == [alike.id])
    #expect(found.first?.isSameKind == false)
  }

  @Test("without a point, the words decide, and no distance is claimed")
  func placeless() async throws {
    let town = try await CaseTown()
    let first = try await town.report(Self.report())
    var report = Self.report(title: "小区门口路面的大坑没有人修")
    report.latitude = nil
    report.longitude = nil
    report.area = "V1"
    let second = try await town.report(report)
    let found = try await Self.found(town, second.id)
    #expect(found.map(\.line.id) == [first.id])
    #expect(found.first?.metres == nil)
  }

  @Test("the likeliest comes first, and there are at most five")
  func order() async throws {
    let town = try await CaseTown()
    for metres in [150.0, 120, 90, 60, 30, 10, 180] {
      _ = try await town.report(Self.report(north: metres))
    }
    let one = try await town.report(Self.report())
    let found = try await Self.found(town, one.id)
    #expect(found.map(\.metres) == [10, 30, 60, 90, 120])
  }

  @Test("what is linked, or dispatched, asks no more; who may not read a case is not told of it")
  func ends() async throws {
    let town = try await CaseTown()
    let first = try await town.report(Self.report())
    let second = try await town.report(Self.report(north: 15))
    #expect(try await Self.found(town, second.id).count == 1)
    let elsewhere = town[.otherPatroller]
    await #expect(throws: Fault.missing("case")) {
      try await town.desk.duplicates(of: second.id, by: elsewhere)
    }
    try await town.make(.link, by: .intake, on: second.id) { $0.other = first.number }
    #expect(try await Self.found(town, second.id).isEmpty)
    #expect(try await Self.found(town, first.id).isEmpty)
    let third = try await town.bring(to: .dispatched, Self.report(north: 30))
    #expect(try await Self.found(town, third).isEmpty)
    #expect(try await Self.found(town, first.id).map(\.line.id) == [third], "but it is suggested")
  }

  @Test("who sees a case only by having reported it gets nothing of their neighbours' cases")
  func scope() async throws {
    let town = try await CaseTown()
    _ = try await town.report(Self.report())
    let own = try await town.report(Self.report(north: 15), by: .patroller)
    let person = try #require(town[.patroller].person)
    let moved = Doer(
      person: person, grants: [Grant(role: .intakeOperator, areaPath: CaseTown.villages[1])])
    #expect(try await town.desk.duplicates(of: own.id, by: moved).isEmpty)
    #expect(try await Self.found(town, own.id, by: .patroller).count == 1)
  }

  @Test("a kind says how near, or that nothing is to be suggested, and keeps it when it is stored")
  func rule() throws {
    var kind = CaseTown.everyStep
    #expect(kind.duplicates == DuplicateRule(metres: 200, days: 7))
    for rule in [DuplicateRule(metres: 50, days: 3), .none, .usual] {
      kind.duplicates = rule
      let stored = try JSONEncoder().encode(kind)
      #expect(try JSONDecoder().decode(CaseKind.self, from: stored).duplicates == rule)
      #expect(String(decoding: stored, as: UTF8.self).contains("duplicates") == (rule != .usual))
    }
  }
}
