import Base
import Foundation
import Store

/// That a case went on as part of another (合并), and what is put back when they are parted again.
public struct CaseMerge: Row, Equatable {
  public let id: ID<CaseMerge>
  public let caseID: ID<Case>
  public let into: ID<Case>
  /// Where the case stood.
  public let state: CaseState
  let kept: Kept
  public let mergedBy: ID<Person>?
  public let mergedAt: Moment

  /// What of a case the merge ended.
  struct Kept: Codable, Equatable {
    struct Part: Codable, Equatable {
      let id: ID<CaseAssignment>
      let state: AssignmentState
    }

    /// The clocks that ran.
    var clocks: [ID<CaseClock>] = []
    /// The parts on which something was still to be done.
    var parts: [Part] = []
  }

  static let columns: SQL = "id, case_id, into_id, state, kept, merged_by, merged_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    caseID = try fields.next()
    into = try fields.next()
    state = try fields.next()
    kept = try JSONDecoder().decode(Kept.self, from: Data(try fields.next(String.self).utf8))
    mergedBy = try fields.next()
    mergedAt = try fields.next()
  }

  init(
    id: ID<CaseMerge>, of file: Case, into: ID<Case>, kept: Kept, by person: ID<Person>?,
    at moment: Moment
  ) {
    self.id = id
    caseID = file.id
    self.into = into
    state = file.state
    self.kept = kept
    mergedBy = person
    mergedAt = moment
  }
}

/// All SQL of merged cases.
enum CaseMergeRows {
  /// The merges that hold: of a case into another, and of others into it, oldest first.
  static func merges(of id: ID<Case>, in snapshot: some Querying) throws -> [CaseMerge] {
    try snapshot.all(
      """
      SELECT \(CaseMerge.columns) FROM case_merge WHERE case_id = \(id) AND ended_at IS NULL
      UNION ALL
      SELECT \(CaseMerge.columns) FROM case_merge WHERE into_id = \(id) AND ended_at IS NULL
      ORDER BY id
      """)
  }

  static func insert(_ merge: CaseMerge, in tx: Transaction) throws {
    let kept = String(decoding: try JSONEncoder().encode(merge.kept), as: UTF8.self)
    try tx.put(
      """
      INSERT INTO case_merge (\(CaseMerge.columns)) VALUES (\(merge.id), \(merge.caseID),
        \(merge.into), \(merge.state), \(kept), \(merge.mergedBy), \(merge.mergedAt))
      """)
  }

  static func end(_ merge: ID<CaseMerge>, by person: ID<Person>?, in tx: Transaction) throws {
    try tx.run(
      "UPDATE case_merge SET ended_by = \(person), ended_at = \(tx.now) WHERE id = \(merge)")
  }
}

extension CaseView {
  /// What says that this case is part of another.
  public var mergedInto: CaseMerge? { merges.first { $0.caseID == `case`.id } }

  /// Whether a clock ended only because the case is part of another, and goes on when it no longer is.
  public func isHeld(_ clock: CaseClock) -> Bool {
    mergedInto?.kept.clocks.contains(clock.id) ?? false
  }

  /// The cases that are part of this one.
  public var mergedHere: [CaseMerge] { merges.filter { $0.into == `case`.id } }
}
