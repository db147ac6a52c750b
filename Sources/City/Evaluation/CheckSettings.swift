import Base
import Foundation

/// Which rules are checked, and from where on a figure is worth asking about.
public struct CheckSettings: Equatable, Sendable {
  /// The rules switched off, each with the reason.
  public private(set) var off: [String: String] = [:]
  public var limits = CheckLimits()

  public init() {}

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

/// From where on a figure is worth asking about; all in per cent unless said otherwise.
public struct CheckLimits: Equatable, Sendable {
  /// An execution rate below it is low.
  public var lowExecution: Decimal = 80
  /// A change of the budget above it is large.
  public var largeChange: Decimal = 20
  /// An actual value so much above its target exceeds it far. 100 % against at least 80 % does not
  /// yet.
  public var farExceeded: Decimal = 25
  /// One indicator's share of all points above it is much.
  public var concentration: Decimal = 40
  /// How many bounds a form must have before meeting all of them exactly is remarkable.
  public var boundsToTheDot = 4
  /// So many points by which a stated rate of spending may be off the execution rate.
  public var rateGap: Decimal = 1

  public init() {}
}
