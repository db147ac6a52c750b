import Base

/// What may be the code of an area or an organisation. Codes are the steps of paths, which are
/// compared byte by byte on both engines and written in files, URLs and ledger entries.
enum Code {
  /// Characters a code has at most.
  static let longest = 32
  /// Characters a name has at most.
  static let longestName = 100

  /// ASCII letters, digits, `.`, `-` and `_`.
  static func isSound(_ code: String) -> Bool {
    (1...longest).contains(code.utf8.count)
      && code.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: ".-_".utf8.contains(byte)
        }
      }
  }

  /// What is wrong with a code and a name, if anything is: `value.missing`, `code.invalid`,
  /// `value.long`, `value.control`.
  static func faults(code: String, name: String, at place: String = "") -> [Fault.Field] {
    var faults: [Fault.Field] = []
    if code.isEmpty {
      faults.append(Fault.Field(place + "code", "value.missing"))
    } else if !isSound(code) {
      faults.append(
        Fault.Field(place + "code", "code.invalid", ["value": code.brief, "longest": "\(longest)"]))
    }
    return faults + Self.faults(name: name, at: place)
  }

  /// What is wrong with a name: `value.missing`, `value.long`, `value.control`.
  static func faults(name: String, at place: String = "") -> [Fault.Field] {
    let field = place + "name"
    if name.allSatisfy(\.isWhitespace) { return [Fault.Field(field, "value.missing")] }
    guard name.unicodeScalars.allSatisfy({ $0.value >= 32 }) else {
      return [Fault.Field(field, "value.control")]
    }
    guard name.count > longestName else { return [] }
    let arguments = ["limit": "\(longestName)", "length": "\(name.count)"]
    return [Fault.Field(field, "value.long", arguments)]
  }
}

extension String {
  /// As much of a wrong text as an answer repeats.
  var brief: String { String(prefix(64)) }
}

extension [Fault.Field] {
  /// More mistakes than this are not listed: nobody mends a file by reading thousands.
  static var faultLimit: Int { 20 }

  /// Throws a fault of `code` with the first of these fields, if there are any.
  func throwIfAny(_ code: String) throws {
    guard !isEmpty else { return }
    throw Fault(.invalid, code, ["count": "\(count)"], fields: Array(prefix(Self.faultLimit)))
  }
}
