import Base
import Foundation

/// What a column holds, the same on both engines.
public enum Value: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case bytes([UInt8])
}

extension [Value] {
  /// - Throws: `Fault` `text.zero` for a text with a zero character, which PostgreSQL cannot keep: it
  ///   is refused by every engine, so that what one takes another takes too.
  func requireStorable() throws {
    for case .text(let text) in self where text.hasByte(0) {
      throw Fault(.invalid, "text.zero")
    }
  }
}

/// A Swift value that is kept in one column.
public protocol Storable: Sendable {
  var stored: Value { get }
  /// Reads column `index`; throws `StoreError.unreadable` when the column holds something else.
  static func read(_ fields: Fields, at index: Int) throws -> Self
}

extension Int64: Storable {
  public var stored: Value { .integer(self) }
  public static func read(_ fields: Fields, at index: Int) -> Self { fields.int64(index) }
}

extension Int: Storable {
  public var stored: Value { .integer(Int64(self)) }
  public static func read(_ fields: Fields, at index: Int) -> Self { Int(fields.int64(index)) }
}

extension Bool: Storable {
  public var stored: Value { .integer(self ? 1 : 0) }
  public static func read(_ fields: Fields, at index: Int) -> Self { fields.int64(index) != 0 }
}

extension Double: Storable {
  public var stored: Value { .real(self) }
  public static func read(_ fields: Fields, at index: Int) -> Self { fields.double(index) }
}

extension String: Storable {
  public var stored: Value { .text(self) }
  public static func read(_ fields: Fields, at index: Int) -> Self { fields.string(index) }
}

extension [UInt8]: Storable {
  public var stored: Value { .bytes(self) }
  public static func read(_ fields: Fields, at index: Int) -> Self { fields.bytes(index) }
}

extension Moment: Storable {
  public var stored: Value { .integer(milliseconds) }
  public static func read(_ fields: Fields, at index: Int) -> Self {
    Moment(milliseconds: fields.int64(index))
  }
}

extension Day: Storable {
  /// ISO text, so that a table is readable and sorts.
  public var stored: Value { .text(description) }
  public static func read(_ fields: Fields, at index: Int) throws -> Self {
    guard let day = Day(fields.string(index)) else { throw StoreError.unreadable(column: index) }
    return day
  }
}

extension ID: Storable {
  public var stored: Value { .integer(raw) }
  public static func read(_ fields: Fields, at index: Int) -> Self { ID(fields.int64(index)) }
}

extension Optional: Storable where Wrapped: Storable {
  public var stored: Value { self?.stored ?? .null }
  public static func read(_ fields: Fields, at index: Int) throws -> Self {
    fields.isNull(index) ? nil : try Wrapped.read(fields, at: index)
  }
}

/// Enumerations with text are kept as their text.
extension Storable where Self: RawRepresentable, RawValue == String {
  public var stored: Value { .text(rawValue) }
  public static func read(_ fields: Fields, at index: Int) throws -> Self {
    guard let value = Self(rawValue: fields.string(index)) else {
      throw StoreError.unreadable(column: index)
    }
    return value
  }
}

/// What goes wrong between us and an engine; never shown to people.
public enum StoreError: Error, Equatable {
  /// A column holds what its Swift type cannot be.
  case unreadable(column: Int)
  /// The engine refused a statement.
  case refused(code: Int, message: String, sql: String)
  /// A unique key exists already, named by table and columns: `table.column, table.column`.
  case duplicate(key: String)
  /// A row that is referred to does not exist, or still is referred to.
  case reference
}
