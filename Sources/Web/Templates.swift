import Mustache

/// The templates of the pages in one language.
///
/// What does not change between two renderings is put in when a template is loaded:
///
///     {{t:case.title}}      a text of the locale; `{name}` in it becomes the variable `{{name}}`
///     {{raw:clock.running}} the same with its `{name}` as it is, for a script to fill in
///     {{icon:lock}}         a sign of the sprite
///     {{asset:app.css}}     the address of an asset
///
/// A key, a sign or an asset that is not there stops the loading, so that a test finds it.
struct Templates {
  /// Something a template names and nobody has.
  enum Gap: Error, Equatable {
    case text(key: String, template: String)
    case asset(name: String, template: String)
    case macro(String, template: String)
  }

  let wording: Wording
  let assets: AssetShelf

  /// - Parameter files: template sources by path, e.g. `Pages/desk.html`.
  func library(_ files: [String: String]) throws -> MustacheLibrary {
    MustacheContentTypes.register(SafeHTML(), named: SafeHTML.name)
    var library = MustacheLibrary()
    for (path, source) in files where path.hasPrefix("Pages/") && path.hasSuffix(".html") {
      let name = String(path.dropFirst("Pages/".count).dropLast(".html".count))
      try library.register(prepared(source, name), named: name)
    }
    return library
  }

  private func prepared(_ source: String, _ name: String) throws -> String {
    // Indentation serves the people who edit; Mustache would re-indent every partial by it.
    let lines = source.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    let text = try expanded(lines.joined(separator: "\n"), name)
    return "{{% CONTENT_TYPE: \(SafeHTML.name)}}\n\(text)\n"
  }

  private func expanded(_ source: String, _ name: String) throws -> String {
    var result = ""
    var rest = source[...]
    while let open = rest.range(of: "{{") {
      result += rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      guard let close = rest.range(of: "}}"),
        let colon = rest[..<close.lowerBound].firstIndex(of: ":"), !rest.hasPrefix("!")
      else {
        result += "{{"
        continue
      }
      let value = String(rest[rest.index(after: colon)..<close.lowerBound])
      result += try expansion(String(rest[..<colon]), value, name)
      rest = rest[close.upperBound...]
    }
    return result + rest
  }

  private func expansion(_ macro: String, _ value: String, _ name: String) throws -> String {
    switch macro {
    case "t": return Self.variables(try text(value, name))
    case "raw": return try text(value, name)
    case "icon":
      guard assets.hasIcon(value) else { throw Gap.asset(name: value, template: name) }
      let sprite = try address("icons.svg", name)
      return "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"\(sprite)#\(value)\"/></svg>"
    case "asset": return try address(value, name)
    default: throw Gap.macro(macro, template: name)
    }
  }

  private func text(_ key: String, _ name: String) throws -> String {
    guard let text = wording.texts[key] else { throw Gap.text(key: key, template: name) }
    return SafeHTML.escaped(text)
  }

  private func address(_ asset: String, _ name: String) throws -> String {
    guard let url = assets.url(asset) else { throw Gap.asset(name: asset, template: name) }
    return url
  }

  /// `{count}` of a text as the variable `{{count}}` of a template.
  static func variables(_ text: String) -> String {
    text.replacing("{", with: "{{").replacing("}", with: "}}")
  }
}
