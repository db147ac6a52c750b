import Base
import City

/// Somebody was faster: what has changed since, and what was typed, so that nothing is lost.
struct ConflictPage: Page {
  static let template = "conflict"

  var line: CaseCard
  /// What the reader wanted to do.
  var move: CaseMove
  /// The entries since the revision that the reader saw, newest first.
  var changes: [CasePage.Event]
  /// What was typed, to be copied.
  var typed: [CasePage.Fact]
  /// What stood in the way, where that is not just that somebody was faster.
  var why: Phrase?

  var title: Phrase { .key("conflict.title") }
  var section: Section? { .cases }
}

extension ConflictPage {
  var parts: [String: any Shown] {
    [
      "line": line, "wanted": Phrase.key("move.\(move.rawValue)"), "timeline": changes,
      "typed": typed, "why": why,
    ]
  }
}
