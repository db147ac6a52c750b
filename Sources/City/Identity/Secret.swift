import Crypto
import Foundation

/// Random tokens, and what is kept of them.
enum Secret {
  /// 32 random bytes from the system's generator, as 43 characters that stand in any header.
  static func fresh() -> String {
    base64URL(randomBytes(32))
  }

  static func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// What the database keeps of a token: enough to find it again, useless to a thief.
  ///
  /// A plain hash is enough because the token itself is random and long.
  static func digest(_ token: String) -> [UInt8] {
    Array(SHA256.hash(data: Array(token.utf8)))
  }

  /// A second token that only a holder of `token` can know, for one `purpose`.
  static func derived(from token: String, for purpose: String) -> String {
    let key = SymmetricKey(data: Array(token.utf8))
    return base64URL(
      Array(HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: key)))
  }

  /// Compares in a time that tells nothing about where the two differ.
  static func equal(_ left: String, _ right: String) -> Bool {
    SymmetricKey(data: Array(left.utf8)) == SymmetricKey(data: Array(right.utf8))
  }

  private static func base64URL(_ bytes: [UInt8]) -> String {
    String(
      Data(bytes).base64EncodedString().filter { $0 != "=" }
        .map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
  }
}
