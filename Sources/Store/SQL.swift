import Base

/// A statement or a piece of one. Interpolated values become arguments, never text.
///
///     let open: SQL = "SELECT id FROM case_file WHERE state = \(state) AND \(scope)"
public struct SQL: ExpressibleByStringInterpolation, Sendable {
  /// With `?` where an argument stands.
  public private(set) var text: String
  public private(set) var arguments: [Value]

  public init(stringLiteral text: String) {
    self.text = text
    arguments = []
  }

  public init(stringInterpolation: Interpolation) {
    text = stringInterpolation.text
    arguments = stringInterpolation.arguments
  }

  /// Text that the program itself made, such as a column list. Never anything from outside.
  public init(trusted text: String) {
    self.text = text
    arguments = []
  }

  /// The same, with what stands for its `?`.
  init(trusted text: String, arguments: [Value]) {
    self.text = text
    self.arguments = arguments
  }

  /// A token that each engine spells its own way, with its one argument.
  init(token: String, _ argument: Value) {
    text = token
    arguments = [argument]
  }

  /// Makes an argument of each interpolated value, never a part of the text.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""
    fileprivate var arguments: [Value] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount)
      arguments.reserveCapacity(interpolationCount)
    }

    public mutating func appendLiteral(_ literal: String) { text += literal }

    public mutating func appendInterpolation(_ value: some Storable) {
      text += "?"
      arguments.append(value.stored)
    }

    /// The compiler takes an optional elsewhere for a mistake; here nil is `NULL`.
    public mutating func appendInterpolation<T: Storable>(_ value: T?) {
      text += "?"
      arguments.append(value.stored)
    }

    public mutating func appendInterpolation(_ piece: SQL) {
      text += piece.text
      arguments += piece.arguments
    }

    /// A parenthesised list for `IN`. Padded with its last value to a power of two, so that few
    /// different statements exist; an empty list matches nothing.
    public mutating func appendInterpolation(list values: some Collection<some Storable>) {
      guard !values.isEmpty else {
        text += "(NULL)"
        return
      }
      var stored = values.map(\.stored)
      var width = 1
      while width < stored.count { width *= 2 }
      while stored.count < width { stored.append(stored[stored.count - 1]) }
      text += "(" + Array(repeating: "?", count: width).joined(separator: ", ") + ")"
      arguments += stored
    }
  }

  public static func + (left: SQL, right: SQL) -> SQL {
    var sum = left
    sum += right
    return sum
  }

  public static func += (left: inout SQL, right: SQL) {
    left.text += right.text
    left.arguments += right.arguments
  }
}

extension Collection where Element == SQL {
  /// The pieces with `separator` between them.
  public func joined(_ separator: String) -> SQL {
    var sum: SQL = ""
    for (index, piece) in enumerated() {
      if index > 0 { sum += SQL(trusted: separator) }
      sum += piece
    }
    return sum
  }
}
