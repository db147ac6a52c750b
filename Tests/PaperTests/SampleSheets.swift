@testable import Paper

enum SampleSheets {
  /// A head, a cell over two rows and one over two columns, a place that nobody claims.
  static let merged = PrintedSheet(
    name: "表/一", titles: ["标题", "（2025年度）"], columns: [20, 60, 30, 30],
    rows: [
      PrintedRow(
        [
          PrintedCell(0, "类别", .label), PrintedCell(1, "说明", .label, span: 2),
          PrintedCell(3, "金额", .label),
        ], isHead: true),
      PrintedRow([
        PrintedCell(0, "甲", .label, rows: 2), PrintedCell(1, "a < b & \"c\"", .text, span: 2),
        PrintedCell(3, "1,838.35", .amount),
      ]),
      PrintedRow([PrintedCell(1, "=1+1", .text), PrintedCell(3, "95.00%", .figure)]),
    ])

  /// What readers make of it, a row each, cells as `column+span text`.
  static let read = [
    "0+1 类别|1+2 说明|3+1 金额", "0+1 甲|1+2 a < b & \"c\"|3+1 1,838.35", "1+1 =1+1|3+1 95.00%",
  ]

  static func shown(_ rows: some Sequence<PaperRow>) -> [String] {
    rows.map { row in
      row.cells.map {
        let text = $0.text.split(whereSeparator: \.isNewline).joined(separator: "\n")
        return "\($0.column)+\($0.span) \(text)"
      }.joined(separator: "|")
    }
  }
}
