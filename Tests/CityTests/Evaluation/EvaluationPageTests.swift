import Testing

@testable import City

@Suite("Forms over several pages of a PDF")
struct EvaluationPageTests {
  private static let head = """
    一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
    偏差原因分析
    及改进措施
    """

  private func form(
    goals: String = "沿河绿地全部修剪。\n\n绿地修剪 36 次。", footer: String = "1 / 2",
    last: String = "2 / 2", source: String = "30.00 30.00 30.00 - 100.00 -"
  ) throws -> EvaluationForm {
    let text = """
      财政项目支出绩效自评表
      （2025年度）
      项目名称 河道绿地养护
      主管部门 青石镇 实施单位 青石镇绿化所
      项目资金
      （万元）
      年初预算数 全年预算数 全年执行数 分值 执行率 得分
      年度资金总额 30.00 30.00 30.00 10.00 100.00 10.00
      其中：当年财政拨款 \(source)
      上年结转资金 0.00 0.00 0.00 - 0.00 -
      其他资金 0.00 0.00 0.00 - 0.00 -
      年度总体
      目标
      预期目标 实际完成情况
      \(goals)
      \(Self.head)
      产出指标
      数量指标
      绿地修剪次数 ≥30(次) 36(次) 25.00 25.00
      河岸巡查次数 ≥50(次) 52(次) 25.00 25.00
      \(footer)
      \u{0C}\(Self.head)
      效益指标
      社会效益指标
      河岸整洁程度 良好 达成指标 30.00 30.00
      满意度指标
      沿河商户满意度 沿河商户满意度 ≥90.00(%) 92.00(%) 10.00 10.00
      总分 100.00 100.00
      评分等级 优
      \(last)
      \u{0C}
      """
    return try #require(try EvaluationReading.read(text: text, named: "pages.pdf").first)
  }

  @Test(
    "The number of a page and the head that is said again are in no cell",
    arguments: [("1 / 2", "2 / 2"), ("- 1 -", "- 2 -"), ("1", "2"), ("第1页", "第2页"), ("", "")])
  func pages(footer: String, last: String) throws {
    let form = try form(footer: footer, last: last)
    #expect(form.unplaced == [])
    #expect(form.indicators.map(\.name) == ["绿地修剪次数", "河岸巡查次数", "河岸整洁程度", "沿河商户满意度"])
    #expect(form.indicators.map(\.weight) == ["25.00", "25.00", "30.00", "10.00"])
    #expect(form.indicators.map(\.actual) == ["36(次)", "52(次)", "达成指标", "92.00(%)"])
    #expect(form.indicators.map(\.reason) == ["", "", "", ""])
    #expect(form.indicators[2].level1 == "效益指标" && form.indicators[3].level2 == "沿河商户满意度")
    #expect(form.total == EvaluationTotal(weight: "100.00", score: "100.00"))
  }

  @Test("A figure that ends a page and does not count it is not dropped in silence")
  func figure() throws {
    let form = try form(footer: "17")
    #expect(form.unplaced.contains { $0.text.contains("17") } || form.lines.joined().contains("17"))
  }

  @Test("Goal and result in columns of different widths are parted where both are filled")
  func columns() throws {
    let goal = [
      "按照全年养护计划完成十二条河道两侧绿地的修剪和补种，清",
      "除杂草和垃圾，保持河岸整洁，沿线设施完好，让居民有干净",
      "安全的休闲空间，并在汛期以前完成全部树木的加固和检查。",
    ]
    let result = [
      "十二条河道两侧绿地均已修剪和补种，杂草和垃圾",
      "当日清除，汛期以前对一千三百棵树木作了加固和",
      "检查，沿线设施完好，收到群众表扬二十余次，没",
      "有发生安全事故。",
    ]
    let form = try form(goals: (goal + result).joined(separator: "\n"))
    #expect(form.goal == goal.joined())
    #expect(form.result == result.joined())
    #expect(form.unplaced == [])
  }

  @Test("A rate where the weight would stand is not taken for it in silence")
  func emptyWeight() throws {
    let form = try form(source: "30.00 30.00 30.00 100.00 -")
    #expect(form.unplaced.map(\.reason) == [.ambiguous])
    #expect(form.unplaced.map(\.text) == ["30.00 30.00 30.00 100.00 -"])
    #expect(try self.form(source: "30.00 30.00 30.00 - 100.00 -").unplaced == [])
  }

  @Test("Where columns are alike wide, where the result begins stays open")
  func alike() throws {
    let lines = [
      "按照全年养护计划完成十二条河道两侧绿地的修剪。",
      "除杂草和垃圾，保持河岸整洁，沿线设施完好如新。",
      "十二条河道两侧绿地均已修剪和补种，垃圾已清除。",
      "当日清除，汛期以前对一千三百棵树木作了加固了。",
    ]
    let form = try form(goals: lines.joined(separator: "\n"))
    #expect(form.unplaced.map(\.reason) == [.ambiguous])
  }
}
