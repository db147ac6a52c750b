import Base
import Crypto
import Foundation
import _CryptoExtras

/// What a good password is: ours, after NIST SP 800-63B (length matters, composition does not).
public enum PasswordRules {
  /// Characters.
  public static let least = 10
  public static let most = 200

  /// - Parameter field: how the caller names the field.
  /// - Throws: `Fault` `input.invalid` with `value.missing`, `value.short`, `value.long` or
  ///   `password.is-sign-in`.
  public static func check(
    _ password: String, signIn: SignInName, field: String = "password"
  ) throws {
    guard !password.isEmpty else { throw Fault.invalid(field, "value.missing") }
    guard password.count >= least else {
      throw Fault.invalid(field, "value.short", bounds(password, least))
    }
    guard isShortEnough(password) else {
      throw Fault.invalid(field, "value.long", bounds(password, most))
    }
    guard SignInName.folded(password) != signIn.text else {
      throw Fault.invalid(field, "password.is-sign-in")
    }
  }

  private static func bounds(_ password: String, _ limit: Int) -> [String: String] {
    ["length": String(password.count), "limit": String(limit)]
  }

  /// One character may be many bytes, so both are bounded.
  static func isShortEnough(_ password: String) -> Bool {
    password.utf8.count <= most * 8 && password.count <= most
  }
}

/// The cost of scrypt (RFC 7914).
public struct PasswordCost: Equatable, Sendable {
  /// log2 of N.
  let rounds: Int
  let blockSize: Int
  let parallelism: Int

  /// About 40 ms and 16 MiB.
  public static let present = PasswordCost(rounds: 14, blockSize: 8, parallelism: 1)
  /// Protects nothing: for tests that sign in often.
  public static let none = PasswordCost(rounds: 1, blockSize: 1, parallelism: 1)

  /// Whether a hash at this cost is as hard to try out as one at `other`.
  func isAsHigh(as other: PasswordCost) -> Bool {
    rounds >= other.rounds && blockSize >= other.blockSize && parallelism >= other.parallelism
  }

  /// Bounds, so that a forged column cannot take the machine's memory.
  var isSane: Bool {
    (1...20).contains(rounds) && (1...32).contains(blockSize) && (1...16).contains(parallelism)
  }
}

/// A password as it is kept: scrypt, with its cost and its salt beside it.
///
/// Making and checking one costs about 40 ms of a processor on purpose; see `PasswordMill`.
public struct PasswordHash: Equatable, Sendable {
  let cost: PasswordCost
  private let salt: [UInt8]
  private let hash: SymmetricKey

  /// Hashes a password with a fresh salt.
  public init(hashing password: String, cost: PasswordCost = .present) throws {
    let salt = Secret.randomBytes(16)
    self.init(cost: cost, salt: salt, hash: try Self.derive(password, salt: salt, cost))
  }

  /// Whether `password` is the one, in a time that tells nothing about how wrong it is.
  func matches(_ password: String) throws -> Bool {
    guard !password.isEmpty, PasswordRules.isShortEnough(password) else { return false }
    return try Self.derive(password, salt: salt, cost) == hash
  }

  /// What is checked when a name has no password, so that it takes the same time: a hash that
  /// nobody knows a password for.
  static func decoy(cost: PasswordCost) -> PasswordHash {
    PasswordHash(cost: cost, salt: Secret.randomBytes(16), hash: SymmetricKey(size: .bits256))
  }

  private init(cost: PasswordCost, salt: [UInt8], hash: SymmetricKey) {
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  private static func derive(
    _ password: String, salt: [UInt8], _ cost: PasswordCost
  ) throws -> SymmetricKey {
    // Full-width and composed letters are the same letters: input methods choose, not people.
    let bytes = Array(password.precomposedStringWithCompatibilityMapping.utf8)
    guard !bytes.isEmpty else { throw Fault(.broken, "password.empty") }
    return try KDF.Scrypt.deriveKey(
      from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost.rounds,
      blockSize: cost.blockSize, parallelism: cost.parallelism)
  }
}

extension PasswordHash: LosslessStringConvertible {
  /// `scrypt$14$8$1$salt$hash`, the last two in base64.
  public var description: String {
    let numbers = [cost.rounds, cost.blockSize, cost.parallelism].map(String.init)
    let bytes = [salt, hash.withUnsafeBytes { Array($0) }].map { Data($0).base64EncodedString() }
    return (["scrypt"] + numbers + bytes).joined(separator: "$")
  }

  /// Reads what `description` wrote; nil for anything else.
  public init?(_ description: String) {
    let parts = description.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
      let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
      let salt = Data(base64Encoded: parts[4]), !salt.isEmpty,
      let hash = Data(base64Encoded: parts[5]), hash.count == 32
    else { return nil }
    let cost = PasswordCost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    guard cost.isSane else { return nil }
    self.init(cost: cost, salt: Array(salt), hash: SymmetricKey(data: hash))
  }
}
