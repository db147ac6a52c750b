import Foundation

/// Text of a file whose encoding nobody says.
public enum PlainText {
  /// UTF-8, GB 18030, or UTF-16 with a mark of byte order. Nil when the bytes are no text: when
  /// they hold zeros, or more than a hundredth of them fit none of these.
  public static func decode(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return String(bytes: bytes, encoding: .utf16)
    }
    guard !bytes.contains(0) else { return nil }
    switch TextEncoding.detect(bytes[...], complete: true) {
    case .gb18030: return GB18030.decode(bytes[...])
    case .utf8, nil:
      let errors = bytes.withUnsafeBufferPointer { UTF8Census($0).errors }
      guard errors * 100 <= bytes.count else { return nil }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
