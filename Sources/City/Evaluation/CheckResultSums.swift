import Foundation

/// Sums that 实际完成情况 states: `共4640起(其中甲2904起、乙1170起…)`.
enum ResultSums {
  static func findings(_ form: CheckForm) -> [Finding] {
    stated(form.result[...]).compactMap { stated in
      let sum = stated.parts.reduce(0, +)
      // 其中 may name some parts only, so less than the whole is no contradiction.
      guard sum > stated.whole else { return nil }
      return Finding(
        "result.sum-does-not-add-up", at: .field(.result),
        [
          "whole": "\(stated.whole)", "sum": "\(sum)", "difference": "\(sum - stated.whole)",
          "parts": stated.parts.map { "\($0)" }.joined(separator: " + "), "unit": stated.unit,
        ])
    }
  }

  private struct Stated {
    let whole: Decimal
    let unit: String
    let parts: [Decimal]
  }

  private static func stated(_ text: Scalars) -> [Stated] {
    var found: [Stated] = []
    for open in text.indices where text[open] == "(" {
      var inner = text[(open + 1)...]
      guard inner.take("其中"), let close = inner.firstIndex(of: ")") else { continue }
      if let stated = stated(before: text[..<open], inner[..<close]) { found.append(stated) }
    }
    return found
  }

  private static func stated(before: Scalars, _ inner: Scalars) -> Stated? {
    // Back over the unit to the number in front of the parenthesis.
    let tail = before.suffix(16)
    guard let last = tail.lastIndex(where: \.isASCIIDigit), tail.endIndex - last <= 4,
      last + 1 < tail.endIndex
    else { return nil }
    let unit = tail[(last + 1)...]
    let start = tail[...last].lastIndex { !$0.isASCIIDigit && $0 != "." && $0 != "," }
    var numbers = TargetNumbers(tail[(start.map { $0 + 1 } ?? tail.startIndex)...last])
    guard let whole = numbers.number(), numbers.rest.isEmpty else { return nil }
    let items = inner.split { "、,;".unicodeScalars.contains($0) }
    let parts = items.compactMap { part($0, unit) }
    guard parts.count == items.count, parts.count > 1 else { return nil }
    return Stated(whole: whole, unit: shown(unit), parts: parts)
  }

  /// The one number of a part, counted as the whole is; nil of all else.
  private static func part(_ item: Scalars, _ unit: Scalars) -> Decimal? {
    guard let start = item.firstIndex(where: \.isASCIIDigit) else { return nil }
    var numbers = TargetNumbers(item[start...])
    guard let value = numbers.number(), numbers.rest.elementsEqual(unit) else { return nil }
    return value
  }
}
