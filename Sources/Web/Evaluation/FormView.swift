import Base
import City

/// A self-evaluation form as its pages show it, with what is known of each indicator beside it.
struct FormView: Sendable {
  var form: EvaluationForm
  var findings: [Finding] = []
  /// Of each indicator, in their order; empty where nothing is known.
  var notes: [Note] = []
  /// Whether findings are shown.
  var isChecked = true

  /// What stands with one indicator.
  struct Note: Sendable {
    var origin: Phrase?
    var files: [FileLink] = []
    var comments: [Said] = []
    var proposal: ScoreProposal?
    /// What it says otherwise than the approved targets.
    var notices: [YearNotice] = []
    /// How its target was changed in the year.
    var changes: [Phrase] = []
  }

  /// A file of evidence.
  struct FileLink: Sendable {
    var name: String
    var size: Int
    var url: SiteURL
  }

  /// What somebody said, and with which move.
  struct Said: Sendable {
    var author: String
    var at: Moment
    var words: String
    var move: String?
  }

  func findings(at spot: FormSpot) -> [FindingView] {
    findings.filter { FormSpot($0.place) == spot }.map(FindingView.init)
  }
}

extension FormView: Composed {
  var parts: [String: any Shown] {
    [
      "project": form.project, "department": form.department, "unit": form.unit,
      "year": form.year.map(String.init), "moneyUnit": form.moneyUnit?.rawValue,
      "goal": form.goal, "result": form.result, "totalWeight": form.total.weight.text,
      "totalScore": form.total.score.text, "grade": form.grade, "budget": budget,
      "indicators": lines, "budgetFindings": findings(at: .budget),
      "goalFindings": findings(at: .field(.goal)), "resultFindings": findings(at: .field(.result)),
      "totalFindings": findings(at: .total) + findings(at: .field(.grade)),
      "headFindings": [
        FormSpot.whole, .field(.year), .field(.project), .field(.department), .field(.unit),
        .field(.moneyUnit),
      ].flatMap { findings(at: $0) },
    ]
  }

  private var budget: [[String: any Shown]] {
    EvaluationBudgetRow.Name.allCases.each { name in
      let row = form.budget[name]
      return [
        "label": Phrase.key("budget.row.\(name.rawValue)"), "isTotal": name == .total,
        "opening": row.opening.text, "adjusted": row.adjusted.text, "executed": row.executed.text,
        "weight": row.weight.text, "rate": row.rate.text, "score": row.score.text,
      ]
    }
  }

  private var lines: [[String: any Shown]] {
    form.indicators.enumerated().each { index, cells in
      let note = notes.indices.contains(index) ? notes[index] : nil
      return [
        "spot": FormSpot.indicator(index).id, "level1": cells.level1, "level2": cells.level2,
        "name": cells.name, "target": cells.target, "actual": cells.actual,
        "points": cells.weight.text, "score": cells.score.text, "reason": cells.reason,
        "isLow": (cells.score.value ?? 0) < (cells.weight.value ?? 0),
        "findings": findings(at: .indicator(index)), "origin": note?.origin,
        "files": note?.files ?? [], "comments": note?.comments ?? [],
        "proposal": note?.proposal.map { Phrase.proposal($0) },
        "notices": (note?.notices ?? []).map(NoticeView.init),
        "changes": (note?.changes ?? []).each { ["text": $0] },
      ]
    }
  }
}

extension FormView.FileLink: Composed {
  var parts: [String: any Shown] { ["name": name, "size": Phrase.size(size), "url": url] }
}

extension FormView.Said: Composed {
  var parts: [String: any Shown] {
    [
      "author": author, "at": at, "words": words,
      "move": move.map { Phrase.either(["project.move.\($0)", "sheet.move.\($0)"]) },
    ]
  }
}
