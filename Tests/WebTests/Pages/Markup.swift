/// A page taken apart as strictly as our own templates are written: quoted attributes, every
/// element closed.
struct Markup {
  struct Element {
    var name: String
    var attributes: [String: String]
    /// All text within it.
    var text = ""
  }

  private(set) var elements: [Element] = []
  /// Text of the page outside of tags, piece by piece.
  private(set) var texts: [String] = []
  /// What is wrong with it.
  private(set) var errors: [String] = []

  private static let void: Set = ["meta", "link", "input", "img", "br", "use", "hr"]
  private var open: [Int] = []
  private var rest: Substring

  init(_ html: String) {
    rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      take(text: rest[..<start])
      rest = rest[rest.index(after: start)...]
      rest.first == "/" ? close() : rest.first == "!" ? skip() : begin()
    }
    take(text: rest)
    errors += open.map { "<\(elements[$0].name)> is never closed" }
  }

  func all(_ names: String...) -> [Element] { elements.filter { names.contains($0.name) } }

  private mutating func take(text: Substring) {
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !text.isEmpty else { return }
    texts.append(text)
    for index in open { elements[index].text += text }
  }

  private mutating func skip() {
    rest = rest.firstIndex(of: ">").map { rest[rest.index(after: $0)...] } ?? ""
  }

  private mutating func close() {
    let name = String(rest.dropFirst().prefix { $0 != ">" })
    skip()
    guard let last = open.popLast() else {
      errors.append("</\(name)> closes nothing")
      return
    }
    if elements[last].name != name {
      errors.append("</\(name)> closes <\(elements[last].name) \(elements[last].attributes)>")
    }
  }

  private mutating func begin() {
    let name = String(word())
    var element = Element(name: name, attributes: [:])
    while true {
      rest = rest.drop(while: \.isWhitespace)
      guard let next = rest.first, next != ">", next != "/" else { break }
      let attribute = String(word())
      guard !attribute.isEmpty else {
        errors.append("a stray \(next) in <\(name)>")
        break
      }
      if element.attributes[attribute] != nil { errors.append("<\(name)> has two \(attribute)") }
      element.attributes[attribute] = value(of: attribute, in: name)
    }
    let isClosed = rest.first == "/"
    skip()
    // A picture says what its alternative says.
    if let alternative = element.attributes["alt"] {
      for index in open { elements[index].text += alternative }
    }
    elements.append(element)
    if !isClosed, !Self.void.contains(name) { open.append(elements.count - 1) }
  }

  private mutating func word() -> Substring {
    let word = rest.prefix { $0.isLetter || $0.isNumber || "-:_".contains($0) }
    rest = rest[word.endIndex...]
    return word
  }

  private mutating func value(of attribute: String, in name: String) -> String {
    guard rest.first == "=" else { return "" }
    rest = rest.dropFirst()
    guard rest.first == "\"" else {
      errors.append("<\(name) \(attribute)> is not quoted")
      return ""
    }
    rest = rest.dropFirst()
    let value = rest.prefix { $0 != "\"" }
    rest = rest[value.endIndex...].dropFirst()
    return String(value)
  }
}

extension Markup {
  /// Everything that is wrong with the page for those who do not see it, or use no mouse.
  var faults: [String] { errors + identities + references + labels + regions + inline + headings }

  private var identities: [String] {
    let ids = elements.compactMap { $0.attributes["id"] }
    return Dictionary(grouping: ids, by: \.self).filter { $1.count > 1 }
      .map { "the id \($0.key) is there \($0.value.count) times" }
  }

  private var references: [String] {
    let ids = Set(elements.compactMap { $0.attributes["id"] })
    return elements.flatMap { element in
      let named = ["for", "aria-labelledby", "aria-describedby", "data-table"]
        .compactMap { element.attributes[$0] }
        .flatMap { $0.split(separator: " ").map(String.init) }
      let linked = [element.attributes["href"]].compactMap(\.self)
        .filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
      return (named + linked).filter { !ids.contains($0) }
        .map { "<\(element.name)> names the id \($0), which is not there" }
    }
  }

  private var labels: [String] {
    let labelled = Set(all("label").filter { !$0.text.isEmpty }.compactMap { $0.attributes["for"] })
    let controls = all("input", "select", "textarea")
      .filter { $0.attributes["type"] != "hidden" }
      .filter {
        !labelled.contains($0.attributes["id"] ?? "") && $0.attributes["aria-label"] == nil
      }
      .map { "<\($0.name) \($0.attributes)> has no label" }
    let silent = all("button", "a", "summary")
      .filter { $0.text.isEmpty && ($0.attributes["aria-label"] ?? "").isEmpty }
      .map { "<\($0.name) \($0.attributes)> says nothing" }
    let images = all("img").filter { $0.attributes["alt"] == nil }
      .map { "<img \($0.attributes)> has no alt" }
    return controls + silent + images
  }

  /// Who goes from region to region must be able to tell them apart.
  private var regions: [String] {
    let texts = Dictionary(
      elements.compactMap { element in element.attributes["id"].map { ($0, element.text) } },
      uniquingKeysWith: { first, _ in first })
    let names =
      elements
      .filter { $0.name == "section" || $0.attributes["role"] == "region" }
      .compactMap { element in
        element.attributes["aria-label"]
          ?? element.attributes["aria-labelledby"].flatMap { texts[$0] }
      }
    return Dictionary(grouping: names, by: \.self).filter { $1.count > 1 }
      .map { "\($0.value.count) regions are named \($0.key)" }
  }

  /// What the content security policy would stop.
  private var inline: [String] {
    elements.flatMap { element in
      element.attributes.keys.filter { $0 == "style" || $0.hasPrefix("on") }
        .map { "<\(element.name)> has an inline \($0)" }
    } + all("script").filter { $0.attributes["src"] == nil }.map { _ in "an inline script" }
      + all("style").map { _ in "an inline style" }
  }

  private var headings: [String] {
    all("h1").count == 1 ? [] : ["\(all("h1").count) first headings"]
  }
}
