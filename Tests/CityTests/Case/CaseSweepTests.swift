import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// What time does to cases, by whoever does it, is done once.
@Suite struct CaseSweepTests {
  private static func everything(_ walk: CaseWalk) async throws -> [CaseDump] {
    let (town, ids) = (walk.town, walk.ids)
    return try await town.database.read { snapshot in
      try ids.map { try town.dump($0, in: snapshot) }
    }
  }

  @Test("run twice, the second changes nothing, whatever there was to do")
  func twice() async throws {
    let walk = try await CaseWalk.town(cases: 60, steps: 250, seed: 31)
    let town = walk.town
    town.clock.advance(seconds: 40 * 86_400)
    #expect(try await CaseSweep(desk: town.desk).run() > 10)
    let once = try await Self.everything(walk)
    #expect(try await CaseSweep(desk: town.desk).run() == 0)
    #expect(try await town.database.write { try CaseSweep(desk: town.desk).run(in: $0) } == 0)
    #expect(try await Self.everything(walk) == once)
    #expect(once.allSatisfy { $0.file.state != .suspended })
  }

  @Test("what is due is done in batches, all of it, in one transaction each")
  func batches() async throws {
    let town = try await CaseTown()
    try await town.database.write { tx in
      for _ in 0..<230 { try town.desk.report(CaseTown.report(), by: town[.intake], in: tx) }
    }
    town.clock.advance(seconds: 40 * 86_400)
    let sweep = CaseSweep(desk: town.desk)
    #expect(try await town.database.write { try sweep.noteOverdue(in: $0) } == CaseSweep.batch)
    #expect(try await sweep.run() == 3 * 230 - CaseSweep.batch)
    let noted: Int? = try await town.database.read {
      try $0.value("SELECT COUNT(*) FROM ledger_entry WHERE verb = 'case.overdue'")
    }
    #expect(noted == 3 * 230)
  }

  @Test("several that sweep at once note each clock once and take each case up once")
  func atOnce() async throws {
    let town = try await CaseTown()
    for _ in 0..<20 { _ = try await town.bring(to: .suspended) }
    for _ in 0..<20 { _ = try await town.report() }
    town.clock.advance(seconds: 4 * 86_400)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { try await CaseSweep(desk: town.desk).run() } }
      try await group.waitForAll()
    }
    let resumed: Int? = try await town.database.read {
      try $0.value("SELECT COUNT(*) FROM ledger_entry WHERE verb = 'case.resume'")
    }
    let noted: Int? = try await town.database.read {
      try $0.value("SELECT COUNT(*) FROM ledger_entry WHERE verb = 'case.overdue'")
    }
    let clocks: Int? = try await town.database.read {
      try $0.value("SELECT COUNT(*) FROM case_clock WHERE overdue_noted_at IS NOT NULL")
    }
    #expect(resumed == 20)
    // Acceptance and first contact of the reported; first contact of those taken up again.
    #expect(noted == clocks && clocks == 60)
  }

  @Test("one process sweeps while it has the lease; when it is lost, another goes on where it was")
  func lease() async throws {
    let town = try await CaseTown()
    let centre = try await Centre(
      database: town.database, blobs: town.store.folder.appending(path: "blobs"),
      now: town.clock.now)
    let id = try await town.bring(to: .suspended)
    town.clock.advance(seconds: 4 * 86_400)
    let lease = try await town.database.write {
      try Lease.take("sweep", holder: "other", for: 60, in: $0)
    }
    #expect(lease != nil)
    try await centre.sweep(as: "this")
    #expect(try await town.view(id).case.state == .suspended)
    // The other does half of it and dies.
    _ = try await town.database.write { try CaseSweep(desk: town.desk).noteOverdue(in: $0) }
    town.clock.advance(seconds: 60)
    try await centre.sweep(as: "this")
    #expect(try await town.view(id).case.state == .handling)
    // The other was only slow, and comes back: it has lost the lease and finds nothing to do.
    try await centre.sweep(as: "other")
    #expect(try await CaseSweep(desk: town.desk).run() == 0)
    let entries = try await town.database.read { try Ledger.entries(about: id.raw, in: $0) }
    #expect(entries.count { $0.verb == "case.resume" } == 1)
    // Taken up again, its first contact is late already, and that is noted in the same pass.
    #expect(entries.count { $0.verb == "case.overdue" } == 1)
  }
}
