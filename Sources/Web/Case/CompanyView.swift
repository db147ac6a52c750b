import Base
import City

/// The cases that belong to the one that a page shows.
struct CompanyView: Sendable {
  var links: [Linked] = []
  /// How many more there are that this reader may not see.
  var hidden = 0
  /// Those that are part of this one.
  var merged: [Merged] = []
  /// Opens the callers of the merged ones, where the page has no other way to.
  var opening: Form?

  /// Another case, and how it belongs to this one.
  struct Linked: Sendable {
    /// `linked.<code>`: `related`, `repeats`, `repeated`.
    var relation: String
    var line: CaseCard
    /// Takes the link back; nil for those who may not.
    var unlinking: Form?
  }

  /// A case that went on as part of this one, with its caller and its files.
  struct Merged: Sendable {
    var line: CaseCard
    /// Whether its own page may be read.
    var isRead: Bool
    /// Masked, unless they have just been opened.
    var caller: [CasePage.Fact] = []
    var photos: [CasePage.Photo] = []
  }

  var hasLinks: Bool { !links.isEmpty || hidden > 0 }
  var isEmpty: Bool { !hasLinks && merged.isEmpty }
}

extension CompanyView: Composed {
  var parts: [String: any Shown] {
    [
      "links": links, "hidden": hidden == 0 ? nil : Phrase.count(hidden), "hasLinks": hasLinks,
      "merged": merged, "opening": opening,
    ]
  }
}

extension CompanyView.Linked: Composed {
  var parts: [String: any Shown] {
    ["relation": Phrase.key("linked.\(relation)"), "line": line, "unlinking": unlinking]
  }
}

extension CompanyView.Merged: Composed {
  var parts: [String: any Shown] {
    ["line": line, "isRead": isRead, "caller": caller, "photos": photos]
  }
}

extension CasePageBuilder {
  /// Nil where no other case belongs to it.
  var company: CompanyView? {
    var view = CompanyView()
    view.hidden = detail.company.hiddenLinks
    view.links = detail.company.links.map { linked in
      let unlinking = allowed.contains(.unlink) ? forms.unlink(from: linked.line.number) : nil
      return CompanyView.Linked(
        relation: relation(linked), line: around.card(linked.line), unlinking: unlinking)
    }
    view.merged = detail.company.merged.map(merged)
    let isMasked = detail.company.merged.contains {
      $0.reporter != nil && opened[$0.line.id] == nil
    }
    if detail.parts.reporter == nil, isMasked, doer.holds(.personalRead) {
      view.opening = forms.openReporter()
    }
    return view.isEmpty ? nil : view
  }

  private func merged(_ merged: CaseCompany.Merged) -> CompanyView.Merged {
    let shown = opened[merged.line.id] ?? merged.reporter?.masked
    return CompanyView.Merged(
      line: around.card(merged.line), isRead: merged.isRead, caller: shown.map(facts) ?? [],
      photos: merged.attachments.map(photo))
  }

  private func relation(_ linked: CaseCompany.Linked) -> String {
    switch linked.relation {
    case .related: "related"
    case .repeat: linked.isEarlier ? "repeats" : "repeated"
    }
  }

  /// Another case in a sentence: its number, where this reader may see it.
  func named(_ other: String) -> Phrase {
    ID<Case>(other).flatMap { detail.company.numbers[$0] }.map(Phrase.plain)
      ?? .key("case.another")
  }
}
