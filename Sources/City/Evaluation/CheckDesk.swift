import Base
import Foundation
import Store

/// What people do with the rules of checking: switch them off and on, and set their limits.
///
/// A rule is switched off by those who review for finance, and by the system administrator, over the
/// organisations of their scope. The limits hold for all, and are the administrator's.
public struct CheckDesk: Sendable {
  /// The most rules that are switched off at one time.
  static let mostOff = 1000
  /// Characters of a reason.
  static let longestReason = 500

  public let database: any Database
  private let policies: Latest<CheckPolicy>
  private let parties: Latest<PartyMap>
  private let zone: TimeZone

  init(
    database: any Database, policies: Latest<CheckPolicy>, parties: Latest<PartyMap>,
    zone: TimeZone
  ) {
    self.database = database
    self.policies = policies
    self.parties = parties
    self.zone = zone
  }

  /// How forms are checked here.
  ///
  /// - Throws: `right.missing` for those who neither read projects nor administer.
  public func policy(by doer: Doer, in snapshot: some Querying) throws -> CheckPolicy {
    guard doer.holds(.projectRead) || doer.holds(.catalogueManage) else {
      throw Fault(.forbidden, "right.missing", ["right": Right.projectRead.rawValue])
    }
    return try policies.value(in: snapshot)
  }

  /// The names of those who switched rules off.
  public func names(in policy: CheckPolicy, _ snapshot: some Querying) throws -> [ID<Person>:
    String]
  {
    try ProjectPartRows.names(of: Set(policy.offs.compactMap(\.by)).sorted(), in: snapshot)
  }

  /// Whether somebody may switch rules for an organisation's subtree; `nil` is all.
  public static func maySwitch(_ organisation: Organisation?, by doer: Doer) -> Bool {
    [Right.projectApprove, .catalogueManage].contains {
      doer.may($0, organisationPath: organisation?.path ?? "", areaPath: "")
    }
  }

  /// Switches a rule off for an organisation and all below it, or for all.
  ///
  /// - Parameter until: the last day; nil until somebody switches it on again.
  /// - Throws: `right.missing`; `input.invalid` with `check.rule-unknown`, `check.reason-missing`,
  ///   `check.until-past`, `check.already-off`, `organisation.unknown` and what texts may not be.
  @discardableResult
  public func switchOff(
    _ rule: String, for organisation: ID<Organisation>?, because reason: String, until: Day? = nil,
    by doer: Doer, in tx: Transaction
  ) throws -> ID<RuleOff> {
    let owner = try organisation.map { try known($0, in: tx) }
    try require(owner, doer)
    guard CheckRule.of(rule) != nil else {
      throw Fault.invalid("rule", "check.rule-unknown", ["code": String(rule.prefix(64))])
    }
    guard let reason = try TextCheck.line("reason", reason, atMost: Self.longestReason) else {
      throw Fault.invalid("reason", "check.reason-missing", ["code": rule])
    }
    let today = tx.now.local(in: zone).day
    if let until, until < today {
      throw Fault.invalid("until", "check.until-past", ["value": until.description])
    }
    let offs = try policies.value(in: tx).offs
    guard !offs.contains(where: { $0.isAbout(rule, organisation) && $0.holds(on: today) }) else {
      throw Fault.invalid("rule", "check.already-off", ["code": rule])
    }
    guard offs.count < Self.mostOff else {
      throw Fault.invalid("rule", "check.off-many", ["limit": String(Self.mostOff)])
    }
    let id: ID<RuleOff> = tx.newID()
    try tx.run(
      """
      INSERT INTO check_rule_off (id, rule, organisation_id, reason, until_on, set_by, set_at)
      VALUES (\(id), \(rule), \(organisation), \(reason), \(until), \(doer.person), \(tx.now))
      """)
    try note("check.switch-off", rule, organisation, until, by: doer, in: tx)
    return id
  }

  /// Switches a rule on again.
  ///
  /// - Throws: `check-off.missing`, also of one that is on again already; `right.missing`.
  public func switchOn(_ id: ID<RuleOff>, by doer: Doer, in tx: Transaction) throws {
    guard let off = try policies.value(in: tx).offs.first(where: { $0.id == id }) else {
      throw Fault.missing("check-off")
    }
    try require(try off.organisation.map { try known($0, in: tx) }, doer)
    try tx.run(
      """
      UPDATE check_rule_off SET lifted_at = \(tx.now), lifted_by = \(doer.person)
      WHERE id = \(id) AND lifted_at IS NULL
      """)
    try note("check.switch-on", off.rule, off.organisation, nil, by: doer, in: tx)
  }

  /// Puts limits in force, or with an empty text those that ship.
  ///
  /// - Parameter text: YAML.
  /// - Throws: `right.missing`; `check.limits-invalid` with every mistake, named `FILE:LINE key`.
  @discardableResult
  public func setLimits(
    _ text: String, by doer: Doer, in tx: Transaction
  ) throws -> CheckLimits {
    guard doer.may(.catalogueManage, organisationPath: "", areaPath: "") else {
      throw Fault(.forbidden, "right.missing", ["right": Right.catalogueManage.rawValue])
    }
    let isShipped = text.allSatisfy(\.isWhitespace)
    let limits =
      isShipped
      ? CheckLimits()
      : try CheckLimits.read(NamedFile(name: CheckLimits.shippedFile.name, text: text))
    let id: ID<CheckLimits> = tx.newID()
    try tx.run(
      """
      INSERT INTO check_limits (id, content, set_by, set_at)
      VALUES (\(id), \(isShipped ? "" : text), \(doer.person), \(tx.now))
      """)
    try Edition.renew(.checks, in: tx)
    let payload = limits.values.reduce(Payload()) { $0.with($1.key, "\($1.value)") }
    try Ledger.append(
      "check.limits", about: .catalogue, 0, by: doer.actor, payload: payload, in: tx)
    return limits
  }

  // MARK: - In transactions of their own

  @discardableResult
  public func switchOff(
    _ rule: String, for organisation: ID<Organisation>?, because reason: String, until: Day? = nil,
    by doer: Doer
  ) async throws -> ID<RuleOff> {
    try await database.write { tx in
      try switchOff(rule, for: organisation, because: reason, until: until, by: doer, in: tx)
    }
  }

  public func switchOn(_ id: ID<RuleOff>, by doer: Doer) async throws {
    try await database.write { try switchOn(id, by: doer, in: $0) }
  }

  @discardableResult
  public func setLimits(_ text: String, by doer: Doer) async throws -> CheckLimits {
    try await database.write { try setLimits(text, by: doer, in: $0) }
  }

  private func known(_ id: ID<Organisation>, in tx: Transaction) throws -> Organisation {
    guard let organisation = try parties.value(in: tx)[id] else {
      throw Fault.invalid("organisation", "organisation.unknown", ["organisation": "\(id)"])
    }
    return organisation
  }

  private func require(_ organisation: Organisation?, _ doer: Doer) throws {
    guard Self.maySwitch(organisation, by: doer) else {
      throw Fault(.forbidden, "right.missing", ["right": Right.projectApprove.rawValue])
    }
  }

  /// The reason stays in its row, from which it can be erased.
  private func note(
    _ verb: String, _ rule: String, _ organisation: ID<Organisation>?, _ until: Day?,
    by doer: Doer, in tx: Transaction
  ) throws {
    try Edition.renew(.checks, in: tx)
    try Ledger.append(
      verb, about: organisation == nil ? .catalogue : .organisation, organisation?.raw ?? 0,
      by: doer.actor,
      payload: Payload().with("rule", rule).with("until", until?.description), in: tx)
  }
}

extension RuleOff {
  fileprivate func isAbout(_ rule: String, _ organisation: ID<Organisation>?) -> Bool {
    self.rule == rule && self.organisation == organisation
  }
}
