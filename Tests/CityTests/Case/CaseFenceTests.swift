import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// A node that stood still in the middle of a pass, and goes on when another has taken over.
@Suite struct CaseFenceTests {
  private static func entries(_ town: CaseTown) async throws -> [String] {
    try await town.database.read {
      try $0.column("SELECT verb FROM ledger_entry ORDER BY sequence")
    }
  }

  @Test("none of its passes changes anything")
  func stale() async throws {
    let town = try await CaseTown()
    _ = try await town.bring(to: .suspended)
    _ = try await town.bring(to: .filed)
    let database = town.database
    let fence = try #require(
      try await Fence.take(Centre.sweepLeaseName, holder: "a", for: 30, in: database))
    town.clock.advance(seconds: 4 * 86_400)
    #expect(
      try await Fence.take(Centre.sweepLeaseName, holder: "b", for: 30, in: database) != nil)
    let before = try await Self.entries(town)
    await #expect(throws: Fence.Lost.self) {
      try await CaseSweep(desk: town.desk).run(through: fence)
    }
    await #expect(throws: Fence.Lost.self) { try await IdentityRetention.run(in: fence) }
    #expect(try await Self.entries(town) == before)
    // The other finds all of it still to be done.
    #expect(try await CaseSweep(desk: town.desk).run() > 0)
  }

  @Test("it adds no seal to the other's, and the chain holds", arguments: Engine.all)
  func seals(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    try await append(5, to: test)
    let first = try #require(
      try await Fence.take(LedgerSweep.lease, holder: "a", for: 30, in: test.database))
    test.clock.advance(seconds: 30)
    #expect(
      try await LedgerSweep.run(in: test.database, holder: "b", leaseLength: 30) == 5)
    try await append(5, to: test)
    await #expect(throws: Fence.Lost.self) {
      try await first.write { try LedgerSweep.seal(in: $0, ranges: 1) }
    }
    #expect(try await LedgerSweep.run(in: test.database, holder: "c", leaseLength: 30) == 5)
    let seals: Int? = try await test.database.read {
      try $0.value("SELECT COUNT(*) FROM ledger_seal")
    }
    #expect(seals == 2)
  }

  @Test("sweeping ends quietly where the lease was lost, and is given back where it was not")
  func centre() async throws {
    let town = try await CaseTown()
    let centre = try await Centre(
      database: town.database, blobs: town.store.folder.appending(path: "blobs"),
      now: town.clock.now)
    try await centre.sweep(as: "a")
    let before = try await Self.entries(town).count
    _ = try await town.bring(to: .suspended)
    town.clock.advance(seconds: 4 * 86_400)
    try await centre.sweep(as: "a")
    #expect(try await Self.entries(town).count > before)
    try await centre.sweep(as: "b")
    // Still the first one's, until it says that it ends.
    #expect(
      try await Fence.take(Centre.sweepLeaseName, holder: "c", for: 30, in: town.database) == nil)
    try await centre.endSweeping(as: "b")
    #expect(
      try await Fence.take(Centre.sweepLeaseName, holder: "c", for: 30, in: town.database) == nil)
    try await centre.endSweeping(as: "a")
    #expect(
      try await Fence.take(Centre.sweepLeaseName, holder: "c", for: 30, in: town.database) != nil)
  }
}
