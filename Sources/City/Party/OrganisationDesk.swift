import Base
import Store

/// What administrators do with the tree of organisations.
public struct OrganisationDesk: Sendable {
  /// Levels the tree has at most.
  static let deepest = 10

  let database: any Database

  public init(_ database: any Database) { self.database = database }

  public func add(
    _ draft: OrganisationDraft, by doer: Doer
  ) async throws -> ID<Organisation> {
    try await database.write { try Self.add(draft, by: doer, in: $0) }
  }

  /// Gives an organisation another name.
  public func rename(
    _ organisation: ID<Organisation>, to name: String, by doer: Doer
  ) async throws {
    try await database.write { try Self.rename(organisation, to: name, by: doer, in: $0) }
  }

  /// Says which area an organisation looks after.
  public func setArea(
    _ area: ID<Area>?, of organisation: ID<Organisation>, by doer: Doer
  ) async throws {
    try await database.write { try Self.setArea(area, of: organisation, by: doer, in: $0) }
  }

  /// Puts an organisation and all below it under another.
  public func move(
    _ organisation: ID<Organisation>, under parent: ID<Organisation>?, by doer: Doer
  ) async throws {
    try await database.write { try Self.move(organisation, under: parent, by: doer, in: $0) }
  }

  /// All organisations, those that are retired too, a parent before its children.
  public func all() async throws -> [Organisation] {
    try await database.read { try OrganisationRows.all(in: $0) }
  }

  /// Adds one organisation below its parent.
  ///
  /// - Throws: `input.invalid` with `value.missing`, `code.invalid`, `value.long`,
  ///   `organisation.parent-unknown`, `organisation.retired`, `organisation.too-deep` or
  ///   `area.unknown`; `organisation.exists`; `right.missing`.
  @discardableResult
  public static func add(
    _ draft: OrganisationDraft, by doer: Doer, in tx: Transaction
  ) throws -> ID<Organisation> {
    let parent = try draft.parent.flatMap { try OrganisationRows.organisation(code: $0, in: tx) }
    try doer.requireOrganisations(under: parent?.path ?? "")
    try Code.faults(code: draft.code, name: draft.name).throwIfAny("input.invalid")
    if let code = draft.parent { try check(parent, code: code) }
    guard try OrganisationRows.organisation(code: draft.code, in: tx) == nil else {
      throw Fault(.conflict, "organisation.exists", ["code": draft.code])
    }
    let area = try draft.area.map { try Self.area(code: $0, in: tx) }
    let id: ID<Organisation> = tx.newID()
    try OrganisationRows.insert(draft, id: id, under: parent, area: area, in: tx)
    let payload = Payload().with("code", draft.code).with("kind", draft.kind.rawValue)
      .with("parent", draft.parent).with("area", draft.area)
    try record("organisation.add", id, payload, by: doer, in: tx)
    return id
  }

  /// - Throws: `organisation.missing`, `right.missing`; `input.invalid` with `value.missing` or
  ///   `value.long`.
  public static func rename(
    _ organisation: ID<Organisation>, to name: String, by doer: Doer, in tx: Transaction
  ) throws {
    let found = try reachable(organisation, by: doer, in: tx)
    try Code.faults(name: name).throwIfAny("input.invalid")
    guard name != found.name else { return }
    try OrganisationRows.rename(organisation, to: name, in: tx)
    let payload = Payload().with("code", found.code)
    try record("organisation.rename", organisation, payload, by: doer, in: tx)
  }

  /// Says which area an organisation looks after; nil for none.
  ///
  /// - Throws: `organisation.missing`, `area.missing`, `right.missing`.
  public static func setArea(
    _ area: ID<Area>?, of organisation: ID<Organisation>, by doer: Doer, in tx: Transaction
  ) throws {
    let found = try reachable(organisation, by: doer, in: tx)
    guard area != found.area else { return }
    let code = try area.map { id in
      guard let area = try AreaRows.area(id, in: tx) else { throw Fault.missing("area") }
      return area.code
    }
    try OrganisationRows.setArea(area, of: organisation, in: tx)
    let payload = Payload().with("code", found.code).with("area", code)
    try record("organisation.area", organisation, payload, by: doer, in: tx)
  }

  /// Takes an organisation out of service. Its code stays taken, and old cases keep its name. What it has to
  /// do is asked by `CaseDesk.retire`, the door of this.
  ///
  /// - Throws: `organisation.has-children`, `organisation.has-people`,
  ///   `organisation.has-responsibilities`, `organisation.has-duty-grids` while something still hangs on it;
  ///   `organisation.retired`, `organisation.missing`, `right.missing`.
  static func retire(
    _ organisation: ID<Organisation>, by doer: Doer, in tx: Transaction
  ) throws {
    let found = try reachable(organisation, by: doer, in: tx)
    try requireFree(found, in: tx)
    guard try OrganisationRows.retire(organisation, in: tx) > 0 else {
      throw Fault(.conflict, "organisation.retired", ["code": found.code])
    }
    let payload = Payload().with("code", found.code)
    try record("organisation.retire", organisation, payload, by: doer, in: tx)
  }

  /// - Throws: the faults of `retire` while something still hangs on it.
  static func requireFree(_ found: Organisation, in tx: Transaction) throws {
    let below = try OrganisationRows.subtree(found.path, in: tx)
    guard !below.contains(where: { $0.id != found.id && $0.retiredAt == nil }) else {
      throw Fault(.conflict, "organisation.has-children", ["code": found.code])
    }
    guard try !OrganisationRows.hasPeople(found.id, in: tx) else {
      throw Fault(.conflict, "organisation.has-people", ["code": found.code])
    }
    guard try !ResponsibilityRows.names(found.id, in: tx) else {
      throw Fault(.conflict, "organisation.has-responsibilities", ["code": found.code])
    }
    guard try !DutyGridRows.names(found.id, in: tx) else {
      throw Fault(.conflict, "organisation.has-duty-grids", ["code": found.code])
    }
  }
}

extension OrganisationDesk {
  /// The organisation, if it is there and may be managed.
  static func reachable(
    _ organisation: ID<Organisation>, by doer: Doer, in tx: Transaction
  ) throws -> Organisation {
    try doer.require(.organisationManage)
    guard let found = try OrganisationRows.organisation(organisation, in: tx) else {
      throw Fault.missing("organisation")
    }
    try doer.requireOrganisations(under: found.path)
    return found
  }

  static func record(
    _ verb: String, _ organisation: ID<Organisation>, _ payload: Payload, by doer: Doer,
    in tx: Transaction
  ) throws {
    try Ledger.append(
      verb, about: .organisation, organisation.raw, by: doer.actor, payload: payload, in: tx)
    try Edition.renew(.party, in: tx)
  }

  private static func check(_ parent: Organisation?, code: String) throws {
    guard let parent else {
      throw Fault.invalid("parent", "organisation.parent-unknown", ["parent": code.brief])
    }
    guard parent.retiredAt == nil else {
      throw Fault.invalid("parent", "organisation.retired", ["code": code])
    }
    guard parent.depth < deepest else {
      throw Fault.invalid("parent", "organisation.too-deep", ["limit": "\(deepest)"])
    }
  }

  private static func area(code: String, in tx: Transaction) throws -> ID<Area> {
    guard let area = try AreaRows.area(code: code, in: tx) else {
      throw Fault.invalid("area", "area.unknown", ["area": code.brief])
    }
    return area.id
  }
}

extension Organisation {
  /// 1 for a root.
  var depth: Int { path.utf8.count { $0 == UInt8(ascii: "/") } }
}

extension Doer {
  /// - Throws: `right.missing` unless organisations at and below `path` may be managed.
  func requireOrganisations(under path: String) throws {
    guard may(.organisationManage, organisationPath: path, areaPath: "") else {
      throw Fault(.forbidden, "right.missing", ["right": Right.organisationManage.rawValue])
    }
  }
}
