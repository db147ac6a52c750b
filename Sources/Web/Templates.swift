/// The templates of the pages in one language.
///
/// What does not change between two renderings is put in when they are loaded: parts and layouts,
/// and
///
///     {{t:case.title}}        a text of the locale; `{name}` in it becomes the value `{{name}}`
///     {{raw:clock.running}}   the same with its `{name}` as it is, for a script to fill in
///     {{icon:lock}}           a sign of the sprite
///     {{asset:app.css}}       the address of an asset
///
/// A key, a sign or an asset that is not there stops the loading, so that a test finds it.
struct Templates {
  /// Something a template names and nobody has.
  enum Gap: Error, Equatable {
    case text(key: String)
    case asset(name: String)
    case macro(String)
  }

  let wording: Wording
  let assets: AssetShelf

  /// The pages by name.
  /// - Parameter files: template sources by path, e.g. `Pages/desk.html`; those in folders are
  ///   parts of pages.
  func pages(_ files: [String: String]) throws -> [String: [Template.Token]] {
    var templates: [String: Template] = [:]
    for (path, source) in files where path.hasPrefix("Pages/") && path.hasSuffix(".html") {
      let name = String(path.dropFirst("Pages/".count).dropLast(".html".count))
      templates[name] = try Template(Self.trimmed(source))
    }
    var pages: [String: [Template.Token]] = [:]
    for (name, template) in templates where !name.contains("/") {
      let assembly = Assembly(templates: templates, expand: expanded)
      pages[name] = Self.merged(try assembly.tokens(template.tokens, within: [name], filling: [:]))
    }
    return pages
  }

  /// Without indentation, which serves only the people who edit.
  private static func trimmed(_ source: String) -> String {
    let lines = source.utf8.split(separator: UInt8(ascii: "\n"))
      .map { $0.drop { $0 == UInt8(ascii: " ") } }
      .filter { !$0.isEmpty }
    return String(decoding: Array(lines.joined(separator: "\n".utf8)), as: UTF8.self)
  }

  /// A macro's tokens; nil when the tag is the name of a value.
  private func expanded(_ path: [String]) throws -> [Template.Token]? {
    let tag = path.joined(separator: ".")
    guard let colon = tag.firstIndex(of: ":") else { return nil }
    let name = String(tag[tag.index(after: colon)...])
    switch tag[..<colon] {
    case "t":
      return try Template(text(name).replacing("{", with: "{{").replacing("}", with: "}}"))
        .tokens
    case "raw": return [.text(try text(name))]
    case "icon":
      guard assets.hasIcon(name) else { throw Gap.asset(name: name) }
      let use = "<use href=\"\(try address("icons.svg"))#\(name)\"/>"
      return [.text("<svg class=\"icon\" aria-hidden=\"true\">\(use)</svg>")]
    case "asset": return [.text(try address(name))]
    default: throw Gap.macro(tag)
    }
  }

  private func text(_ key: String) throws -> String {
    guard let text = wording.texts[key] else { throw Gap.text(key: key) }
    return SafeHTML.escaped(text)
  }

  private func address(_ asset: String) throws -> String {
    guard let url = assets.url(asset) else { throw Gap.asset(name: asset) }
    return url
  }

  /// Neighbouring texts as one.
  private static func merged(_ tokens: [Template.Token]) -> [Template.Token] {
    tokens.reduce(into: []) { merged, token in
      switch (merged.last, token) {
      case (.text(let before), .text(let text)): merged[merged.count - 1] = .text(before + text)
      case (_, .section(let path, let tokens)): merged.append(.section(path, Self.merged(tokens)))
      case (_, .given(let path, let tokens)): merged.append(.given(path, Self.merged(tokens)))
      case (_, .inverted(let path, let tokens)): merged.append(.inverted(path, Self.merged(tokens)))
      default: merged.append(token)
      }
    }
  }
}

/// Puts parts, layouts and macros in their places.
private struct Assembly {
  let templates: [String: Template]
  let expand: ([String]) throws -> [Template.Token]?

  /// - Parameters:
  ///   - within: the templates that are being put together, to notice a circle.
  ///   - filling: what stands in the blocks of a layout.
  func tokens(
    _ tokens: [Template.Token], within: [String], filling: [String: [Template.Token]]
  ) throws -> [Template.Token] {
    try tokens.flatMap { token -> [Template.Token] in
      switch token {
      case .text: return [token]
      case .value(let path): return try expand(path) ?? [token]
      case .section(let path, let inner):
        return [.section(path, try self.tokens(inner, within: within, filling: filling))]
      case .given(let path, let inner):
        return [.given(path, try self.tokens(inner, within: within, filling: filling))]
      case .inverted(let path, let inner):
        return [.inverted(path, try self.tokens(inner, within: within, filling: filling))]
      case .block(let name, let inner):
        return try filling[name] ?? self.tokens(inner, within: within, filling: filling)
      case .partial(let name): return try part(name, within: within, filling: filling)
      case .layout(let name, let blocks):
        let filled = try blocks.mapValues {
          try self.tokens($0, within: within, filling: filling)
        }
        return try part(name, within: within, filling: filled)
      }
    }
  }

  private func part(
    _ name: String, within: [String], filling: [String: [Template.Token]]
  ) throws -> [Template.Token] {
    guard let template = templates[name] else { throw Template.Flaw.unknownPart(name) }
    guard !within.contains(name) else { throw Template.Flaw.circle(name) }
    return try tokens(template.tokens, within: within + [name], filling: filling)
  }
}
