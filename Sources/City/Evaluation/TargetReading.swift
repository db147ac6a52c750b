import Foundation

extension EvaluationTarget {
  /// Reads a cell. Both widths of signs, both kinds of parentheses, and cells broken over lines are
  /// read alike.
  public init(_ raw: String) {
    let scalars = TargetText.normalized(raw)
    self = TargetReader(scalars[...]).target()
  }

  /// A cell's text with one width of signs and without white space.
  public static func normalized(_ raw: String) -> String {
    TargetText.string(TargetText.normalized(raw))
  }
}

/// Tries one reading after the other, the most certain first.
struct TargetReader {
  let whole: Scalars

  init(_ text: Scalars) { whole = text }

  func target() -> EvaluationTarget {
    if whole.allSatisfy({ "-/".unicodeScalars.contains($0) }) { return make(.empty) }
    if TargetWords.said.contains(where: { $0.scalars.elementsEqual(whole) }) { return make(.said) }
    return note() ?? comparison() ?? dated() ?? figures() ?? several() ?? limit() ?? inSentence()
      ?? make(TargetWords.kind(of: bare))
  }

  private func make(
    _ kind: EvaluationTarget.Kind, amounts: [TargetAmount] = [], date: TargetDate? = nil,
    parts: [EvaluationTarget] = []
  ) -> EvaluationTarget {
    EvaluationTarget(
      kind, TargetText.string(whole), amounts: amounts, date: date, parts: parts)
  }

  /// Without a sign in front: `=达标` is 达标.
  private var bare: Scalars {
    whole.first.map { "=≥≤><".unicodeScalars.contains($0) } == true ? whole.dropFirst() : whole
  }

  private func note() -> EvaluationTarget? {
    TargetWords.kind(of: bare) == .note ? make(.note) : nil
  }

  /// 高于2023年, 低于市、区两级平均水平; a figure in it (同比下降5%) is kept.
  private func comparison() -> EvaluationTarget? {
    guard TargetWords.isComparison(bare) else { return nil }
    let percent = bare.firstIndex(of: "%").flatMap { end -> TargetAmount? in
      let start = bare[..<end].lastIndex { !$0.isASCIIDigit && $0 != "." } ?? bare.startIndex
      var numbers = TargetNumbers(bare[start..<end].drop { !$0.isASCIIDigit })
      return numbers.number().map { TargetAmount($0, "%") }
    }
    return make(.comparison, amounts: percent.map { [$0] } ?? [])
  }

  private func dated() -> EvaluationTarget? {
    var numbers = TargetNumbers(whole)
    let sign = numbers.bound()
    return TargetDates.date(numbers.rest, sign).map { make(.date, date: $0) }
  }

  /// The text is figures with their units and nothing else.
  private func figures() -> EvaluationTarget? {
    var numbers = TargetNumbers(whole)
    let bound = numbers.bound()
    if let range = range(numbers.rest) { return range }
    // Several figures in one pair of parentheses: `355.00(个村居 35个片区)`.
    var amounts: [TargetAmount] = []
    while let amount = numbers.amount(bound) {
      if let inner = inner(of: amount, bound) { amounts += inner } else { amounts.append(amount) }
      numbers.rest = numbers.rest.drop { Self.joints.contains($0) }
    }
    guard let first = amounts.first else { return nil }
    if let tail = Self.tails.first(where: { $0.0.scalars.elementsEqual(numbers.rest) }) {
      amounts = amounts.map { amount in
        var bounded = amount
        if bound == .none || bound == .exactly { bounded.bound = tail.1 }
        return bounded
      }
    } else if !numbers.rest.isEmpty {
      return nil
    }
    return amounts.count > 1 ? make(.count, amounts: amounts) : single(amounts.first ?? first)
  }

  private static let joints: Set<Unicode.Scalar> = ["及", "和", "与", "、", "+"]
  private static let tails: [(Word, TargetBound)] = [
    ("以上", .atLeast), ("以下", .atMost), ("以内", .atMost), ("之内", .atMost), ("内", .atMost),
  ]

  /// Figures within a unit; `1.00(1次/月)` only says the 1 twice.
  private func inner(of amount: TargetAmount, _ bound: TargetBound) -> [TargetAmount]? {
    let unit = Scalars(amount.unit.unicodeScalars)
    guard let digit = unit.firstIndex(where: \.isASCIIDigit) else { return nil }
    if digit == unit.startIndex {
      var numbers = TargetNumbers(unit)
      guard numbers.number() == 1 else { return nil }
      return [TargetNumbers.amount(amount.value, numbers.rest, bound)]
    }
    var numbers = TargetNumbers(unit[digit...])
    guard let second = numbers.amount(bound), numbers.rest.isEmpty else { return nil }
    let first = TargetAmount(
      amount.value, TargetText.string(unit[..<digit]), bound: bound, multiplier: amount.multiplier)
    return [first, second]
  }

  private func single(_ amount: TargetAmount) -> EvaluationTarget {
    if isMonth(amount) { return make(.month, amounts: [amount]) }
    switch TargetUnits.shape(of: amount.unit) {
    case .frequency: return make(.frequency, amounts: [amount])
    case .ratio: return make(.ratio, amounts: [amount])
    case .span: return make(.duration, amounts: [amount])
    case .plain:
      return make(amount.unit.isEmpty || amount.unit == "%" ? .number : .count, amounts: [amount])
    }
  }

  /// 月 without 个 is a month of the calendar, unless it is said to be exactly or at least so many.
  private func isMonth(_ amount: TargetAmount) -> Bool {
    guard amount.unit == "月", amount.multiplier == 1, (1...12).contains(amount.value),
      amount.value.isWhole
    else { return false }
    return amount.bound != .exactly && amount.bound != .atLeast && amount.bound != .over
  }

  /// `90%-95%`, `80至90个`.
  private func range(_ text: Scalars) -> EvaluationTarget? {
    var numbers = TargetNumbers(text)
    guard var low = numbers.amount(.atLeast), let mark = numbers.rest.first,
      "-~至到".unicodeScalars.contains(mark)
    else { return nil }
    numbers.rest.removeFirst()
    guard let high = numbers.amount(.atMost), numbers.rest.isEmpty, low.value < high.value,
      low.unit.isEmpty || low.unit == high.unit
    else { return nil }
    if low.unit.isEmpty { (low.unit, low.multiplier) = (high.unit, high.multiplier) }
    return make(.range, amounts: [low, high])
  }

  /// Conditions with a comma or a full stop between them.
  private func several() -> EvaluationTarget? {
    let parts = whole.split { ",;。".unicodeScalars.contains($0) }
    guard parts.count > 1, !whole.contains("(") else { return nil }
    return make(.several, parts: parts.map { TargetReader($0).target() })
  }

  /// `24小时内`, `收到收据后30个工作日内`.
  private func limit() -> EvaluationTarget? {
    guard let start = bare.firstIndex(where: \.isASCIIDigit) else { return nil }
    var numbers = TargetNumbers(bare[start...])
    guard let value = numbers.number(), let span = numbers.rest.prefix(of: TargetUnits.spans)
    else { return nil }
    let rest = numbers.rest.dropFirst(span.scalars.count)
    guard let tail = Self.tails.first(where: { rest.has(prefix: $0.0) }) else { return nil }
    return make(
      .duration, amounts: [TargetAmount(value, TargetText.string(span.scalars), bound: tail.1)])
  }

  /// A number and a known measure inside other words: `配置到2个视频点名调度室`.
  private func inSentence() -> EvaluationTarget? {
    guard let start = whole.firstIndex(where: \.isASCIIDigit) else { return nil }
    let before = whole[..<start].last
    guard before.map({ !$0.properties.isAlphabetic || $0.value > 0x7F }) ?? true else { return nil }
    var bound = TargetBound.none
    for word in Self.bounds where whole[..<start].has(suffix: word.0) { bound = word.1 }
    var numbers = TargetNumbers(whole[start...])
    guard let value = numbers.number(),
      let measure = numbers.rest.prefix(of: TargetUnits.inSentence)
    else { return nil }
    numbers.rest.removeFirst(measure.scalars.count)
    for tail in Self.tails where numbers.rest.has(prefix: tail.0) { bound = tail.1 }
    return single(TargetNumbers.amount(value, measure.scalars[...], bound))
  }

  private static let bounds: [(Word, TargetBound)] = [
    ("=", .exactly), ("≥", .atLeast), ("≤", .atMost), (">", .over), ("<", .under), ("超过", .over),
    ("不少于", .atLeast), ("不低于", .atLeast), ("至少", .atLeast), ("不超过", .atMost),
  ]
}

extension Decimal {
  var isWhole: Bool { exponent >= 0 || halfUp(0) == self }
}
