import Base

/// Rows of cells out of a document of Office: every paragraph and row of a table of a `.docx`, every
/// row of every sheet of an `.xlsx`.
public enum OfficeFile {
  /// What `zip.damaged` names as the part where the list of the parts is wanting, such as in a file that
  /// was cut off.
  public static let directory = "directory"
  /// The most that one part may unpack to, in bytes.
  static let largestPart = 64 << 20

  /// Parts of a document that belong together: the document, or one sheet.
  public struct Section: Sendable {
    /// The sheet's name; empty of a text document.
    public let name: String
    public let rows: [PaperRow]
  }

  /// - Throws: `zip.damaged`, `zip.encrypted`, `zip.too-large`, `xml.damaged`, `xml.declares`; nil when the packed
  ///   file is neither a text document nor a workbook.
  public static func sections(_ bytes: [UInt8]) throws -> [Section]? {
    let archive = try ZipArchive(bytes)
    if let document = try archive.part("word/document.xml", limit: largestPart) {
      let reader = TextDocumentReader()
      try OfficeXML.walk(document, reader)
      return [Section(name: "", rows: reader.rows)]
    }
    if let workbook = try archive.part("xl/workbook.xml", limit: largestPart) {
      return try WorkbookReader(archive, workbook).sections()
    }
    return nil
  }
}
