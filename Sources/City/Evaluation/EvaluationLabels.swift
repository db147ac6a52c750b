/// The fixed words of the form, without white space: what a reader holds on to.
///
/// Several wordings of one label stand in the order of how often they are met; the first found
/// counts.
enum EvaluationLabel: CaseIterable {
  case project, department, unit, money, opening, total, currentYear, carriedOver, other
  case goals, goal, result, levels, reason, sum, grade

  var wordings: [String] {
    switch self {
    case .project: ["项目名称"]
    case .department: ["主管部门"]
    case .unit: ["实施单位", "项目单位", "预算单位"]
    case .money: ["项目资金", "预算执行情况"]
    case .opening: ["年初预算数"]
    case .total: ["年度资金总额"]
    case .currentYear: ["当年财政拨款", "本年财政拨款", "财政拨款"]
    case .carriedOver: ["上年结转资金", "上年结转"]
    case .other: ["其他资金", "其它资金"]
    case .goals: ["年度总体目标", "总体目标"]
    case .goal: ["预期目标"]
    case .result: ["实际完成情况"]
    case .levels: ["一级指标"]
    case .reason: ["偏差原因分析及改进措施", "改进措施"]
    case .sum: ["总分", "合计"]
    case .grade: ["评分等级", "评价等级", "绩效等级"]
    }
  }

  static let scalars: [EvaluationLabel: [[Unicode.Scalar]]] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, $0.wordings.map { Array($0.unicodeScalars) }) })
}

/// The names of the first two levels of indicators, as the guide has them (财预〔2020〕10号 and the
/// form's own notes). Second-level names are open; others are read where they are seen to be names.
enum EvaluationLevel {
  static let first = ["成本指标", "产出指标", "效益指标", "满意度指标"]

  /// The parent of a second-level name. 成本指标 stands under 产出指标 in older forms and is a first
  /// level in newer ones, so it has none here.
  static let parents: [String: String] = [
    "经济成本指标": "成本指标", "社会成本指标": "成本指标", "生态环境成本指标": "成本指标", "生态成本指标": "成本指标",
    "数量指标": "产出指标", "质量指标": "产出指标", "时效指标": "产出指标",
    "经济效益指标": "效益指标", "社会效益指标": "效益指标", "生态效益指标": "效益指标",
    "可持续影响指标": "效益指标", "可持续发展指标": "效益指标",
    "服务对象满意度指标": "满意度指标", "服务对象满意度": "满意度指标", "社会公众满意度指标": "满意度指标",
    "社会公众或服务对象满意度指标": "满意度指标",
  ]

  /// The column of older forms that spans all indicators.
  static let spanning = "绩效指标"

  /// Which levels a name may be.
  static func kinds(_ name: String) -> Set<Int> { table[name] ?? [] }

  private static let table: [String: Set<Int>] = {
    var table = [spanning: Set([0])]
    for name in first { table[name, default: []].insert(1) }
    for name in parents.keys { table[name, default: []].insert(2) }
    table["成本指标", default: []].insert(2)
    return table
  }()

  static let secondNames: [String] = parents.keys.sorted() + ["成本指标"]

  static func isPrefixOfFirst(_ text: some StringProtocol) -> Bool {
    first.contains { $0.hasPrefix(text) }
  }

  static func isPrefixOfSecond(_ text: some StringProtocol) -> Bool {
    secondNames.contains { $0.hasPrefix(text) }
  }

  /// A second-level name that the guide does not have but that is plainly one.
  static func isOpenSecond(_ name: String) -> Bool {
    name.count > 4 && name.count <= 14
      && ["成本指标", "效益指标", "影响指标", "满意度指标"].contains { name.hasSuffix($0) }
  }
}
