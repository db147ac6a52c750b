import Base
import Store
import TestSupport
import Testing

@testable import City

/// A centre with two units, a village committee, and a crew below one of the units.
let sampleOrganisations = [
  OrganisationDraft(code: "centre", name: "城运中心", kind: .centre),
  OrganisationDraft(code: "roads", name: "道路管养站", kind: .unit, parent: "centre"),
  OrganisationDraft(code: "water", name: "水务站", kind: .unit, parent: "centre"),
  OrganisationDraft(code: "crew", name: "抢修班", kind: .unit, parent: "roads"),
  OrganisationDraft(
    code: "village-01", name: "汇龙村村委会", kind: .village, parent: "centre", area: "v1"),
]

@Suite struct OrganisationDeskTests {
  /// A database with the sample areas and organisations, and the codes' ids.
  private func sample() async throws -> (TestDatabase, [String: ID<Organisation>]) {
    let test = try await TestDatabase()
    _ = try await AreaDesk(test.database).load(sampleAreas, by: .command)
    let desk = OrganisationDesk(test.database)
    _ = try await desk.load(sampleOrganisations, by: .command)
    let ids = try await desk.all().map { ($0.code, $0.id) }
    return (test, Dictionary(uniqueKeysWithValues: ids))
  }

  private func grant(_ path: String, to person: Int64, in test: TestDatabase) async throws {
    try await test.database.write { tx in
      try tx.run(
        """
        INSERT INTO person (id, sign_in, name, created_at, updated_at)
        VALUES (\(person), \("p\(person)"), 'a', \(tx.now), \(tx.now))
        """)
      try tx.run(
        """
        INSERT INTO role_grant (id, person_id, role, organisation_path, area_path, granted_at)
        VALUES (\(person), \(person), \(Role.handler), \(path), '', \(tx.now))
        """)
    }
  }

  @Test("a tree is brought in whatever its order, and again without a change")
  func load() async throws {
    let test = try await TestDatabase()
    _ = try await AreaDesk(test.database).load(sampleAreas, by: .command)
    let desk = OrganisationDesk(test.database)
    let first = try await desk.load(sampleOrganisations.reversed(), by: .command)
    #expect(first.added == 5)
    let again = try await desk.load(sampleOrganisations, by: .command)
    #expect(again.unchanged == 5 && again.changed == 0 && again.added == 0)
    #expect(
      try await desk.all().map(\.path) == [
        "centre/", "centre/roads/", "centre/roads/crew/", "centre/village-01/", "centre/water/",
      ])
    let ledger = try await test.database.ledger().filter { $0.hasPrefix("organisation.") }
    #expect(ledger.count == 5 && !ledger.contains { $0.contains("汇龙") })
  }

  @Test("moving an organisation rewrites the paths below it, and people's scopes follow")
  func move() async throws {
    let (test, ids) = try await sample()
    try await grant("centre/roads/crew/", to: 11, in: test)
    try await grant("centre/roads/", to: 12, in: test)
    try await grant("centre/", to: 13, in: test)
    let roads = try #require(ids["roads"])
    try await OrganisationDesk(test.database).move(roads, under: ids["water"], by: .command)
    let map = try await test.database.party()
    #expect(map.organisation(code: "roads")?.path == "centre/water/roads/")
    #expect(map.organisation(code: "crew")?.path == "centre/water/roads/crew/")
    #expect(map.organisation(code: "roads")?.parent == ids["water"])
    #expect(map.organisation(code: "village-01")?.path == "centre/village-01/")
    let scopes = try await test.database.read {
      try $0.column("SELECT organisation_path FROM role_grant ORDER BY id", as: String.self)
    }
    #expect(scopes == ["centre/water/roads/crew/", "centre/water/roads/", "centre/"])
    #expect(
      try await test.database.ledger().last
        == #"organisation.move {"code":"roads","moved":["roads","crew"],"parent":"water"}"#)
  }

  @Test("an organisation that becomes a root takes its subtree along")
  func root() async throws {
    let (test, ids) = try await sample()
    try await OrganisationDesk(test.database).move(
      #require(ids["roads"]), under: nil, by: .command)
    #expect(
      try await test.database.party().subtree("roads/").map(\.path) == ["roads/", "roads/crew/"])
  }

  @Test("an organisation cannot be moved below itself, nor deeper than the tree may be")
  func impossible() async throws {
    let (test, ids) = try await sample()
    let desk = OrganisationDesk(test.database)
    let roads = try #require(ids["roads"])
    #expect(
      await fault { try await desk.move(roads, under: ids["crew"], by: .command) } == [
        "organisation.into-itself"
      ])
    #expect(
      await fault { try await desk.move(roads, under: roads, by: .command) } == [
        "organisation.into-itself"
      ])
    var parent = try #require(ids["water"])
    for level in 3...9 {
      parent = try await desk.add(
        OrganisationDraft(
          code: "w\(level)", name: "w", kind: .unit, parent: level == 3 ? "water" : "w\(level - 1)"),
        by: .command)
    }
    #expect(
      await fault { try await desk.move(roads, under: parent, by: .command) } == [
        "organisation.too-deep"
      ])
    let crew = try await test.database.party().organisation(code: "crew")
    #expect(crew?.path == "centre/roads/crew/")
  }

  @Test("an organisation on which something hangs is not retired")
  func retire() async throws {
    let (test, ids) = try await sample()
    let roads = try #require(ids["roads"])
    let crew = try #require(ids["crew"])
    func retire(_ id: ID<Organisation>) async throws {
      try await test.database.write { try OrganisationDesk.retire(id, by: .command, in: $0) }
    }
    #expect(
      await fault { try await retire(roads) } == ["organisation.has-children"])
    try await retire(crew)
    #expect(await fault { try await retire(crew) } == ["organisation.retired"])
    try await ResponsibilityDesk(test.database).set(
      ResponsibilityDraft(kindPrefix: "C01", organisation: "roads"), by: .command)
    #expect(
      await fault { try await retire(roads) } == [
        "organisation.has-responsibilities"
      ])
    try await ResponsibilityDesk(test.database).remove(
      kindPrefix: "C01", areaPath: "", by: .command)
    try await grant("centre/roads/", to: 11, in: test)
    _ = try await test.database.write { tx in
      try tx.run("UPDATE person SET organisation_id = \(roads) WHERE id = 11")
    }
    #expect(
      await fault { try await retire(roads) } == ["organisation.has-people"])
  }

  @Test("mistakes in a list name the row and the column")
  func mistakes() async throws {
    let (test, _) = try await sample()
    let desk = OrganisationDesk(test.database)
    let drafts = [
      OrganisationDraft(code: "a", name: "a", kind: .unit, parent: "b"),
      OrganisationDraft(code: "b", name: "b", kind: .unit, parent: "a"),
      OrganisationDraft(code: "roads", name: "r", kind: .village, parent: "q", area: "v9"),
    ]
    #expect(
      await fault { _ = try await desk.load(drafts, by: .command) } == [
        "organisation.file-invalid", "organisations[2].parent organisation.parent-unknown",
        "organisations[2].area area.unknown", "organisations[2].kind organisation.kind-differs",
      ])
    #expect(
      await fault { _ = try await desk.load(Array(drafts.prefix(2)), by: .command) } == [
        "organisation.file-invalid", "organisations[0].parent organisation.parent-loop",
        "organisations[1].parent organisation.parent-loop",
      ])
  }

  @Test("only who manages organisations may change them, and only within their subtree")
  func permission() async throws {
    let (test, ids) = try await sample()
    let desk = OrganisationDesk(test.database)
    let roads = try #require(ids["roads"])
    let water = try #require(ids["water"])
    let local = doer(.systemAdministrator, organisations: "centre/roads/")
    let refused = ["right.missing"]
    #expect(
      await fault { try await desk.rename(roads, to: "a", by: doer(.securityAdministrator)) }
        == refused)
    #expect(await fault { try await desk.rename(water, to: "a", by: local) } == refused)
    #expect(await fault { try await desk.move(roads, under: water, by: local) } == refused)
    #expect(await fault { try await desk.move(roads, under: nil, by: local) } == refused)
    #expect(
      await fault {
        _ = try await desk.add(
          OrganisationDraft(code: "x", name: "x", kind: .unit, parent: "water"), by: local)
      } == refused)
    try await desk.rename(roads, to: "市政所", by: local)
    #expect(try await test.database.party()[roads]?.name == "市政所")
  }

  @Test("a post is added once and renamed by the same call")
  func posts() async throws {
    let test = try await TestDatabase()
    let desk = PostDesk(test.database)
    try await desk.put(code: "handler", name: "处置员", by: .command)
    try await desk.put(code: "handler", name: "处置人员", by: .command)
    try await desk.put(code: "handler", name: "处置人员", by: .command)
    #expect(try await desk.all().map(\.name) == ["处置人员"])
    #expect(
      try await test.database.ledger() == [
        #"post.add {"code":"handler"}"#, #"post.rename {"code":"handler"}"#,
      ])
  }
}
