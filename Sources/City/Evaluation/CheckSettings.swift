import Base
import Foundation

/// Which rules are checked, and from where on a figure is worth asking about.
public struct CheckSettings: Equatable, Sendable {
  /// The rules switched off, each with the reason.
  public private(set) var off: [String: String] = [:]
  public var limits = CheckLimits()

  public init() {}

  /// Those of rules that exist.
  init(off: [String: String]) { self.off = off }

  /// A reason is always wanted, and a code that exists: a mistyped one would switch nothing off.
  public mutating func switchOff(_ code: String, because reason: String) throws(Fault) {
    guard CheckRule.of(code) != nil else {
      throw .invalid("rule", "check.rule-unknown", ["code": code])
    }
    guard !reason.allSatisfy(\.isWhitespace) else {
      throw .invalid("reason", "check.reason-missing", ["code": code])
    }
    off[code] = reason
  }

  /// Whether findings of this code are wanted.
  public func isOn(_ code: String) -> Bool { off[code] == nil }
}
