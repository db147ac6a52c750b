import Base
import Foundation

/// A family of measurements, as Prometheus reads it.
public struct Figure: Sendable {
  /// What sort of number it is.
  public enum Kind: String, Sendable {
    /// Only grows, from the start of the process on.
    case counter
    case gauge
    case histogram
  }

  /// One number, with what tells it from the others of its family.
  struct Sample: Sendable {
    var suffix = ""
    let labels: [(name: String, value: String)]
    let value: Double
  }

  let name: String
  let help: String
  let kind: Kind
  private(set) var samples: [Sample] = []

  /// - Parameter name: letters, digits and `_`, with its unit; a counter ends with `_total`.
  public init(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }

  /// A family of one number.
  public init(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
    self.init(name, kind, help)
    add(Double(value))
  }

  /// - Parameter labels: their values may be anything, but must be few.
  public mutating func add(_ value: Double, _ labels: [(name: String, value: String)] = []) {
    samples.append(Sample(labels: labels, value: value))
  }

  mutating func add(
    _ reading: Histogram.Reading, _ labels: [(name: String, value: String)] = []
  ) {
    var count = 0
    for (place, more) in reading.counts.enumerated() {
      count += more
      let bound = place < reading.bounds.count ? Self.text(reading.bounds[place]) : "+Inf"
      samples.append(
        Sample(suffix: "_bucket", labels: labels + [("le", bound)], value: Double(count)))
    }
    samples.append(Sample(suffix: "_sum", labels: labels, value: reading.sum))
    samples.append(Sample(suffix: "_count", labels: labels, value: Double(count)))
  }

  /// Whole numbers without a fraction.
  static func text(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}

/// Prometheus' text format, version 0.0.4.
enum Exposition {
  static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

  static func text(_ figures: [Figure]) -> String {
    var text = ""
    for figure in figures {
      text += "# HELP \(figure.name) \(escaped(figure.help))\n"
      text += "# TYPE \(figure.name) \(figure.kind.rawValue)\n"
      for sample in figure.samples {
        let labels = sample.labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
        let braced = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
        text += "\(figure.name)\(sample.suffix)\(braced) \(Figure.text(sample.value))\n"
      }
    }
    return text
  }

  private static func escaped(_ text: String, quotes: Bool = false) -> String {
    let plain = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    return quotes ? plain.replacing("\"", with: "\\\"") : plain
  }
}
