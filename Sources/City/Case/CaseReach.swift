import Base
import Store

/// As much of a case as decides who may know of it.
public struct CaseReach: Sendable {
  public let id: ID<Case>
  let areaPath: String
  let organisationPath: String
  let reportedBy: ID<Person>?
  let isOpen: Bool
  var parts: [Part]

  /// A part of the case that somebody has or had.
  struct Part: Sendable {
    let organisation: ID<Organisation>
    let organisationPath: String
    let person: ID<Person>?
    /// Whether it is that person's alone: their own organisation passed its part on to them.
    let isPersonal: Bool
    /// Whether who has or had it sees the case by it.
    let isSeen: Bool
  }

  /// Whether a right reaches the case: by where it belongs, or by a part of it that lies with an
  /// organisation in the right's scope.
  func isWithin(_ right: Right, of doer: Doer) -> Bool {
    doer.may(right, organisationPath: organisationPath, areaPath: areaPath)
      || parts.contains { part in
        part.isSeen
          && (doer.may(right, organisationPath: part.organisationPath, areaPath: areaPath)
            || (Self.reads.contains(right) && doer.holds(right)
              && !standIns(of: doer, for: part, by: right).isEmpty))
      }
  }

  /// The rights to read that reach what somebody holds for others.
  static let reads: Set<Right> = [.caseRead, .personalRead]

  /// Whether `doer` may read the case. `CaseScope` says the same in SQL.
  func isRead(by doer: Doer) -> Bool {
    isWithin(.caseRead, of: doer)
      || doer.holds(.caseRead) && doer.person != nil && doer.person == reportedBy
  }

  /// Whether `doer` has a part in the case, or had one that was given back or withdrawn.
  func hasHadPart(_ doer: Doer) -> Bool {
    parts.contains {
      answers(doer, for: $0, by: .caseHandle) || answers(doer, for: $0, by: .caseDispatch)
    }
  }

  /// Whether `doer` may be told that something has changed: who reads the case, and who had a part
  /// in it, whose list has one case less now.
  public func isKnown(to doer: Doer) -> Bool { isRead(by: doer) || hasHadPart(doer) }

  /// Whether a part is one that `doer` answers for, by a right that covers it.
  func answers(_ doer: Doer, for part: Part, by right: Right) -> Bool {
    part.belongs(to: doer, by: right)
      && doer.may(right, organisationPath: part.organisationPath, areaPath: areaPath)
      || !part.isPersonal
        && doer.isOnDuty(at: part.organisationPath, areaPath: areaPath, by: right)
      || !standIns(of: doer, for: part, by: right).isEmpty
  }

  /// Those for whom `doer` stands in by a part of an open case, where a right of theirs covers it: who has it
  /// by name, and who sends on what their unit has.
  private func standIns(of doer: Doer, for part: Part, by right: Right) -> [ID<Person>] {
    guard isOpen, !doer.standsFor.isEmpty else { return [] }
    return doer.standsFor(
      holding: right, organisationPath: part.organisationPath, areaPath: areaPath
    ).filter { away in
      away.person == part.person
        || (!part.isPersonal && away.organisation?.id == part.organisation
          && Self.sends.contains(right)
          && away.may(
            .caseDispatch, organisationPath: part.organisationPath, areaPath: areaPath))
    }.map(\.person)
  }

  /// The rights of those who send on what their unit has that who stands in has for them.
  static let sends: Set<Right> = reads.union([.caseDispatch])

  /// For whom `doer` acts who is away: who has parts that `doer` answers for by nothing of their own.
  func behalf(of doer: Doer, by right: Right) -> [ID<Person>] {
    let alone = doer.alone
    let people = parts.filter { $0.isSeen && !answers(alone, for: $0, by: right) }.flatMap {
      standIns(of: doer, for: $0, by: right)
    }
    return Array(Set(people)).sorted()
  }

  /// Those in whose place `doer` may decide over what others ask: where they read the case themselves, and
  /// neither they nor their unit have or had a part in it.
  func decides(_ doer: Doer, by right: Right) -> [ID<Person>] {
    guard isOpen, !doer.standsFor.isEmpty, isRead(by: doer.alone), !hasHadPart(doer.alone)
    else { return [] }
    return doer.standsFor(
      holding: right, organisationPath: organisationPath, areaPath: areaPath
    ).map(\.person)
  }
}

extension CaseReach.Part {
  /// Whether it was sent to `doer`, or to the organisation that they belong to. Not to one above it:
  /// what is sent to the centre is not for every patroller below.
  func belongs(to doer: Doer, by right: Right) -> Bool {
    guard let person = doer.person else { return doer.holds(right) }
    return person == self.person || (!isPersonal && doer.organisation?.id == organisation)
  }
}

extension CaseView {
  var reach: CaseReach {
    CaseReach(
      id: `case`.id, areaPath: `case`.areaPath, organisationPath: `case`.organisationPath,
      reportedBy: `case`.reportedBy, isOpen: `case`.state.isOpen,
      parts: parts.map { $0.reach(among: parts) })
  }
}

extension CaseAssignment {
  func reach(among parts: [CaseAssignment]) -> CaseReach.Part {
    CaseReach.Part(
      organisation: organisation, organisationPath: organisationPath, person: person,
      isPersonal: isPersonal(among: parts), isSeen: isSeen)
  }

  /// Whether an organisation passed it on to one of its own people.
  public func isPersonal(among parts: [CaseAssignment]) -> Bool {
    guard let parent, person != nil else { return false }
    return parts.contains { $0.id == parent && $0.organisation == organisation }
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
      SELECT id, area_path, organisation_path, reported_by, state FROM case_file
      WHERE id IN \(list: ids)
      """
    ) { fields in
      let id: ID<Case> = try fields.next()
      found[id] = CaseReach(
        id: id, areaPath: try fields.next(), organisationPath: try fields.next(),
        reportedBy: try fields.next(), isOpen: try fields.next(CaseState.self).isOpen, parts: [])
    }
    let parts = try CasePartRows.assignments(of: ids, in: snapshot)
    for (id, parts) in Dictionary(grouping: parts, by: \.caseID) {
      found[id]?.parts = parts.map { $0.reach(among: parts) }
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
