import Base
import Store

/// Remembers what a creation with a key made, so that a repeat gets the same answer and makes
/// nothing. Keys belong to a person; both halves run in the transaction that creates.
public enum Idempotency {
  /// Characters of a key.
  public static let longestKey = 200
  /// Seconds for which a key is kept.
  public static let memory: Int64 = 48 * 3600

  /// What the first request with this key made; nil when this is the first.
  ///
  /// - Parameter digest: over everything that decides what is made: route and body.
  /// - Throws: `Fault` `idempotency.conflict` when the same key came with another request;
  ///   `input.invalid` for an empty or too long `Idempotency-Key`.
  public static func subject(
    for key: String, digest: [UInt8], by person: ID<Person>, in tx: Transaction
  ) throws -> Int64? {
    try check(key)
    let kept: Kept? = try tx.first(
      """
      SELECT request_digest, subject_id FROM idempotency WHERE person_id = \(person)
        AND request_key = \(key) AND created_at > \(tx.now + -memory)
      """)
    guard let kept else { return nil }
    guard kept.digest == digest else { throw Fault(.conflict, "idempotency.conflict") }
    return kept.subject
  }

  /// Keeps what was made for a key, after `subject` said in the same transaction that this is the first:
  /// what may stand there still is older than `memory`, since writes take turns.
  public static func remember(
    _ subject: Int64, for key: String, digest: [UInt8], by person: ID<Person>, in tx: Transaction
  ) throws {
    try check(key)
    try tx.put(
      """
      INSERT INTO idempotency (person_id, request_key, request_digest, subject_id, created_at)
      VALUES (\(person), \(key), \(digest), \(subject), \(tx.now))
      ON CONFLICT (person_id, request_key) DO UPDATE SET
        request_digest = excluded.request_digest, subject_id = excluded.subject_id,
        created_at = excluded.created_at
      """)
  }

  static func removeOld(limit: Int, in tx: Transaction) throws -> Int {
    try tx.run(
      """
      DELETE FROM idempotency WHERE (person_id, request_key) IN (
        SELECT person_id, request_key FROM idempotency
        WHERE created_at <= \(tx.now + -memory) LIMIT \(limit))
      """)
  }

  private static func check(_ key: String) throws {
    guard !key.isEmpty else { throw Fault.invalid("Idempotency-Key", "value.missing") }
    guard key.count <= longestKey, key.utf8.count <= longestKey * 4 else {
      let bounds = ["length": String(key.count), "limit": String(longestKey)]
      throw Fault.invalid("Idempotency-Key", "value.long", bounds)
    }
  }

  private struct Kept: Row {
    let digest: [UInt8]
    let subject: Int64

    init(_ fields: inout Fields) throws {
      digest = try fields.next()
      subject = try fields.next()
    }
  }
}
