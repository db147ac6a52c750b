import Base
import Foundation

/// A value of an Open311 answer, from which XML and JSON are both written, so that they say the same.
indirect enum Open311Value: Sendable, Equatable {
  case text(String)
  case number(Double)
  case whole(Int)
  case flag(Bool)
  /// `null` in JSON, an empty element in XML.
  case nothing
  /// In JSON an array, in XML an element for each under `item`.
  case list(item: String, [Open311Value])
  /// In the order in which XML has its elements.
  case object([Member])

  struct Member: Sendable, Equatable {
    let name: String
    let value: Open311Value
  }

  static func text(_ text: String?) -> Open311Value { text.map { .text($0) } ?? .nothing }
  static func number(_ number: Double?) -> Open311Value { number.map { .number($0) } ?? .nothing }

  /// A time to the second with its zone, as W3C's note on ISO 8601 has it.
  static func moment(_ moment: Moment?) -> Open311Value {
    guard let moment else { return .nothing }
    return .text(Moment(milliseconds: moment.milliseconds / 1000 * 1000).description)
  }

  static func object(_ members: KeyValuePairs<String, Open311Value>) -> Open311Value {
    .object(members.map { Member(name: $0.key, value: $0.value) })
  }
}

// MARK: - JSON

extension Open311Value: Encodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .list(_, let values):
      var list = encoder.unkeyedContainer()
      for value in values { try list.encode(value) }
    case .object(let members):
      var object = encoder.container(keyedBy: Key.self)
      for member in members {
        try object.encode(member.value, forKey: Key(stringValue: member.name))
      }
    default:
      var value = encoder.singleValueContainer()
      switch self {
      case .text(let text): try value.encode(text)
      case .number(let number): try value.encode(number)
      case .whole(let number): try value.encode(number)
      case .flag(let flag): try value.encode(flag)
      default: try value.encodeNil()
      }
    }
  }
}

// MARK: - XML

extension Open311Value {
  /// A whole document with `root` as its outermost element.
  func xml(root: String) -> String {
    var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    write(as: root, to: &text)
    return text + "\n"
  }

  private func write(as name: String, to text: inout String) {
    text += "<\(name)>"
    switch self {
    case .text(let value): Self.escape(value, to: &text)
    case .number(let number): text += "\(number)"
    case .whole(let number): text += "\(number)"
    case .flag(let flag): text += flag ? "true" : "false"
    case .nothing: break
    case .list(let item, let values): for value in values { value.write(as: item, to: &text) }
    case .object(let members):
      for member in members { member.value.write(as: member.name, to: &text) }
    }
    text += "</\(name)>"
  }

  /// Signs that XML 1.0 cannot hold at all are left out.
  private static func escape(_ value: String, to text: inout String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\t", "\n", "\r": text.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
