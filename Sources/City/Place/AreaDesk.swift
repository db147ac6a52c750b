import Base
import Crypto
import Store

/// What administrators do with the area tree.
public struct AreaDesk: Sendable {
  let database: any Database

  public init(_ database: any Database) { self.database = database }

  public func add(_ draft: AreaDraft, by doer: Doer) async throws -> ID<Area> {
    try await database.write { try Self.add(draft, by: doer, in: $0) }
  }

  /// Gives an area another name.
  public func rename(_ area: ID<Area>, to name: String, by doer: Doer) async throws {
    try await database.write { try Self.rename(area, to: name, by: doer, in: $0) }
  }

  /// Replaces an area's boundary.
  public func setBoundary(
    _ shape: MultiPolygon?, of area: ID<Area>, by doer: Doer
  ) async throws {
    try await database.write { try Self.setBoundary(shape, of: area, by: doer, in: $0) }
  }

  /// All areas, a parent before its children.
  public func all() async throws -> [Area] {
    try await database.read { try AreaRows.all(in: $0) }
  }

  /// Adds one area below its parent.
  ///
  /// - Throws: `input.invalid` with `value.missing`, `code.invalid`, `value.long`,
  ///   `area.parent-unknown` or `area.level-order`; `area.exists`; `right.missing`.
  @discardableResult
  public static func add(
    _ draft: AreaDraft, by doer: Doer, in tx: Transaction
  ) throws -> ID<Area> {
    let parent = try draft.parent.flatMap { try AreaRows.area(code: $0, in: tx) }
    try doer.requireAreas(under: parent?.path ?? "")
    try Code.faults(code: draft.code, name: draft.name).throwIfAny("input.invalid")
    try draft.faults(under: parent).throwIfAny("input.invalid")
    guard try AreaRows.area(code: draft.code, in: tx) == nil else {
      throw Fault(.conflict, "area.exists", ["code": draft.code])
    }
    let id: ID<Area> = tx.newID()
    let boundary = try draft.shape.map(boundaryText)
    try AreaRows.insert(draft, id: id, under: parent, boundary: boundary, in: tx)
    let payload = Payload().with("code", draft.code).with("level", draft.level.rawValue)
      .with("parent", draft.parent).with("boundary", boundary.map(digest))
    try record("area.add", id, payload, by: doer, in: tx)
    return id
  }

  /// - Throws: `area.missing`, `right.missing`; `input.invalid` with `value.missing` or
  ///   `value.long`.
  public static func rename(
    _ area: ID<Area>, to name: String, by doer: Doer, in tx: Transaction
  ) throws {
    let found = try reachable(area, by: doer, in: tx)
    try Code.faults(name: name).throwIfAny("input.invalid")
    guard name != found.name else { return }
    try AreaRows.rename(area, to: name, in: tx)
    try record("area.rename", area, Payload().with("code", found.code), by: doer, in: tx)
  }

  /// Replaces a boundary, or takes it away; the same boundary again changes nothing.
  ///
  /// - Throws: `area.missing`, `right.missing`.
  public static func setBoundary(
    _ shape: MultiPolygon?, of area: ID<Area>, by doer: Doer, in tx: Transaction
  ) throws {
    let found = try reachable(area, by: doer, in: tx)
    let boundary = try shape.map(boundaryText)
    guard try AreaRows.boundary(of: area, in: tx) != boundary else { return }
    try AreaRows.setBoundary(boundary, of: area, in: tx)
    let payload = Payload().with("code", found.code).with("boundary", boundary.map(digest))
    try record("area.boundary", area, payload, by: doer, in: tx)
  }

  private static func reachable(
    _ area: ID<Area>, by doer: Doer, in tx: Transaction
  ) throws -> Area {
    try doer.require(.areaManage)
    guard let found = try AreaRows.area(area, in: tx) else { throw Fault.missing("area") }
    try doer.requireAreas(under: found.path)
    return found
  }

  private static func record(
    _ verb: String, _ area: ID<Area>, _ payload: Payload, by doer: Doer, in tx: Transaction
  ) throws {
    try Ledger.append(verb, about: .area, area.raw, by: doer.actor, payload: payload, in: tx)
    try Edition.renew(.places, in: tx)
  }

  private static func boundaryText(_ shape: MultiPolygon) throws -> String {
    try GeoJSON.text([GeoJSON.Feature(properties: [:], shape: shape)])
  }

  /// Proves in the ledger which boundary it was, without carrying its thousands of points.
  private static func digest(_ boundary: String) -> String {
    SHA256.hash(data: Array(boundary.utf8)).hexadecimal
  }
}

extension AreaDraft {
  /// What is wrong with its place in the tree: `area.parent-unknown`, `area.level-order`.
  func faults(under parent: Area?, at place: String = "") -> [Fault.Field] {
    guard let code = self.parent else { return [] }
    guard let parent else {
      return [Fault.Field(place + "parent", "area.parent-unknown", ["parent": code.brief])]
    }
    return faults(underLevel: parent.level, at: place)
  }

  func faults(underLevel parentLevel: AreaLevel, at place: String) -> [Fault.Field] {
    guard parentLevel.rank >= level.rank else { return [] }
    let arguments = ["level": level.rawValue, "parent": parentLevel.rawValue]
    return [Fault.Field(place + "level", "area.level-order", arguments)]
  }
}

extension Doer {
  /// - Throws: `right.missing` unless areas at and below `path` may be managed.
  func requireAreas(under path: String) throws {
    guard may(.areaManage, organisationPath: "", areaPath: path) else {
      throw Fault(.forbidden, "right.missing", ["right": Right.areaManage.rawValue])
    }
  }
}
