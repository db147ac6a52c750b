import Base
import Foundation
import Store

/// A centre at work: the desks of one installation over its database.
///
/// Made once by whoever opens the database (the server, a command, a test) and handed in parts to
/// those who need them; it holds no rules of its own.
public struct Centre: Sendable {
  public let database: any Database
  public let now: Now
  public let zone: TimeZone
  public let identity: Identity
  public let kinds: KindShelf
  public let places: Latest<PlaceMap>
  public let parties: Latest<PartyMap>
  public let cases: CaseDesk
  public let ratings: RatingDesk
  public let projects: ProjectDesk
  public let blobs: BlobStore

  /// - Parameters:
  ///   - database: migrated.
  ///   - blobs: the folder of attachments.
  public init(database: any Database, blobs: URL, now: @escaping Now) async throws {
    let zone = try await TownZone.load(from: database)
    self.database = database
    self.now = now
    self.zone = zone
    identity = Identity(database: database, now: now)
    kinds = try await KindShelf.load(from: database)
    places = Latest()
    parties = Latest()
    self.blobs = BlobStore(folder: blobs)
    cases = CaseDesk(
      database: database, kinds: kinds, places: places, parties: parties,
      calendars: [
        "china": try CalendarFile.standard, "always": try CalendarFile.always,
      ],
      phones: try await PhoneDigest.load(from: database), zone: zone, now: now)
    ratings = RatingDesk(cases: cases)
    projects = ProjectDesk(
      database: database, parties: parties, zone: zone, calendar: try CalendarFile.standard,
      now: now)
  }

  /// The names that a catalogue may refer to here.
  public static let knownNames = KnownNames(calendars: ["china", "always"])

  /// - Throws: `kind.unknown` unless a kind of that code is in force, or was when cases were filed.
  public func requireKind(_ code: String) async throws {
    guard try await kinds.isKnown(code, in: database) else {
      throw Fault.invalid("kind", "kind.unknown", ["kind": String(code.prefix(64))])
    }
  }

  /// - Throws: `kinds.none` at `kinds`, unless a code of the catalogue in force begins so.
  public func requireKinds(startingWith prefix: String) async throws {
    let kinds = try usedCatalogue().kinds
    // What is no code at all is told otherwise.
    guard
      prefix.isEmpty || !Code.isSound(prefix)
        || kinds.contains(where: { $0.code.hasPrefix(prefix) })
    else { throw Fault.invalid("kinds", "kinds.none", ["kinds": String(prefix.prefix(64))]) }
  }

  /// Puts the catalogue that ships in force, where there is none yet.
  public func installShippedCatalogue(by doer: Doer) async throws {
    guard kinds.catalogue.kinds.isEmpty else { return }
    try await CatalogueDesk(database: database, shelf: kinds).install(
      try usedCatalogue(), by: doer)
  }

  /// The catalogue in force; where there is none yet the one that ships, as the first start will have it.
  public func usedCatalogue() throws -> Catalogue {
    guard kinds.catalogue.kinds.isEmpty else { return kinds.catalogue }
    return try Catalogue.read(Catalogue.shippedFiles, knowing: Self.knownNames)
  }
}
