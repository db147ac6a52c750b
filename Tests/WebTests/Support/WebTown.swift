import Base
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Store
import TestSupport
import Testing

@testable import City
@testable import Web

/// A small town behind a real site: two villages in one town, a centre with its units, everybody
/// who has to do with cases, and one kind (`T0001`) that goes through every step, beside the kinds
/// that ship.
struct WebTown: Sendable {
  enum Who: String, CaseIterable, Sendable {
    case intake, dispatcher, duty, leader
    /// A leader and a patroller of the second village only.
    case villageLeader, otherPatroller
    /// Handlers of the unit that leads, and of the one that helps.
    case roads, sanitation
    /// Of the first village.
    case patroller
    case evaluator, system, security, audit
  }

  static let password = "correct horse battery"
  static let district = "310114/"
  static let villages = SmallTown.villages

  let store: TestDatabase
  let centre: Centre
  let site: Site
  let people: [Who: ID<Person>]
  let log = TestLog()

  var clock: FakeClock { store.clock }

  /// - Parameter start: a plain Monday morning in Shanghai when nil.
  init(start: String = "2024-03-04T09:30:00+08:00", settings: SiteSettings = SiteSettings())
    async throws
  {
    var settings = settings
    // A busy machine is no fault of a test.
    settings.healthPatience = .seconds(60)
    store = try await TestDatabase(clock: FakeClock(start))
    centre = try await Centre(
      database: store.database, blobs: store.folder.appending(path: "blobs"),
      now: store.clock.now)
    try await CatalogueDesk(database: store.database, shelf: centre.kinds)
      .install(try WebTown.catalogue(), by: .command)
    let hash = try WebTown.hash.get()
    people = try await store.database.write { tx in
      try SmallTown.build(in: tx)
      return try Dictionary(
        uniqueKeysWithValues: Who.allCases.map { ($0, try WebTown.add($0, hash, in: tx)) })
    }
    site = try Site(centre: centre, settings: settings)
  }

  /// Hashed once: it takes its time on purpose.
  private static let hash = Result { try PasswordHash(hashing: password) }

  // MARK: - Callers

  func person(_ who: Who) throws -> ID<Person> { try #require(people[who]) }

  func doer(_ who: Who) async throws -> Doer {
    let id = try person(who)
    let doer = try await store.database.read { try Doer.load(id, in: $0) }
    return try #require(doer)
  }

  /// Signs somebody in.
  func session(_ who: Who) async throws -> Caller {
    let sessions = centre.identity.sessions
    let new = try await sessions.signIn(name: who.rawValue.lowercased(), password: Self.password)
    let signedIn = try #require(try await sessions.doer(sessionToken: new.token))
    return .session(new.token, csrf: signedIn.csrf)
  }

  /// A token with all rights that somebody's roles give, or with some.
  func token(_ who: Who, _ rights: Set<Right>? = nil, days: Int64 = 30) async throws -> Caller {
    let all = Self.post(of: who).role.rights.subtracting([.tokenOwn])
    let request = TokenRequest(
      person: try person(who), name: "test", rights: rights ?? all,
      expiresAt: clock.now() + days * 86_400)
    return .token(try await centre.identity.tokens.add(request, by: .command).text)
  }

  /// Runs `body` against the routes of the site, as they are served.
  func visit<Value>(
    _ setup: TestingSetup = .router, _ body: @Sendable (Visitor) async throws -> Value
  ) async throws -> Value {
    let application = Application(router: site.routes(), logger: log.logger)
    return try await application.test(setup) { client in
      try await body(Visitor(client: client))
    }
  }

  /// An organisation that the evaluator may have projects of.
  func owner() async throws -> Organisation {
    let evaluator = try await doer(.evaluator)
    return try #require(
      try await store.database.read {
        try centre.projects.owners(by: evaluator, in: $0).first
      })
  }

  /// How many rows a table has.
  func count(_ table: String) async throws -> Int {
    try await store.database.read {
      try $0.value(SQL(trusted: "SELECT COUNT(*) FROM \(table)")) ?? -1
    }
  }

  /// The verbs of a case's ledger, oldest first.
  func verbs(about id: ID<Case>) async throws -> [String] {
    try await store.database.read { try Ledger.entries(about: id.raw, in: $0).map(\.verb) }
  }

  /// A case as it is stored.
  func file(_ id: ID<Case>) async throws -> Case {
    try await store.database.read { try centre.cases.view(id, by: .command, in: $0).case }
  }
}

extension WebTown {
  private static func add(_ who: Who, _ hash: PasswordHash, in tx: Transaction) throws
    -> ID<Person>
  {
    let post = post(of: who)
    let organisation = try #require(
      try OrganisationRows.organisation(code: post.organisation, in: tx))
    let isEverywhere = post.role.isAdministrator || !post.area.isEmpty
    return try PersonDesk.add(
      NewPerson(
        signIn: who.rawValue.lowercased(),
        facts: PersonFacts(name: "\(who.rawValue) 某", organisation: organisation.id),
        grants: [
          Grant(
            role: post.role, organisationPath: isEverywhere ? "" : organisation.path,
            areaPath: post.area)
        ]), password: hash, by: .command, in: tx)
  }

  static func post(of who: Who) -> (role: Role, organisation: String, area: String) {
    switch who {
    case .intake: (.intakeOperator, "grid-centre", "")
    case .dispatcher: (.dispatcher, "grid-centre", "")
    case .duty: (.dutyOfficer, "grid-centre", "")
    case .leader: (.leader, "grid-centre", "")
    case .villageLeader: (.leader, "grid-centre", villages[1])
    case .otherPatroller: (.patroller, "patrol", villages[1])
    case .roads: (.handler, "roads", "")
    case .sanitation: (.handler, "sanitation", "")
    case .patroller: (.patroller, "patrol", villages[0])
    case .evaluator: (.evaluator, "grid-centre", "")
    case .system: (.systemAdministrator, "grid-centre", "")
    case .security: (.securityAdministrator, "grid-centre", "")
    case .audit: (.auditAdministrator, "grid-centre", "")
    }
  }
}
