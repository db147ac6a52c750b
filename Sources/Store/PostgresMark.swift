import Foundation

/// By what a writer finds out whether a transaction was committed, where its connection was lost before
/// the answer came: a row of the writer that each of its transactions changes.
///
/// The number of a transaction would not do: a standby that is promoted may give it out again.
struct PostgresMark {
  private static let present = "CAST(EXTRACT(EPOCH FROM now()) * 1000 AS BIGINT)"

  /// Takes away the rows of writers that are gone: who has not written for a day looks for nothing.
  static let removeOld = "DELETE FROM commit_mark WHERE written_at < \(present) - 86400000"

  private let writer: Int64
  private let mark = Int64.random(in: .min ... .max)

  /// - Parameter writer: whose row it is. One number for each of all writers that there ever are; a
  ///   node's would not do, since a process may open a database twice.
  init(of writer: Int64) { self.writer = writer }

  /// Marks the transaction that is open, together with what is sent next.
  func put(_ link: PostgresLink) throws {
    try link.put(
      """
      INSERT INTO commit_mark (writer, mark, written_at) VALUES (?, ?, \(Self.present))
      ON CONFLICT (writer) DO UPDATE SET mark = excluded.mark, written_at = excluded.written_at
      """, [.integer(writer), .integer(mark)])
  }

  /// Whether the transaction was committed.
  ///
  /// It is asked at the writers' turn: a server that does not know yet that the connection was lost has
  /// then ended what it did for it, either way. And the row is written once more, so that what is told as
  /// committed is wherever commits have to be, at a standby too.
  func isFound(_ link: PostgresLink) throws -> Bool {
    try link.script(PostgresWriter.begin)
    let found = try link.execute(
      "UPDATE commit_mark SET written_at = \(Self.present) WHERE writer = ? AND mark = ?",
      [.integer(writer), .integer(mark)])
    try link.script("COMMIT")
    return found.touched == 1
  }
}
