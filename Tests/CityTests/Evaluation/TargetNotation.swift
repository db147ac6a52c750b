import Foundation
import Testing

@testable import City

extension EvaluationTarget {
  /// The parse in one line, e.g. `frequency =1 次/月`, `date ≤ 2024-11`.
  var notation: String {
    var words = [kind.rawValue]
    words += amounts.map { amount in
      let many = amount.multiplier == 1 ? "" : "×\(amount.multiplier)"
      return "\(amount.bound.rawValue)\(amount.value)\(many) \(amount.unit)"
    }
    if let date {
      let parts = [date.year, date.month, date.day].map { $0.map(String.init) ?? "?" }
      words.append("\(date.bound.rawValue)\(parts.joined(separator: "-"))")
    }
    words += parts.map { "[\($0.notation)]" }
    return words.joined(separator: " ").trimmingCharacters(in: .whitespaces)
  }
}

extension TargetOutcome {
  /// The outcome in one line, e.g. `met +20`, `unknown words`.
  var notation: String {
    switch self {
    case .met(let deviation): "met" + (deviation.map { " \($0.difference)" } ?? "")
    case .missed(let deviation): "missed" + (deviation.map { " \($0.difference)" } ?? "")
    case .differs(let deviation): "differs \(deviation.difference)"
    case .saidMet: "said"
    case .saidShort(let band): "said-\(band.rawValue)"
    case .unknown(let reason): "unknown \(reason.rawValue)"
    }
  }
}
