import Base
import Crypto
import Foundation
import Store

/// Finds telephone numbers without keeping them in an index: a keyed hash, with the key of the
/// installation, so that a copy of the index gives no numbers away.
public struct PhoneDigest: Sendable {
  private let key: SymmetricKey

  /// A number's digest, as it may stand in an address, where the number itself may not: 64 hexadecimal
  /// digits.
  public struct Value: Sendable, Hashable, LosslessStringConvertible {
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    public init?(_ text: String) {
      guard let bytes = [UInt8](hexadecimal: text), bytes.count == 32 else { return nil }
      self.bytes = bytes
    }

    public var description: String { bytes.hexadecimal }
  }

  /// - Parameter key: 32 random bytes.
  public init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

  /// The installation's key, made on first use.
  public static func load(from database: any Database) async throws -> PhoneDigest {
    try await database.write { tx in
      let stored: [UInt8]? = try tx.value("SELECT value FROM secret WHERE name = 'phone'")
      if let stored { return PhoneDigest(key: stored) }
      let key = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
      try tx.run("INSERT INTO secret (name, value) VALUES ('phone', \(key))")
      return PhoneDigest(key: key)
    }
  }

  /// The digest of a number however it is written; nil for what is no number.
  func digest(_ written: String) -> [UInt8]? {
    Self.normalised(written).map { number in
      Array(HMAC<SHA256>.authenticationCode(for: Data(number.utf8), using: key))
    }
  }

  /// A number that is to be kept, `normalised`.
  ///
  /// - Throws: `input.invalid` with `phone.unreadable` at `field`.
  static func number(_ field: String, _ written: String) throws -> String {
    guard let number = normalised(written) else {
      throw Fault.invalid(field, "phone.unreadable", ["example": "13800001234"])
    }
    return number
  }

  /// Digits only, without the country's prefix: `+86 138-0000-1234` is `13800001234`. Nil when it
  /// holds anything else than digits, blanks, dashes and brackets, or is not 3…20 digits long.
  public static func normalised(_ written: String) -> String? {
    if (3...20).contains(written.utf8.count),
      written.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      !written.hasPrefix("0086")
    {
      return written
    }
    var text = written.precomposedStringWithCompatibilityMapping.filter { !" -()".contains($0) }
    for prefix in ["+86", "0086"] where text.hasPrefix(prefix) {
      text.removeFirst(prefix.count)
    }
    guard text.allSatisfy(\.isASCIIDigit), (3...20).contains(text.count) else { return nil }
    return text
  }
}
