import Paper

/// What stands above the indicators: names, money, goals.
enum EvaluationPrintHead {
  static func rows(_ form: EvaluationForm) -> [PrintedRow] {
    [
      PrintedRow([
        PrintedCell(0, "项目名称", .label, span: 2), PrintedCell(2, form.project, .text, span: 6),
      ]),
      PrintedRow([
        PrintedCell(0, "主管部门", .label, span: 2), PrintedCell(2, form.department, .text, span: 2),
        PrintedCell(4, "实施单位", .label), PrintedCell(5, form.unit, .text, span: 3),
      ]),
    ] + money(form) + goals(form)
  }

  private static func money(_ form: EvaluationForm) -> [PrintedRow] {
    let heads = ["", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    let names: [(EvaluationBudgetRow.Name, String)] = [
      (.total, "年度资金总额"), (.currentYear, "其中：当年财政拨款"), (.carriedOver, "上年结转资金"),
      (.other, "其他资金"),
    ]
    let unit = form.moneyUnit.map { "\n（\($0.rawValue)）" } ?? ""
    let label = PrintedCell(0, "项目资金\(unit)", .label, rows: names.count + 1)
    let head = heads.enumerated().map { PrintedCell($0 + 1, $1, .label) }
    return [PrintedRow([label] + head)]
      + names.map { name, words in
        let figures = EvaluationBudgetRow.Column.allCases.enumerated().map { place, column in
          PrintedCell(
            place + 2, form.budget[name][column].text, place < 3 ? .amount : .figure)
        }
        return PrintedRow([PrintedCell(1, words, .text)] + figures)
      }
  }

  private static func goals(_ form: EvaluationForm) -> [PrintedRow] {
    [
      PrintedRow([
        PrintedCell(0, "年度总体\n目标", .label, rows: 2), PrintedCell(1, "预期目标", .label, span: 3),
        PrintedCell(4, "实际完成情况", .label, span: 4),
      ]),
      PrintedRow(
        [PrintedCell(1, form.goal, .text, span: 3), PrintedCell(4, form.result, .text, span: 4)],
        mayBreak: true),
    ]
  }
}
