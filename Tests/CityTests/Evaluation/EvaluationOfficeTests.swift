import Base
import Foundation
import Testing

@testable import City

@Suite("Reading self-evaluation forms out of Office files")
struct EvaluationOfficeTests {
  private func read(_ bytes: [UInt8]) throws -> EvaluationForm {
    let forms = try EvaluationReading.read(bytes, named: "sample")
    #expect(forms.count == 1)
    return try #require(forms.first)
  }

  /// Without the lines of what is open, which differ with the kind of file.
  private func content(_ form: EvaluationForm) -> EvaluationForm {
    var form = form
    form.unplaced = []
    return form
  }

  private func text() throws -> EvaluationForm {
    try read(bytes(SampleForms.tabbed))
  }

  @Test("A .docx table gives the same form as its text")
  func docx() throws {
    let form = try read(SampleOffice.docx(SampleOffice.rows))
    #expect(try content(form) == content(text()))
    #expect(form.doubts == [])
  }

  @Test("A .xlsx sheet gives the same form as its text")
  func xlsx() throws {
    let form = try read(SampleOffice.xlsx(SampleOffice.rows))
    #expect(try content(form) == content(text()))
    #expect(form.doubts == [])
  }

  @Test("A title above the table and merged levels are read")
  func merged() throws {
    var rows = Array(SampleOffice.rows.dropFirst(2))
    let head = try #require(rows.firstIndex { $0.first?.text == "一级 指标" })
    rows[(head + 1)...] = [
      [
        SampleCell("产出指标", merged: true), SampleCell("数量指标", merged: true),
        SampleCell("修复路灯数"), SampleCell("≥400(盏)"), SampleCell("400(盏)"), SampleCell("40"),
        SampleCell("40"), SampleCell(""),
      ],
      [
        SampleCell("残留", merged: false), SampleCell("", merged: false), SampleCell("更换灯泡数"),
        SampleCell("≥90(个)"), SampleCell("90(个)"), SampleCell("50"), SampleCell("50"),
        SampleCell(""),
      ],
      [SampleCell("总分", span: 5), SampleCell("100"), SampleCell("97.5"), SampleCell("")],
    ]
    let form = try read(SampleOffice.docx(rows, before: ["附件 1", "财政项目支出绩效自评表", "（2025年度）"]))
    #expect(form.year == 2025)
    #expect(
      form.lines == [
        "产出指标|数量指标|修复路灯数|≥400(盏)|400(盏)|40|40|",
        "产出指标|数量指标|更换灯泡数|≥90(个)|90(个)|50|50|",
      ])
    #expect(form.total.score == "97.5")
    #expect(form.computed.total == form.total.score.value)
  }

  @Test("Numbers of a sheet are read as they are shown")
  func numbers() throws {
    let styles = """
      <numFmts><numFmt numFmtId="164" formatCode="#,##0.00_ "/></numFmts><cellXfs>\
      <xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs>
      """
    let form = try read(
      SampleOffice.xlsx(
        SampleOffice.rows, styles: styles,
        content: [
          "C6": "<c r=\"C6\" s=\"1\"><v>1838.35</v></c>",
          "G6": "<c r=\"G6\" s=\"2\"><v>0.75</v></c>",
          "D6": "<c r=\"D6\"><v>80.100000000000009</v></c>",
        ]))
    #expect(form.figures(.total) == "1,838.35|80.1|60.00|10.00|75.00%|7.50")
  }

  @Test("A formula's kept result is taken; one without is reported with its row")
  func formulas() throws {
    let form = try read(
      SampleOffice.xlsx(
        SampleOffice.rows,
        content: [
          "H6": "<c r=\"H6\"><f>E6/D6*10</f><v>7.5</v></c>",
          "E6": "<c r=\"E6\"><f>SUM(E7:E9)</f></c>",
        ]))
    #expect(form.budget.total.score == "7.5")
    #expect(form.budget.total.executed.value == nil)
    #expect(form.doubts == ["formula-without-value 6 =SUM(E7:E9)"])
  }

  @Test("A packed file of another kind, a cut one and one with a bomb of entities are refused")
  func refused() throws {
    func code(_ bytes: [UInt8]) -> String? {
      do {
        _ = try EvaluationReading.read(bytes, named: "sample")
        return nil
      } catch { return (error as? Fault)?.code }
    }
    #expect(code(sampleZip([("a.txt", "x")])) == "evaluation.not-a-document")
    let docx = SampleOffice.docx(SampleOffice.rows)
    #expect(code(Array(docx.prefix(docx.count / 2))) == "evaluation.damaged")
    #expect(
      code(SampleOffice.docx([[SampleCell("通知"), SampleCell("全文")]])) == "evaluation.no-form")
    let bomb =
      "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><w:document>&c;</w:document>"
    #expect(code(sampleZip([("word/document.xml", bomb)])) == "evaluation.declares")
    #expect(code(sampleZip([("word/document.xml", "<a>\n<b>")])) == "evaluation.damaged-line")
  }

  @Test("Damaged Office files crash no reader and throw nothing but faults")
  func damaged() throws {
    var random = SeededGenerator(seed: 7, for: "damaged office files")
    let samples = [SampleOffice.docx(SampleOffice.rows), SampleOffice.xlsx(SampleOffice.rows)]
    var refused = 0
    for round in 0..<100 {
      var bytes = samples[round % 2]
      for _ in 0..<random.number(in: 1...6) {
        bytes[random.number(in: 0...(bytes.count - 1))] = UInt8(random.number(in: 0...255))
      }
      do {
        _ = try EvaluationReading.read(bytes, named: "x")
      } catch {
        refused += 1
        #expect(error is Fault, "round \(round): \(error)")
      }
    }
    // Sums are checked, so nearly all damage is seen.
    #expect(refused > 75)
  }

  @Test("Damaged XML crashes no reader")
  func damagedXML() throws {
    var random = SeededGenerator(seed: 8, for: "damaged cells")
    for _ in 0..<60 {
      var rows = SampleOffice.rows
      for _ in 0..<random.number(in: 1...8) {
        let row = random.number(in: 0...(rows.count - 1))
        guard !rows[row].isEmpty else { continue }
        let column = random.number(in: 0...(rows[row].count - 1))
        switch random.number(in: 0...3) {
        case 0: rows.remove(at: row)
        case 1: rows[row].remove(at: column)
        case 2: rows[row][column] = SampleCell("10.00", span: random.number(in: 0...9))
        default: rows[row].insert(SampleCell("指标", merged: random.chance(0.5)), at: column)
        }
        if rows.isEmpty { rows = SampleOffice.rows }
      }
      for bytes in [SampleOffice.docx(rows), SampleOffice.xlsx(rows, merges: ["A1:C2", "B9:A1"])] {
        do {
          _ = try EvaluationReading.read(bytes, named: "x")
        } catch {
          #expect(error is Fault)
        }
      }
    }
  }
}
