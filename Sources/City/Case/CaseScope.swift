import Base
import Store

/// Which cases a right reaches, as a condition on `case_file AS c` that every list carries.
///
/// A right to act reaches the cases that belong to its scope. A right to read also reaches those
/// with a part in its scope, and `case.read` those that one reported: see `CaseView.isRead(by:)`.
struct CaseScope {
  /// Nil when everything is reached.
  let condition: SQL?
  /// Organisations through whose parts cases are reached: below a centre through these alone, and of
  /// a centre below another what that one sent. Empty when cases are reached by where they belong.
  let organisations: [String]
  /// That a case belongs to one of these organisations; nil where none of them owns cases.
  let owned: SQL?
  /// Area subtrees, when every grant is bounded by one; empty when some grant is not.
  let areas: [String]
  /// What comes by parts of those who are away, for whom they stand in; nil for none.
  let stood: SQL?
  /// Who also sees what they reported themselves.
  let reporter: ID<Person>?

  /// - Parameter centres: the paths of the organisations that own cases.
  init(_ doer: Doer, right: Right, centres: [String]) {
    let grants = doer.grants(holding: right)
    let reads = [Right.caseRead, .personalRead, .figuresRead].contains(right)
    reporter = right == .caseRead && !grants.isEmpty ? doer.person : nil
    var pieces = grants.map { Self.piece($0, byParts: reads) }
    if let reporter { pieces.append("c.reported_by = \(reporter)") }
    stood =
      CaseReach.reads.contains(right) && !grants.isEmpty
      ? Self.stood(doer, right) : nil
    if let stood { pieces.append(stood) }
    let everything = grants.contains { $0.organisationPath.isEmpty && $0.areaPath.isEmpty }
    condition =
      everything
      ? nil : pieces.isEmpty ? "1 = 0" : "(\(pieces.map { "(\($0))" as SQL }.joined(" OR ")))"
    let paths = grants.map(\.organisationPath)
    let owners = centres.filter { centre in paths.contains { centre.hasPrefix($0) } }
    // Where all cases there are belong to these, none comes by a part alone.
    let byParts = reads && !paths.contains("") && (owners.isEmpty || owners.count < centres.count)
    organisations = byParts ? paths : []
    owned =
      byParts && !owners.isEmpty
      ? "(\(paths.map { Subtree.holds("c.organisation_path", $0) }.joined(" OR ")))" : nil
    areas = grants.contains { $0.areaPath.isEmpty } ? [] : grants.map(\.areaPath)
  }

  /// The area subtrees without those that lie in another of them.
  var outermostAreas: [String] { Self.outermost(areas) }

  /// The organisation subtrees likewise.
  var outermostOrganisations: [String] { Self.outermost(organisations) }

  private static func outermost(_ paths: [String]) -> [String] {
    Set(paths).filter { path in
      !paths.contains { $0 != path && path.hasPrefix($0) }
    }.sorted()
  }

  private static func piece(_ grant: Grant, byParts: Bool) -> SQL {
    let area = Subtree.holds("c.area_path", grant.areaPath)
    let path = grant.organisationPath
    if path.isEmpty { return area }
    let own = Subtree.holds("c.organisation_path", path)
    return byParts ? "\(area) AND (\(own) OR \(part(in: path)))" : "\(area) AND \(own)"
  }

  /// That a part of an open case waits for, or was done by, somebody who is away.
  private static func stood(_ doer: Doer, _ right: Right) -> SQL? {
    guard let parts = doer.partsOfOthers(right) else { return nil }
    return """
      c.id IN (SELECT a.case_id FROM case_assignment AS a JOIN case_file AS f ON f.id = a.case_id
        WHERE a.is_active = 1 AND (\(parts)))
      """
  }

  /// That an organisation leads the case, as the case itself says or at a level below.
  static func led(by organisation: ID<Organisation>) -> SQL {
    "(c.lead_organisation_id = \(organisation) OR \(ledBelow(by: organisation)))"
  }

  /// That an organisation leads what was passed on to it.
  static func ledBelow(by organisation: ID<Organisation>) -> SQL {
    """
    c.id IN (SELECT a.case_id FROM case_assignment AS a WHERE a.organisation_id = \(organisation)
      AND a.parent_id IS NOT NULL AND a.is_lead = 1 AND a.ended_at IS NULL)
    """
  }

  /// That a person leads the case, as the case itself says or at a level below.
  static func led(by person: ID<Person>) -> SQL {
    """
    (c.lead_person_id = \(person) OR c.id IN (SELECT a.case_id FROM case_assignment AS a
      WHERE a.person_id = \(person) AND a.parent_id IS NOT NULL AND a.is_lead = 1
        AND a.ended_at IS NULL))
    """
  }

  /// That an organisation of the subtree has a part.
  static func part(in path: String) -> SQL {
    """
    EXISTS (SELECT 1 FROM case_assignment AS a WHERE a.case_id = c.id
      AND a.state IN \(CaseAssignment.seen)
      AND \(Subtree.holds("a.organisation_path", path)))
    """
  }
}

extension Doer {
  /// The parts of those who are away that `doer` answers for in their place, as a condition on
  /// `case_assignment AS a` of `case_file AS f`; nil for none. See `stands(for:_:organisationPath:areaPath:)`.
  func partsOfOthers(_ right: Right) -> SQL? {
    guard allowed?.contains(right) ?? true else { return nil }
    let pieces = standsFor.compactMap { away -> SQL? in
      let grants = away.grants(holding: right).map { grant -> SQL in
        let area = Subtree.holds("f.area_path", grant.areaPath)
        return "(\(area) AND \(Subtree.holds("a.organisation_path", grant.organisationPath)))"
      }
      guard !grants.isEmpty else { return nil }
      let ways = ["a.person_id = \(away.person)" as SQL, away.sent(right)].compactMap { $0 }
      return "((\(ways.joined(" OR "))) AND (\(grants.joined(" OR "))))"
    }
    return pieces.isEmpty ? nil : pieces.joined(" OR ")
  }
}

extension StandIn {
  /// What was sent to the unit for which they send on, as a condition on `case_assignment AS a` of
  /// `case_file AS f`; nil where they send nothing on, or the right is not one for it.
  func sent(_ right: Right) -> SQL? {
    guard CaseReach.sends.contains(right), let unit = organisation?.id else { return nil }
    let grants = grants(holding: .caseDispatch).map { grant -> SQL in
      let area = Subtree.holds("f.area_path", grant.areaPath)
      return "(\(area) AND \(Subtree.holds("a.organisation_path", grant.organisationPath)))"
    }
    guard !grants.isEmpty else { return nil }
    return """
      (a.organisation_id = \(unit) AND (a.person_id IS NULL OR NOT EXISTS (SELECT 1
          FROM case_assignment AS p WHERE p.id = a.parent_id
            AND p.organisation_id = a.organisation_id))
        AND (\(grants.joined(" OR "))))
      """
  }
}

extension CaseDesk {
  /// What a right of `doer` reaches.
  func scope(_ right: Right, of doer: Doer, in snapshot: some Querying) throws -> CaseScope {
    CaseScope(doer, right: right, centres: try parties.value(in: snapshot).centres.map(\.path))
  }
}
