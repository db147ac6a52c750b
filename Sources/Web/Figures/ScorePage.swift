import Base
import City

/// What the composite score of one is put together from: each term, its figures, and their cases.
struct ScorePage: Page {
  static let template = "score"

  var rating: Phrase
  var name: String
  var ranking: SiteURL
  var period: Phrase
  var score: Phrase
  var rank: Phrase
  var notes: [Phrase]
  var terms: [Term]

  struct Term: Sendable {
    var name: Phrase
    var formula: String
    var points: Phrase
    /// Why it has none.
    var reason: Phrase?
    var inputs: [Input]
  }

  /// A figure or measure that a term asks for.
  struct Input: Sendable {
    var name: Phrase
    var value: Phrase
    /// The cases that count, and those that it is out of.
    var part: FiguresPage.Part?
    var whole: FiguresPage.Part?
  }

  var title: Phrase { .key("rankings.score.title", ["name": .plain(name), "score": rating]) }
  var section: Section? { .figures }

  var parts: [String: any Shown] {
    [
      "rating": rating, "name": name, "ranking": ranking, "period": period,
      "headline": Phrase.key("rankings.score.title", ["name": rating, "score": score]),
      "rank": rank, "notes": notes, "terms": terms,
    ]
  }
}

extension ScorePage.Term: Composed {
  var parts: [String: any Shown] {
    [
      "name": name, "formula": formula, "points": points, "reason": reason, "inputs": inputs,
    ]
  }
}

extension ScorePage.Input: Composed {
  var parts: [String: any Shown] {
    ["name": name, "value": value, "part": part, "whole": whole]
  }
}
