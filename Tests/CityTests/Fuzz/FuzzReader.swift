import Base
import Foundation
import PaperSamples

@testable import City
@testable import Paper

/// Everything that reads what strangers hand in.
enum FuzzReader: String, CaseIterable, Sendable {
  case text, docx, xlsx, pdf, json, zip, xml, csv, gzip, target, number, yaml

  /// So many inputs take about as long as those of another reader.
  var rounds: Int {
    switch self {
    case .target, .number: 400
    case .csv, .gzip, .yaml, .zip: 120
    case .text, .json: 40
    case .docx, .xlsx, .xml: 30
    case .pdf: 4
    }
  }

  /// The input of a seed.
  func input(_ seed: UInt64) throws -> [UInt8] {
    var mutator = Mutator(seed: seed)
    switch self {
    case .docx: return try packed(SampleOffice.docx(SampleOffice.rows), &mutator)
    case .xlsx: return try packed(SampleOffice.xlsx(SampleOffice.rows), &mutator)
    case .xml: return xml(&mutator)
    case .json where mutator.roll(2) == 0:
      return mutator.retexted(
        Self.written, from: UInt8(ascii: "\""), to: UInt8(ascii: "\""),
        words: Self.labels + Self.signs)
    default:
      let seeds = seeds
      return mutator.mutated(
        mutator.pick(seeds), words: words, with: mutator.pick(seeds))
    }
  }

  /// Reads it. What comes out is checked and written again, as a caller would.
  ///
  /// - Throws: a `Fault`; anything else is a mistake.
  func read(_ bytes: [UInt8]) throws {
    switch self {
    case .text, .pdf, .json, .docx, .xlsx, .xml: try forms(bytes)
    case .zip:
      _ = try OfficeFile.sections(bytes)
      try forms(bytes)
    case .csv: try rows(bytes)
    case .gzip: try rows(bytes)
    case .target:
      let halves = String(decoding: bytes, as: UTF8.self).split(separator: "\n", maxSplits: 1)
      let target = EvaluationTarget(String(halves.first ?? ""))
      let actual = EvaluationTarget(String(halves.last ?? ""))
      let outcome = target.outcome(of: actual)
      for direction in [nil, ScoreDirection.moreIsBetter, .lessIsBetter] {
        _ = EvaluationScore.expected(outcome, weight: 20, direction: direction)
      }
    case .number:
      let number = PrintedNumber(String(decoding: bytes, as: UTF8.self))
      guard PrintedNumber(number.text) == number else { throw FuzzMistake.changed(rawValue) }
      _ = number.decimals
    case .yaml: _ = try IndicatorLibrary.read(NamedFile(name: "fuzz.yaml", bytes: bytes))
    }
  }

  /// Forms, checked, as JSON and as documents.
  private func forms(_ bytes: [UInt8]) throws {
    let document = try EvaluationReading.document(bytes, named: "fuzz")
    let forms = EvaluationCheck.check(document.forms)
    guard !forms.isEmpty else { throw FuzzMistake.nothing }
    guard document.places.count == forms.count else { throw FuzzMistake.nothing }
    _ = document.sections
    let coded = try JSONEncoder().encode(forms)
    guard try JSONDecoder().decode([EvaluationForm].self, from: coded) == forms else {
      throw FuzzMistake.changed(rawValue)
    }
    _ = EvaluationSummary(forms)
    for format in [EvaluationPrint.Format.docx, .html, .xlsx] {
      _ = try EvaluationPrint.bytes(Array(forms.prefix(3)), as: format)
    }
  }

  private func rows(_ bytes: [UInt8]) throws {
    let reader = try TableReader(ByteInput(bytes: bytes))
    var count = 0
    while let row = try reader.next(), count < 20_000 {
      _ = row.fields
      count += 1
    }
  }

  // MARK: - Inputs

  private var seeds: [[UInt8]] {
    switch self {
    case .text, .docx, .xlsx, .xml:
      [SampleForms.spaced, SampleForms.tabbed, SampleForms.yuan].map { Array($0.utf8) }
    case .pdf: [SamplePDF.lines(SampleForms.spaced.split(separator: "\n").map(String.init))]
    case .json: [Self.written]
    case .zip: [SampleOffice.docx(SampleOffice.rows), SampleOffice.xlsx(SampleOffice.rows)]
    case .csv: [Array("编号,时间,内容\r\n1,2024-01-02 03:04,\"路灯, 不亮\"\r\n2,,\"a\"\"b\"\n".utf8)]
    case .gzip: [Self.gzipped]
    case .target:
      (TargetFacts.published + "\n" + TargetFacts.others).split(separator: "\n").map { line in
        let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        return Array("\(cells[1])\n\(cells[2])".utf8)
      }
    case .number: ["1,838.35", "100.00%", "１２３", "—", "-0.5"].map { Array($0.utf8) }
    case .yaml: [Array((Embedded.files["Catalogue/indicators.yaml"] ?? "").utf8)]
    }
  }

  private static let written: [UInt8] = {
    let forms = try? EvaluationReading.read(text: SampleForms.tabbed, named: "a.txt")
    return forms.flatMap { try? JSONEncoder().encode($0) }.map { Array($0) } ?? []
  }()

  /// A few rows, packed.
  private static let gzipped: [UInt8] = Array(
    Data(
      base64Encoded: "H4sIAAAAAAACA8tLzE3VKUmtKOHKScwt0Ekqys9OzeMqyk9M0VFKVMjIz0nV"
        + "UUhJTS1Q4sobdioBqVeqLPwAAAA=") ?? Data())

  private var words: [String] {
    switch self {
    case .json: ["[", "{", "\"", "null", "\"indicators\":[", ",", ":", "1e9", "\\ud800", "}"]
    case .yaml:
      ["[", "{", "- ", ": ", "  ", "\t", "&a ", "*a ", "!!x ", "\"", "'", "|", "? ", "\n"]
    case .csv, .gzip: ["\"", ",", "\r", "\n", "\u{FEFF}", "\0", "\"\"", ";", "\t"]
    case .target, .number: Self.signs
    case .pdf: ["<<", ">>", "[", "obj", "endobj", "stream", "/Kids", "0 R", "(", "%%EOF"]
    case .zip: ["PK\u{03}\u{04}", "PK\u{01}\u{02}", "PK\u{05}\u{06}", "word/document.xml", "\0"]
    case .text, .docx, .xlsx, .xml: Self.labels
    }
  }

  private static let signs = [
    "≥", "≤", "=", "＞", "%", "％", "(", ")", "（", "）", "年", "月", "日前", "个", "万", "次/月", "达成指标", "、",
    "高于", "无", ".", ",", "１２", "\n", "99999999999999999999", "小时内", "\u{200B}", "大类",
  ]

  private static let labels = [
    "财政项目支出绩效自评表", "项目名称", "主管部门", "实施单位", "年度资金总额", "其中：", "上年结转资金", "其他资金",
    "预期目标", "实际完成情况", "一级指标", "二级指标", "三级指标", "年度", "指标值", "分值", "得分", "总分", "产出指标", "数量指标",
    "满意度指标", "偏差原因", "\n", "\t", "  ", "\u{0C}", "（2024年度）", "100.00", "达成指标", "≥", "(", "（", "—",
    "（1）", "其中", "-1-", "\u{FFFD}", "评分等级",
  ]

  /// A package whose parts are changed, or that is changed itself.
  private func packed(_ package: [UInt8], _ mutator: inout Mutator) throws -> [UInt8] {
    guard mutator.roll(3) > 0 else {
      return mutator.mutated(package, words: Self.labels, with: package)
    }
    let names = [
      "word/document.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
      "xl/worksheets/a.xml",
    ]
    let archive = try ZipArchive(package)
    let parts = try names.compactMap { name in
      try archive.part(name, limit: 1 << 24).map { (name: name, bytes: $0) }
    }
    let changed = mutator.roll(parts.count)
    return deflatedZip(
      parts.enumerated().map { index, part in
        (
          part.name,
          index == changed ? self.changed(part.bytes, parts[0].bytes, &mutator) : part.bytes
        )
      })
  }

  private func changed(
    _ part: [UInt8], _ other: [UInt8], _ mutator: inout Mutator
  ) -> [UInt8] {
    mutator.roll(3) == 0
      ? mutator.mutated(part, words: Self.elements + Self.labels, with: other)
      : mutator.retexted(
        part, from: UInt8(ascii: ">"), to: UInt8(ascii: "<"), words: Self.texts)
  }

  private static let texts = (labels + signs).filter { !$0.contains("<") && $0 != "\u{0C}" }

  private static let elements = [
    "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:p>", "<w:t>", "</w:t>",
    "<w:gridSpan w:val=\"99999999\"/>", "<w:vMerge/>", "&lt;", "&#0;", "&amp;", "<!--", "-->",
    "<![CDATA[", "]]>", "<!DOCTYPE a>", "<c r=\"XFD1048576\" t=\"s\">", "<v>", "</v>", "<f>",
    "<mergeCell ref=\"A1:XFD1048576\"/>", "<row r=\"9223372036854775807\">", "<rPh>",
    "<c r=\"A0\">", "<gridBefore val=\"-5\"/>", "<del>",
  ]

  /// A document of any elements within any others, well-formed mostly.
  private func xml(_ mutator: inout Mutator) -> [UInt8] {
    var left = 1500
    let body = Self.tree(&mutator, depth: 0, left: &left)
    let start = "<w:document xmlns:w=\"w\"><w:body>"
    // A form stands among them, so that what is read goes on to be checked.
    let form = SampleOffice.rows.map { row in
      "<w:tr>"
        + row.map { "<w:tc><w:p><w:r><w:t>\(Self.escaped($0.text))</w:t></w:r></w:p></w:tc>" }
        .joined()
        + "</w:tr>" + (mutator.roll(20) == 0 ? body : "")
    }
    let xml = Array("\(start)<w:tbl>\(form.joined())</w:tbl>\(body)</w:body></w:document>".utf8)
    let isWhole = mutator.roll(4) > 0
    return deflatedZip([
      (
        "word/document.xml",
        isWhole ? xml : mutator.mutated(xml, words: Self.elements, with: xml)
      )
    ])
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }

  private static let order = ["tbl", "tr", "tc", "p", "r", "t"]

  private static func tree(_ mutator: inout Mutator, depth: Int, left: inout Int) -> String {
    var xml = ""
    for _ in 0...mutator.roll(6) where left > 0 {
      left -= 1
      let usual = order[min(depth, order.count - 1)]
      let name = mutator.roll(8) == 0 ? mutator.pick(order + ["del", "body", "Fallback"]) : usual
      switch mutator.roll(12) {
      case 0: xml += "<w:tcPr><w:gridSpan w:val=\"\(mutator.roll(9) - 2)\"/></w:tcPr>"
      case 1: xml += mutator.pick(["<w:vMerge/>", "<w:vMerge w:val=\"restart\"/>", "<w:br/>"])
      default: break
      }
      let isLeaf = name == "t" || depth > 14
      xml += "<w:\(name)>"
      xml += isLeaf ? mutator.pick(texts) : tree(&mutator, depth: depth + 1, left: &left)
      xml += "</w:\(name)>"
    }
    return xml
  }
}

/// What a reader must never do.
enum FuzzMistake: Error, Equatable {
  /// It gave neither a form nor a reason.
  case nothing
  /// What it read is not the same when it is read again.
  case changed(String)
}
