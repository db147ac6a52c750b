import Base
import Store

/// As much of a case as decides who may know of it.
public struct CaseReach: Sendable {
  public let id: ID<Case>
  let areaPath: String
  let organisationPath: String
  let reportedBy: ID<Person>?
  var parts: [Part]

  /// A part of the case that somebody has or had.
  struct Part: Sendable {
    let organisation: ID<Organisation>
    let organisationPath: String
    let person: ID<Person>?
    /// Whether who has or had it sees the case by it.
    let isSeen: Bool
  }

  /// Whether a right reaches the case: by where it belongs, or by a part of it that lies with an
  /// organisation in the right's scope.
  func isWithin(_ right: Right, of doer: Doer) -> Bool {
    doer.may(right, organisationPath: organisationPath, areaPath: areaPath)
      || parts.contains { part in
        part.isSeen
          && doer.may(right, organisationPath: part.organisationPath, areaPath: areaPath)
      }
  }

  /// Whether `doer` may read the case. `CaseScope` says the same in SQL.
  func isRead(by doer: Doer) -> Bool {
    isWithin(.caseRead, of: doer)
      || doer.holds(.caseRead) && doer.person != nil && doer.person == reportedBy
  }

  /// Whether `doer` has a part in the case, or had one that was given back or withdrawn.
  func hasHadPart(_ doer: Doer) -> Bool { parts.contains { answers(doer, for: $0) } }

  /// Whether `doer` may be told that something has changed: who reads the case, and who had a part
  /// in it, whose list has one case less now.
  public func isKnown(to doer: Doer) -> Bool { isRead(by: doer) || hasHadPart(doer) }

  /// Whether a part is one that `doer` answers for.
  func answers(_ doer: Doer, for part: Part) -> Bool {
    part.belongs(to: doer)
      && doer.may(.caseHandle, organisationPath: part.organisationPath, areaPath: areaPath)
  }
}

extension CaseReach.Part {
  /// Whether it was sent to `doer`, or to the organisation that they belong to. Not to one above it:
  /// what is sent to the centre is not for every patroller below.
  func belongs(to doer: Doer) -> Bool {
    guard let person = doer.person else { return doer.holds(.caseHandle) }
    return person == self.person || doer.organisation?.id == organisation
  }
}

extension CaseView {
  var reach: CaseReach {
    CaseReach(
      id: `case`.id, areaPath: `case`.areaPath, organisationPath: `case`.organisationPath,
      reportedBy: `case`.reportedBy, parts: parts.map(\.reach))
  }
}

extension CaseAssignment {
  var reach: CaseReach.Part {
    CaseReach.Part(
      organisation: organisation, organisationPath: organisationPath, person: person,
      isSeen: isSeen)
  }
}

extension CaseDesk {
  /// Who may know of each of these cases; those that are not there are left out.
  ///
  /// - Parameter ids: some hundreds at most.
  public func reaches(
    of ids: [ID<Case>], in snapshot: some Querying
  ) throws -> [CaseReach] {
    var found: [ID<Case>: CaseReach] = [:]
    try snapshot.each(
      """
      SELECT id, area_path, organisation_path, reported_by FROM case_file
      WHERE id IN \(list: ids)
      """
    ) { fields in
      let id: ID<Case> = try fields.next()
      found[id] = CaseReach(
        id: id, areaPath: try fields.next(), organisationPath: try fields.next(),
        reportedBy: try fields.next(), parts: [])
    }
    for part in try CasePartRows.assignments(of: ids, in: snapshot) {
      found[part.caseID]?.parts.append(part.reach)
    }
    return ids.compactMap { found[$0] }
  }

  /// The cases that entries between two positions of the ledger are about.
  ///
  /// - Parameters:
  ///   - id: only this one; nil for any.
  ///   - limit: how many cases at most.
  public func changed(
    after first: Int64, upTo last: Int64, only id: ID<Case>? = nil, limit: Int,
    in snapshot: some Querying
  ) throws -> [ID<Case>] {
    guard let id else {
      return try snapshot.column(
        """
        SELECT DISTINCT subject_id FROM ledger_entry WHERE sequence > \(first)
          AND sequence <= \(last) AND subject_kind = \(SubjectKind.case)
          AND verb <> \(Self.lookingVerb) LIMIT \(limit)
        """)
    }
    return try snapshot.column(
      """
      SELECT DISTINCT subject_id FROM ledger_entry WHERE subject_id = \(id)
        AND sequence > \(first) AND sequence <= \(last) AND verb <> \(Self.lookingVerb)
      """)
  }

  /// The verb of the one entry about a case that changes nothing in it.
  static let lookingVerb = "case.open-reporter"
}

extension LedgerNews {
  /// The case that it says has changed.
  public var changedCase: ID<Case>? {
    subjectKind == SubjectKind.case.rawValue && verb != CaseDesk.lookingVerb
      ? ID(subjectID) : nil
  }
}
