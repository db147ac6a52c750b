import Base
import Store

/// The limits of API tokens.
public enum TokenLimits {
  /// Seconds from now to the expiry.
  public static let longest: Int64 = 366 * 86_400
  /// Characters of a name.
  public static let longestName = 100
  /// Of one person, that have neither expired nor been revoked.
  public static let mostPerPerson = 50
  /// For how long an ended token stays in the list, in seconds.
  public static let memory: Int64 = 30 * 86_400
}

/// A key for a program that acts for a person with some of their rights.
public struct APIToken: Row, Equatable {
  public let id: ID<APIToken>
  public let person: ID<Person>
  public let name: String
  public let rights: Set<Right>
  public let createdAt: Moment
  public let expiresAt: Moment
  public let revokedAt: Moment?

  static let columns: SQL = "id, person_id, name, rights, created_at, expires_at, revoked_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    person = try fields.next()
    name = try fields.next()
    rights = Self.rights(try fields.next())
    createdAt = try fields.next()
    expiresAt = try fields.next()
    revokedAt = try fields.next()
  }

  /// Codes between spaces, sorted.
  static func text(_ rights: Set<Right>) -> String {
    rights.map(\.rawValue).sorted().joined(separator: " ")
  }

  /// A code that this program does not know gives nothing.
  private static func rights(_ text: String) -> Set<Right> {
    Set(text.split(separator: " ").compactMap { Right(rawValue: String($0)) })
  }
}

/// A token that has just been made.
public struct NewToken: Equatable, Sendable {
  public let id: ID<APIToken>
  /// Shown once; the database keeps only a digest.
  public let text: String
  public let expiresAt: Moment
}

/// The SQL of API tokens.
enum TokenRows {
  static func add(
    _ id: ID<APIToken>, _ digest: [UInt8], _ request: TokenRequest, in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO api_token (id, person_id, name, token_digest, rights, created_at, expires_at)
      VALUES (\(id), \(request.person), \(request.name), \(digest),
        \(APIToken.text(request.rights)), \(tx.now), \(request.expiresAt))
      """)
  }

  static func find(_ id: ID<APIToken>, in snapshot: some Querying) throws -> APIToken? {
    try snapshot.first("SELECT \(APIToken.columns) FROM api_token WHERE id = \(id)")
  }

  /// One that has neither expired nor been revoked at `now`.
  static func find(
    _ digest: [UInt8], at now: Moment, in snapshot: some Querying
  ) throws -> APIToken? {
    try snapshot.first(
      """
      SELECT \(APIToken.columns) FROM api_token WHERE token_digest = \(digest)
        AND expires_at > \(now) AND revoked_at IS NULL
      """)
  }

  static func list(of person: ID<Person>, in snapshot: some Querying) throws -> [APIToken] {
    try snapshot.all(
      """
      SELECT \(APIToken.columns) FROM api_token WHERE person_id = \(person)
      ORDER BY id DESC LIMIT 1000
      """)
  }

  static func countLive(
    of person: ID<Person>, at now: Moment, in snapshot: some Querying
  ) throws -> Int {
    try snapshot.value(
      """
      SELECT COUNT(*) FROM api_token WHERE person_id = \(person) AND expires_at > \(now)
        AND revoked_at IS NULL
      """) ?? 0
  }

  /// False when it was revoked before.
  static func revoke(_ id: ID<APIToken>, in tx: Transaction) throws -> Bool {
    try tx.run(
      "UPDATE api_token SET revoked_at = \(tx.now) WHERE id = \(id) AND revoked_at IS NULL") > 0
  }

  static func removeEnded(limit: Int, in tx: Transaction) throws -> Int {
    let end = tx.now + -TokenLimits.memory
    return try tx.run(
      """
      DELETE FROM api_token WHERE id IN (
        SELECT id FROM api_token WHERE expires_at <= \(end) OR revoked_at <= \(end)
        LIMIT \(limit))
      """)
  }
}
