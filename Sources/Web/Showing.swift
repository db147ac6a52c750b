import Base

/// What templates read: a page's values in one language.
enum Showing: Sendable, Equatable {
  case absent
  case text(String)
  case flag(Bool)
  case list([Showing])
  case node([String: Showing])

  static func node(_ children: [String: any Shown], _ wording: Wording) -> Showing {
    .node(children.mapValues { $0.shown(in: wording) })
  }
}

/// Something that a template can show.
protocol Shown {
  func shown(in wording: Wording) -> Showing
}

/// A value that a template reads by the names of its parts.
protocol Composed: Shown {
  var parts: [String: any Shown] { get }
}

extension Composed {
  func shown(in wording: Wording) -> Showing { .node(parts, wording) }
}

extension Showing: Shown {
  func shown(in wording: Wording) -> Showing { self }
}

extension String: Shown {
  func shown(in wording: Wording) -> Showing { .text(self) }
}

extension Bool: Shown {
  func shown(in wording: Wording) -> Showing { .flag(self) }
}

extension Optional: Shown where Wrapped: Shown {
  func shown(in wording: Wording) -> Showing { self?.shown(in: wording) ?? .absent }
}

extension Array: Shown where Element: Shown {
  func shown(in wording: Wording) -> Showing { .list(map { $0.shown(in: wording) }) }
}

extension Sequence {
  /// What a template sees of each element.
  func each(_ parts: (Element) -> [String: any Shown]) -> [[String: any Shown]] { map(parts) }
}

extension Dictionary: Shown where Key == String, Value == any Shown {
  func shown(in wording: Wording) -> Showing { .node(self, wording) }
}

extension Phrase: Shown {
  func shown(in wording: Wording) -> Showing { .text(wording.text(self)) }
}

extension Moment: Shown {
  /// The time as people read it, without its year where the year is plain, and as machines do.
  func shown(in wording: Wording) -> Showing {
    let text = wording.text(self)
    return .node([
      "text": .text(text), "short": .text(String(text.dropFirst(5))), "iso": .text(description),
    ])
  }
}

extension SiteURL: Shown {
  func shown(in wording: Wording) -> Showing { .text(description) }
}
