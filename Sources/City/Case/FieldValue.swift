import Base
import Foundation

/// What somebody submitted for a field, before anybody has looked at it. In JSON a text, a number,
/// a list of texts, `true`, `false` or `null`; in a form always texts.
public enum FieldInput: Hashable, Sendable {
  case text(String)
  case number(Decimal)
  case texts([String])
}

extension FieldInput: Codable, ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self = .text(value) }

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .text("")
    } else if let flag = try? value.decode(Bool.self) {
      self = .text(flag ? "true" : "false")
    } else if let number = try? value.decode(Decimal.self) {
      self = .number(number)
    } else if let texts = try? value.decode([String].self) {
      self = .texts(texts)
    } else {
      self = .text(try value.decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .text(let text): try value.encode(text)
    case .number(let number): try value.encode(number)
    case .texts(let texts): try value.encode(texts)
    }
  }
}

/// A checked answer, stored as an object that says what it is: `{"number":"12.5"}`.
public enum FieldValue: Hashable, Sendable {
  case text(String)
  case number(Decimal)
  case day(Day)
  /// The code of one choice.
  case choice(String)
  /// Codes in the order of the catalogue.
  case choices([String])

  /// As it would be submitted: what forms show again and the API gives out.
  public var input: FieldInput {
    switch self {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .day(let day): .text(day.description)
    case .choice(let code): .text(code)
    case .choices(let codes): .texts(codes)
    }
  }
}

extension FieldValue: Codable {
  private enum Key: CodingKey { case text, number, day, choice, choices }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    switch values.allKeys.first {
    case .text: self = .text(try values.decode(String.self, forKey: .text))
    case .number:
      let text = try values.decode(String.self, forKey: .number)
      guard let number = Decimal(plain: text) else {
        throw DecodingError.dataCorruptedError(
          forKey: .number, in: values, debugDescription: "A number is written out.")
      }
      self = .number(number)
    case .day: self = .day(try values.decode(Day.self, forKey: .day))
    case .choice: self = .choice(try values.decode(String.self, forKey: .choice))
    case .choices: self = .choices(try values.decode([String].self, forKey: .choices))
    case nil:
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "No kind of value is known."))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch self {
    case .text(let text): try values.encode(text, forKey: .text)
    // As text, so that no reader makes a binary fraction of it.
    case .number(let number): try values.encode("\(number)", forKey: .number)
    case .day(let day): try values.encode(day, forKey: .day)
    case .choice(let code): try values.encode(code, forKey: .choice)
    case .choices(let codes): try values.encode(codes, forKey: .choices)
    }
  }
}
