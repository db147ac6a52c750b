import Base
import Foundation

/// How the bytes of a delimited file spell characters.
public enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  /// GB 18030, of which GBK and GB 2312 are parts: what Chinese spreadsheets write by default.
  case gb18030

  /// By a name people write, e.g. in a mapping file. Nil for an encoding that is not read.
  public init?(name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
    default: return nil
    }
  }

  /// Judges a sample by its bytes; nil when all of it is ASCII, which both encodings spell alike.
  ///
  /// UTF-8 when all of it is. A sample with errors is still UTF-8 when well-formed characters are
  /// the more frequent, since text in GB 18030 seldom looks like UTF-8 by accident: one damaged
  /// row must not turn a whole file into other characters. Else GB 18030 when at most a tenth
  /// of the places remain wrong as that. Else UTF-8, whose rows are then reported one by one.
  ///
  /// - Parameter complete: no further bytes follow, so a character cut off at the end is an error.
  static func detect(_ sample: ArraySlice<UInt8>, complete: Bool) -> TextEncoding? {
    sample.withUnsafeBufferPointer { bytes in
      let utf8 = UTF8Census(bytes, complete: complete)
      guard utf8.characters + utf8.errors > 0 else { return nil }
      if utf8.errors == 0 || utf8.characters >= utf8.errors { return .utf8 }
      let wrong = GB18030.errors(bytes, complete: complete)
      return wrong * 10 <= utf8.errors ? .gb18030 : .utf8
    }
  }
}

/// How many characters beyond ASCII some bytes hold, and how many errors, read as UTF-8.
struct UTF8Census {
  private(set) var characters = 0
  private(set) var errors = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, complete: Bool = true) {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      let (length, isWhole) = Self.character(bytes, index)
      if isWhole {
        characters += 1
      } else if complete || index + length < bytes.count {
        errors += 1
      }
      index += length
    }
  }

  /// The bytes from `start` that make a character, or that an error takes up (Unicode 15, table
  /// 3-7: the first continuation is narrowed so that nothing is overlong or a surrogate).
  private static func character(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> (length: Int, isWhole: Bool) {
    let need: Int
    var allowed: ClosedRange<UInt8> = 0x80...0xBF
    switch bytes[start] {
    case 0xC2...0xDF: need = 2
    case 0xE0...0xEF:
      need = 3
      if bytes[start] == 0xE0 { allowed = 0xA0...0xBF }
      if bytes[start] == 0xED { allowed = 0x80...0x9F }
    case 0xF0...0xF4:
      need = 4
      if bytes[start] == 0xF0 { allowed = 0x90...0xBF }
      if bytes[start] == 0xF4 { allowed = 0x80...0x8F }
    default: return (1, false)
    }
    var length = 1
    while length < need, start + length < bytes.count, allowed.contains(bytes[start + length]) {
      length += 1
      allowed = 0x80...0xBF
    }
    return (length, length == need)
  }
}

/// GB 18030 by its bytes; the table of characters is Foundation's.
enum GB18030 {
  /// `kCFStringEncodingGB_18030_2000` as Foundation numbers encodings that are not its own.
  private static let foundation = String.Encoding(rawValue: 0x8000_0632)

  static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
    String(bytes: bytes, encoding: foundation)
  }

  static func encode(_ text: String) -> [UInt8]? {
    text.data(using: foundation).map { Array($0) }
  }

  /// How many places are not well formed.
  static func errors(_ bytes: UnsafeBufferPointer<UInt8>, complete: Bool) -> Int {
    var index = 0
    var errors = 0
    while index < bytes.count {
      if let length = length(bytes, index) {
        index += length
      } else {
        index += 1
        errors += 1
      }
    }
    return errors + (complete && index > bytes.count ? 1 : 0)
  }

  /// How many characters the bytes are; nil when they are not well formed.
  static func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    var count = 0
    while index < bytes.count {
      guard let length = length(bytes, index) else { return nil }
      index += length
      count += 1
    }
    return index == bytes.count ? count : nil
  }

  /// One, two or four bytes; nil when they cannot be a character. May reach past the end.
  private static func length(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    func at(_ offset: Int) -> UInt8? {
      start + offset < bytes.count ? bytes[start + offset] : nil
    }
    switch bytes[start] {
    case 0..<0x80: return 1
    case 0x81...0xFE: break
    default: return nil
    }
    guard let second = at(1) else { return 2 }
    switch second {
    case 0x40...0x7E, 0x80...0xFE: return 2
    case 0x30...0x39: break
    default: return nil
    }
    let third = at(2).map { (0x81...0xFE).contains($0) } ?? true
    let fourth = at(3).map { (0x30...0x39).contains($0) } ?? true
    return third && fourth ? 4 : nil
  }
}
