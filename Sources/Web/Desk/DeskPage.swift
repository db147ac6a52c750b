import Base

/// My desk: what waits for me, grouped by what I must do next, by clock.
struct DeskPage: Page {
  static let template = "desk"

  var counts: [Tally]
  var groups: [Group]
  /// Whether the reader has to do with cases at all.
  var hasCases = true
  /// So many are on the desk; the rest are on the projects' page.
  static let mostReminders = 12
  /// What the reader has to do in projects.
  var reminders: [ReminderView] = []
  var live: LiveTopic?
  /// One submission of the form that takes what is chosen.
  var submission = ""

  /// A number at the top that leads to its list.
  struct Tally: Sendable {
    enum Tone: String, Sendable {
      case plain, soon, danger
    }

    var label: Phrase
    var count: Int
    var url: SiteURL
    var tone: Tone
  }

  /// Cases that wait for the same act of mine, or that I hold for the same person.
  struct Group: Sendable {
    /// The act: `desk.act.<code>`.
    var act: String
    /// Who is away, for whom I hold them.
    var person: String?
    /// The first few, by clock.
    var cases: [CaseCard]
    var total: Int
    /// All of them, in the queue.
    var url: SiteURL

    /// Whether they are taken from here.
    var takes: Bool { act == "take" && person == nil }
  }

  var title: Phrase { .key("desk.title") }
  var section: Section? { .desk }
}

extension DeskPage {
  var parts: [String: any Shown] {
    [
      "counts": counts, "groups": groups, "hasCases": hasCases,
      "reminders": Array(reminders.prefix(Self.mostReminders)),
      "moreReminders": reminders.count > Self.mostReminders
        ? SiteURL.projects.with([("due", "soon")]) : nil,
      "isEmpty": groups.isEmpty && reminders.isEmpty, "act": SiteURL.makeBatch,
      "submission": groups.contains(where: \.takes) ? submission : nil,
    ]
  }
}

extension DeskPage.Tally: Composed {
  var parts: [String: any Shown] {
    // Nothing to worry about is not coloured.
    let tone = count == 0 ? DeskPage.Tally.Tone.plain : tone
    return [
      "label": label, "count": Phrase.count(count), "url": url, "tone": tone.rawValue,
    ]
  }
}

extension DeskPage.Group: Composed {
  var parts: [String: any Shown] {
    [
      "act": act,
      "heading": person.map { Phrase.key("desk.for", ["name": .plain($0)]) }
        ?? .key("desk.act.\(act)"), "cases": cases, "url": url,
      "total": Phrase.count(total),
      // Calls are made one after the other, at a desk of their own.
      "hasMore": total > cases.count || act == "call-back", "takes": takes,
      "lead": Phrase.key(person == nil ? "desk.act.\(act).lead" : "desk.for.lead"),
    ]
  }
}
