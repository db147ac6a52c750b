import Base
import City

/// One project: its form with findings and evidence, what may be done, what has been said.
struct ProjectPage: Page {
  static let template = "project"

  var name: String
  var year: Int
  var organisation: String
  var state: ProjectState
  var due: Day?
  /// The step that is due then.
  var duePhase: ProjectPhase?
  var isOverdue = false
  var view: FormView
  var moves: [Move] = []
  var errors: ErrorSummary?
  var editURL: SiteURL?
  var publicURL: SiteURL?
  var printURL: SiteURL?
  var compareURL: SiteURL?
  var yearsURL: SiteURL
  var attachForm: Form?
  var copyForm: Form?
  var files: [FormView.FileLink] = []
  var comments: [FormView.Said] = []
  var changes: [Change] = []
  var versions: [Version] = []
  var parent: Link?
  var children: [Link] = []
  var source: String?
  /// What could not be placed when it was read in.
  var unplaced: [UnplacedText] = []
  /// Findings of rules that are switched off here.
  var muted: [Muted] = []

  struct Muted: Sendable {
    var finding: FindingView
    var reason: String
    var by: String
    var until: Day?
  }

  var life: LifeView?
  var notices: [YearNotice] = []
  var budgetURL: SiteURL?
  /// What its parts have, beside what it has itself.
  var partRows: [PartRow] = []
  var scores: [Score] = []
  var scoreForm: Form?
  var isScoreOpen = false
  var items: [Item] = []

  struct PartRow: Sendable {
    var link: Link?
    var label: Phrase
    var budget: [String]
  }

  /// A score from outside.
  struct Score: Sendable {
    var kind: OutsideScore.Kind
    var giver: String
    var text: Phrase
    var day: Day
    var about: String?
    var words: String
    var file: FormView.FileLink?
  }

  /// Something to be put right.
  struct Item: Sendable {
    var id: ID<Rectification>
    var what: String
    var responsible: String
    var due: DueDay
    var isOverdue = false
    var doneOn: Day?
    var doneWords = ""
    var doneBy = ""
    var form: Form?
    var isOpen = false
  }

  struct Link: Sendable {
    var name: String
    var url: SiteURL
  }

  struct Move: Sendable {
    var code: String
    var label: Phrase
    var lead: Phrase
    var form: Form
    var isOpen = false

    init(code: String, label: Phrase, lead: Phrase, form: Form) {
      (self.code, self.label, self.lead, self.form) = (code, label, lead, form)
    }

    init(move: ProjectMove, form: Form) {
      self.init(
        code: move.rawValue, label: .key("project.move.\(move.rawValue)"),
        lead: .key("project.move.\(move.rawValue).lead"), form: form)
    }
  }

  struct Change: Sendable {
    var row: EvaluationBudgetRow.Name
    var column: EvaluationBudgetRow.Column
    var before: String
    var after: String
    var reason: String
    var day: Day
    var by: String
    var origin = FigureOrigin.typed
  }

  struct Version: Sendable {
    var number: Int
    var by: String
    var at: Moment
    var total: String
  }

  private var wasSubmitted: Bool { !versions.isEmpty }

  var title: Phrase { .plain(name) }
  var section: Section? { .projects }
}

extension ProjectPage {
  var parts: [String: any Shown] {
    let counts = Dictionary(grouping: view.findings, by: \.severity).mapValues(\.count)
    return [
      "name": name, "year": String(year), "organisation": organisation,
      "list": SiteURL.projects.with([("year", String(year))]), "state": state.rawValue,
      "stateLabel": Phrase.key("project.state.\(state.rawValue)"), "due": due?.description,
      "phase": (duePhase ?? state.awaited).map { Phrase.key("project.phase.\($0.rawValue)") },
      "isOverdue": isOverdue, "view": view, "moves": moves, "errors": errors, "edit": editURL,
      "print": printURL.map { PrintLinks(url: $0) },
      "publicURL": publicURL, "compare": compareURL, "years": yearsURL, "attach": attachForm,
      "copy": copyForm, "files": files, "comments": comments, "source": source,
      "doubts": unplaced.map { UnplacedView(piece: $0) },
      "doubtCount": Phrase.count(unplaced.count), "isDoubtOpen": state == .draft && !wasSubmitted,
      "parent": parent, "children": children,
      "counts": Finding.Severity.allCases.each {
        [
          "severity": $0.rawValue, "isNone": counts[$0] == nil,
          "tally": Phrase.counted("tally.\($0.rawValue)", counts[$0] ?? 0),
        ]
      },
      "findings": view.findings.map(FindingView.init),
      "changes": changes.each {
        [
          "what": Phrase.list([
            .key("budget.row.\($0.row.rawValue)"), .key("budget.column.\($0.column.rawValue)"),
          ]), "before": $0.before.isEmpty ? "—" : $0.before,
          "after": $0.after.isEmpty ? "—" : $0.after, "reason": $0.reason,
          "day": $0.day.description, "by": $0.by,
          "origin": $0.origin == .computed ? Phrase.key("budget.origin.computed") : nil,
        ]
      },
      "mutedCount": Phrase.count(muted.count), "rules": SiteURL.checkRules,
      "muted": muted.each {
        [
          "severity": $0.finding.severity.rawValue, "text": $0.finding.text,
          "weight": Phrase.key("finding.severity.\($0.finding.severity.rawValue)"),
          "why": Phrase.key(
            $0.until == nil ? "rules.off.because" : "rules.off.because.until",
            [
              "reason": .plain($0.reason), "who": .plain($0.by),
              "until": .plain($0.until?.description ?? ""),
            ]),
        ]
      },
      "life": life, "notices": notices.filter { !$0.isOfIndicator }.map(NoticeView.init),
      "budgetURL": budgetURL, "partRows": partRows, "scores": scores, "scoreForm": scoreForm,
      "isScoreOpen": isScoreOpen, "items": items,
      "versions": versions.each {
        ["number": String($0.number), "by": $0.by, "at": $0.at, "total": $0.total]
      },
    ]
  }

  /// A form of a move as it came back.
  mutating func put(_ fault: Fault, typed: [String: [String]], in move: ProjectMove) {
    guard let index = moves.firstIndex(where: { $0.code == move.rawValue }) else { return }
    // What is missing of the form itself is named as its editor names it.
    errors = ErrorSummary(fault, in: moves[index].form) { .projectFault($0) }
    moves[index].form = moves[index].form.returned(fault, typed: typed)
    for other in moves.indices { moves[other].isOpen = other == index }
  }
}

extension ProjectPage.Link: Composed {
  var parts: [String: any Shown] { ["name": name, "url": url] }
}

extension ProjectPage.Move: Composed {
  var parts: [String: any Shown] {
    [
      "code": code, "form": form, "isOpen": isOpen, "label": label, "lead": lead,
    ]
  }
}
