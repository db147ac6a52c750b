import Base

extension KeyedDecodingContainer {
  /// A key that is not there keeps what there is; null takes it away.
  func edit<Value: Decodable & Sendable>(
    _ type: Value.Type, forKey key: Key
  ) throws -> Edit<Value> {
    guard contains(key) else { return .keep }
    return try decodeNil(forKey: key) ? .clear : .set(try decode(Value.self, forKey: key))
  }
}

extension Fault {
  /// The same with fields by the names that the caller gave them.
  func renaming(_ names: [String: String]) -> Fault {
    Fault(
      kind, code, arguments,
      fields: fields.map { Field(names[$0.name] ?? $0.name, $0.code, $0.arguments) })
  }

  /// Runs a verb whose fields have other names than those of the body.
  static func renaming<Value>(
    _ names: [String: String], _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch let fault as Fault {
      throw fault.renaming(names)
    }
  }
}
