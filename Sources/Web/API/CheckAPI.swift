import Base
import City
import Hummingbird

/// The rules of checking over JSON: what they are, which are switched off where, and the limits.
struct CheckAPI {
  let site: Site

  private var desk: CheckDesk { site.centre.projects.checks }

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1/evaluation")
    api.get("/rules", use: rules)
    api.post("/rules/off", use: switchOff)
    api.delete("/rules/off/{id}", use: switchOn)
    api.put("/limits", use: setLimits)
  }

  @Sendable private func rules(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    let parties = try await site.centre.parties.value(from: site.centre.database)
    let policy = try await site.centre.database.read { try desk.policy(by: doer, in: $0) }
    return try Answer.json(CheckPolicyOut(policy, in: parties, site.renderer))
  }

  @Sendable private func switchOff(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let asked = try Body.decode(RuleOffIn.self, from: try await Body.read(request))
    let parties = try await site.centre.parties.value(from: site.centre.database)
    let organisation = try asked.organisation.map { code in
      guard let found = parties.organisation(code: code) else {
        throw Fault.invalid(
          "organisation", "organisation.unknown", ["organisation": String(code.prefix(64))])
      }
      return found.id
    }
    let until = try asked.until.map { text in
      guard let day = Day(written: text) else {
        throw Fault.invalid("until", "value.day", ["value": String(text.prefix(32))])
      }
      return day
    }
    try await desk.switchOff(
      asked.rule, for: organisation, because: asked.reason, until: until, by: doer)
    let policy = try await site.centre.database.read { try desk.policy(by: doer, in: $0) }
    return try Answer.json(
      CheckPolicyOut(policy, in: parties, site.renderer), status: .created)
  }

  @Sendable private func switchOn(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: RuleOff.self)
    try await desk.switchOn(id, by: doer)
    return Answer.nothing
  }

  @Sendable private func setLimits(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let asked = try Body.decode(CheckLimitsIn.self, from: try await Body.read(request))
    let limits = try await desk.setLimits(asked.text, by: doer)
    return try Answer.json(CheckLimitsOut(limits))
  }
}

/// A rule to be switched off. No `organisation` stands for all of them.
struct RuleOffIn: JSONBody {
  let rule: String
  let organisation: String?
  let reason: String
  let until: String?

  static let keys: Set<String> = ["rule", "organisation", "reason", "until"]
  static let expected: [String: JSONExpected] = [:]
}

/// Limits as YAML; an empty text brings back those that ship.
struct CheckLimitsIn: JSONBody {
  let text: String

  static let keys: Set<String> = ["text"]
  static let expected: [String: JSONExpected] = [:]
}

/// The limits by their keys, as decimal strings.
struct CheckLimitsOut: Encodable {
  let limits: [String: String]

  init(_ limits: CheckLimits) {
    self.limits = Dictionary(
      limits.values.map { ($0.key, "\($0.value)") }, uniquingKeysWith: { $1 })
  }
}

/// All rules in words, with what is switched off.
struct CheckPolicyOut: Encodable {
  struct Rule: Encodable {
    let code: String
    let severity: String
    let group: String
    let basis: String
    let words: [String: String]
  }

  struct Off: Encodable {
    let id: String
    let rule: String
    /// A code; null for all.
    let organisation: String?
    let reason: String
    let until: String?
    let by: String?
    let at: Moment

    func encode(to encoder: any Encoder) throws {
      enum Key: CodingKey { case id, rule, organisation, reason, until, by, at }
      var values = encoder.container(keyedBy: Key.self)
      try values.encode(id, forKey: .id)
      try values.encode(rule, forKey: .rule)
      try values.encode(organisation, forKey: .organisation)
      try values.encode(reason, forKey: .reason)
      try values.encode(until, forKey: .until)
      try values.encode(by, forKey: .by)
      try values.encode(at, forKey: .at)
    }
  }

  let rules: [Rule]
  let off: [Off]
  let limits: [String: String]

  init(_ policy: CheckPolicy, in parties: PartyMap, _ renderer: Renderer) {
    rules = CheckRule.all.map { rule in
      let words = Language.allCases.map { ($0.rawValue, renderer.wording($0).rule(rule.code)) }
      return Rule(
        code: rule.code, severity: rule.severity.rawValue, group: rule.group.rawValue,
        basis: rule.basis.rawValue, words: Dictionary(words, uniquingKeysWith: { $1 }))
    }
    off = policy.offs.map { off in
      Off(
        id: off.id.description, rule: off.rule,
        organisation: off.organisation.flatMap { parties[$0]?.code }, reason: off.reason,
        until: off.until?.description, by: off.by?.description, at: off.at)
    }
    limits = CheckLimitsOut(policy.limits).limits
  }
}
