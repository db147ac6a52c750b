import Foundation

/// One 财政项目支出绩效自评表 as it was read or made: the yearly self-evaluation of one fiscal project
/// (财政部《项目支出绩效评价管理办法》, 财预〔2020〕10号).
///
/// Everything is kept as printed; nothing is repaired. `computed` is what follows from it, and is
/// written to JSON but never read from it.
public struct EvaluationForm: Equatable, Sendable {
  /// The file it came from, as it was named.
  public var source: String
  /// Which form of that file, from 1.
  public var ordinal: Int
  public var year: Int?
  /// 项目名称
  public var project = ""
  /// 主管部门
  public var department = ""
  /// 实施单位
  public var unit = ""
  /// What the budget's amounts are in; nil when the form does not say.
  public var moneyUnit: MoneyUnit?
  public var budget = EvaluationBudget()
  /// 预期目标
  public var goal = ""
  /// 实际完成情况
  public var result = ""
  public var indicators: [EvaluationIndicator] = []
  /// The row 总分.
  public var total = EvaluationTotal()
  /// 评分等级 as printed; empty when the form has none.
  public var grade = ""
  /// What was read but could not be placed with certainty, and what is missing.
  public var unplaced: [UnplacedText] = []
  /// What checking found; empty until it is checked.
  public var findings: [Finding] = []
  /// The rules by which it was not checked, each with the reason.
  public var off: [String: String] = [:]

  public init(source: String = "", ordinal: Int = 1) {
    self.source = source
    self.ordinal = ordinal
  }
}

/// What amounts are in.
public enum MoneyUnit: String, Codable, Sendable, CaseIterable {
  case yuan = "元"
  case tenThousandYuan = "万元"

  /// How many 元 one is.
  public var inYuan: Decimal { self == .yuan ? 1 : 10_000 }
}

/// One line of the table of indicators.
public struct EvaluationIndicator: Equatable, Sendable, Codable {
  /// 一级指标, e.g. 产出指标; empty when it could not be placed.
  public var level1: String
  /// 二级指标, e.g. 数量指标; empty when it could not be placed.
  public var level2: String
  /// 三级指标
  public var name: String
  /// 年度指标值
  public var target: String
  /// 实际完成值
  public var actual: String
  /// 分值
  public var weight: PrintedNumber
  /// 得分
  public var score: PrintedNumber
  /// 偏差原因分析及改进措施
  public var reason: String

  public init(
    level1: String = "", level2: String = "", name: String = "", target: String = "",
    actual: String = "", weight: PrintedNumber = .none, score: PrintedNumber = .none,
    reason: String = ""
  ) {
    self.level1 = level1
    self.level2 = level2
    self.name = name
    self.target = target
    self.actual = actual
    self.weight = weight
    self.score = score
    self.reason = reason
  }
}

/// The row 总分.
public struct EvaluationTotal: Equatable, Sendable, Codable {
  public var weight: PrintedNumber
  public var score: PrintedNumber

  public init(weight: PrintedNumber = .none, score: PrintedNumber = .none) {
    self.weight = weight
    self.score = score
  }
}

/// Text of a source that could not be placed with certainty, or a part of a form that is missing.
public struct UnplacedText: Equatable, Sendable, Codable {
  /// Why; worded as `evaluation.unplaced.<code>`.
  public enum Reason: String, Sendable, Codable, CaseIterable {
    /// Nothing says which cell it belongs to.
    case noPlace = "no-place"
    /// It could belong to several cells.
    case ambiguous
    /// The form ends before its row 总分.
    case cutOff = "cut-off"
    /// The part of the form that `text` names is not there.
    case missing
    /// `text` names a level that stands, in its source, where it may belong to other lines.
    case levelUncertain = "level-uncertain"
    /// A cell holds a formula whose result the file does not keep.
    case formulaWithoutValue = "formula-without-value"
  }

  /// The line of the source from 1; of a table in a document, the row. Nil when there is none.
  public var line: Int?
  public var text: String
  public var reason: Reason

  public init(line: Int?, text: String, reason: Reason) {
    self.line = line
    self.text = text
    self.reason = reason
  }
}
