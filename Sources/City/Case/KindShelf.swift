import Base
import Crypto
import Foundation
import Store
import Synchronization

/// The kinds in force, and every older version that a running case still keeps; in memory, because
/// every report asks for one.
public final class KindShelf: Sendable {
  private struct State {
    var catalogue: Catalogue
    var current: [String: ID<CaseKind>]
    var versions: [ID<CaseKind>: CaseKind]
    var edition: Int64 = 0
    /// Of the catalogue, once somebody has asked for it.
    var index: KindIndex?
  }

  private let state: Mutex<State>

  private init(_ state: State) { self.state = Mutex(state) }

  /// What the database has in force.
  public static func load(from database: any Database) async throws -> KindShelf {
    KindShelf(try await database.read(read))
  }

  /// Reads again what is in force; running cases keep their own.
  public func refresh(from database: any Database) async throws {
    let fresh = try await database.read(Self.read)
    state.withLock { state in
      let versions = state.versions
      state = fresh
      state.versions.merge(versions) { new, _ in new }
    }
  }

  /// Reads again only when another process has put a catalogue in force.
  public func refreshIfChanged(in database: any Database) async throws {
    let edition = try await database.read { try Edition.current(.kinds, in: $0) }
    guard edition != state.withLock(\.edition) else { return }
    try await refresh(from: database)
  }

  public var catalogue: Catalogue { state.withLock(\.catalogue) }

  /// Finds the kinds in force by what people type. Made when it is first asked for, since turning
  /// every word into pinyin takes longer than reading the catalogue.
  public var index: KindIndex {
    let (catalogue, known) = state.withLock { ($0.catalogue, $0.index) }
    if let known { return known }
    let index = KindIndex(catalogue.kinds)
    state.withLock { if $0.catalogue == catalogue { $0.index = index } }
    return index
  }

  /// The kind in force with a code.
  public func current(_ code: String) -> (ID<CaseKind>, CaseKind)? {
    state.withLock { state in
      guard let id = state.current[code], let kind = state.versions[id] else { return nil }
      return (id, kind)
    }
  }

  /// Whether a kind with this code is in force, or ever was.
  public func isKnown(_ code: String, in database: any Database) async throws -> Bool {
    if current(code) != nil { return true }
    return try await database.read { snapshot in
      try snapshot.value("SELECT 1 FROM case_kind WHERE code = \(code) LIMIT 1", as: Int.self)
        != nil
    }
  }

  /// A kind as it was when a case was filed.
  public func kind(_ version: ID<CaseKind>, in snapshot: some Querying) throws -> CaseKind {
    if let kind = state.withLock({ $0.versions[version] }) { return kind }
    let body: String? = try snapshot.value("SELECT body FROM case_kind WHERE id = \(version)")
    guard let body else { throw Fault(.broken, "kind.version-missing") }
    let kind = try JSONDecoder().decode(CaseKind.self, from: Data(body.utf8))
    state.withLock { $0.versions[version] = kind }
    return kind
  }

  /// The versions of all kinds that are, or were, so.
  func versions(where fits: (CaseKind) -> Bool) -> [ID<CaseKind>] {
    state.withLock(\.versions).filter { fits($0.value) }.keys.sorted()
  }

  private static func read(_ snapshot: Snapshot) throws -> State {
    var state = State(catalogue: try Catalogue([]), current: [:], versions: [:])
    state.edition = try Edition.current(.kinds, in: snapshot)
    var kinds: [CaseKind] = []
    try snapshot.each("SELECT id, body, is_current FROM case_kind ORDER BY id") { fields in
      let id: ID<CaseKind> = try fields.next()
      let kind = try JSONDecoder().decode(CaseKind.self, from: Data(fields.next(String.self).utf8))
      state.versions[id] = kind
      guard try fields.next(Bool.self) else { return }
      state.current[kind.code] = id
      kinds.append(kind)
    }
    state.catalogue = try Catalogue(kinds)
    return state
  }
}

/// Puts catalogues in force.
public struct CatalogueDesk: Sendable {
  private let database: any Database
  private let shelf: KindShelf

  public init(database: any Database, shelf: KindShelf) {
    self.database = database
    self.shelf = shelf
  }

  /// Puts `catalogue` in force in one step; kinds that did not change keep their version, running
  /// cases keep theirs.
  ///
  /// - Returns: how many kinds are new or changed.
  @discardableResult
  public func install(_ catalogue: Catalogue, by doer: Doer) async throws -> Int {
    let changed = try await database.write { tx in try Self.install(catalogue, by: doer, in: tx) }
    try await shelf.refresh(from: database)
    return changed
  }

  /// The same within a transaction; the shelf is to be refreshed afterwards.
  @discardableResult
  public static func install(
    _ catalogue: Catalogue, by doer: Doer, in tx: Transaction
  ) throws -> Int {
    try doer.require(.catalogueManage)
    try tx.run("UPDATE case_kind SET is_current = 0 WHERE is_current = 1")
    var changed = 0
    for kind in catalogue.kinds {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let body = try encoder.encode(kind)
      let digest = SHA256.hash(data: body).hexadecimal
      let known = try tx.run(
        """
        UPDATE case_kind SET is_current = 1 WHERE code = \(kind.code) AND digest = \(digest)
        """)
      guard known == 0 else { continue }
      changed += 1
      try tx.run(
        """
        INSERT INTO case_kind (id, code, digest, body, loaded_at, is_current)
        VALUES (\(tx.newID(CaseKind.self)), \(kind.code), \(digest),
          \(String(decoding: body, as: UTF8.self)), \(tx.now), 1)
        """)
    }
    try Edition.renew(.kinds, in: tx)
    try Ledger.append(
      "catalogue.install", about: .catalogue, 0, by: doer.actor,
      payload: Payload().with("version", catalogue.version)
        .with("kinds", Int64(catalogue.kinds.count)).with("changed", Int64(changed)), in: tx)
    return changed
  }
}
