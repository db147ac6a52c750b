import Foundation

/// Reads figures with their units from the front of a text.
struct TargetNumbers {
  var rest: Scalars

  init(_ text: Scalars) { rest = text }

  /// A sign or words for a bound in front of a figure.
  mutating func bound() -> TargetBound {
    for (sign, bound) in Self.signs where rest.first == sign {
      rest.removeFirst()
      return bound
    }
    for (word, bound) in Self.words where rest.has(prefix: word) {
      let after = rest.dropFirst(word.scalars.count)
      guard after.first?.isASCIIDigit == true else { continue }
      rest = after
      return bound
    }
    return .none
  }

  private static let signs: [(Unicode.Scalar, TargetBound)] = [
    ("=", .exactly), ("≥", .atLeast), ("≤", .atMost), (">", .over), ("<", .under),
  ]

  private static let words: [(Word, TargetBound)] = [
    ("不低于", .atLeast), ("不少于", .atLeast), ("不小于", .atLeast), ("大于等于", .atLeast),
    ("大于或等于", .atLeast), ("至少", .atLeast), ("达到", .atLeast), ("不超过", .atMost), ("不高于", .atMost),
    ("不多于", .atMost), ("不大于", .atMost), ("小于等于", .atMost), ("小于或等于", .atMost), ("至多", .atMost),
    ("控制在", .atMost), ("大于", .over), ("超过", .over), ("高于", .over), ("多于", .over), ("小于", .under),
    ("低于", .under), ("少于", .under), ("等于", .exactly),
  ]

  /// A number with or without separators of thousands.
  mutating func number() -> Decimal? {
    var scan = rest
    var negative = false
    if scan.first == "-" {
      negative = true
      scan.removeFirst()
    }
    var digits: [UInt8] = []
    var places = 0
    var pointed = false
    while let scalar = scan.first {
      if scalar.isASCIIDigit {
        digits.append(UInt8(scalar.value - 48))
        places += pointed ? 1 : 0
      } else if scalar == ".", !pointed, !digits.isEmpty,
        scan.dropFirst().first?.isASCIIDigit == true
      {
        pointed = true
      } else if scalar != "," || pointed || digits.isEmpty || !Self.isGroup(scan.dropFirst()) {
        break
      }
      scan.removeFirst()
    }
    // More digits than any figure of a form has; Decimal would round them.
    guard !digits.isEmpty, digits.count <= 30 else { return nil }
    rest = scan
    let value = digits.reduce(Decimal(0)) { $0 * 10 + Decimal(Int($1)) }
    return Decimal(
      sign: negative ? .minus : .plus, exponent: -places, significand: value)
  }

  /// Exactly three digits follow a separator of thousands.
  private static func isGroup(_ text: Scalars) -> Bool {
    let digits = text.prefix(4).prefix { $0.isASCIIDigit }
    return digits.count == 3
  }

  /// A number and the unit behind it, in parentheses or bare.
  mutating func amount(_ bound: TargetBound) -> TargetAmount? {
    let start = rest
    guard let value = number() else { return nil }
    let parenthesized = rest.first == "("
    guard let unit = parenthesized ? inParentheses() : bareUnit() else {
      rest = start
      return nil
    }
    return Self.amount(value, unit, bound)
  }

  static func amount(_ value: Decimal, _ unit: Scalars, _ bound: TargetBound) -> TargetAmount {
    let (multiplier, plain) = TargetUnits.split(unit)
    return TargetAmount(
      value, TargetUnits.canonical(TargetText.string(plain)), bound: bound, multiplier: multiplier)
  }

  /// What stands in the parentheses in front; an unclosed one ends with the text.
  private mutating func inParentheses() -> Scalars? {
    let inner = rest.dropFirst()
    let end = inner.firstIndex(of: ")") ?? inner.endIndex
    rest = inner[end...].dropFirst()
    return inner[..<end]
  }

  /// Up to the next figure, separator or bound.
  private mutating func bareUnit() -> Scalars? {
    let end = rest.firstIndex { $0.isASCIIDigit || Self.enders.contains($0) } ?? rest.endIndex
    var unit = rest[..<end]
    // 1个 and 1个以上 are one unit; so is what stands before 及 and 和.
    for word in Self.tails where unit.has(suffix: word) && unit.count > word.scalars.count {
      unit = unit.dropLast(word.scalars.count)
    }
    guard unit.count <= 8 else { return nil }
    rest = rest[unit.endIndex...]
    return unit
  }

  private static let enders: Set<Unicode.Scalar> = [
    ",", ";", "。", "、", "(", ")", "-", "~", "至", "到", "≥", "≤", ">", "<", "=", "+",
  ]
  private static let tails: [Word] = [
    "以上", "以下", "以内", "之内", "左右", "及", "和", "与", "内", "前",
  ]
}
