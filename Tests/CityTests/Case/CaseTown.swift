import Base
import Crypto
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// A small town with everybody who has to do with cases, over a database of its own.
///
/// Two villages in one town, a centre with its units, and one kind of case (`T0001`) that goes
/// through every step there is, beside the kinds that ship.
struct CaseTown: Sendable {
  enum Who: String, CaseIterable, Sendable {
    case intake, dispatcher, duty, leader
    /// A leader of the second village only.
    case villageLeader
    /// Two handlers of the unit that usually leads.
    case roads, roadsMate
    /// Who sends on what the unit of roads has: to its crew, and there to the gang.
    case roadsHead, crewHead
    /// Handlers of these.
    case crew, gang
    /// A handler of the unit that usually helps.
    case sanitation
    /// A handler of a unit that usually has no part.
    case management
    /// A handler of the first village's committee.
    case committee
    /// Of the first and of the second village.
    case patroller, otherPatroller
    case evaluator, contractor, assessor, system, security, audit
  }

  static let district = "310114/"
  static let town = "310114/T/"
  static let villages = SmallTown.villages

  let store: TestDatabase
  let shelf: KindShelf
  let desk: CaseDesk
  let places = Latest<PlaceMap>()
  let parties = Latest<PartyMap>()
  private let doers: [Who: Doer]

  var clock: FakeClock { store.clock }
  var database: any Database { store.database }

  /// - Parameter start: a plain Monday morning in Shanghai when nil.
  init(start: String = "2024-03-04T09:30:00+08:00", engine: Engine = .usual) async throws {
    store = try await TestDatabase(clock: FakeClock(start), engine: engine)
    shelf = try await KindShelf.load(from: store.database)
    try await CatalogueDesk(database: store.database, shelf: shelf)
      .install(try CaseTown.catalogue(), by: .command)
    try await store.database.write { try CaseTown.build(in: $0) }
    doers = try await store.database.write { tx in
      try Dictionary(
        uniqueKeysWithValues: Who.allCases.map { ($0, try CaseTown.add($0, in: tx)) })
    }
    desk = CaseTown.desk(store, shelf, places, parties, [try CalendarFile.standard])
  }

  /// Somebody of the town.
  subscript(_ who: Who) -> Doer { doers[who] ?? Doer(person: ID(0), grants: []) }

  /// The same town by other calendars.
  func desk(knowing calendars: [WorkingCalendar]) -> CaseDesk {
    Self.desk(store, shelf, places, parties, calendars)
  }

  /// Moves the clock to a time in Shanghai, such as `2024-03-05 16:00`.
  func set(_ text: String) throws { clock.set(try Self.at(text)) }

  static func at(_ text: String) throws -> Moment {
    try #require(Moment(text.replacing(" ", with: "T") + ":00+08:00"))
  }

  // MARK: - What stands there

  private static func desk(
    _ store: TestDatabase, _ shelf: KindShelf, _ places: Latest<PlaceMap>,
    _ parties: Latest<PartyMap>, _ calendars: [WorkingCalendar]
  ) -> CaseDesk {
    CaseDesk(
      database: store.database, kinds: shelf, places: places, parties: parties,
      calendars: Dictionary(calendars.map { ($0.name, $0) }) { $1 },
      phones: PhoneDigest(key: Array(repeating: 7, count: 32)),
      zone: TimeZone(identifier: "Asia/Shanghai") ?? .gmt, now: store.clock.now)
  }

  private static func build(in tx: Transaction) throws {
    try SmallTown.build(in: tx)
    try SmallTown.organisation("crew", .unit, below: "roads", in: tx)
    try SmallTown.organisation("gang", .unit, below: "crew", in: tx)
    try SmallTown.organisation("committee-1", .village, area: "V1", in: tx)
    try SmallTown.organisation("committee-2", .village, area: "V2", in: tx)
  }

  private static func add(_ who: Who, in tx: Transaction) throws -> Doer {
    let (role, code, area) = post(of: who)
    let organisation = try #require(try OrganisationRows.organisation(code: code, in: tx))
    let isBound = [.villageLeader, .patroller, .otherPatroller].contains(who)
    let isAdministrator = role.isAdministrator
    let grant = Grant(
      role: role, organisationPath: isBound || isAdministrator ? "" : organisation.path,
      areaPath: area)
    let person = try PersonDesk.add(
      NewPerson(
        signIn: who.rawValue.lowercased(),
        facts: PersonFacts(name: who.rawValue, organisation: organisation.id), grants: [grant]),
      by: .command, in: tx)
    return Doer(
      person: person, grants: [grant],
      organisation: OrganisationRef(id: organisation.id, path: organisation.path))
  }

  private static func post(of who: Who) -> (Role, organisation: String, area: String) {
    switch who {
    case .intake: (.intakeOperator, "grid-centre", "")
    case .dispatcher: (.dispatcher, "grid-centre", "")
    case .duty: (.dutyOfficer, "grid-centre", "")
    case .leader: (.leader, "grid-centre", "")
    case .villageLeader: (.leader, "committee-2", villages[1])
    case .roads, .roadsMate: (.handler, "roads", "")
    case .roadsHead: (.dispatcher, "roads", "")
    case .crewHead: (.dispatcher, "crew", "")
    case .crew: (.handler, "crew", "")
    case .gang: (.handler, "gang", "")
    case .sanitation: (.handler, "sanitation", "")
    case .management: (.handler, "city-management", "")
    case .committee: (.handler, "committee-1", "")
    case .patroller: (.patroller, "patrol", villages[0])
    case .otherPatroller: (.patroller, "patrol", villages[1])
    case .evaluator: (.evaluator, "grid-centre", "")
    case .contractor: (.contractor, "grid-centre", "")
    case .assessor: (.assessor, "grid-centre", "")
    case .system: (.systemAdministrator, "grid-centre", "")
    case .security: (.securityAdministrator, "grid-centre", "")
    case .audit: (.auditAdministrator, "grid-centre", "")
    }
  }
}
