import Foundation
import Testing

@testable import City

@Suite("Reading self-evaluation forms as text")
struct EvaluationTextTests {
  private func read(_ text: String) throws -> EvaluationForm {
    let forms = try EvaluationReading.read(bytes(text), named: "sample.txt")
    #expect(forms.count == 1)
    return try #require(forms.first)
  }

  @Test("Cells broken over lines are joined and given to their columns")
  func spaced() throws {
    let form = try read(SampleForms.spaced)
    #expect(form.source == "sample.txt")
    #expect(form.ordinal == 1)
    #expect(form.year == 2025)
    #expect(form.project == "河道保洁与IoT Gateway租用")
    #expect(form.department == "示例区城市管理局（汇总）")
    #expect(form.unit == "示例区河道保洁服务所")
    #expect(form.moneyUnit == .tenThousandYuan)
    #expect(form.figures(.total) == "1,020.50|1,000.00|985.45|10.00|98.54|9.85")
    #expect(form.figures(.currentYear) == "1,000.00|980.00|965.45|-|98.51|-")
    #expect(form.figures(.carriedOver) == "20.50|20.00|20.00|-|100.00|-")
    #expect(form.goal == "全年按计划清理辖区内的十二条河道，及时打捞漂浮垃圾，水面保持清洁。")
    #expect(form.result == "十二条河道均按计划清理，漂浮垃圾当日打捞，水面干净。")
    #expect(
      form.lines == [
        "产出指标|数量指标|清理河道条数|=12.00(条)|12.00(条)|20.00|20.00|",
        "产出指标|数量指标|垃圾打捞量|≥12000.00(吨)|11400.00(吨)|10.00|9.50|来垃圾少于往年",
        "产出指标|质量指标|水面保洁抽查合格|良好|达成指标|10.00|10.00|",
        "产出指标|时效指标|漂浮垃圾打捞及时性|发现之后四小时之内|达成指标|10.00|10.00|",
        "效益指标|社会效益指标|沿河居民对环境的投诉数量下降幅度|较为明显|达成指标|20.00|18.00|",
        "满意度指标|服务对象满意度指标|沿河居民满意度|≥90.00(%)|92.00(%)|20.00|20.00|",
      ])
    #expect(form.total.score == "97.35")
    #expect(form.computed.total == form.total.score.value)
    #expect(form.grade == "优")
    #expect(form.doubts == [])
  }

  @Test("Cells between tabs are read, with markup, page breaks and a shifted row")
  func tabbed() throws {
    let form = try read(SampleForms.tabbed)
    #expect(form.unit == "示例镇路灯管理站")
    #expect(form.figures(.total) == "80.00|80.00|60.00|10.00|75.00|7.50")
    #expect(form.goal == "修复全部损坏的路灯，亮灯率≥98%。")
    #expect(form.result == "路灯修复了大半，其余的明年修复。")
    #expect(
      form.lines == [
        "产出指标|数量指标|修复路灯数|≥400.00(盏)|300.00(盏)|30.00|22.50|灯杆到货迟，明年提前订货",
        "产出指标|质量指标|亮灯率|≥98.00(%)|98.00(%)|20.00|20.00|",
        "产出指标|质量指标|修复及时性|及时|达成指标|10.00|10.00|",
        "效益指标|夜间出行指标|夜间出行安全感|提高|达成指标|20.00|20.00|",
        "满意度指标|沿街商户满意度|沿街商户满意度|≥85.00(%)|90.00(%)|10.00|10.00|",
      ])
    #expect(form.computed.total == form.total.score.value)
    #expect(form.doubts == [])
  }

  @Test("Amounts in 元 with dashes are read, and a level set below its first line is reported")
  func yuan() throws {
    let form = try read(SampleForms.yuan)
    #expect(form.moneyUnit == .yuan)
    #expect(form.figures(.total) == "120000.00|120000.00|114000|10|95.00%|9.5")
    #expect(form.figures(.currentYear) == "120000|120000|114000|—||")
    #expect(form.goal == "图书室每周开放六天，全年举办读书会二十四场，让镇里的孩子都有书读。")
    #expect(form.result == "图书室每周开放六天，读书会办了二十四场，孩子们都来借书。")
    #expect(form.indicators.map(\.level2).prefix(2) == ["数量指标", "数量指标"])
    #expect(form.indicators[1].target == "=6大类480册")
    #expect(form.indicators[1].actual == "7大类512册")
    #expect(form.indicators[2].target == "破损不影响阅读使用")
    #expect(form.indicators[2].actual == form.indicators[2].target)
    #expect(form.indicators[3].actual == "＞85%")
    #expect(form.grade == "")
    #expect(form.doubts.contains { $0.hasPrefix("level-uncertain") && $0.hasSuffix("数量指标") })
    #expect(form.doubts.filter { $0.hasPrefix("ambiguous") && $0.hasSuffix("0 0 —") }.count == 2)
  }

  @Test("What stands before names of levels, and after no reason, is reported with its line")
  func noPlace() throws {
    let form = try read(SampleForms.yuan)
    #expect(form.doubts.contains("no-place 55 读书会场次数"))
    #expect(!form.lines.contains { $0.contains("读书会场次数") })
  }

  @Test(
    "A reason's further lines go to it, not to the name below; where both fit, that is reported")
  func reasons() throws {
    let row = "清理河道条数 =12.00(条) 12.00(条) 20.00 20.00"
    let deducted = "清理河道条数 =12.00(条) 11.00(条) 20.00 18.00 上游施工，"
    let short = SampleForms.spaced.replacing(
      row, with: deducted + "\n\n明年补上\n\n清理次数 =9(次) 9(次) 5 5")
    let form = try read(short)
    #expect(form.lines[0] == "产出指标|数量指标|清理河道条数|=12.00(条)|11.00(条)|20.00|18.00|上游施工，明年补上")
    #expect(form.lines[1] == "产出指标|数量指标|清理次数|=9(次)|9(次)|5|5|")
    let long = "沿岸单位共同承担的清理次数之和"
    let open = try read(short.replacing("明年补上", with: long))
    #expect(open.doubts.contains { $0.hasPrefix("ambiguous") && $0.hasSuffix(long) })
  }

  @Test("Several forms are numbered, and a mention of one is none")
  func several() throws {
    let text = "附：财政项目支出绩效自评表\n\n" + SampleForms.spaced + "\n\u{0C}" + SampleForms.yuan
    let forms = try EvaluationReading.read(bytes(text), named: "two.txt")
    #expect(forms.map(\.ordinal) == [1, 2])
    #expect(forms.map(\.project) == ["河道保洁与IoT Gateway租用", "图书室开放"])
  }

  @Test("Full-width figures and ends of lines of every kind are read alike")
  func widths() throws {
    let plain = try read(SampleForms.spaced)
    let text = SampleForms.spaced.replacing("985.45", with: "９８５．４５")
      .replacing("\n", with: "\r\n")
    let form = try read(text)
    #expect(form.budget.total.executed.text == "９８５．４５")
    #expect(form.budget.total.executed.value == plain.budget.total.executed.value)
    #expect(form.lines == plain.lines)
    #expect(try read(text.replacing("\r\n", with: "\r")).lines == plain.lines)
  }

  @Test(
    "Figures of either width part a name from its target alike",
    arguments: ["2025年 11月前", "高于 2024年", "≥10 (次)"])
  func wideTargets(target: String) throws {
    let wide = String(
      String.UnicodeScalarView(
        target.unicodeScalars.map { scalar in
          CellText.isDigit(scalar) ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar
        }))
    let forms = try [target, wide].map {
      try read(SampleForms.spaced.replacing("抽查合格 良好 达成", with: "抽查合格 \($0) 达成"))
    }
    #expect(forms.map { $0.indicators[2].name } == ["水面保洁抽查合格", "水面保洁抽查合格"])
    #expect(forms[1].indicators[2].target == wide.replacing(" ", with: ""))
    #expect(forms[1].indicators[2].actual == "达成指标")
    #expect(forms[0].doubts == forms[1].doubts)
  }

  @Test("A text in GB 18030 is the same form")
  func gb18030() throws {
    let encoding = String.Encoding(rawValue: 0x8000_0632)
    let data = try #require(SampleForms.spaced.data(using: encoding))
    let form = try #require(try EvaluationReading.read([UInt8](data), named: "sample.txt").first)
    #expect(try form == read(SampleForms.spaced))
  }

  @Test("A form that is cut off is read as far as it goes, and says so", arguments: 1...40)
  func cutOff(fortieth: Int) throws {
    let whole = try read(SampleForms.spaced)
    let lines = SampleForms.spaced.split(separator: "\n", omittingEmptySubsequences: false)
    let end = try #require(lines.lastIndex { $0.contains("总分") })
    let part = lines.prefix(6 + (end - 6) * fortieth / 40).joined(separator: "\n")
    let form = try read(part)
    #expect(form.unplaced.contains { $0.reason == .cutOff })
    #expect(form.total == EvaluationTotal())
    for (line, right) in zip(form.lines, whole.lines) where Self.cells(line) != Self.cells(right) {
      // What the lines that are missing would have told is reported as open.
      #expect(form.unplaced.contains { [.ambiguous, .levelUncertain].contains($0.reason) })
    }
  }

  /// Without the levels, which may be cut off themselves.
  private static func cells(_ line: String) -> String {
    line.split(separator: "|", omittingEmptySubsequences: false).dropFirst(2)
      .joined(separator: "|")
  }
}
