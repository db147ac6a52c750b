import Base
import Store

extension OrganisationDesk {
  /// Hangs an organisation, with all below it, under another one, or makes it a root. The scopes of
  /// people follow; cases keep the paths that they were filed with.
  ///
  /// - Throws: `organisation.into-itself`, `organisation.missing`, `organisation.parent-retired`,
  ///   `organisation.too-deep`, `right.missing`.
  public static func move(
    _ organisation: ID<Organisation>, under parent: ID<Organisation>?, by doer: Doer,
    in tx: Transaction
  ) throws {
    let found = try reachable(organisation, by: doer, in: tx)
    let target = try parent.map { try reachable($0, by: doer, in: tx) }
    if target == nil { try doer.requireOrganisations(under: "") }
    guard parent != found.parent else { return }
    let below = try OrganisationRows.subtree(found.path, in: tx)
    try check(found, below, under: target)

    let path = (target?.path ?? "") + found.code + "/"
    try OrganisationRows.setParent(parent, of: organisation, in: tx)
    for moved in below {
      try OrganisationRows.setPath(
        path + moved.path.dropFirst(found.path.count), of: moved.id, in: tx)
    }
    try OrganisationRows.moveGrants(from: found.path, to: path, in: tx)
    let payload = Payload().with("code", found.code).with("parent", target?.code)
      .with("moved", codes: below.map(\.code))
    try record("organisation.move", organisation, payload, by: doer, in: tx)
  }

  private static func check(
    _ moved: Organisation, _ below: [Organisation], under target: Organisation?
  ) throws {
    guard let target else { return }
    guard !target.path.hasPrefix(moved.path) else {
      throw Fault(
        .conflict, "organisation.into-itself", ["code": moved.code, "parent": target.code])
    }
    guard target.retiredAt == nil else {
      throw Fault(.conflict, "organisation.parent-retired", ["parent": target.code])
    }
    let height = (below.map(\.depth).max() ?? moved.depth) - moved.depth + 1
    guard target.depth + height <= deepest else {
      throw Fault(.conflict, "organisation.too-deep", ["limit": "\(deepest)"])
    }
  }
}
