import Base
import Store

/// What a follower reads of an entry. Codes are texts here, so that one that only a newer program
/// knows, which writes beside this one, stops nobody.
public struct LedgerNews: Row, Equatable {
  public let sequence: Int64
  /// The person who acted; nil for the house itself.
  public let person: ID<Person>?
  /// The code of a `SubjectKind`.
  public let subjectKind: String
  public let subjectID: Int64
  public let verb: String
  /// JSON.
  public let payload: String

  public init(_ fields: inout Fields) throws {
    sequence = try fields.next()
    let kind: String = try fields.next()
    let number: Int64 = try fields.next()
    person = kind == "person" ? ID(number) : nil
    subjectKind = try fields.next()
    subjectID = try fields.next()
    verb = try fields.next()
    payload = try fields.next()
  }
}

extension Ledger {
  /// Entries after a position, oldest first.
  public static func news(
    after sequence: Int64, limit: Int, in snapshot: some Querying
  ) throws -> [LedgerNews] {
    try snapshot.all(
      """
      SELECT sequence, actor_kind, actor_id, subject_kind, subject_id, verb, payload
      FROM ledger_entry WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)
      """)
  }

  /// The last sequence there is; 0 before the first entry.
  public static func last(in snapshot: some Querying) throws -> Int64 {
    try snapshot.value("SELECT COALESCE(MAX(sequence), 0) FROM ledger_entry") ?? 0
  }
}
