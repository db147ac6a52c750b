import Base
import City

/// What stands around every page: who is signed in, where they may go, how they like it shown.
struct Frame: Sendable {
  var language: Language = .chinese
  var theme: Theme = .system
  /// The time at which the page is made, and against which its clocks run.
  var now: Moment
  /// Nil before signing in.
  var person: Reader?
  /// The parts of the house that this person may enter, in order.
  var sections: [Section] = []
  /// Proof that a form comes from a page of ours; in every form as `csrf`.
  var csrf = ""
  /// The page itself, to come back to after a switch of language or theme.
  var here: SiteURL = .home
  /// Where the page hears of what changes in what it shows.
  var live: SiteURL?
  var notices: [Notice] = []
  /// A demonstration, said on every page so that nobody takes its cases for real ones.
  var isDemonstration = false
}

/// The person who is signed in.
struct Reader: Sendable {
  var name: String
  /// The codes of their roles.
  var roles: [String]
  var organisation: String
  /// Tells one person's kept drafts from another's at the same browser.
  var id: String
}

/// A sentence at the top of the page: what has just been done, or what to know.
struct Notice: Sendable, Composed {
  enum Tone: String, Sendable {
    case done, note, danger
  }

  var tone: Tone
  var text: Phrase

  init(tone: Tone, text: Phrase) {
    self.tone = tone
    self.text = text
  }

  /// What the reader has just done, by the code that was kept for it; nil for what is no such code.
  init?(done code: String) {
    tone = .done
    if code.hasPrefix("project-") {
      let act = String(code.dropFirst("project-".count))
      guard Self.projectActs.contains(act) else { return nil }
      text = .key("done.move", ["move": .coded(act, family: "project.move")])
      return
    }
    if ["rule-off", "rule-on", "check-limits", "absence", "absence-end", "hand-over"].contains(code)
    {
      text = .key("done.\(code)")
      return
    }
    guard code == "report" || CaseMove(rawValue: code) != nil else { return nil }
    text =
      code == "report"
      ? .key("done.report") : .key("done.move", ["move": .coded(code, family: "move")])
  }

  /// What is done with projects beside their moves.
  private static let projectActs = Set(
    ProjectMove.allCases.map(\.rawValue) + [
      "add", "copy", "import", "deadline", "sheet", "budget", "outside-score", "rectification",
    ])

  var parts: [String: any Shown] { ["tone": tone.rawValue, "text": text] }
}

enum Theme: String, CaseIterable, Sendable {
  /// As the device says.
  case system
  case light, dark

  /// What the cookie `theme` says.
  init(cookie: String?) { self = cookie.flatMap(Theme.init) ?? .system }
}

/// A part of the house with its place in the navigation.
enum Section: String, CaseIterable, Sendable {
  case desk, phone, dispatch, cases, new, figures, projects, rules, absences, ledger, areas

  var url: SiteURL {
    switch self {
    case .desk: .desk
    case .dispatch: .dispatch
    case .phone: .phone
    case .cases: .queue
    case .new: .fileCase
    case .figures: .figures
    case .projects: .projects
    case .rules: .checkRules
    case .absences: .absences
    case .ledger: .ledger
    case .areas: .importAreas
    }
  }
}

/// The frame as the layout reads it.
struct FrameView: Composed {
  let frame: Frame
  let section: Section?
  /// The addresses of the scripts and styles that the page needs and that are there.
  let map: [String: any Shown]?
  let chart: [String: any Shown]?

  var parts: [String: any Shown] {
    [
      "language": frame.language.rawValue, "theme": frame.theme.rawValue, "now": frame.now,
      "person": reader, "searches": frame.sections.contains(.cases),
      "sections": frame.sections.map(entry), "csrf": frame.csrf,
      "here": frame.here.description, "notices": frame.notices,
      "isDemonstration": frame.isDemonstration, "languages": languages, "themes": themes,
      "map": map, "chart": chart, "live": frame.live,
    ]
  }

  private var reader: [String: any Shown]? {
    frame.person.map {
      [
        "name": $0.name, "id": $0.id, "organisation": $0.organisation,
        "roles": Phrase.list($0.roles.map { .coded($0, family: "role") }),
      ]
    }
  }

  private func entry(_ entry: Section) -> [String: any Shown] {
    [
      "code": entry.rawValue, "url": entry.url, "isCurrent": entry == section,
      "label": Phrase.key("navigation.\(entry.rawValue)"),
    ]
  }

  private var languages: [[String: any Shown]] {
    Language.allCases.map {
      [
        "code": $0.rawValue, "label": Phrase.key($0.nameKey), "isCurrent": $0 == frame.language,
      ]
    }
  }

  private var themes: [[String: any Shown]] {
    Theme.allCases.map {
      [
        "code": $0.rawValue, "label": Phrase.key("theme.\($0.rawValue)"),
        "isCurrent": $0 == frame.theme,
      ]
    }
  }
}
