import Foundation
import Paper

/// A body's forms of a year in one document, behind a page with its title and its contents.
public struct EvaluationCollection: Sendable {
  /// The most forms of one document: a PDF of them takes some minutes.
  public static let most = 300

  /// E.g. the body's name and the year.
  public let title: String
  public let forms: [EvaluationForm]

  public init(title: String, _ forms: [EvaluationForm]) {
    self.title = title
    // Each is named by its place here, whatever file it came from.
    self.forms = forms.enumerated().map { index, form in
      var form = form
      form.ordinal = index + 1
      return form
    }
  }

  /// - Throws: as `EvaluationPrint.bytes`.
  public func bytes(as format: EvaluationPrint.Format) throws -> [UInt8] {
    try EvaluationPrint.bytes(
      [front(as: format)] + forms.map(\.printed), titled: title, forms: forms.count, as: format)
  }

  /// None of its words is a label of a form, so that reading the document back gives the forms only.
  private func front(as format: EvaluationPrint.Format) -> PrintedSheet {
    let hasPages = format == .pdf
    let heads = ["序号", "项目", "单位", "全年预算", "执行率", "得分", "等级"] + (hasPages ? ["页"] : [])
    let rows = forms.enumerated().map { index, form in
      row(form, index + 1, hasPages: hasPages)
    }
    return PrintedSheet(
      name: "目录", titles: [title, "项目支出绩效自评汇编　共 \(forms.count) 份"],
      columns: [12, 60, 46, 26, 17, 14, 11] + (hasPages ? [10] : []),
      rows: [PrintedRow(heads.enumerated().map { PrintedCell($0, $1, .label) }, isHead: true)]
        + rows)
  }

  private func row(_ form: EvaluationForm, _ place: Int, hasPages: Bool) -> PrintedRow {
    let total = form.budget.total
    let unit = form.moneyUnit?.rawValue ?? ""
    var name = PrintedCell(1, form.project, .text)
    name.target = place
    var cells = [
      PrintedCell(0, "\(place)", .figure), name,
      PrintedCell(2, form.unit.isEmpty ? form.department : form.unit, .text),
      PrintedCell(3, total.adjusted.text.isEmpty ? "" : total.adjusted.text + unit, .amount),
      PrintedCell(4, total.rate.text, .amount), PrintedCell(5, form.total.score.text, .amount),
      PrintedCell(6, form.grade, .figure),
    ]
    if hasPages {
      var page = PrintedCell(7, "", .figure)
      page.target = place
      cells.append(page)
    }
    return PrintedRow(cells)
  }
}

extension EvaluationPrint.Format {
  public var mediaType: String {
    switch self {
    case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case .html: "text/html; charset=utf-8"
    case .pdf: "application/pdf"
    }
  }
}
