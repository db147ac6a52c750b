import Base
import Crypto
import Foundation

/// Codes for things that have only a name where they come from. The same name has the same code
/// always, whatever else is in the file.
enum DerivedCode {
  static let longestPrefix = 8

  /// `B-Pothole-Repair`. A name that is not its own code letter by letter, or is long, ends in a part
  /// of its hash, so that no two names share a code.
  static func of(_ name: String, prefix: String = "") -> String {
    let start = prefix.isEmpty ? "" : prefix + "-"
    let words = name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let plain = words.joined(separator: "-")
    let room = Code.longest - start.count
    if !plain.isEmpty, plain.count <= room, plain.replacing("-", with: " ") == name {
      return start + plain
    }
    let hash = SHA256.hash(data: Data(name.utf8)).prefix(5).hexadecimal
    let kept = plain.prefix(room - hash.count - 1)
    return start + (kept.isEmpty ? hash : kept + "-" + hash)
  }
}

/// Times as files write them.
enum ImportTime {
  /// `2011-07-01 01:32:33`, `2020/1/6 12:09`, a day alone, or ISO 8601 with a zone of its own.
  static func moment(_ text: String, in zone: TimeZone) -> Moment? {
    if let local = LocalTime(text) { return Moment(local, in: zone) }
    return Moment(text)
  }
}
