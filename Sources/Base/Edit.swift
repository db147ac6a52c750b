/// What a change of some facts says of one that may be absent.
public enum Edit<Value: Sendable>: Sendable {
  /// Nothing: it stays as it is.
  case keep
  /// There is none from now on.
  case clear
  case set(Value)

  /// The value after the change.
  public func applied(to old: Value?) -> Value? {
    switch self {
    case .keep: old
    case .clear: nil
    case .set(let value): value
    }
  }

  public var isChange: Bool {
    if case .keep = self { false } else { true }
  }

  /// The same of another value; throws what `change` throws.
  public func map<Other: Sendable>(_ change: (Value) throws -> Other) rethrows -> Edit<Other> {
    switch self {
    case .keep: .keep
    case .clear: .clear
    case .set(let value): .set(try change(value))
    }
  }
}
