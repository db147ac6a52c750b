import Base

/// The headers of one part, line by line, within their limits (RFC 7578).
struct MultipartHeaders {
  private let limits: MultipartLimits
  private var line: [UInt8] = []
  private var size = 0
  private var values: [String: String] = [:]

  init(limits: MultipartLimits) { self.limits = limits }

  /// Takes one byte; true when it ended the empty line after the headers.
  mutating func take(_ byte: UInt8) throws -> Bool {
    size += 1
    guard size <= limits.headerBytes else {
      throw Fault(
        .tooLarge, "multipart.headers-too-large", ["limit": String(limits.headerBytes)])
    }
    line.append(byte)
    guard byte == UInt8(ascii: "\n") else { return false }
    guard line.dropLast().last == UInt8(ascii: "\r") else { throw Self.malformed }
    let content = line.dropLast(2)
    defer { line.removeAll(keepingCapacity: true) }
    if content.isEmpty { return true }
    try add(content)
    return false
  }

  private mutating func add(_ line: ArraySlice<UInt8>) throws {
    guard values.count < limits.headers else {
      throw Fault(.tooLarge, "multipart.headers-too-large", ["limit": String(limits.headers)])
    }
    // No continuation lines, no control characters, nothing twice.
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy({ 0x21...0x7E ~= $0 }),
      line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }),
      let value = String(validating: line[(colon + 1)...], as: UTF8.self)
    else { throw Self.malformed }
    let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
    let isNew = values.updateValue(Self.trimmed(value), forKey: name) == nil
    guard isNew else { throw Self.malformed }
  }

  /// The part these headers describe.
  func part() throws -> MultipartPart {
    guard let disposition = values["content-disposition"].flatMap(HeaderValue.init),
      disposition.value == "form-data", let name = disposition.parameters["name"]
    else { throw Self.malformed }
    // Deprecated since 2015 and sent by nobody; content taken as it is would be stored garbled.
    if let encoding = values["content-transfer-encoding"]?.lowercased(),
      !["binary", "8bit", "7bit"].contains(encoding)
    {
      throw Fault(.invalid, "multipart.encoding-unsupported", ["encoding": encoding])
    }
    let fileName =
      disposition.parameters["filename*"].flatMap(HeaderValue.extended)
      ?? disposition.parameters["filename"].map(Self.unescaped)
    return MultipartPart(
      name: Self.unescaped(name), fileName: fileName.map(Self.forReading),
      contentType: values["content-type"])
  }

  private static let malformed = Fault(.invalid, "multipart.header-malformed")

  private static func trimmed(_ text: String) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    let start = text.drop(while: isBlank)
    return String(start.reversed().drop(while: isBlank).reversed())
  }

  /// Browsers write these three, and only these, with a percent sign (HTML, 4.10.21.8).
  private static func unescaped(_ text: String) -> String {
    guard text.contains("%") else { return text }
    return [("%22", "\""), ("%0D", "\r"), ("%0A", "\n")].reduce(text) { text, escape in
      text.split(separator: escape.0, omittingEmptySubsequences: false).joined(
        separator: escape.1)
    }
  }

  private static func forReading(_ fileName: String) -> String {
    let last =
      fileName.split(
        omittingEmptySubsequences: false, whereSeparator: { $0 == "/" || $0 == "\\" }
      ).last ?? ""
    var result = ""
    var size = 0
    for character in last where character.unicodeScalars.allSatisfy(isReadable) {
      size += character.utf8.count
      if size > 255 { break }
      result.append(character)
    }
    return result
  }

  private static func isReadable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: false
    default: true
    }
  }
}
