import Foundation
import Testing

/// Prometheus' text format, read strictly: what this reader takes, any reader takes.
struct ExpositionReader {
  struct Sample: Hashable {
    let name: String
    let labels: [String: String]
    let value: Double
  }

  private(set) var types: [String: String] = [:]
  private(set) var samples: [Sample] = []
  private(set) var complaints: [String] = []
  private var helped: Set<String> = []
  private var current = ""

  init(_ text: String) {
    if !text.hasSuffix("\n") { complaints.append("the last line has no end") }
    for line in text.split(separator: "\n") { read(String(line)) }
    var seen: Set<String> = []
    for sample in samples {
      let labels = sample.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      if !seen.insert("\(sample.name) \(labels)").inserted {
        complaints.append("\(sample.name)\(labels) stands twice")
      }
    }
    checkHistograms()
  }

  /// The only sample of a name that has these labels.
  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    let found = samples.filter { sample in
      sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
    }
    return found.count == 1 ? found[0].value : nil
  }

  private mutating func read(_ line: String) {
    if let match = line.wholeMatch(of: /# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)/) {
      let name = String(match.2)
      if match.1 == "HELP" {
        if !helped.insert(name).inserted { complaints.append("\(name) is explained twice") }
        return
      }
      if !["counter", "gauge", "histogram"].contains(match.3) { complaints.append(line) }
      if types[name] != nil { complaints.append("\(name) has two types") }
      if match.1 == "TYPE", match.3 == "counter", !name.hasSuffix("_total") {
        complaints.append("the counter \(name) does not end with _total")
      }
      types[name] = String(match.3)
      current = name
      return
    }
    readSample(line)
  }

  private mutating func readSample(_ line: String) {
    guard
      let match = line.wholeMatch(
        of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([0-9.e+-]+|\+Inf|NaN)/),
      let value = Double(match.3)
    else { return complaints.append("cannot be read: \(line)") }
    var labels: [String: String] = [:]
    var rest = match.2.map { $0[...] } ?? ""
    while !rest.isEmpty {
      guard let label = rest.prefixMatch(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)",?/)
      else { return complaints.append("labels cannot be read: \(line)") }
      labels[String(label.1)] = String(label.2)
      rest = rest[label.range.upperBound...]
    }
    let name = String(match.1)
    let isPart =
      types[current] == "histogram"
      && ["_bucket", "_sum", "_count"].contains { name == current + $0 }
    if name != current && !isPart { complaints.append("\(name) stands under \(current)") }
    if !helped.contains(current) { complaints.append("\(current) is not explained") }
    samples.append(Sample(name: name, labels: labels, value: value))
  }

  private mutating func checkHistograms() {
    for (name, type) in types where type == "histogram" {
      var groups: [[String: String]: [(bound: Double, count: Double)]] = [:]
      for sample in samples where sample.name == "\(name)_bucket" {
        guard let text = sample.labels["le"], let bound = Double(text) else {
          complaints.append("\(name): a bucket without a bound")
          continue
        }
        groups[sample.labels.filter { $0.key != "le" }, default: []].append((bound, sample.value))
      }
      for (labels, buckets) in groups {
        let inOrder = zip(buckets, buckets.dropFirst())
          .allSatisfy { $0.bound < $1.bound && $0.count <= $1.count }
        if !inOrder || buckets.last?.bound != .infinity {
          complaints.append("\(name)\(labels): buckets out of order")
        }
        let count = samples.first { $0.name == "\(name)_count" && $0.labels == labels }?.value
        if count != buckets.last?.count { complaints.append("\(name)\(labels): the count differs") }
      }
    }
  }
}
