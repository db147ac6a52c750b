import Base
import Store
import Testing

@testable import City

/// A report is checked before its transaction; what changes in between counts all the same.
@Suite struct CasePreparedTests {
  @Test("what was prepared is taken as it is while places and kinds are the same")
  func same() async throws {
    let town = try await CaseTown()
    _ = try await town.report()
    let prepared = try #require(town.desk.prepare(CaseTown.report()))
    let checked = try await town.database.write {
      let checked = try town.desk.check(CaseTown.report(), prepared: prepared, in: $0)
      return checked.area?.path
    }
    #expect(checked == CaseTown.villages[0])
  }

  @Test("a boundary that was moved meanwhile decides where the case lies")
  func moved() async throws {
    let town = try await CaseTown()
    _ = try await town.report()
    let prepared = try #require(town.desk.prepare(CaseTown.report()))
    #expect(prepared.checked.area?.path == CaseTown.villages[0])
    let path = try await town.database.write { tx in
      let village = try #require(try AreaRows.area(path: CaseTown.villages[0], in: tx))
      try AreaDesk.setBoundary(nil, of: village.id, by: .command, in: tx)
      return try town.desk.check(CaseTown.report(), prepared: prepared, in: tx).area?.path
    }
    #expect(path == CaseTown.town)
  }

  @Test("a kind that was replaced meanwhile counts as it is now")
  func replaced() async throws {
    let town = try await CaseTown()
    _ = try await town.report()
    let prepared = try #require(town.desk.prepare(CaseTown.report("T0002", .patrol)))
    var kind = CaseTown.plain
    kind.channels = [.hotline]
    let others = town.shelf.catalogue.kinds.filter { $0.code != kind.code }
    try await CatalogueDesk(database: town.database, shelf: town.shelf)
      .install(try Catalogue(others + [kind]), by: .command)
    await #expect(throws: Fault.invalid("channel", "kind.channel", ["channel": "patrol"])) {
      try await town.database.write {
        _ = try town.desk.check(CaseTown.report("T0002", .patrol), prepared: prepared, in: $0)
      }
    }
  }

  @Test("a wrong report is refused with every fault, whether anything was read before or not")
  func wrong() async throws {
    let town = try await CaseTown()
    var report = CaseTown.report("nothing")
    report.title = ""
    #expect(town.desk.prepare(report) == nil)
    for _ in 0..<2 {
      let fault = try await town.fault {
        _ = try await town.desk.report(report, key: nil, by: town[.intake])
      }
      #expect(fault?.fields.map(\.name) == ["kind", "title"])
      _ = try await town.report()
    }
  }
}
