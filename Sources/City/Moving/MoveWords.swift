import Base
import Store

/// Making the search index of a target anew out of its cases: the words are not kept, and each
/// engine keeps its index in a way of its own.
struct MoveWords: Sendable {
  let source: any Database
  let target: any Database
  let batch: Int

  /// - Returns: how many cases have their words.
  func run(progress: @Sendable (_ done: Int, _ total: Int) -> Void) async throws -> Int {
    let total: Int = try await source.read {
      try $0.value("SELECT COUNT(*) FROM case_file") ?? 0
    }
    var done = 0
    var last = Int64.min
    // Those that an earlier run has done are counted, not made again.
    if let reached = try await target.read({ try Bulk.indexed(in: $0) }) {
      last = reached
      done = try await source.read {
        try $0.value("SELECT COUNT(*) FROM case_file WHERE id <= \(reached)") ?? 0
      }
    }
    while true {
      let words = try await source.read { [last] snapshot in
        try Self.words(after: last, limit: batch, in: snapshot)
      }
      guard let end = words.last else { return done }
      try await target.write { tx in
        try tx.load(words, into: CaseNoteRows.search)
        try Bulk.noteIndexed(end.row, in: tx)
      }
      last = end.row
      done += words.count
      progress(done, total)
    }
  }

  private static func words(
    after last: Int64, limit: Int, in snapshot: Snapshot
  ) throws -> [(row: Int64, words: String)] {
    let cases = try snapshot.all(
      "SELECT \(Case.columns) FROM case_file WHERE id > \(last) ORDER BY id LIMIT \(limit)",
      as: Case.self)
    guard let first = cases.first, let end = cases.last else { return [] }
    var parts: [ID<Case>: [CaseAssignment]] = [:]
    try snapshot.each(
      """
      SELECT \(CaseAssignment.columns) FROM case_assignment
      WHERE case_id >= \(first.id) AND case_id <= \(end.id)
      """
    ) { fields in
      let part = try CaseAssignment(&fields)
      parts[part.caseID, default: []].append(part)
    }
    return cases.map { ($0.id.raw, CaseNoteRows.words(of: $0, parts: parts[$0.id] ?? [])) }
  }
}
