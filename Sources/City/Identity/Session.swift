import Base
import Store

/// How long a session lives, in seconds.
public enum SessionLimits {
  /// Without a request.
  public static let idle: Int64 = 12 * 3600
  /// Whatever happens.
  public static let longest: Int64 = 7 * 86_400
  /// How exactly the last request is remembered.
  public static let seenStep: Int64 = 5 * 60
  /// Of one person; the oldest give way.
  public static let mostPerPerson = 20
}

/// A session that has just begun.
public struct NewSession: Equatable, Sendable {
  /// 43 characters; only the browser keeps it.
  public let token: String
  public let person: ID<Person>
  /// The latest end; see `SessionLimits`.
  public let expiresAt: Moment
}

/// Somebody who is signed in.
public struct SignedIn: Sendable {
  public let person: Person
  public let doer: Doer
  /// Goes into every form, and comes back with it.
  public let csrf: String
  /// The latest end of the session.
  public let expiresAt: Moment

  /// Whether a form was ours, in a time that tells nothing.
  public func accepts(csrf given: String) -> Bool { Secret.equal(given, csrf) }
}

/// A session as it is kept.
struct Session: Row {
  let person: ID<Person>
  let seenAt: Moment
  let expiresAt: Moment

  static let columns: SQL = "person_id, seen_at, expires_at"

  init(_ fields: inout Fields) throws {
    person = try fields.next()
    seenAt = try fields.next()
    expiresAt = try fields.next()
  }
}

/// The SQL of sessions.
enum SessionRows {
  /// One that has not ended at `now`.
  static func find(
    _ digest: [UInt8], at now: Moment, in snapshot: some Querying
  ) throws -> Session? {
    try snapshot.first(
      """
      SELECT \(Session.columns) FROM session WHERE token_digest = \(digest)
        AND expires_at > \(now) AND seen_at > \(now + -SessionLimits.idle)
      """)
  }

  static func add(
    _ digest: [UInt8], of person: ID<Person>, until end: Moment, in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO session (token_digest, person_id, created_at, seen_at, expires_at)
      VALUES (\(digest), \(person), \(tx.now), \(tx.now), \(end))
      """)
    try tx.run(
      """
      DELETE FROM session WHERE person_id = \(person) AND token_digest NOT IN (
        SELECT token_digest FROM session WHERE person_id = \(person)
        ORDER BY created_at DESC, token_digest LIMIT \(SessionLimits.mostPerPerson))
      """)
  }

  static func touch(_ digest: [UInt8], in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE session SET seen_at = \(tx.now)
      WHERE token_digest = \(digest) AND seen_at < \(tx.now)
      """)
  }

  /// Whose session it was; nil when there was none.
  static func remove(_ digest: [UInt8], in tx: Transaction) throws -> ID<Person>? {
    let person: ID<Person>? = try tx.value(
      "SELECT person_id FROM session WHERE token_digest = \(digest)")
    try tx.run("DELETE FROM session WHERE token_digest = \(digest)")
    return person
  }

  /// Ends a person's sessions, but for one; returns how many.
  @discardableResult
  static func remove(
    of person: ID<Person>, except kept: [UInt8] = [], in tx: Transaction
  ) throws -> Int {
    try tx.run("DELETE FROM session WHERE person_id = \(person) AND token_digest <> \(kept)")
  }

  static func removeEnded(limit: Int, in tx: Transaction) throws -> Int {
    try tx.run(
      """
      DELETE FROM session WHERE token_digest IN (
        SELECT token_digest FROM session
        WHERE expires_at <= \(tx.now) OR seen_at <= \(tx.now + -SessionLimits.idle)
        LIMIT \(limit))
      """)
  }
}
