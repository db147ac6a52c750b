import Base
import Store

/// How two cases belong together.
public enum CaseRelation: String, Storable, CaseIterable, Codable {
  /// 关联: they have to do with each other.
  case related
  /// 重复投诉: the later one complains again of what the earlier one complained of.
  case `repeat`
}

/// That two cases belong together. Each pair stands once, whoever linked which to which.
public struct CaseLink: Row, Equatable {
  public let id: ID<CaseLink>
  /// The one that was reported later: of a repeat the one that repeats.
  public let later: ID<Case>
  public let earlier: ID<Case>
  public let relation: CaseRelation
  public let linkedBy: ID<Person>?
  public let linkedAt: Moment

  static let columns: SQL = "id, later_id, earlier_id, relation, linked_by, linked_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    later = try fields.next()
    earlier = try fields.next()
    relation = try fields.next()
    linkedBy = try fields.next()
    linkedAt = try fields.next()
  }

  init(
    id: ID<CaseLink>, between one: ID<Case>, and another: ID<Case>, _ relation: CaseRelation,
    by person: ID<Person>?, at moment: Moment
  ) {
    self.id = id
    later = max(one, another)
    earlier = min(one, another)
    self.relation = relation
    linkedBy = person
    linkedAt = moment
  }

  /// The case at the other end.
  public func other(than id: ID<Case>) -> ID<Case> { id == later ? earlier : later }
}

/// All SQL of how cases are linked.
enum CaseLinkRows {
  /// The links of a case, oldest first.
  static func links(of id: ID<Case>, in snapshot: some Querying) throws -> [CaseLink] {
    try snapshot.all(
      """
      SELECT \(CaseLink.columns) FROM case_link WHERE later_id = \(id)
      UNION ALL SELECT \(CaseLink.columns) FROM case_link WHERE earlier_id = \(id)
      ORDER BY id
      """)
  }

  static func insert(_ link: CaseLink, in tx: Transaction) throws {
    try tx.put(
      """
      INSERT INTO case_link (\(CaseLink.columns)) VALUES (\(link.id), \(link.later),
        \(link.earlier), \(link.relation), \(link.linkedBy), \(link.linkedAt))
      """)
  }

  /// What was linked, and by whom, stays in the ledger.
  static func delete(_ link: ID<CaseLink>, in tx: Transaction) throws {
    try tx.run("DELETE FROM case_link WHERE id = \(link)")
  }

  static func count(of id: ID<Case>, in snapshot: some Querying) throws -> Int {
    try snapshot.value(
      "SELECT COUNT(*) FROM case_link WHERE later_id = \(id) OR earlier_id = \(id)") ?? 0
  }
}
