/// Puts values into a template whose parts and layout have been put together.
struct TemplateWriter {
  private(set) var html = ""
  /// The values at hand, the innermost last.
  private var stack: [Showing]

  init(_ page: Showing) {
    stack = [page]
    html.reserveCapacity(65_536)
  }

  mutating func write(_ tokens: [Template.Token]) {
    for token in tokens {
      switch token {
      case .text(let text): html += text
      case .value(let path):
        if case .text(let text) = find(path) { SafeHTML.append(text, to: &html) }
      case .section(let path, let tokens): write(tokens, for: find(path))
      case .given(let path, let tokens): if !find(path).isNothing { write(tokens) }
      case .inverted(let path, let tokens): if find(path).isNothing { write(tokens) }
      // Put together when the templates are loaded.
      case .partial, .layout, .block: continue
      }
    }
  }

  private mutating func write(_ tokens: [Template.Token], for value: Showing) {
    switch value {
    case .list(let items): for item in items { write(tokens, with: item) }
    case .flag(true): write(tokens)
    case .node, .text: if !value.isNothing { write(tokens, with: value) }
    case .absent, .flag(false): return
    }
  }

  private mutating func write(_ tokens: [Template.Token], with value: Showing) {
    stack.append(value)
    write(tokens)
    stack.removeLast()
  }

  /// The first name is looked for from the inside out; what is known to be absent ends the search.
  private func find(_ path: [String]) -> Showing {
    guard let first = path.first else { return stack.last ?? .absent }
    for case .node(let children) in stack.reversed() {
      guard var found = children[first] else { continue }
      for name in path.dropFirst() {
        guard case .node(let children) = found else { return .absent }
        found = children[name] ?? .absent
      }
      return found
    }
    return .absent
  }
}

extension Showing {
  fileprivate var isNothing: Bool {
    switch self {
    case .absent, .flag(false): true
    case .text(let text): text.isEmpty
    case .list(let items): items.isEmpty
    case .node, .flag(true): false
    }
  }
}
