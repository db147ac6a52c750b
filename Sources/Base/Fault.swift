/// What went wrong, as a value: a stable code that is worded per language at the edge, the figures
/// the wording needs, and the fields at fault.
public struct Fault: Error, Equatable, Sendable {
  /// How the outside should take it; mapped once to HTTP and to exit codes.
  public enum Kind: String, Sendable, CaseIterable {
    /// The input is wrong and will stay wrong.
    case invalid
    /// Nobody is signed in, or the token is not known.
    case unauthenticated
    /// Signed in, but not allowed.
    case forbidden
    case missing
    /// True once, but somebody was faster: look again.
    case conflict
    case tooLarge
    case tooMany
    /// Try again later.
    case unavailable
    /// Our mistake; the cause is logged, never shown.
    case broken
  }

  /// One field at fault.
  public struct Field: Equatable, Sendable {
    /// The field's name as the caller wrote it, e.g. `fields.area` or `line 12: kinds[3].code`.
    public let name: String
    /// The stable code of what is wrong with it, worded as `field.<code>`.
    public let code: String
    public let arguments: [String: String]

    public init(_ name: String, _ code: String, _ arguments: [String: String] = [:]) {
      self.name = name
      self.code = code
      self.arguments = arguments
    }
  }

  public let kind: Kind
  /// Stable and dotted, e.g. `case.stale`; worded as `fault.<code>`.
  public let code: String
  public let arguments: [String: String]
  public let fields: [Field]

  public init(
    _ kind: Kind, _ code: String, _ arguments: [String: String] = [:], fields: [Field] = []
  ) {
    self.kind = kind
    self.code = code
    self.arguments = arguments
    self.fields = fields
  }

  /// Bad input with one field named.
  public static func invalid(
    _ field: String, _ code: String, _ arguments: [String: String] = [:]
  ) -> Fault {
    Fault(.invalid, "input.invalid", fields: [Field(field, code, arguments)])
  }

  /// What was asked for does not exist, or not for who asks.
  public static func missing(_ what: String) -> Fault {
    Fault(.missing, "\(what).missing")
  }
}

extension Fault: CustomStringConvertible {
  public var description: String {
    let details = fields.map { "\($0.name): \($0.code)\(Self.sorted($0.arguments))" }
    return ([code + Self.sorted(arguments)] + details).joined(separator: "; ")
  }

  /// By name, so that the same fault is always written in the same way.
  private static func sorted(_ arguments: [String: String]) -> String {
    guard !arguments.isEmpty else { return "" }
    let pairs = arguments.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return " [\(pairs.joined(separator: ", "))]"
  }
}
