import Base
import Foundation
import Hummingbird
import NIOCore

/// JSON bodies: bounded, strict, and with one clear answer when they are wrong.
enum Body {
  /// Bytes of a JSON body.
  static let longest = 262_144

  static func read(_ request: Request) async throws -> Data {
    Data(buffer: try await request.body.collect(upTo: longest))
  }

  /// - Throws: `body.not-json`, or `input.invalid` that names the field that is missing, of a wrong
  ///   type, or not known.
  static func decode<T: Decodable & StrictlyKeyed>(_ type: T.Type, from data: Data) throws -> T {
    do {
      let value = try JSONDecoder().decode(T.self, from: data)
      try refuseUnknown(data, T.keys)
      return value
    } catch let error as DecodingError {
      throw fault(error)
    }
  }

  /// A key that is not known is more often a slip than a wish to have it ignored.
  private static func refuseUnknown(_ data: Data, _ known: Set<String>) throws {
    guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw Fault(.invalid, "body.not-object")
    }
    let unknown = names(object).filter { !known.contains($0) }.sorted()
    guard !unknown.isEmpty else { return }
    throw Fault(
      .invalid, "input.invalid",
      fields: unknown.prefix(20).map { Fault.Field(String($0.prefix(64)), "key.unknown") })
  }

  /// The keys of an object, and of the objects in it whose keys are known: `reporter.phone`.
  private static func names(_ object: [String: Any]) -> [String] {
    object.flatMap { key, value in
      guard key == "reporter", let inner = value as? [String: Any] else { return [key] }
      return [key] + inner.keys.map { "\(key).\($0)" }
    }
  }

  private static func fault(_ error: DecodingError) -> Fault {
    switch error {
    case .keyNotFound(let key, let context):
      .invalid(name(context.codingPath + [key]), "value.missing")
    case .typeMismatch(_, let context) where context.codingPath.isEmpty:
      Fault(.invalid, "body.not-object")
    case .valueNotFound(_, let context) where context.codingPath.isEmpty:
      Fault(.invalid, "body.not-object")
    case .typeMismatch(let type, let context):
      .invalid(name(context.codingPath), "type.wrong", ["expected": word(type)])
    case .valueNotFound(let type, let context):
      .invalid(name(context.codingPath), "type.wrong", ["expected": word(type)])
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      .invalid(name(context.codingPath), "value.unreadable")
    case .dataCorrupted:
      Fault(.invalid, "body.not-json")
    @unknown default:
      Fault(.invalid, "body.not-json")
    }
  }

  private static func name(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      .replacing(".[", with: "[")
  }

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

/// A body that names all keys it may have.
protocol StrictlyKeyed {
  static var keys: Set<String> { get }
}
