/// A rule of checking: what its findings are called, how heavy they are, what they rest on.
public struct CheckRule: Equatable, Sendable {
  /// What a rule looks at: sums and scores, what reviewers ask, texts, several forms together.
  public enum Group: String, Sendable, CaseIterable, Codable {
    case sums, review, text, across
  }

  /// What a rule rests on; worded as `finding.basis.<basis>`.
  public enum Basis: String, Sendable, CaseIterable, Codable {
    /// The form's own figures or words contradict each other.
    case form
    /// 财政部《项目支出绩效评价管理办法》（财预〔2020〕10号）.
    case measures
    /// What reviewers of such forms ask; no rule of law.
    case practice
  }

  public let code: String
  public let severity: Finding.Severity
  public let group: Group
  public let basis: Basis

  init(_ code: String, _ severity: Finding.Severity, _ group: Group, _ basis: Basis) {
    self.code = code
    self.severity = severity
    self.group = group
    self.basis = basis
  }

  public static let all: [CheckRule] = [
    CheckRule("budget.sources-do-not-add-up", .error, .sums, .form),
    CheckRule("budget.executed-over-adjusted", .error, .sums, .form),
    CheckRule("budget.rate-misstated", .error, .sums, .form),
    CheckRule("budget.score-misstated", .error, .sums, .measures),
    CheckRule("budget.money-unit-doubtful", .warning, .sums, .form),
    CheckRule("figure.unreadable", .warning, .sums, .form),
    CheckRule("weights.do-not-add-up", .error, .sums, .measures),
    CheckRule("total.misstated", .error, .sums, .measures),
    CheckRule("grade.misstated", .error, .sums, .measures),
    CheckRule("score.over-weight", .error, .sums, .form),
    CheckRule("score.off-ratio", .warning, .sums, .measures),
    CheckRule("score.full-though-missed", .error, .sums, .measures),
    CheckRule("score.deducted-without-reason", .warning, .review, .measures),
    CheckRule("score.deducted-though-met", .warning, .review, .measures),
    CheckRule("budget.low-execution-all-met", .warning, .review, .practice),
    CheckRule("budget.adjusted-to-executed", .warning, .review, .practice),
    CheckRule("budget.large-change-unexplained", .warning, .review, .practice),
    CheckRule("budget.no-opening", .remark, .review, .practice),
    CheckRule("indicator.weight-concentrated", .warning, .review, .practice),
    CheckRule("indicator.weight-zero", .warning, .review, .practice),
    CheckRule("indicator.duplicate", .warning, .review, .practice),
    CheckRule("indicator.compound", .warning, .review, .practice),
    CheckRule("indicator.misplaced", .warning, .review, .practice),
    CheckRule("indicator.unit-doubtful", .warning, .review, .practice),
    CheckRule("indicator.target-not-measurable", .remark, .review, .practice),
    CheckRule("indicator.target-far-exceeded", .warning, .review, .measures),
    CheckRule("indicator.bounds-met-to-the-dot", .remark, .review, .practice),
    CheckRule("indicator.contradicts-budget", .warning, .review, .form),
    CheckRule("indicator.leap-year", .warning, .review, .form),
    CheckRule("indicator.scope-outgrown", .warning, .review, .practice),
    CheckRule("structure.part-missing", .warning, .review, .measures),
    CheckRule("result.repeats-goal", .warning, .text, .practice),
    CheckRule("result.uninformative", .warning, .text, .practice),
    CheckRule("result.contradicts-indicator", .warning, .text, .form),
    CheckRule("result.part-year", .warning, .text, .practice),
    CheckRule("result.sum-does-not-add-up", .error, .text, .form),
    CheckRule("period.outside-year", .warning, .text, .practice),
    CheckRule("text.numbering-skips", .remark, .text, .form),
    CheckRule("text.unreadable", .warning, .text, .form),
    CheckRule("tree.parent-of", .remark, .across, .form),
    CheckRule("tree.indicator-differs", .warning, .across, .form),
    CheckRule("tree.same-form", .remark, .across, .form),
    CheckRule("tree.not-searched", .remark, .across, .practice),
    CheckRule("weights.off-guide", .remark, .across, .measures),
    CheckRule("structure.level-missing", .remark, .across, .measures),
  ]

  /// Arguments of findings whose values are codes, worded as `finding.<argument>.<value>`; all others
  /// are shown as they are.
  public static let codedArguments: Set<String> = ["column", "row", "field", "reason", "kind"]

  private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

  /// The rule with this code; nil when there is none.
  public static func of(_ code: String) -> CheckRule? { byCode[code] }
}

extension Finding {
  /// The key of its sentence after `finding.`: its code, and `.projects` behind it where forms that
  /// stand in no file are named, since these have a project and no number.
  public var sentence: String {
    switch code {
    case "tree.parent-of" where arguments["children"] == nil,
      "tree.indicator-differs" where arguments["child"] == nil:
      code + ".projects"
    default: code
    }
  }

  /// With the severity of its rule.
  init(_ code: String, at place: Place, _ arguments: [String: String] = [:]) {
    self.init(code, CheckRule.of(code)?.severity ?? .remark, at: place, arguments)
  }
}
