import City

/// What a check found, with its weight, what it rests on, and the part of the page it is about.
struct FindingView: Sendable {
  var severity: Finding.Severity
  var text: Phrase
  var basis: Phrase?
  /// The id of what it is about; nil for the form as a whole.
  var target: String?

  init(_ finding: Finding) {
    severity = finding.severity
    text = .finding(finding)
    basis = CheckRule.of(finding.code).map { .key("finding.basis.\($0.basis.rawValue)") }
    target = FormSpot(finding.place).id
  }
}

extension FindingView: Composed {
  var parts: [String: any Shown] {
    [
      "severity": severity.rawValue, "text": text, "basis": basis, "target": target,
      "weight": Phrase.key("finding.severity.\(severity.rawValue)"),
    ]
  }
}

/// The part of a page that a place of a form is shown in.
enum FormSpot: Hashable {
  case whole
  case field(Finding.Field)
  case budget
  case indicator(Int)
  case total

  init(_ place: Finding.Place) {
    switch place {
    case .form: self = .whole
    case .field(let field): self = .field(field)
    case .budget: self = .budget
    case .indicator(let index): self = .indicator(index)
    case .total: self = .total
    }
  }

  /// As addresses and scripts name it; nil of the whole.
  var id: String? {
    switch self {
    case .whole: nil
    case .field(let field): "at-\(field.rawValue)"
    case .budget: "at-budget"
    case .indicator(let index): "at-indicator-\(index)"
    case .total: "at-total"
    }
  }
}

extension Phrase {
  /// A finding with its figures; codes among them are worded.
  static func finding(_ finding: Finding) -> Phrase {
    .key(
      "finding.\(finding.sentence)",
      Dictionary(
        uniqueKeysWithValues: finding.arguments.map { name, value in
          (
            name,
            CheckRule.codedArguments.contains(name)
              ? .coded(value, family: "finding.\(name)") : .plain(value)
          )
        }))
  }

  /// Why so many points are proposed.
  static func proposal(_ proposal: ScoreProposal) -> Phrase {
    var arguments = proposal.arguments.mapValues { Phrase.plain($0) }
    arguments["percent"] = arguments["percent"] ?? .plain("—")
    switch proposal.expected {
    case .points(let points): arguments["points"] = .plain("\(points)")
    case .between(let low, let high): arguments["points"] = .plain("\(low)–\(high)")
    case .unknown: arguments["points"] = .plain("—")
    }
    return .key("score.why.\(proposal.why.rawValue)", arguments)
  }
}
