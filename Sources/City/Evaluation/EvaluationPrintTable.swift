import Paper

/// The indicators with their merged levels, the total and the grade.
enum EvaluationPrintTable {
  private static let heads = [
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施",
  ]

  static func rows(_ form: EvaluationForm) -> [PrintedRow] {
    let head = PrintedRow(
      heads.enumerated().map { PrintedCell($0, $1, .label) }, isHead: true)
    let sum = PrintedRow([
      PrintedCell(0, "总分", .label, span: 5), PrintedCell(5, form.total.weight.text, .figure),
      PrintedCell(6, form.total.score.text, .figure), PrintedCell(7, "", .text),
    ])
    let grade = PrintedRow([
      PrintedCell(0, "评分等级", .label, span: 2), PrintedCell(2, form.grade, .text, span: 6),
    ])
    return [head] + indicators(form.indicators) + [sum] + (form.grade.isEmpty ? [] : [grade])
  }

  private static func indicators(_ all: [EvaluationIndicator]) -> [PrintedRow] {
    let first = spans(all) { [$0.level1] }
    // The same second level below another first one is another cell.
    let second = spans(all) { [$0.level1, $0.level2] }
    return all.enumerated().map { index, indicator in
      var cells: [PrintedCell] = []
      if let rows = first[index] {
        cells.append(PrintedCell(0, indicator.level1, .label, rows: rows))
      }
      if let rows = second[index] {
        cells.append(PrintedCell(1, indicator.level2, .label, rows: rows))
      }
      cells += [
        PrintedCell(2, indicator.name, .text), PrintedCell(3, indicator.target, .text),
        PrintedCell(4, indicator.actual, .text), PrintedCell(5, indicator.weight.text, .figure),
        PrintedCell(6, indicator.score.text, .figure), PrintedCell(7, indicator.reason, .text),
      ]
      return PrintedRow(cells)
    }
  }

  /// Over how many rows a name reaches, by the row in which it begins.
  private static func spans(
    _ all: [EvaluationIndicator], by key: (EvaluationIndicator) -> [String]
  ) -> [Int: Int] {
    var spans: [Int: Int] = [:]
    var start = 0
    for index in all.indices {
      if index == 0 || key(all[index]) != key(all[index - 1]) { start = index }
      spans[start, default: 0] += 1
    }
    return spans
  }
}
