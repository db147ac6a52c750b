import Foundation

/// What the cell 年度指标值 or 实际完成值 of an indicator says, as a value.
///
/// People write targets freely: `=100.00(%)`, `≤6.00(月)`, `13大类144小类`, `2024年11月前`, `稳步提升`. Reading
/// never fails: what cannot be understood is of the kind `text`, and says so by that.
public struct EvaluationTarget: Equatable, Sendable {
  /// What sort of thing a cell says.
  public enum Kind: String, Sendable, CaseIterable, Codable {
    /// Nothing is written, or a dash.
    case empty
    /// A share in per cent, or a bare number.
    case number
    /// From one number to another.
    case range
    /// One or several numbers of something counted or measured.
    case count
    /// A number of times in a span of time (次/月).
    case frequency
    /// A number of one thing to another (人/次).
    case ratio
    /// A day, or a month or year of the calendar.
    case date
    /// A month of the calendar by its number alone: 6(月) is June, no six months.
    case month
    /// A length of time.
    case duration
    /// When, but not measurably (及时, 约定时间内).
    case vagueTime = "vague-time"
    /// Against another year or other places (高于2023年).
    case comparison
    /// A direction without a base to measure from (提高).
    case direction
    /// That something does not happen (未发生).
    case absence
    /// That something agrees with a requirement, or is there (达标, 建立制度).
    case conformity
    /// A word of praise with no measure (健全, 有效).
    case merit
    /// A note in place of a target (难以量化).
    case note
    /// Several conditions, each of `parts`.
    case several
    /// 达成指标: said to be met, without a value.
    case said
    /// Not understood.
    case text
  }

  public let kind: Kind
  /// The text with one width of signs and without white space.
  public let text: String
  /// The figures of a number, range, count, frequency, ratio, month or duration, in their order;
  /// also the figure of a comparison.
  public let amounts: [TargetAmount]
  /// The day, month or year of a date.
  public let date: TargetDate?
  /// The single conditions, when there are several.
  public let parts: [EvaluationTarget]

  init(
    _ kind: Kind, _ text: String, amounts: [TargetAmount] = [], date: TargetDate? = nil,
    parts: [EvaluationTarget] = []
  ) {
    self.kind = kind
    self.text = text
    self.amounts = amounts
    self.date = date
    self.parts = parts
  }

  /// Figures or a date say whether it is met, no judgement.
  public var isMeasured: Bool {
    switch kind {
    case .number, .range, .count, .frequency, .ratio, .date, .month, .duration: true
    default: false
    }
  }
}

/// How a figure binds.
public enum TargetBound: String, Sendable, CaseIterable, Codable {
  case exactly = "="
  case atLeast = "≥"
  case atMost = "≤"
  case over = ">"
  case under = "<"
  /// No sign is written.
  case none = ""

  /// More is better, or less; nil when the sign does not say.
  public var isFloor: Bool? {
    switch self {
    case .atLeast, .over: true
    case .atMost, .under: false
    case .exactly, .none: nil
    }
  }
}

/// One figure of a target: a bound, a value, and what it counts.
public struct TargetAmount: Equatable, Sendable {
  public var bound: TargetBound
  /// As written, without the multiplier: 194 of `194.00(万人)`.
  public var value: Decimal
  /// 1, or 10,000 of 万, or 100,000,000 of 亿.
  public var multiplier: Int
  /// As written, but `%` for every way to write per cent; empty when there is none.
  public var unit: String

  public init(
    _ value: Decimal, _ unit: String = "", bound: TargetBound = .none, multiplier: Int = 1
  ) {
    self.bound = bound
    self.value = value
    self.multiplier = multiplier
    self.unit = unit
  }

  /// The value with its multiplier.
  public var whole: Decimal { multiplier == 1 ? value : value * Decimal(multiplier) }

  /// A share that can be neither exceeded nor fallen short of: at least 100 %, at most 0.
  public var isLimit: Bool {
    switch bound {
    case .atLeast, .exactly: unit == "%" && value == 100
    case .atMost: value == 0
    default: false
    }
  }
}

/// A day, month or year that a target names.
public struct TargetDate: Equatable, Sendable {
  /// `atMost` of 前, `atLeast` of 后 and 起; `none` of a date alone.
  public var bound: TargetBound
  public var year: Int?
  public var month: Int?
  public var day: Int?

  public init(_ year: Int?, _ month: Int?, _ day: Int?, bound: TargetBound = .none) {
    self.year = year
    self.month = month
    self.day = day
    self.bound = bound
  }
}
