/// What a figure counts.
enum TargetUnits {
  /// Spans that a time limit is given in.
  static let spans = Word.list(
    "个工作日 工作日 个自然日 自然日 个小时 小时 个月 个季度 季度 个星期 星期 分钟 毫秒 周 天 日 月 年 秒 min ms s h d")
  /// Spans that something is repeated in, below the stroke of 次/月.
  private static let periods: Set<String> = [
    "年", "年度", "半年", "季", "季度", "月", "个月", "旬", "周", "星期", "日", "天", "小时", "时", "工作日",
  ]
  private static let occasions: Set<String> = [
    "次", "期", "回", "场", "场次", "轮", "批", "批次", "遍",
  ]
  /// What a stroke can stand between; 部门/领域 is no ratio but two names for one thing.
  private static let measures: Set<String> = [
    "人", "人次", "家", "户", "元", "万元", "次", "个", "件", "份", "套", "台", "辆", "名", "篇", "条", "吨",
    "千克", "公斤", "平方米", "公里", "千米", "场", "期", "起", "宗", "所", "处", "点", "路", "GB", "G", "MB", "Mbps",
    "班", "批", "项", "亩", "公顷", "升", "立方米", "度", "千瓦时", "床", "座", "间", "学时", "课时",
  ]
  /// Measures that may follow a number inside a sentence.
  static let inSentence = Word.list(
    """
    个街镇 个村居 街镇 村居 个小区 个部门 个 家 户 人次 万人次 人 名 项 次 件 台 套 辆 份 篇 条 场次 场 期 所 处 座 \
    间 平方米 公里 公顷 亩 万元 亿元 元 路 笔 类 大类 小类 支 起 宗 部门/领域 部门 领域 镇 村 居 %
    """)

  enum Shape { case plain, span, frequency, ratio }

  static func shape(of unit: String) -> Shape {
    let sides = unit.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if sides.count == 2 {
      if occasions.contains(sides[0]), periods.contains(sides[1]) { return .frequency }
      let below = periods.contains(sides[1]) || measures.contains(sides[1])
      return measures.contains(sides[0]) && below ? .ratio : .plain
    }
    let scalars = Scalars(unit.unicodeScalars)
    return spans.contains { $0.scalars.elementsEqual(scalars) } ? .span : .plain
  }

  /// The multiplier in front of a unit and what is left: 万人 is 10,000 人.
  static func split(_ unit: Scalars) -> (multiplier: Int, unit: Scalars) {
    switch unit.first {
    case "万": (10_000, unit.dropFirst())
    case "亿": (100_000_000, unit.dropFirst())
    default: (1, unit)
    }
  }

  private static let percents: Set<String> = ["%", "百分比", "百分率", "个百分点", "百分点"]
  private static let same: [String: String] = [
    "平方": "平方米", "㎡": "平方米", "m2": "平方米", "m²": "平方米", "平米": "平方米",
    "个小时": "小时", "h": "小时", "min": "分钟", "s": "秒", "S": "秒", "日": "天", "d": "天", "自然日": "天",
    "个自然日": "天", "个工作日": "工作日", "星期": "周", "个星期": "周", "个月": "月", "名": "人", "位": "人",
    "GB": "G", "Gb": "G",
  ]

  /// One sign for every way to write per cent; other units stay as they are written.
  static func canonical(_ unit: String) -> String { percents.contains(unit) ? "%" : unit }

  /// Whether two units say the same thing, as far as words tell; a missing one goes with any.
  static func agree(_ left: String, _ right: String) -> Bool {
    left == right || left.isEmpty || right.isEmpty || (same[left] ?? left) == (same[right] ?? right)
  }
}
