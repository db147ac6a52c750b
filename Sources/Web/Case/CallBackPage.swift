import Base
import City

/// The call-back desk: who is to be called, and the one who is being called, with what to ask.
struct CallBackPage: Page {
  static let template = "call-backs"

  /// By clock; the one that is being called is among them.
  var lines: [Line]
  var total: Int
  var call: Call?

  struct Line: Sendable {
    var card: CaseCard
    var url: SiteURL
    var isChosen: Bool
  }

  /// The case whose reporter is called.
  struct Call: Sendable {
    var card: CaseCard
    var description: String
    /// Masked, unless they have just been opened.
    var person: CasePage.Person?
    /// What was fed back, the latest first.
    var results: [CasePage.Event]
    /// How often nobody answered.
    var missed: Int
    var form: Form
    var missing: Form
    var errors: ErrorSummary?
  }

  var title: Phrase { .key("call-backs.title") }
  var section: Section? { .desk }
}

extension CallBackPage {
  var parts: [String: any Shown] {
    [
      "lines": lines, "call": call, "total": Phrase.count(total), "isEmpty": lines.isEmpty,
      "more": total > lines.count
        ? Phrase.key("call-backs.more", ["count": .count(total - lines.count)]) : nil,
    ]
  }
}

extension CallBackPage.Line: Composed {
  var parts: [String: any Shown] { ["line": card, "address": url, "isChosen": isChosen] }
}

extension CallBackPage.Call: Composed {
  var parts: [String: any Shown] {
    [
      "line": card, "description": description, "person": person,
      "results": results, "form": form, "missing": missing, "errors": errors,
      "script": Phrase.key(
        "call-backs.script", ["when": .moment(card.reportedAt), "title": .plain(card.title)]),
      "missed": missed == 0 ? nil : Phrase.key("call-backs.missed", ["count": .count(missed)]),
    ]
  }
}
