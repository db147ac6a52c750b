/// What kind of document some bytes are, told by themselves and never by a name.
public enum PaperKind: String, Sendable, CaseIterable {
  case pdf
  /// A packed file: `.docx`, `.xlsx` or any other.
  case zip
  /// The compound files of old: `.doc`, `.xls`, and every encrypted file of Office.
  case compound
  case json
  /// HTML.
  case page
  /// Anything else that is text.
  case text
  /// Neither text nor one of the above.
  case other

  public init(_ bytes: [UInt8]) {
    let head = bytes.prefix(1024)
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      self = .zip
    } else if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      self = .compound
    } else if Self.holdsPDF(head) {
      self = .pdf
    } else if Self.opensJSON(head) {
      self = .json
    } else if Self.opensPage(head) {
      self = .page
    } else {
      let isWide = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
      self = head.contains(0) && !isWide ? .other : .text
    }
  }

  /// Readers take a PDF whose mark stands anywhere in the first kilobyte (PDF 1.7, annex H.3.4).
  private static func holdsPDF(_ head: ArraySlice<UInt8>) -> Bool {
    let mark = Array("%PDF-".utf8)
    return head.indices.contains { head[$0...].starts(with: mark) }
  }

  private static func opensJSON(_ head: ArraySlice<UInt8>) -> Bool {
    var rest = head
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    let first = rest.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private static func opensPage(_ head: ArraySlice<UInt8>) -> Bool {
    let start = String(decoding: head.prefix(64), as: UTF8.self).lowercased()
      .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
  }

  /// A compound file that holds an encrypted file of Office ([MS-OFFCRYPTO], 2.3.4.4).
  public static func isEncryptedOffice(_ bytes: [UInt8]) -> Bool {
    let name = Array("EncryptedPackage".utf16.map { UInt8(truncatingIfNeeded: $0) })
    let wide = name.reduce(into: [UInt8]()) { $0 += [$1, 0] }
    return bytes.firstRange(of: wide) != nil
  }
}
