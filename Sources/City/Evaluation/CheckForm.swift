import Foundation

/// A form with all that the rules read more than once.
struct CheckForm: Sendable {
  let form: EvaluationForm
  let indicators: [CheckIndicator]
  let goal: [Unicode.Scalar]
  let result: [Unicode.Scalar]

  init(_ form: EvaluationForm) {
    self.form = form
    indicators = form.indicators.enumerated().map { CheckIndicator($1, at: $0) }
    goal = TargetText.normalized(form.goal)
    result = TargetText.normalized(form.result)
  }
}

/// An indicator with its target and actual value read.
struct CheckIndicator: Sendable {
  let index: Int
  let indicator: EvaluationIndicator
  /// With one width of signs and without white space.
  let name: [Unicode.Scalar]
  let level1: IndicatorLevel?
  let target: EvaluationTarget
  let actual: EvaluationTarget
  let outcome: TargetOutcome

  init(_ indicator: EvaluationIndicator, at index: Int) {
    self.index = index
    self.indicator = indicator
    name = TargetText.normalized(indicator.name)
    // Older forms have satisfaction as a second level of benefit.
    level1 =
      IndicatorLevel(indicator.level2) == .satisfaction
      ? .satisfaction : IndicatorLevel(indicator.level1)
    target = EvaluationTarget(indicator.target)
    actual = EvaluationTarget(indicator.actual)
    outcome = target.outcome(of: actual)
  }

  var place: Finding.Place { .indicator(index) }
  var weight: Decimal? { indicator.weight.value }
  var score: Decimal? { indicator.score.value }

  /// The arguments that most findings of an indicator have.
  func arguments(_ more: [String: String] = [:]) -> [String: String] {
    var all = ["name": shown(name), "target": target.text, "actual": actual.text]
    all["weight"] = indicator.weight.text
    all["score"] = indicator.score.text
    return all.merging(more) { $1 }
  }

  /// Which way is better of a target `=`, as far as it is certain: more of what is to be delivered,
  /// except where the name says that less is wanted.
  var direction: ScoreDirection? {
    let text = name[...]
    // Whether a span of time is to be kept to or kept below, its name does not say.
    guard ![.duration, .month, .date].contains(target.kind) else { return nil }
    if text.containsAny(Self.unwanted) { return .lessIsBetter }
    guard level1 == .output || level1 == .satisfaction else { return nil }
    return text.containsAny(Self.costs) ? nil : .moreIsBetter
  }

  private static let unwanted = Word.list(
    "投诉 事故 故障率 故障次数 差错 违规 违法 漏报 迟报 延误 逾期 缺陷率 复吸率 发案率 响应时间 失误")
  private static let costs = Word.list(
    """
    成本 费用 价格 单价 金额 时间 时长 期限 天数 工期 类型 控制 上限 限额 变动率 调整率 调剂 结余 结转 偏差 差异 流失 \
    损耗 空置 库存 能耗 排放 降低 减少 压减 死亡 发病 失业 欠
    """)
}

func shown(_ scalars: some Sequence<Unicode.Scalar>) -> String { TargetText.string(scalars) }

/// A first level of indicators.
enum IndicatorLevel: String, Sendable, CaseIterable {
  case cost = "成本指标"
  case output = "产出指标"
  case benefit = "效益指标"
  case satisfaction = "满意度指标"

  /// Nil of a name that is none of them.
  init?(_ name: String) {
    let text = TargetText.normalized(name)[...]
    if text.contains("满意") {
      self = .satisfaction
    } else if text.contains("效益") || text.contains("效果") {
      self = .benefit
    } else if text.contains("产出") {
      self = .output
    } else if text.contains("成本") {
      self = .cost
    } else {
      return nil
    }
  }
}
