import Base
import Store
import TestSupport
import Testing

@testable import City

/// What is shown beside a report while it is taken down.
@Suite struct CaseEarlierTests {
  private static func report(
    title: String = "路面有一个大坑", phone: String? = "13800001234", place: String = "",
    north metres: Double = 0, village: Int = 0
  ) -> CaseReport {
    var report = CaseTown.report(village: village, title: title)
    report.place = place
    report.reporter = Reporter(
      name: phone.map { _ in "张三" }, phone: phone, address: phone.map { _ in "北横路1号" })
    report.latitude = report.latitude.map { $0 + metres / 111_195 }
    return report
  }

  /// What an operator has typed so far: nothing but what is given.
  private static func typed(
    phone: String? = nil, place: String = "", isPlaced: Bool = false
  ) -> CaseReport {
    var typed = Self.report(title: "", phone: phone, place: place)
    if !isPlaced { (typed.latitude, typed.longitude) = (nil, nil) }
    return typed
  }

  @Test("a number tells what it reported before, the newest first, and whose it is, masked")
  func caller() async throws {
    let town = try await CaseTown()
    let first = try await town.report(Self.report())
    town.clock.advance(seconds: 60)
    let second = try await town.report(Self.report(title: "路灯不亮", village: 1))
    _ = try await town.report(Self.report(phone: "13900005678"))
    let written = Self.typed(phone: "+86 138-0000 1234")
    let caller = try #require(
      try await town.desk.earlier(than: written, by: town[.intake]).caller)
    #expect(caller.lines.map(\.id) == [second.id, first.id] && caller.count == 2)
    #expect(caller.reporter == Reporter(name: "张**", phone: "138****1234", address: "****"))
    let other = try await town.desk.earlier(than: Self.typed(phone: "138"), by: town[.intake])
    #expect(other.caller == nil, "half a number is nobody's")
    #expect(try await town.verbs(second.id) == ["case.report"], "nothing was opened")
  }

  @Test("whoever may not open personal data finds nobody by a number")
  func unpermitted() async throws {
    let town = try await CaseTown()
    _ = try await town.report(Self.report())
    let typed = Self.typed(phone: "13800001234", isPlaced: true)
    let seen = try await town.desk.earlier(than: typed, by: town[.patroller])
    #expect(seen.caller == nil)
    #expect(seen.here.count == 1, "but sees what happened there")
    await #expect(throws: Fault.self) {
      try await town.desk.recallCaller("13800001234", by: town[.patroller])
    }
    await #expect(throws: Fault.self) {
      try await town.desk.earlier(than: typed, by: town[.roads])
    }
  }

  @Test("what a caller said once is opened once, which the ledger says, and not typed again")
  func recalled() async throws {
    let town = try await CaseTown()
    let file = try await town.report(Self.report())
    let known = try await town.desk.recallCaller("138 0000 1234", by: town[.intake])
    #expect(known.name == "张三" && known.address == "北横路1号")
    #expect(try await town.verbs(file.id).last == "case.open-reporter")
    await #expect(throws: Fault.missing("case")) {
      try await town.desk.recallCaller("13900005678", by: town[.intake])
    }
  }

  @Test("of a place count what lies within 60 metres, and what has the same address, for a year")
  func place() async throws {
    let town = try await CaseTown()
    let old = try await town.report(Self.report(place: "云浦路 8 弄"))
    town.clock.advance(seconds: 366 * 86_400)
    let near = try await town.report(Self.report(phone: nil, north: 50))
    _ = try await town.report(Self.report(phone: nil, north: 70))
    let named = try await town.report(
      Self.report(phone: nil, place: "云浦路8弄3号", north: 900))
    _ = try await town.report(Self.report(title: "云浦路8弄的坑", phone: nil, north: 800))
    let both = Self.typed(place: "云浦路８弄", isPlaced: true)
    let here = try await town.desk.earlier(than: both, by: town[.intake]).here.map(\.id)
    #expect(here == [named.id, near.id] && !here.contains(old.id))
    let void = try await town.report(Self.report(phone: nil))
    try await town.make(.reject, by: .intake, on: void.id)
    let after = try await town.desk.earlier(than: Self.typed(isPlaced: true), by: town[.intake])
    #expect(after.here.map(\.id) == [near.id], "what was void is nothing that happened")
  }

  @Test("places are found by any part of their address, the most frequent first, with their point")
  func places() async throws {
    let town = try await CaseTown()
    _ = try await town.report(Self.report(place: "云浦路8弄南门", north: 10))
    _ = try await town.report(Self.report(place: "云浦路 8 弄 南门", north: 20))
    _ = try await town.report(Self.report(place: "云浦小学", north: 30))
    _ = try await town.report(Self.report(title: "云浦路八号", place: "别处", north: 40))
    let found = try await town.desk.knownPlaces(named: "云浦", by: town[.intake])
    #expect(found.map(\.name) == ["云浦路 8 弄 南门", "云浦小学"])
    #expect(found.map(\.count) == [2, 1])
    #expect(found.first?.point != nil && found.first?.area != nil)
    #expect(try await town.desk.knownPlaces(named: "浦", by: town[.intake]).isEmpty)
    #expect(try await town.desk.knownPlaces(named: "  ", by: town[.intake]).isEmpty)
    #expect(
      try await town.desk.knownPlaces(named: "云浦", by: town[.otherPatroller]).isEmpty,
      "bounded by what one may read")
  }
}
