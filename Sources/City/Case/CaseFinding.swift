import Base
import Store

/// What somebody found about how a case was reported or served. The text is a note of the case; that
/// it was found stays, since it is counted against somebody who may want to see by whom.
public struct CaseFinding: Row, Equatable {
  /// What is found.
  public enum Kind: String, Storable, CaseIterable, Codable {
    /// 有理投诉: somebody complains of how it was handled, and is right.
    case justifiedComplaint = "justified-complaint"
    /// 迟报: a patroller reported it later than they saw or should have seen it.
    case late
    /// 漏报: no patroller reported it, though they passed by.
    case omitted
    /// 瞒报: a patroller saw it and did not report it.
    case hidden
    /// 假报: it was reported and was not so.
    case `false`
  }

  public let id: ID<CaseFinding>
  public let caseID: ID<Case>
  public let finding: Kind
  /// Whose it is; nil where that is not known.
  public let organisation: ID<Organisation>?
  public let foundBy: ID<Person>?
  public let foundAt: Moment

  static let columns: SQL = "id, case_id, finding, organisation_id, found_by, found_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    caseID = try fields.next()
    finding = try fields.next()
    organisation = try fields.next()
    foundBy = try fields.next()
    foundAt = try fields.next()
  }
}

/// All SQL of findings.
enum CaseFindingRows {
  static func all(of id: ID<Case>, in snapshot: some Querying) throws -> [CaseFinding] {
    try snapshot.all(
      "SELECT \(CaseFinding.columns) FROM case_finding WHERE case_id = \(id) ORDER BY id LIMIT 200")
  }

  static func insert(
    _ finding: CaseFinding.Kind, about id: ID<Case>, of organisation: ID<Organisation>?,
    by person: ID<Person>?, in tx: Transaction
  ) throws {
    try tx.put(
      """
      INSERT INTO case_finding (\(CaseFinding.columns))
      VALUES (\(tx.newID(CaseFinding.self)), \(id), \(finding), \(organisation), \(person),
        \(tx.now))
      """)
  }
}

extension CaseChange {
  /// Of a complaint it is the unit that leads, where nobody else is named.
  mutating func recordFinding(_ input: MoveInput) throws {
    var faults: [Fault.Field] = []
    if input.finding == nil { faults.append(.init("finding", "value.missing")) }
    let text = try TextCheck.collect(&faults) { try input.required("text", input.text) }
    let named = try TextCheck.collect(&faults) {
      try input.optional("organisation", input.organisation).map {
        try organisation($0, field: "organisation").id
      }
    }
    guard faults.isEmpty, let finding = input.finding, let text else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    try note(.recordFinding, text)
    let lead = finding == .justifiedComplaint ? view.case.leadOrganisation : nil
    try keepFinding(finding, of: (named ?? nil) ?? lead)
  }

  mutating func keepFinding(
    _ finding: CaseFinding.Kind, of organisation: ID<Organisation>?
  ) throws {
    try CaseFindingRows.insert(finding, about: id, of: organisation, by: doer.person, in: tx)
    payload = payload.with("finding", finding.rawValue).with("of", organisation)
  }
}
