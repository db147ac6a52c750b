/// A Swift source with comments left out and the contents of its strings kept apart, so that a
/// rule about code does not stumble over prose. Lines keep their numbers.
///
/// It knows nested comments, strings of every form with code inside their interpolations, and
/// regular expressions as far as swift-format leaves them recognisable.
struct SwiftText: Sendable {
  /// The code; each string is an empty literal, with the code of its interpolations after it.
  private(set) var code = ""
  /// The strings, in order, with `\()` where something is interpolated.
  private(set) var strings: [String] = []

  private var source: [UInt8]
  private var at = 0
  private var kept: [UInt8] = []

  init(_ text: String) {
    source = Array(text.utf8)
    readCode(untilClosed: false)
    code = String(decoding: kept, as: UTF8.self)
    source = []
    kept = []
  }

  private func byte(_ offset: Int = 0) -> UInt8? {
    let place = at + offset
    return place >= 0 && place < source.count ? source[place] : nil
  }

  private func follows(_ text: StaticString, by offset: Int = 0) -> Bool {
    text.withUTF8Buffer { wanted in
      wanted.indices.allSatisfy { byte(offset + $0) == wanted[$0] }
    }
  }

  /// Reads code to the end, or up to the parenthesis that closes an interpolation.
  private mutating func readCode(untilClosed: Bool) {
    var open = 0
    while let next = byte() {
      if follows("//") {
        skipLine()
      } else if follows("/*") {
        skipComment()
      } else if let hashes = fence(before: UInt8(ascii: "\"")) {
        readString(hashes)
      } else if let hashes = fence(before: UInt8(ascii: "/")), hashes > 0 || startsRegex() {
        skipRegex(hashes)
      } else {
        if next == UInt8(ascii: "(") { open += 1 }
        if next == UInt8(ascii: ")") {
          if untilClosed && open == 0 { return }
          open -= 1
        }
        keep(next)
      }
    }
  }

  private mutating func keep(_ byte: UInt8) {
    kept.append(byte)
    at += 1
  }

  /// How many `#` stand here before `mark`; nil where it is not that.
  private func fence(before mark: UInt8) -> Int? {
    var hashes = 0
    while byte(hashes) == UInt8(ascii: "#") { hashes += 1 }
    return byte(hashes) == mark ? hashes : nil
  }

  private func closes(_ hashes: Int, after offset: Int) -> Bool {
    (0..<hashes).allSatisfy { byte(offset + $0) == UInt8(ascii: "#") }
  }

  private mutating func skipLine() {
    while let next = byte(), next != UInt8(ascii: "\n") { at += 1 }
  }

  private mutating func skipComment() {
    var depth = 0
    repeat {
      if follows("/*") {
        depth += 1
        at += 2
      } else if follows("*/") {
        depth -= 1
        at += 2
      } else {
        if byte() == UInt8(ascii: "\n") { kept.append(UInt8(ascii: "\n")) }
        at += 1
      }
    } while depth > 0 && at < source.count
  }
}

extension SwiftText {
  private mutating func readString(_ hashes: Int) {
    at += hashes
    let long = follows("\"\"\"")
    let quotes = long ? 3 : 1
    at += quotes
    kept += Array("\"\"".utf8)
    var content: [UInt8] = []
    while let next = byte() {
      if next == UInt8(ascii: "\""), !long || follows("\"\"\""), closes(hashes, after: quotes) {
        at += quotes + hashes
        break
      }
      if next == UInt8(ascii: "\\"), closes(hashes, after: 1) {
        at += 1 + hashes
        if byte() == UInt8(ascii: "(") {
          content += Array("\\()".utf8)
          readInterpolation()
        } else {
          content.append(byte() ?? 0)
          at += 1
        }
        continue
      }
      if next == UInt8(ascii: "\n") {
        kept.append(next)
        // A short string does not go over a line: what looked like one was something else.
        if !long { break }
      }
      content.append(next)
      at += 1
    }
    strings.append(String(decoding: content, as: UTF8.self))
  }

  private mutating func readInterpolation() {
    keep(UInt8(ascii: "("))
    readCode(untilClosed: true)
    if byte() != nil { keep(UInt8(ascii: ")")) }
  }

  /// Whether the slash here opens a regular expression: after an opening mark, and closed before
  /// the line's end. A division has a space on both sides.
  private func startsRegex() -> Bool {
    guard let next = byte(1), next != UInt8(ascii: " "), next != UInt8(ascii: "\n"),
      next != UInt8(ascii: ")")
    else { return false }
    let before = kept.last { $0 != UInt8(ascii: " ") }
    guard let before, "(,=:[{;!&|?\n".utf8.contains(before) else { return false }
    var place = 1
    while let one = byte(place), one != UInt8(ascii: "\n") {
      if one == UInt8(ascii: "/") { return true }
      place += one == UInt8(ascii: "\\") ? 2 : 1
    }
    return false
  }

  private mutating func skipRegex(_ hashes: Int) {
    at += hashes + 1
    while let next = byte() {
      if next == UInt8(ascii: "/"), closes(hashes, after: 1) {
        at += 1 + hashes
        return
      }
      if next == UInt8(ascii: "\n") { kept.append(next) }
      at += next == UInt8(ascii: "\\") ? 2 : 1
    }
  }
}
