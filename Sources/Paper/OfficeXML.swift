import Base

/// What happens in a part of an Office document, element by element.
protocol OfficeXMLHandler: AnyObject {
  func began(_ name: String, _ attributes: [String: String])
  func ended(_ name: String)
  func read(_ text: String)
}

/// Walks through the XML of Office documents (XML 1.0, without document types).
///
/// The parser is ours: that of Foundation ends the process at some damaged attributes. A document
/// that declares a type is refused, since Office writes none and bombs of entities need one.
enum OfficeXML {
  /// Elements within elements; Office and its relatives stay far below.
  static let mostDepth = 256
  /// Attributes of one element.
  static let mostAttributes = 256

  /// Prefixes of elements are left out: they are the writer's own choice, and the names of the parts
  /// read here do not clash.
  ///
  /// - Throws: `xml.damaged` with the line.
  static func walk(_ bytes: [UInt8], _ handler: some OfficeXMLHandler) throws {
    var walk = try OfficeXMLWalk(bytes)
    while try walk.step(handler) {}
  }
}

/// The same step by step, for documents of which not all is to be held at once.
struct OfficeXMLWalk {
  private var scanner: XMLScanner

  /// - Throws: `xml.damaged` for what is not UTF-8.
  init(_ bytes: [UInt8]) throws {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Fault(.invalid, "xml.damaged", ["line": "1"])
    }
    scanner = XMLScanner(bytes)
  }

  /// The part of the document that is behind, 0…1.
  var done: Double { scanner.done }

  /// Tells the handler of the next text, tag or data; false at the end.
  ///
  /// - Throws: `xml.damaged` with the line.
  mutating func step(_ handler: some OfficeXMLHandler) throws -> Bool {
    let isOver = scanner.isOver
    guard isOver ? scanner.isWhole : scanner.step(handler) else {
      throw Fault(.invalid, "xml.damaged", ["line": "\(scanner.line)"])
    }
    return !isOver
  }
}

extension [String: String] {
  /// An attribute whatever its prefix.
  func local(_ name: String) -> String? {
    self[name] ?? first { $0.key.hasSuffix(":" + name) }?.value
  }
}

/// The place in a document, and what is open there. The bytes are UTF-8.
private struct XMLScanner {
  private let bytes: [UInt8]
  private var place: Int
  /// The open elements with their prefixes.
  private var open: [ArraySlice<UInt8>] = []
  private var hasRoot = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// From 1.
  var line: Int { 1 + bytes[..<min(place, bytes.count)].count { $0 == 10 } }

  var done: Double { bytes.isEmpty ? 1 : Double(place) / Double(bytes.count) }

  var isOver: Bool { place >= bytes.count }
  /// Where it is over: it ended as a document does.
  var isWhole: Bool { hasRoot && open.isEmpty }

  /// False where the document is damaged; `place` is there.
  mutating func step(_ handler: some OfficeXMLHandler) -> Bool {
    if bytes[place] != UInt8(ascii: "<") { return text(handler) }
    if starts(with: "</") { return end(handler) }
    if starts(with: "<!--") { return skip(past: "-->") }
    if starts(with: "<?") { return skip(past: "?>") }
    if starts(with: "<![CDATA[") { return data(handler) }
    // What else begins with <! declares something.
    return begin(handler)
  }

  private func starts(with word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[place + $0] == word.utf8Start[$0] }
  }

  private mutating func skip(past word: StaticString) -> Bool {
    while place < bytes.count {
      if starts(with: word) {
        place += word.utf8CodeUnitCount
        return true
      }
      place += 1
    }
    return false
  }

  // MARK: - Texts

  private mutating func text(_ handler: some OfficeXMLHandler) -> Bool {
    let end = bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    let raw = bytes[place..<end]
    guard !open.isEmpty else {
      place = end
      return raw.allSatisfy(\.isXMLSpace)
    }
    guard let text = XMLReferences.resolved(raw) else { return false }
    place = end
    handler.read(text)
    return true
  }

  private mutating func data(_ handler: some OfficeXMLHandler) -> Bool {
    let start = place + 9
    guard !open.isEmpty, skip(past: "]]>"),
      let text = XMLReferences.signs(bytes[start..<(place - 3)])
    else { return false }
    handler.read(text)
    return true
  }

  // MARK: - Elements

  private mutating func begin(_ handler: some OfficeXMLHandler) -> Bool {
    place += 1
    guard let name = name(), open.count < OfficeXML.mostDepth, !open.isEmpty || !hasRoot,
      let attributes = attributes()
    else { return false }
    hasRoot = true
    let isEmpty = starts(with: "/>")
    guard isEmpty || starts(with: ">") else { return false }
    place += isEmpty ? 2 : 1
    handler.began(Self.local(name), attributes)
    if isEmpty { handler.ended(Self.local(name)) } else { open.append(name) }
    return true
  }

  private mutating func end(_ handler: some OfficeXMLHandler) -> Bool {
    place += 2
    guard let name = name(), name == open.last else { return false }
    skipSpace()
    guard starts(with: ">") else { return false }
    place += 1
    open.removeLast()
    handler.ended(Self.local(name))
    return true
  }

  private mutating func attributes() -> [String: String]? {
    var found: [String: String] = [:]
    while true {
      let start = place
      skipSpace()
      guard place < bytes.count else { return nil }
      if bytes[place] == UInt8(ascii: ">") || bytes[place] == UInt8(ascii: "/") { return found }
      guard place > start, found.count < OfficeXML.mostAttributes, let name = name() else {
        return nil
      }
      skipSpace()
      guard starts(with: "=") else { return nil }
      place += 1
      skipSpace()
      guard let value = value(),
        found.updateValue(value, forKey: String(decoding: name, as: UTF8.self)) == nil
      else { return nil }
    }
  }

  private mutating func value() -> String? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") || bytes[place] == 0x27 else {
      return nil
    }
    let start = place + 1
    guard let end = bytes[start...].firstIndex(of: bytes[place]),
      !bytes[start..<end].contains(UInt8(ascii: "<"))
    else { return nil }
    place = end + 1
    return XMLReferences.resolved(bytes[start..<end])
  }

  private mutating func name() -> ArraySlice<UInt8>? {
    let start = place
    while place < bytes.count, bytes[place].isXMLName { place += 1 }
    return place > start ? bytes[start..<place] : nil
  }

  private mutating func skipSpace() {
    while place < bytes.count, bytes[place].isXMLSpace { place += 1 }
  }

  private static func local(_ name: ArraySlice<UInt8>) -> String {
    let start = name.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? name.startIndex
    return String(decoding: name[start...], as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isXMLSpace: Bool { self == 0x20 || (0x09...0x0A).contains(self) || self == 0x0D }

  /// Enough to find where a name ends.
  fileprivate var isXMLName: Bool {
    switch self {
    case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "="),
      UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "&"), UInt8(ascii: "!"),
      UInt8(ascii: "?"):
      false
    default: true
    }
  }
}
