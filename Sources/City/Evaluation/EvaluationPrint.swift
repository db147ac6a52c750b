import Paper

/// Self-evaluation forms as documents that look like the official form.
public enum EvaluationPrint {
  /// What can be written.
  public typealias Format = PrintFormat

  /// The words above every form.
  static let title = "财政项目支出绩效自评表"

  /// All forms in one document, each beginning a page; in a workbook each is a sheet.
  ///
  /// What is written as `.docx` or `.xlsx` is read back the same, but for what could not be placed
  /// when the form was read, and spaces that readers take for setting.
  ///
  /// - Throws: `print.tool-missing`, `print.timed-out` and `print.failed` of PDF,
  ///   `workbook.text-too-long`, `zip.too-large`.
  public static func bytes(_ forms: [EvaluationForm], as format: Format) throws -> [UInt8] {
    let project = forms.count == 1 ? forms[0].project : ""
    return try bytes(
      forms.map(\.printed), titled: project.isEmpty ? title : "\(project) \(title)",
      forms: forms.count, as: format)
  }

  /// Sheets in one document.
  ///
  /// - Parameter forms: how many forms they are, by which a PDF is given time.
  static func bytes(
    _ sheets: [PrintedSheet], titled title: String, forms: Int, as format: Format
  ) throws -> [UInt8] {
    // A form takes half a second; a year's collection may take as long as it needs.
    try format.bytes(sheets, titled: title, seconds: 60 + 3 * forms)
  }
}

extension EvaluationForm {
  /// The form on A4 in the order and with the merged cells of the official one.
  public var printed: PrintedSheet {
    // Without the year the place for it stays, to be filled in by hand.
    let year = year.map { "（\($0)年度）" } ?? "（    年度）"
    return PrintedSheet(
      name: "\(ordinal) \(project)", titles: [EvaluationPrint.title, year],
      columns: [19, 31, 31, 27, 27, 14, 14, 23],
      rows: EvaluationPrintHead.rows(self) + EvaluationPrintTable.rows(self))
  }
}
