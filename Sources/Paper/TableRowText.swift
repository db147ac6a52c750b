/// The text of a row as the scanner leaves it, brought to UTF-8, with the fields that are broken.
struct TableRowText: Sendable {
  private(set) var bytes: [UInt8]
  private(set) var ends: [Int32]
  /// Places, from 0, of fields whose bytes are not characters or that hold U+0000, which databases
  /// refuse in text.
  private(set) var broken: [Int] = []

  init(bytes: [UInt8], ends: [Int32], encoding: TextEncoding) {
    self.bytes = bytes
    self.ends = ends
    // Most rows of most files: one look, nothing to do.
    if bytes.allSatisfy({ 0x01...0x7F ~= $0 }) { return }
    switch encoding {
    case .utf8: broken = ends.indices.filter { !isUTF8(range(of: $0)) }
    case .gb18030: transcode()
    }
  }

  var count: Int { ends.count }

  var fields: [String] { ends.indices.map { self[$0] } }

  subscript(place: Int) -> String { String(decoding: bytes(at: place), as: UTF8.self) }

  func bytes(at place: Int) -> ArraySlice<UInt8> {
    ends.indices.contains(place) ? bytes[range(of: place)] : []
  }

  private func range(of place: Int) -> Range<Int> {
    (place == 0 ? 0 : Int(ends[place - 1]))..<Int(ends[place])
  }

  private func isUTF8(_ range: Range<Int>) -> Bool {
    bytes[range].withUnsafeBufferPointer { UTF8Census($0).errors == 0 && !$0.contains(0) }
  }

  /// Decodes the row in one go, since each call costs microseconds, and finds the fields again by
  /// counting characters; field by field only where something is broken.
  private mutating func transcode() {
    let counts = ends.indices.map { place in
      bytes[range(of: place)].withUnsafeBufferPointer { GB18030.count($0) }
    }
    if !bytes.contains(0), let text = GB18030.decode(bytes[...]),
      let ends = Self.ends(of: counts, in: text)
    {
      bytes = Array(text.utf8)
      self.ends = ends
    } else {
      transcodeEachField()
    }
  }

  private static func ends(of counts: [Int?], in text: String) -> [Int32]? {
    let scalars = text.unicodeScalars
    var ends: [Int32] = []
    var index = scalars.startIndex
    var end = 0
    for count in counts {
      guard let count else { return nil }
      for _ in 0..<count {
        guard index < scalars.endIndex else { return nil }
        end += UTF8.width(scalars[index])
        scalars.formIndex(after: &index)
      }
      ends.append(Int32(end))
    }
    return index == scalars.endIndex ? ends : nil
  }

  private mutating func transcodeEachField() {
    var result: [UInt8] = []
    var newEnds: [Int32] = []
    for place in ends.indices {
      let field = bytes[range(of: place)]
      if let text = GB18030.decode(field), !field.contains(0) {
        result.append(contentsOf: text.utf8)
      } else {
        broken.append(place)
        let repaired = field.map { $0 < 0x80 ? Character(Unicode.Scalar($0)) : "\u{FFFD}" }
        result.append(contentsOf: String(repaired).utf8)
      }
      newEnds.append(Int32(result.count))
    }
    bytes = result
    ends = newEnds
  }
}
