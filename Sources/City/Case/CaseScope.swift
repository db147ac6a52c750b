import Base
import Store

/// What somebody may see of the cases, as a condition on `case_file AS c` that every list carries.
struct CaseScope {
  /// Nil when everything may be seen.
  let condition: SQL?
  /// Organisations below the centre through which alone cases are seen; empty when cases are seen
  /// by where they belong.
  let organisations: [String]
  /// Area subtrees, when every grant is bounded by one; empty when some grant is not.
  let areas: [String]

  /// - Parameter centres: the paths of the organisations that own cases.
  init(_ doer: Doer, right: Right, centres: [String]) {
    let grants = doer.grants(holding: right)
    var pieces: [SQL] = []
    var everything = false
    for grant in grants {
      let area = grant.areaPath.isEmpty ? nil : Subtree.holds("c.area_path", grant.areaPath)
      let ownsCases =
        grant.organisationPath.isEmpty
        || centres.contains { $0.hasPrefix(grant.organisationPath) }
      let organisation: SQL? =
        grant.organisationPath.isEmpty
        ? nil
        : ownsCases
          ? Subtree.holds("c.organisation_path", grant.organisationPath)
          : Self.assigned(grant.organisationPath)
      let both = [area, organisation].compactMap { $0 }
      if both.isEmpty { everything = true }
      pieces.append(both.isEmpty ? "1 = 1" : both.joined(" AND "))
    }
    if let person = doer.person { pieces.append("c.reported_by = \(person)") }
    condition =
      everything
      ? nil : pieces.isEmpty ? "1 = 0" : "(\(pieces.map { "(\($0))" as SQL }.joined(" OR ")))"
    let onlyParts = grants.allSatisfy { grant in
      !grant.organisationPath.isEmpty && !centres.contains { $0.hasPrefix(grant.organisationPath) }
    }
    organisations = onlyParts && !everything ? grants.map(\.organisationPath) : []
    areas = grants.contains { $0.areaPath.isEmpty } ? [] : grants.map(\.areaPath)
  }

  private static func assigned(_ path: String) -> SQL {
    """
    EXISTS (SELECT 1 FROM case_assignment AS a WHERE a.case_id = c.id
      AND a.state IN ('sent', 'taken', 'handled')
      AND \(Subtree.holds("a.organisation_path", path)))
    """
  }
}
