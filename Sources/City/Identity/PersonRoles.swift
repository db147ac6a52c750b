import Base
import Store

/// Giving and taking roles, with the two rules that no change may break: the administrators stay
/// apart, and the last of each of the three stays.
extension PersonDesk {
  /// Gives a role over a scope. False when the person held exactly that before.
  ///
  /// - Throws: `Fault` `input.invalid` with `role.separated`, `role.many`, `organisation.unknown`
  ///   or `area.unknown`; `person.out-of-reach`.
  @discardableResult
  public static func grant(
    _ grant: Grant, to id: ID<Person>, by doer: Doer, in tx: Transaction
  ) throws -> Bool {
    _ = try managed(id, by: doer, in: tx)
    try check(grant, by: doer, in: tx)
    try RoleRows.takeTurns(in: tx)
    let held = try RoleRows.grants(of: id, in: tx)
    guard !held.contains(grant) else { return false }
    try RoleRules.check(held.map(\.role) + [grant.role])
    return try give(grant, to: id, by: doer, in: tx)
  }

  /// Takes a role away.
  ///
  /// - Throws: `Fault` `grant.missing`; `administrator.last` for the last administrator of a sort.
  public static func revoke(
    _ grant: Grant, from id: ID<Person>, by doer: Doer, in tx: Transaction
  ) throws {
    _ = try managed(id, by: doer, in: tx)
    let removed = try keepingAnAdministrator(in: tx) {
      try RoleRows.remove(grant, from: id, in: tx)
    }
    guard removed else { throw Fault.missing("grant") }
    try note("person.revoke", id, payload(of: grant), doer, tx)
  }

  /// A role over a scope whose organisation and area are given by code or by path, or empty.
  ///
  /// - Throws: `Fault` `input.invalid` with `organisation.unknown` or `area.unknown`.
  public static func grant(
    _ role: Role, organisation: String, area: String, in snapshot: some Querying
  ) throws -> Grant {
    func path(_ given: String, _ find: (String) throws -> String?, _ field: String) throws -> String
    {
      if given.isEmpty || given.hasSuffix("/") { return given }
      guard let path = try find(given) else {
        throw Fault.invalid(field, "\(field).unknown", [field: given.brief])
      }
      return path
    }
    return Grant(
      role: role,
      organisationPath: try path(
        organisation, { try PersonRows.path(ofOrganisation: $0, in: snapshot) }, "organisation"),
      areaPath: try path(area, { try PersonRows.path(ofArea: $0, in: snapshot) }, "area"))
  }

  /// An organisation given by code or by path.
  ///
  /// - Throws: `Fault` `input.invalid` with `organisation.unknown`.
  public static func organisation(
    _ codeOrPath: String, in snapshot: some Querying
  ) throws -> ID<Organisation> {
    guard let id = try PersonRows.organisation(codeOrPath, in: snapshot) else {
      throw Fault.invalid(
        "organisation", "organisation.unknown", ["organisation": codeOrPath.brief])
    }
    return id
  }

  @discardableResult
  static func give(
    _ grant: Grant, to id: ID<Person>, by doer: Doer, in tx: Transaction
  ) throws -> Bool {
    guard try RoleRows.add(grant, to: id, in: tx) else { return false }
    try note("person.grant", id, payload(of: grant), doer, tx)
    return true
  }

  /// A scope must exist, and nobody gives what lies outside their own.
  static func check(_ grant: Grant, by doer: Doer, in tx: Transaction) throws {
    let organisation = grant.organisationPath
    let area = grant.areaPath
    guard try organisation.isEmpty || PersonRows.holds(organisation: organisation, in: tx) else {
      throw Fault.invalid(
        "organisation", "organisation.unknown", ["organisation": organisation.brief])
    }
    guard try area.isEmpty || PersonRows.holds(area: area, in: tx) else {
      throw Fault.invalid("area", "area.unknown", ["area": area.brief])
    }
    try requireReach(of: grant, by: doer)
  }

  /// Runs a change unless it would leave the installation without an administrator of one of the three
  /// sorts, or without one whose scope is everything: nobody could put that right from within.
  static func keepingAnAdministrator(
    in tx: Transaction, _ change: () throws -> Bool
  ) throws -> Bool {
    try RoleRows.takeTurns(in: tx)
    let sorts = Role.allCases.filter(\.isAdministrator)
    let before = try sorts.map { try RoleRows.administrators($0, in: tx) }
    let changed = try change()
    for (role, before) in zip(sorts, before)
    where try RoleRows.administrators(role, in: tx).hasLostTheLast(since: before) {
      throw Fault(.conflict, "administrator.last", ["role": role.rawValue])
    }
    return changed
  }

  private static func payload(of grant: Grant) -> Payload {
    Payload().with("role", grant.role.rawValue)
      .with("organisation-path", grant.organisationPath).with("area-path", grant.areaPath)
  }
}
