/// A page's template: text, and what to put in between. Mustache, but for `{{?`, and less of it.
///
///     {{name}} {{a.b}} {{.}}     a value, always escaped
///     {{#name}}…{{/name}}        for each of a list, or if there is something, with it at hand
///     {{?name}}…{{/name}}        once, if there is something
///     {{^name}}…{{/name}}        if there is nothing, an empty list or an empty text
///     {{> part}}                 another template in this place
///     {{<layout}}{{$block}}…{{/block}}{{/layout}}   another template with its blocks filled
///
/// Ours, since the library took 180 ms to read these templates and 12 ms for a page of the queue,
/// and escaped by grapheme, so that an accent after a quotation mark let text out of an attribute.
struct Template: Sendable {
  indirect enum Token: Sendable, Equatable {
    case text(String)
    case value([String])
    case section([String], [Token])
    case given([String], [Token])
    case inverted([String], [Token])
    case partial(String)
    case layout(String, [String: [Token]])
    case block(String, [Token])
  }

  /// A template that cannot be read.
  enum Flaw: Error, Equatable {
    /// A tag without its end.
    case unfinished(String)
    case unopened(String)
    case unclosed(String)
    /// Between a layout's tags there may only be blocks.
    case strayInLayout(String)
    case unknownPart(String)
    /// A template that contains itself.
    case circle(String)
  }

  let tokens: [Token]

  init(_ source: String) throws {
    var reader = TemplateReader(source)
    tokens = try reader.tokens(until: nil)
  }
}

/// Reads a template from its beginning to its end.
private struct TemplateReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ source: String) { bytes = Array(source.utf8) }

  mutating func tokens(until end: String?) throws -> [Template.Token] {
    var tokens: [Template.Token] = []
    while true {
      let text = takeText()
      if !text.isEmpty { tokens.append(.text(text)) }
      guard place < bytes.count else {
        if let end { throw Template.Flaw.unclosed(end) }
        return tokens
      }
      let tag = try takeTag()
      let name = String(tag.dropFirst().drop { $0 == " " })
      switch tag.first {
      case "/":
        guard name == end else { throw Template.Flaw.unopened(name) }
        return tokens
      case "!": continue
      case "#": tokens.append(.section(Self.path(name), try self.tokens(until: name)))
      case "?": tokens.append(.given(Self.path(name), try self.tokens(until: name)))
      case "^": tokens.append(.inverted(Self.path(name), try self.tokens(until: name)))
      case "$": tokens.append(.block(name, try self.tokens(until: name)))
      case ">": tokens.append(.partial(name))
      case "<": tokens.append(.layout(name, try blocks(of: name)))
      default: tokens.append(.value(Self.path(tag)))
      }
    }
  }

  /// `.` is the value at hand itself.
  private static func path(_ name: String) -> [String] {
    name.split(separator: ".").map(String.init)
  }

  private mutating func blocks(of layout: String) throws -> [String: [Template.Token]] {
    var blocks: [String: [Template.Token]] = [:]
    for token in try tokens(until: layout) {
      switch token {
      case .block(let name, let tokens): blocks[name] = tokens
      case .text(let text) where text.allSatisfy(\.isWhitespace): continue
      default: throw Template.Flaw.strayInLayout(layout)
      }
    }
    return blocks
  }

  /// The text up to the next `{{`, which is passed.
  private mutating func takeText() -> String {
    let start = place
    let brace = UInt8(ascii: "{")
    while place < bytes.count {
      if bytes[place] == brace, place + 1 < bytes.count, bytes[place + 1] == brace {
        defer { place += 2 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
      }
      place += 1
    }
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  /// What stands before the next `}}`, which is passed.
  private mutating func takeTag() throws -> String {
    let start = place
    let brace = UInt8(ascii: "}")
    while place + 1 < bytes.count {
      if bytes[place] == brace, bytes[place + 1] == brace {
        defer { place += 2 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
      }
      place += 1
    }
    throw Template.Flaw.unfinished(String(decoding: bytes[start...].prefix(40), as: UTF8.self))
  }
}
