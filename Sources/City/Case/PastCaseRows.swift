import Base
import Store

/// All SQL by which cases that come from elsewhere are known again.
enum PastRows {
  /// What a case is called where it comes from.
  struct Identity: Hashable {
    let source: String
    let id: String

    init(_ past: PastCase) {
      source = past.externalSource
      id = past.externalID
    }

    init(source: String, id: String) {
      self.source = source
      self.id = id
    }
  }

  /// A case that came before, and the digest of how it was then.
  struct Known {
    let id: ID<Case>
    let digest: [UInt8]?
  }

  private struct KnownRow: Row {
    let id: ID<Case>
    let externalID: String
    let digest: [UInt8]?

    init(_ fields: inout Fields) throws {
      id = try fields.next()
      externalID = try fields.next()
      digest = try fields.next()
    }
  }

  /// Those of some cases that are here already.
  static func known(
    _ identities: [Identity], in snapshot: some Querying
  ) throws -> [Identity: Known] {
    var known: [Identity: Known] = [:]
    for (source, cases) in Dictionary(grouping: identities, by: \.source) {
      let rows: [KnownRow] = try snapshot.all(
        """
        SELECT id, external_id, external_digest FROM case_file
        WHERE external_source = \(source) AND external_id IN \(list: cases.map(\.id))
        """)
      for row in rows {
        known[Identity(source: source, id: row.externalID)] = Known(id: row.id, digest: row.digest)
      }
    }
    return known
  }

  /// The last id of a range that a case has; nil when all are free.
  static func lastID(in range: ClosedRange<Int64>, _ tx: Transaction) throws -> Int64? {
    try tx.value(
      """
      SELECT id FROM case_file WHERE id >= \(range.lowerBound) AND id <= \(range.upperBound)
      ORDER BY id DESC LIMIT 1
      """)
  }

  /// Whether people have done more with a case here than write about it.
  static func isMoved(_ id: ID<Case>, in snapshot: some Querying) throws -> Bool {
    let moves = CaseMove.allCases.filter { $0 != .comment }.map { "case.\($0.rawValue)" }
    return try snapshot.value(
      """
      SELECT 1 FROM ledger_entry WHERE subject_id = \(id) AND verb IN \(list: moves) LIMIT 1
      """, as: Int.self) != nil
  }

  static func removeReporter(of id: ID<Case>, in tx: Transaction) throws {
    try tx.run("DELETE FROM case_reporter WHERE case_id = \(id)")
  }
}
