import Base
import Store

/// A change of some of the facts about an organisation.
public struct OrganisationEdit: Sendable {
  /// Nil keeps it.
  public var name: String?
  /// The organisation above; cleared, it becomes a root.
  public var parent = Edit<ID<Organisation>>.keep
  /// The area that it looks after.
  public var area = Edit<ID<Area>>.keep

  public init() {}
}

extension OrganisationDesk {
  /// Renames, moves and gives an area in one: all of it or nothing.
  ///
  /// - Throws: what `rename`, `move` and `setArea` throw.
  public static func edit(
    _ organisation: ID<Organisation>, _ edit: OrganisationEdit, by doer: Doer, in tx: Transaction
  ) throws {
    let found = try reachable(organisation, by: doer, in: tx)
    // What stays where it is needs no reach above it.
    if edit.parent.isChange {
      try move(organisation, under: edit.parent.applied(to: found.parent), by: doer, in: tx)
    }
    if edit.area.isChange {
      try setArea(edit.area.applied(to: found.area), of: organisation, by: doer, in: tx)
    }
    if let name = edit.name { try rename(organisation, to: name, by: doer, in: tx) }
  }

  /// The same in a transaction of its own.
  public func edit(
    _ organisation: ID<Organisation>, _ edit: OrganisationEdit, by doer: Doer
  ) async throws {
    try await database.write { try Self.edit(organisation, edit, by: doer, in: $0) }
  }
}
