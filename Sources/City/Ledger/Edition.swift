import Base
import Store
import Synchronization

/// A set of rows that is kept in memory as a whole, because it is read far more often than changed.
///
/// Each change of the rows gives the set a new edition in the same transaction. Whoever keeps a copy
/// compares editions, one look-up by key, and so sees the changes of other processes too.
public enum Edition: String, Sendable, CaseIterable {
  case places = "edition.places"
  case party = "edition.party"
  case kinds = "edition.kinds"
  case checks = "edition.checks"
  case ratings = "edition.ratings"

  /// Says that the rows have changed. An id and no count, so that the edition of a change that was
  /// rolled back never comes again with other rows.
  static func renew(_ edition: Edition, in tx: Transaction) throws {
    let id: ID<Edition> = tx.newID()
    try tx.run(
      """
      INSERT INTO counter (name, last) VALUES (\(edition.rawValue), \(id))
      ON CONFLICT (name) DO UPDATE SET last = \(id)
      """)
    tx.changed(edition.rawValue)
  }

  /// The present edition; 0 before the first change.
  static func current(_ edition: Edition, in snapshot: some Querying) throws -> Int64 {
    try snapshot.once(edition.rawValue) {
      try snapshot.value("SELECT last FROM counter WHERE name = \(edition.rawValue)") ?? 0
    }
  }
}

/// A value made from all rows of one edition.
public protocol Editioned: Sendable {
  static var edition: Edition { get }
  /// Reads the rows.
  init(reading snapshot: some Querying) throws
}

/// Keeps the latest edition of a value, and reads it again when its rows have changed.
public final class Latest<Value: Editioned>: Sendable {
  private let kept = Mutex<(edition: Int64, value: Value)?>(nil)

  public init() {}

  /// The value that was read last, with its edition: no reading, but perhaps no longer true.
  var lastRead: (edition: Int64, value: Value)? { kept.withLock { $0 } }

  /// The value as the transaction sees its rows, changes of its own included.
  public func value(in snapshot: some Querying) throws -> Value {
    let edition = try Edition.current(Value.edition, in: snapshot)
    if let kept = kept.withLock({ $0 }), kept.edition == edition { return kept.value }
    let value = try Value(reading: snapshot)
    kept.withLock { $0 = (edition, value) }
    return value
  }

  /// The value as it stands now.
  public func value(from database: any Database) async throws -> Value {
    try await database.read { try self.value(in: $0) }
  }
}
