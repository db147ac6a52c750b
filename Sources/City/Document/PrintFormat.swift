import Paper

/// In what a page of cells can be written.
public enum PrintFormat: String, Sendable, CaseIterable {
  case docx, xlsx, html, pdf

  /// Sheets in one document.
  ///
  /// - Parameter seconds: how long a PDF may take.
  /// - Throws: `print.tool-missing`, `print.timed-out` and `print.failed` of PDF,
  ///   `workbook.text-too-long`, `zip.too-large`.
  public func bytes(
    _ sheets: [PrintedSheet], titled title: String, seconds: Int = 60
  ) throws -> [UInt8] {
    var html: String { HTMLWriter.document(sheets, title: title, language: "zh-Hans") }
    switch self {
    case .docx: return try TextDocumentWriter.bytes(sheets)
    case .xlsx: return try WorkbookWriter.bytes(sheets)
    case .html: return Array(html.utf8)
    case .pdf: return try PDFPrinter(seconds: seconds).bytes(html)
    }
  }
}
