import Base
import Foundation

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

  /// The figures by their keys in a file, in its order.
  public var values: [(key: String, value: Decimal)] {
    Self.decimals.map { ($0.key, self[keyPath: $0.path]) }
      + [("boundsToTheDot", Decimal(boundsToTheDot))]
  }

  private struct Limit: Sendable {
    let key: String
    let path: any WritableKeyPath<CheckLimits, Decimal> & Sendable
    let bounds: ClosedRange<Decimal>
  }

  private static let decimals = [
    Limit(key: "lowExecution", path: \.lowExecution, bounds: 0...100),
    Limit(key: "largeChange", path: \.largeChange, bounds: 0...1000),
    Limit(key: "farExceeded", path: \.farExceeded, bounds: 0...1000),
    Limit(key: "concentration", path: \.concentration, bounds: 1...100),
    Limit(key: "rateGap", path: \.rateGap, bounds: 0...100),
  ]

  /// The file that ships.
  public static let shippedFile = NamedFile(
    name: "check-limits.yaml", text: Embedded.files["Catalogue/check-limits.yaml"] ?? "")

  /// Reads limits out of YAML; a key that is left out keeps its value.
  ///
  /// - Throws: `check.limits-invalid` with every mistake, each named `FILE:LINE key`.
  public static func read(_ file: NamedFile) throws -> CheckLimits {
    let complaints = Complaints()
    var limits = CheckLimits()
    if let root = YAMLFile(file: file, complaints: complaints).root() {
      root.only(decimals.map(\.key) + ["boundsToTheDot"])
      for limit in decimals {
        guard let entry = root[limit.key], let value = entry.decimal() else { continue }
        if limit.bounds.contains(value) {
          limits[keyPath: limit.path] = value
        } else {
          entry.complain(
            "yaml.number.range",
            ["minimum": "\(limit.bounds.lowerBound)", "maximum": "\(limit.bounds.upperBound)"])
        }
      }
      limits.boundsToTheDot = root["boundsToTheDot"]?.whole(1...1000) ?? limits.boundsToTheDot
    }
    guard complaints.count == 0 else {
      throw Fault(
        .invalid, "check.limits-invalid", ["count": String(complaints.count)],
        fields: complaints.fields)
    }
    return limits
  }
}
