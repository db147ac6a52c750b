import Base
import City

/// All rules of checking with what they rest on, which are switched off where, and the limits.
struct RulesPage: Page {
  static let template = "rules"

  var offs: [Off] = []
  var limits: CheckLimits = CheckLimits()
  /// Whether the limits are an installation's own.
  var hasOwnLimits = false
  var errors: ErrorSummary?
  /// For those who may.
  var offForm: Form?
  var limitsForm: Form?

  /// A rule that is switched off somewhere.
  struct Off: Sendable {
    var id: String
    var rule: String
    /// Nil for all.
    var organisation: String?
    var reason: String
    var until: Day?
    /// Its last day is over.
    var isPast = false
    var by: String
    var at: Moment
    var mayLift = false
  }

  var title: Phrase { .key("rules.title") }
  var section: Section? { .projects }
}

extension RulesPage {
  var parts: [String: any Shown] {
    [
      "list": SiteURL.projects, "errors": errors, "offForm": offForm, "limitsForm": limitsForm,
      "on": SiteURL.switchRuleOn, "hasOwnLimits": hasOwnLimits,
      "count": Phrase.count(CheckRule.all.count), "offs": offs.map(line),
      "limits": limits.values.each { limit in
        [
          "key": limit.key, "value": "\(limit.value)",
          "what": Phrase.key("rules.limit.\(limit.key)"),
        ]
      },
      "groups": CheckRule.Group.allCases.each { group in
        [
          "name": Phrase.key("rules.group.\(group.rawValue)"),
          "rules": CheckRule.all.filter { $0.group == group }.each(row),
        ]
      },
    ]
  }

  private func row(_ rule: CheckRule) -> [String: any Shown] {
    [
      "code": rule.code, "severity": rule.severity.rawValue,
      "weight": Phrase.key("finding.severity.\(rule.severity.rawValue)"),
      "what": Phrase.key("rule.\(rule.code)"),
      "basis": Phrase.key("finding.basis.\(rule.basis.rawValue)"),
      "isOff": offs.contains { $0.rule == rule.code && !$0.isPast },
    ]
  }

  private func line(_ off: Off) -> [String: any Shown] {
    [
      "id": off.id, "code": off.rule, "what": Phrase.key("rule.\(off.rule)"),
      "where": off.organisation.map { Phrase.plain($0) } ?? .key("rules.off.everywhere"),
      "reason": off.reason, "until": off.until?.description, "isPast": off.isPast, "by": off.by,
      "at": off.at, "mayLift": off.mayLift,
    ]
  }
}

extension Form {
  /// - Parameters:
  ///   - owners: for whose subtrees the reader may switch rules.
  ///   - everywhere: whether for all too.
  static func ruleOff(_ owners: [Organisation], everywhere: Bool) -> Form {
    Form(
      "off", to: .switchRuleOff,
      [
        .select(
          "rule", "rules.rule",
          CheckRule.all.map { .init(value: $0.code, label: .key("rule.\($0.code)")) },
          required: true),
        .select(
          "organisation", "rules.organisation",
          owners.map { .init(value: $0.id.description, label: .plain($0.name)) },
          required: !everywhere, nothing: everywhere ? "rules.off.everywhere" : nil,
          hint: "rules.organisation.hint"),
        .area("reason", "rules.reason", required: true, rows: 2, hint: "rules.reason.hint"),
        .line("until", "rules.until", .init(kind: .date), hint: "rules.until.hint"),
      ], submit: .key("rules.off.do"))
  }

  /// - Parameter text: the limits as YAML.
  static func checkLimits(_ text: String) -> Form {
    Form(
      "limits", to: .checkLimits,
      [.area("text", "rules.limits.text", text, rows: 18, hint: "rules.limits.hint")],
      submit: .key("rules.limits.do"), weight: .plain)
  }
}
