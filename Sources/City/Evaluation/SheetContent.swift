import Base
import Foundation

/// What a sheet says.
public enum SheetContent: Equatable, Sendable {
  case appraisal(AppraisalContent)
  case targets(TargetsContent)
  case monitoring(MonitoringContent)
  case use(UseContent)

  public var kind: SheetKind {
    switch self {
    case .appraisal: .appraisal
    case .targets: .targets
    case .monitoring: .monitoring
    case .use: .use
    }
  }

  /// One that says nothing yet.
  public init(_ kind: SheetKind) {
    switch kind {
    case .appraisal: self = .appraisal(AppraisalContent())
    case .targets: self = .targets(TargetsContent())
    case .monitoring: self = .monitoring(MonitoringContent())
    case .use: self = .use(UseContent())
    }
  }

  init(_ kind: SheetKind, json: String) throws {
    let data = Data(json.utf8)
    let decoder = JSONDecoder()
    switch kind {
    case .appraisal: self = .appraisal(try decoder.decode(AppraisalContent.self, from: data))
    case .targets: self = .targets(try decoder.decode(TargetsContent.self, from: data))
    case .monitoring: self = .monitoring(try decoder.decode(MonitoringContent.self, from: data))
    case .use: self = .use(try decoder.decode(UseContent.self, from: data))
    }
  }

  /// As it is stored.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      let data =
        switch self {
        case .appraisal(let content): try encoder.encode(content)
        case .targets(let content): try encoder.encode(content)
        case .monitoring(let content): try encoder.encode(content)
        case .use(let content): try encoder.encode(content)
        }
      return String(decoding: data, as: UTF8.self)
    }
  }

  /// The members of a kind's JSON.
  public static func keys(of kind: SheetKind) -> [String] {
    switch kind {
    case .appraisal: AppraisalContent.CodingKeys.allCases.map(\.rawValue)
    case .targets: TargetsContent.CodingKeys.allCases.map(\.rawValue)
    case .monitoring: MonitoringContent.CodingKeys.allCases.map(\.rawValue)
    case .use: UseContent.CodingKeys.allCases.map(\.rawValue)
    }
  }

  public var appraisal: AppraisalContent? { if case .appraisal(let one) = self { one } else { nil } }
  public var targets: TargetsContent? { if case .targets(let one) = self { one } else { nil } }
  public var monitoring: MonitoringContent? {
    if case .monitoring(let one) = self { one } else { nil }
  }
  public var use: UseContent? { if case .use(let one) = self { one } else { nil } }
}

/// What an appraisal before the budget came to.
public enum AppraisalConclusion: String, Sendable, Codable, CaseIterable {
  /// 予以支持
  case support
  /// 部分支持
  case partly
  /// 不予支持
  case reject
}

/// 事前绩效评估: whether the project should get money at all.
public struct AppraisalContent: Equatable, Sendable, Codable {
  public var day: Day?
  /// Who appraised.
  public var appraiser = ""
  /// Whether others did, not the body itself.
  public var isOutside = false
  public var score = PrintedNumber.none
  public var outOf: PrintedNumber = "100"
  /// What the score is compared with, such as the mean of all projects appraised.
  public var mean = PrintedNumber.none
  public var conclusion: AppraisalConclusion?
  /// The money asked for, in the project's unit.
  public var requested = PrintedNumber.none
  public var words = ""
  /// The report; handing in wants it.
  public var document: ID<ProjectAttachment>?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case day, appraiser, isOutside, score, outOf, mean, conclusion, requested, words, document
  }

  public init() {}

  /// Per cent of the whole; nil where there is no score.
  public var percent: Decimal? {
    guard let score = score.value, let whole = outOf.value, whole > 0 else { return nil }
    return (score * 100 / whole).halfUp(2)
  }

  /// 优良中差, by the bounds of the form's grade.
  public var grade: EvaluationGrade? { percent.map(EvaluationGrade.init(points:)) }
}

/// 绩效目标申报: what the money is to bring about.
public struct TargetsContent: Equatable, Sendable, Codable {
  public var goal = ""
  public var lines: [TargetLine] = []

  enum CodingKeys: String, CodingKey, CaseIterable {
    case goal, lines
  }

  public init() {}
}

/// One indicator as it is declared.
public struct TargetLine: Equatable, Sendable, Codable {
  /// The indicator of the form that it becomes; nil until it is saved.
  public var id: ID<ProjectIndicator>?
  public var level1 = ""
  public var level2 = ""
  public var name = ""
  public var target = ""
  public var weight = PrintedNumber.none
  public var direction: ScoreDirection?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, level1, level2, name, target, weight, direction
  }

  public init() {}

  public init(_ indicator: ProjectIndicator) {
    id = indicator.id
    level1 = indicator.cells.level1
    level2 = indicator.cells.level2
    name = indicator.cells.name
    target = indicator.cells.target
    weight = indicator.cells.weight
    direction = indicator.direction
  }

  var isBlank: Bool { (level1 + level2 + name + target + weight.text).isEmpty }

  /// Its cells in a form.
  var cells: EvaluationIndicator {
    EvaluationIndicator(level1: level1, level2: level2, name: name, target: target, weight: weight)
  }
}

/// 绩效运行监控: how far money and targets are on a day of the year.
public struct MonitoringContent: Equatable, Sendable, Codable {
  /// The last day that the figures are about.
  public var asOf: Day?
  /// The budget as it stood on that day; filled in by the desk.
  public var adjusted = PrintedNumber.none
  public var executed = PrintedNumber.none
  public var lines: [MonitoringLine] = []
  /// What is done about what is behind.
  public var measures = ""

  enum CodingKeys: String, CodingKey, CaseIterable {
    case asOf, adjusted, executed, lines, measures
  }

  public init() {}
}

/// One indicator on that day.
public struct MonitoringLine: Equatable, Sendable, Codable {
  public var id: ID<ProjectIndicator>
  /// As they stood; filled in by the desk.
  public var name = ""
  public var target = ""
  public var direction: ScoreDirection?
  /// So far.
  public var actual = ""
  /// What is expected at the year's end.
  public var forecast = ""
  public var note = ""

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, name, target, direction, actual, forecast, note
  }

  public init(id: ID<ProjectIndicator>) { self.id = id }
}

/// What a result means for the next budget.
public enum UseDecision: String, Sendable, Codable, CaseIterable {
  /// 优先保障、适当增加
  case increase
  /// 按原规模安排
  case keep
  /// 核减
  case reduce
  /// 调整方向或内容
  case adjust
  /// 取消
  case stop
}

/// 结果应用: what follows from a published form.
public struct UseContent: Equatable, Sendable, Codable {
  public var decision: UseDecision?
  /// The next year's budget, in the project's unit.
  public var nextBudget = PrintedNumber.none
  public var words = ""
  /// When and where the result was disclosed.
  public var disclosedOn: Day?
  public var disclosedAt = ""
  public var items: [UseItem] = []

  enum CodingKeys: String, CodingKey, CaseIterable {
    case decision, nextBudget, words, disclosedOn, disclosedAt, items
  }

  public init() {}
}

/// Something to be put right.
public struct UseItem: Equatable, Sendable, Codable {
  /// The item that it becomes; nil until it is saved.
  public var id: ID<Rectification>?
  public var what = ""
  public var responsible = ""
  public var due: Day?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, what, responsible, due
  }

  public init() {}

  var isBlank: Bool { (what + responsible).isEmpty && due == nil }
}
