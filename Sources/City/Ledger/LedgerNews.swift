import Base
import Store

/// What a follower reads of an entry. Codes are texts here, so that one that only a newer program
/// knows, which writes beside this one, stops nobody.
public struct LedgerNews: Row, Equatable {
  public let sequence: Int64
  /// The code of a `SubjectKind`.
  public let subjectKind: String
  public let subjectID: Int64
  public let verb: String

  public init(_ fields: inout Fields) throws {
    sequence = try fields.next()
    subjectKind = try fields.next()
    subjectID = try fields.next()
    verb = try fields.next()
  }
}

extension Ledger {
  /// Entries after a position, oldest first.
  public static func news(
    after sequence: Int64, limit: Int, in snapshot: some Querying
  ) throws -> [LedgerNews] {
    try snapshot.all(
      """
      SELECT sequence, subject_kind, subject_id, verb
      FROM ledger_entry WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)
      """)
  }

  /// The last sequence there is; 0 before the first entry.
  public static func last(in snapshot: some Querying) throws -> Int64 {
    try snapshot.value("SELECT COALESCE(MAX(sequence), 0) FROM ledger_entry") ?? 0
  }
}
