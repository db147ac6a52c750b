import Base
import Foundation
import Store

/// One who quarrels, complains or asks: personal data, erasable, and masked as the caller is.
public struct CaseParty: Row, Equatable {
  /// On which side of the table.
  public enum Side: String, Storable, CaseIterable, Codable {
    /// 申请人: who asks for the mediation.
    case applicant
    /// 被申请人.
    case respondent
  }

  public let id: ID<CaseParty>
  public let side: Side
  public let name: String
  public let phone: String?
  public let address: String?

  static let columns: SQL = "id, side, name, phone, address"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    side = try fields.next()
    name = try fields.next()
    phone = try fields.next()
    address = try fields.next()
  }

  init(id: ID<CaseParty>, side: Side, _ person: Reporter) {
    self.id = id
    self.side = side
    name = person.name ?? ""
    phone = person.phone
    address = person.address
  }

  private var person: Reporter { Reporter(name: name, phone: phone, address: address) }

  /// As shown to those who have not opened it.
  public var masked: CaseParty { CaseParty(id: id, side: side, person.masked) }
}

/// One meeting at the table.
public struct CaseSession: Row, Equatable {
  public let id: ID<CaseSession>
  public let heldAt: Moment
  public let place: String
  public let mediators: String
  /// Who took part, in words: personal data.
  public let present: String
  /// What came of it.
  public let body: String
  /// When they meet again.
  public let nextAt: Moment?

  static let columns: SQL = "id, held_at, place, mediators, present, body, next_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    heldAt = try fields.next()
    place = try fields.next()
    mediators = try fields.next()
    present = try fields.next()
    body = try fields.next()
    nextAt = try fields.next()
  }

  init(
    id: ID<CaseSession>, heldAt: Moment, place: String, mediators: String, present: String,
    body: String, nextAt: Moment?
  ) {
    self.id = id
    self.heldAt = heldAt
    self.place = place
    self.mediators = mediators
    self.present = present
    self.body = body
    self.nextAt = nextAt
  }
}

/// How a mediation ended.
public struct MediationResult: Row, Equatable {
  /// What became of the quarrel.
  public enum Outcome: String, Storable, CaseIterable, Codable {
    /// 调解成功, 调解未成, 当事人撤回.
    case settled, unsettled, withdrawn
  }

  /// What form the agreement has.
  public enum Agreement: String, Storable, CaseIterable, Codable {
    /// 书面协议, 口头协议, 无协议.
    case written, oral, none
  }

  public let outcome: Outcome
  public let agreement: Agreement
  /// In hundredths of a yuan.
  let cents: Int64?
  /// The day by which the agreement is to be kept.
  public let performBy: Day?
  /// What the quarrel is about.
  public let facts: String?
  /// What was agreed.
  public let terms: String?
  public let recordedAt: Moment

  static let columns: SQL = """
    outcome, agreement, amount, perform_by, facts, terms, recorded_at
    """

  public init(_ fields: inout Fields) throws {
    outcome = try fields.next()
    agreement = try fields.next()
    cents = try fields.next()
    performBy = try fields.next(Int64?.self).map { Day(number: Int($0)) }
    facts = try fields.next()
    terms = try fields.next()
    recordedAt = try fields.next()
  }

  init(
    _ outcome: Outcome, _ agreement: Agreement, cents: Int64?, performBy: Day?, facts: String?,
    terms: String?, recordedAt: Moment
  ) {
    self.outcome = outcome
    self.agreement = agreement
    self.cents = cents
    self.performBy = performBy
    self.facts = facts
    self.terms = terms
    self.recordedAt = recordedAt
  }

  /// In yuan.
  public var amount: Decimal? { cents.map { Self.yuan($0) } }

  /// Yuan, exactly, of so many hundredths.
  public static func yuan(_ cents: Int64) -> Decimal {
    Decimal(sign: .plus, exponent: -2, significand: Decimal(cents))
  }
}

/// What a mediated case has beside what every case has.
public struct Mediation: Sendable, Equatable {
  /// The applicants first, as they were entered.
  public internal(set) var parties: [CaseParty]
  public internal(set) var sessions: [CaseSession]
  public internal(set) var result: MediationResult?

  /// The most parties and sessions of one case.
  static let mostParties = 40
  static let mostSessions = 60

  /// Those of one side.
  public func parties(_ side: CaseParty.Side) -> [CaseParty] { parties.filter { $0.side == side } }

  /// Whether there is an agreement to be printed.
  public var hasAgreement: Bool { result.map { $0.agreement != .none } ?? false }
}

/// All SQL of mediations.
enum CaseMediationRows {
  static func mediation(of id: ID<Case>, in snapshot: some Querying) throws -> Mediation {
    Mediation(
      parties: try snapshot.all(
        """
        SELECT \(CaseParty.columns) FROM case_party WHERE case_id = \(id) ORDER BY side, id
        """),
      sessions: try snapshot.all(
        """
        SELECT \(CaseSession.columns) FROM case_session WHERE case_id = \(id)
        ORDER BY held_at, id
        """),
      result: try snapshot.first(
        "SELECT \(MediationResult.columns) FROM case_mediation WHERE case_id = \(id)"))
  }

  static func insert(
    _ party: CaseParty, of id: ID<Case>, by person: ID<Person>?, in tx: Transaction
  ) throws {
    try tx.put(
      """
      INSERT INTO case_party (id, case_id, side, name, phone, address, added_by, added_at)
      VALUES (\(party.id), \(id), \(party.side), \(party.name), \(party.phone), \(party.address),
        \(person), \(tx.now))
      """)
  }

  static func delete(_ party: ID<CaseParty>, in tx: Transaction) throws {
    try tx.put("DELETE FROM case_party WHERE id = \(party)")
  }

  static func insert(
    _ session: CaseSession, of id: ID<Case>, by person: ID<Person>?, in tx: Transaction
  ) throws {
    try tx.put(
      """
      INSERT INTO case_session (id, case_id, held_at, place, mediators, present, body, next_at,
        recorded_by, recorded_at)
      VALUES (\(session.id), \(id), \(session.heldAt), \(session.place), \(session.mediators),
        \(session.present), \(session.body), \(session.nextAt), \(person), \(tx.now))
      """)
  }

  /// In place of the one there was.
  static func put(
    _ result: MediationResult, of id: ID<Case>, by person: ID<Person>?, in tx: Transaction
  ) throws {
    try delete(of: id, in: tx)
    try tx.put(
      """
      INSERT INTO case_mediation (case_id, outcome, agreement, amount, perform_by, facts, terms,
        recorded_by, recorded_at)
      VALUES (\(id), \(result.outcome), \(result.agreement), \(result.cents),
        \(result.performBy.map { Int64($0.number) }), \(result.facts), \(result.terms), \(person),
        \(result.recordedAt))
      """)
  }

  static func delete(of id: ID<Case>, in tx: Transaction) throws {
    try tx.put("DELETE FROM case_mediation WHERE case_id = \(id)")
  }
}
