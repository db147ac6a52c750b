import Base
import Store
import TestSupport
import Testing

@testable import City

/// That a clock ran out is noted once, as of when it did.
@Suite struct CaseOverdueTests {
  typealias Step = CaseTown.Step

  private static func noted(_ id: ID<Case>, _ town: CaseTown) async throws -> [String] {
    try await town.database.read { try Ledger.entries(about: id.raw, in: $0) }
      .filter { $0.verb == "case.overdue" }
      .map { "\($0.figures["step"] ?? "") \(CaseTown.text($0.occurredAt))" }
  }

  @Test("it occurred at the deadline, whenever the sweep comes, and is not noted again")
  func once() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try town.set("2024-03-04 11:30")
    try await CaseSweep(desk: town.desk).run()
    #expect(try await Self.noted(id, town) == [], "at the deadline it is still in time")
    try town.set("2024-03-05 18:00")
    for _ in 0..<3 { try await CaseSweep(desk: town.desk).run() }
    #expect(
      try await Self.noted(id, town) == ["acceptance 03-04 11:30", "firstContact 03-05 17:30"])
    let entry = try await town.database.read {
      try Ledger.entries(about: id.raw, in: $0).last
    }
    #expect(entry?.recordedAt == town.clock.now())
    #expect(entry?.actor == .sweep(.clocks))
    // Nothing of the case itself changed.
    #expect(try await town.view(id).case.revision == 1)
  }

  @Test("what was done in time is never noted, though its deadline passes")
  func inTime() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, [Step("03-04 10:00", .reject, .intake)])
    try town.set("2024-05-04 10:00")
    try await CaseSweep(desk: town.desk).run()
    #expect(try await Self.noted(id, town) == [])
  }

  @Test("while suspended nothing runs out; a deadline put off may run out again")
  func putOff() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    try await town.live(id, [Step("03-04 14:00", .contact, .roads)])
    let until = try CaseTown.at("2024-03-15 09:00")
    try await town.live(id, [Step("03-11 10:00", .suspend, .dispatcher) { $0.until = until }])
    try town.set("2024-03-14 20:00")
    try await CaseSweep(desk: town.desk).run()
    #expect(try await Self.noted(id, town) == [])
    // The 11th to the 14th were lost, so the fifth day is the 15th.
    try town.set("2024-03-18 08:00")
    try await CaseSweep(desk: town.desk).run()
    try await CaseSweep(desk: town.desk).run()
    #expect(try await Self.noted(id, town) == ["handling 03-15 17:30"])
    try await town.make(.askExtension, by: .roads, on: id) { $0.limit = "1 working-day" }
    try await town.make(.grantExtension, by: .dispatcher, on: id)
    try town.set("2024-03-19 08:00")
    try await CaseSweep(desk: town.desk).run()
    #expect(try await Self.noted(id, town) == ["handling 03-15 17:30", "handling 03-18 17:30"])
  }
}
