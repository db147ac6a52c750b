import Foundation

extension String {
  /// Trimmed, with full-width letters, digits and signs as their ASCII twins: Chinese input
  /// methods write １２．５ as readily as 12.5.
  public var folded: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E:
        result.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
      case 0x3000: result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension Day {
  /// A day as people write it: `2026-11-03`, `2026/11/3`, `2026.11.3`, `2026年11月3日`, also in full-width
  /// letters. Nil for anything else.
  public init?(written: String) {
    var text = written.folded
    if text.hasSuffix("日") { text.removeLast() }
    let pieces = text.split(
      omittingEmptySubsequences: false, whereSeparator: { "-/.年月".contains($0) })
    self.init(pieces.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "-"))
  }
}
