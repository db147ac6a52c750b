import Foundation

/// A folder of forms of our own wording, and the command that looks at it.
struct EvaluationFolder {
  let url = FileManager.default.temporaryDirectory.appending(path: "forms-\(UUID())")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  func run(
    _ arguments: [String], locale: String = "en_US.UTF-8"
  ) throws -> Executable.Result {
    try Executable.run(["evaluation"] + arguments, locale: locale)
  }

  func json<Value>(_ arguments: [String], as type: Value.Type = Value.self) throws -> Value? {
    let result = try run(arguments + ["--json"])
    return try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? Value
  }

  /// Its total says 90.50 where its scores make 90.00; a deduction has no reason.
  static let lamps = """
    财政项目支出绩效自评表
    （2025年度）
    项目名称\t路灯养护
    主管部门\t示例区城市管理局\t实施单位\t示例区路灯所
    项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
    \t年度资金总额\t80.00\t80.00\t60.00\t10.00\t75.00\t7.50
    \t其中：当年财政拨款\t80.00\t80.00\t60.00\t-\t75.00\t-
    \t上年结转资金\t0.00\t0.00\t0.00\t-\t0.00\t-
    \t其他资金\t0.00\t0.00\t0.00\t-\t0.00\t-
    年度总体目标\t预期目标\t\t\t实际完成情况
    \t损坏的路灯当年修好\t\t\t修好三百盏，其余灯杆还没有到货
    一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
    产出指标\t数量指标\t修复路灯数\t≥400.00(盏)\t300.00(盏)\t30.00\t22.50\t灯杆到货晚，明年提前订
    \t质量指标\t亮灯率\t≥98.00(%)\t98.00(%)\t20.00\t20.00\t
    \t时效指标\t修复及时\t及时\t达成指标\t10.00\t10.00\t
    效益指标\t社会效益指标\t夜间出行安全感\t提高\t达成指标\t20.00\t20.00\t
    满意度指标\t服务对象满意度指标\t商户满意度\t≥85.00(%)\t90.00(%)\t10.00\t10.00\t
    总分\t\t\t\t\t100.00\t90.50\t
    评分等级\t优
    （以上由示例区路灯所填报）
    """

  /// A form of a body's year as other programs write one; amounts in 万元.
  static func form(
    _ ordinal: Int, _ opening: String, _ adjusted: String, _ executed: String
  ) -> String {
    """
    {"source":"tree","ordinal":\(ordinal),"year":2025,"project":"项目\(ordinal)",\
    "unit":"青石镇城运中心","moneyUnit":"万元","indicators":[{"name":"完成项目数","weight":90}],\
    "budget":{"total":{"opening":"\(opening)","adjusted":"\(adjusted)","executed":"\(executed)"}}}
    """
  }
}
