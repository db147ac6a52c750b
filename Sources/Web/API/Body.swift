import Base
import Foundation
import Hummingbird
import NIOCore

/// JSON bodies: bounded, strict, and with one clear answer when they are wrong.
enum Body {
  /// Bytes of a JSON body.
  static let longest = 262_144
  /// The most wrong keys that are named.
  private static let mostNamed = 20

  static func read(_ request: Request) async throws -> Data {
    Data(buffer: try await request.collected(upTo: longest))
  }

  /// - Throws: `body.not-utf-8`, `body.not-json`, `body.not-object`, or `input.invalid` that names
  ///   the field that is missing, of a wrong type, not known, or there twice.
  static func decode<T: JSONBody>(_ type: T.Type, from data: Data) throws -> T {
    guard String(validating: data, as: UTF8.self) != nil else {
      throw Fault(.invalid, "body.not-utf-8")
    }
    let value: T
    do {
      value = try JSONDecoder().decode(T.self, from: data)
    } catch let error as DecodingError {
      throw misfit(data, T.expected) ?? fault(error, expecting: T.expected)
    }
    try checkKeys(JSONKeys(data), T.keys, open: T.openKeys)
    return value
  }

  /// A key that is not known is more often a slip than a wish to have it ignored.
  private static func checkKeys(_ keys: JSONKeys, _ known: Set<String>, open: Set<String>) throws {
    let unknown = keys.all.filter { name in
      guard !known.contains(name) else { return false }
      guard let dot = name.firstIndex(of: ".") else { return true }
      return !open.contains(String(name[..<dot])) && known.contains(String(name[..<dot]))
    }
    let faults =
      unknown.map { name in
        Fault.Field(String(name.prefix(64)), "key.unknown", ["known": names(near: name, known)])
      } + keys.repeated.map { Fault.Field(String($0.prefix(64)), "key.twice") }
    guard faults.isEmpty else {
      throw Fault(.invalid, "input.invalid", fields: Array(faults.prefix(mostNamed)))
    }
  }

  /// The keys that might have been meant: those of the same object.
  private static func names(near name: String, _ known: Set<String>) -> String {
    let isInner = name.contains(".")
    return known.filter { $0.contains(".") == isInner }.sorted().joined(separator: ", ")
  }

  // MARK: - What was wrong

  /// A fraction where a whole number is asked for; the decoder does not say where it stands.
  private static func misfit(_ data: Data, _ expected: [String: JSONExpected]) -> Fault? {
    guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      return nil
    }
    let wrong = expected.keys.sorted().filter { name in
      guard case .whole = expected[name], let number = object[name] as? Double else { return false }
      return Int(exactly: number) == nil
    }
    return wrong.first.flatMap { name in expected[name]?.fault(name) }
  }

  private static func fault(_ error: DecodingError, expecting: [String: JSONExpected]) -> Fault {
    switch error {
    case .keyNotFound(let key, let context):
      return .invalid(name(context.codingPath + [key]), "value.missing")
    case .typeMismatch(_, let context) where context.codingPath.isEmpty:
      return Fault(.invalid, "body.not-object")
    case .valueNotFound(_, let context) where context.codingPath.isEmpty:
      return Fault(.invalid, "body.not-object")
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      let name = name(context.codingPath)
      // An answer may be of several types, of which a text is tried last.
      let expected = name.hasPrefix("fields.") ? "answer" : word(type)
      return .invalid(name, "type.wrong", ["expected": expected])
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      let name = name(context.codingPath)
      return expecting[name]?.fault(name) ?? .invalid(name, "value.unreadable")
    case .dataCorrupted:
      return Fault(.invalid, "body.not-json")
    @unknown default:
      return Fault(.invalid, "body.not-json")
    }
  }

  private static func name(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      .replacing(".[", with: "[")
  }

  /// The types of JSON; worded as `json-type.…`.
  private static func word(_ type: any Any.Type) -> String {
    switch type {
    case is String.Type: "string"
    case is Bool.Type: "boolean"
    case is Int.Type, is Int64.Type, is Double.Type, is Decimal.Type: "number"
    case is [String: Any].Type: "object"
    default: "\(type)".hasPrefix("Array") ? "array" : "object"
    }
  }
}

/// A body that names all keys it may have, and what would be right where a type says too little.
protocol JSONBody: Decodable {
  static var keys: Set<String> { get }
  /// Those whose values are objects with keys of their own.
  static var openKeys: Set<String> { get }
  static var expected: [String: JSONExpected] { get }
}

extension JSONBody {
  /// Answers to a kind's fields have keys that the kind knows.
  static var openKeys: Set<String> { ["fields"] }
}

/// What a text or a number of a body has to be.
enum JSONExpected {
  case choice([String])
  case moment, day, whole, id

  func fault(_ name: String) -> Fault {
    switch self {
    case .choice(let known):
      .invalid(name, "value.not-listed", ["known": known.joined(separator: ", ")])
    case .moment: .invalid(name, "value.instant", ["example": "2026-11-21T18:24:16+08:00"])
    case .day: .invalid(name, "value.day", ["value": ""])
    case .whole: .invalid(name, "value.whole")
    case .id: .invalid(name, "value.id")
    }
  }
}
