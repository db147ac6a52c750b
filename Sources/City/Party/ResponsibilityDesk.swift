import Base
import Store

/// What administrators do with the rules of who answers for which kinds where.
public struct ResponsibilityDesk: Sendable {
  private let database: any Database

  public init(_ database: any Database) { self.database = database }

  /// Says who answers for which kinds where.
  public func set(_ draft: ResponsibilityDraft, by doer: Doer) async throws {
    try await database.write { try Self.set(draft, by: doer, in: $0) }
  }

  /// Takes a rule away.
  public func remove(
    kindPrefix: String, areaPath: String, by doer: Doer
  ) async throws {
    try await database.write {
      try Self.remove(kindPrefix: kindPrefix, areaPath: areaPath, by: doer, in: $0)
    }
  }

  /// Makes an organisation answer for kinds in an area, in place of whoever did so by the same rule.
  ///
  /// - Throws: `input.invalid` with `code.invalid`, `area.unknown`, `organisation.unknown`,
  ///   `organisation.retired` or `person.not-in-organisation`; `right.missing`.
  public static func set(
    _ draft: ResponsibilityDraft, by doer: Doer, in tx: Transaction
  ) throws {
    try doer.require(.organisationManage)
    try check(draft.kindPrefix, draft.areaPath, in: tx)
    let organisation = try organisation(draft.organisation, by: doer, in: tx)
    if let person = draft.person {
      guard try ResponsibilityRows.belongs(person, to: organisation.id, in: tx) else {
        throw Fault.invalid(
          "person", "person.not-in-organisation", ["organisation": organisation.code])
      }
    }
    let old = try ResponsibilityRows.rule(
      kindPrefix: draft.kindPrefix, areaPath: draft.areaPath, in: tx)
    guard old?.organisation != organisation.id || old?.person != draft.person else { return }
    try ResponsibilityRows.put(
      ResponsibilityRule(
        id: old?.id ?? tx.newID(), kindPrefix: draft.kindPrefix, areaPath: draft.areaPath,
        organisation: organisation.id, person: draft.person), in: tx)
    let payload = Payload().with("kinds", draft.kindPrefix).with("area", draft.areaPath)
      .with("organisation", organisation.code).with("person", draft.person)
    try OrganisationDesk.record("responsibility.set", organisation.id, payload, by: doer, in: tx)
  }

  /// Takes a rule away.
  ///
  /// - Throws: `responsibility.missing`, `right.missing`.
  public static func remove(
    kindPrefix: String, areaPath: String, by doer: Doer, in tx: Transaction
  ) throws {
    try doer.require(.organisationManage)
    let rule = try ResponsibilityRows.rule(kindPrefix: kindPrefix, areaPath: areaPath, in: tx)
    guard let rule else { throw Fault.missing("responsibility") }
    let organisation = try OrganisationDesk.reachable(rule.organisation, by: doer, in: tx)
    try ResponsibilityRows.delete(rule.id, in: tx)
    let payload = Payload().with("kinds", kindPrefix).with("area", areaPath)
      .with("organisation", organisation.code)
    try OrganisationDesk.record(
      "responsibility.remove", organisation.id, payload, by: doer, in: tx)
  }

  private static func check(
    _ kindPrefix: String, _ areaPath: String, in tx: Transaction
  ) throws {
    guard kindPrefix.isEmpty || Code.isSound(kindPrefix) else {
      throw Fault.invalid(
        "kindPrefix", "code.invalid", ["value": kindPrefix.brief, "longest": "\(Code.longest)"])
    }
    guard try areaPath.isEmpty || AreaRows.area(path: areaPath, in: tx) != nil else {
      throw Fault.invalid("areaPath", "area.unknown", ["area": areaPath.brief])
    }
  }

  private static func organisation(
    _ code: String, by doer: Doer, in tx: Transaction
  ) throws -> Organisation {
    guard let found = try OrganisationRows.organisation(code: code, in: tx) else {
      throw Fault.invalid("organisation", "organisation.unknown", ["organisation": code.brief])
    }
    try doer.requireOrganisations(under: found.path)
    guard found.retiredAt == nil else {
      throw Fault.invalid("organisation", "organisation.retired", ["code": code.brief])
    }
    return found
  }
}

/// A rule as somebody describes it.
public struct ResponsibilityDraft: Equatable, Sendable {
  /// The start of the codes it is about; empty for every kind.
  public var kindPrefix: String
  /// The area's path; empty for everywhere.
  public var areaPath: String
  /// The organisation's code.
  public var organisation: String
  /// Somebody of that organisation.
  public var person: ID<Person>?

  public init(
    kindPrefix: String = "", areaPath: String = "", organisation: String,
    person: ID<Person>? = nil
  ) {
    self.kindPrefix = kindPrefix
    self.areaPath = areaPath
    self.organisation = organisation
    self.person = person
  }
}
