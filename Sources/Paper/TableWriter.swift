import Base
import Foundation

/// Writes a table that people open in a spreadsheet into a file, row by row, in memory that does not
/// grow with it: delimited text, or a workbook with numbers and days that can be calculated with.
///
/// A reference type: it is an open file. Not to be shared between tasks.
public final class TableWriter {
  /// The kinds of files, by the ending of their names.
  public enum Format: String, Sendable, CaseIterable {
    case csv, xlsx

    public var mediaType: String {
      switch self {
      case .csv: "text/csv; charset=utf-8"
      case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      }
    }
  }

  /// What stands above a column, and how wide it is.
  public struct Column: Sendable {
    public let title: String
    /// In characters of Latin text, as spreadsheets measure; a Chinese one takes two.
    public let width: Int

    public init(_ title: String, width: Int) {
      self.title = title
      self.width = width
    }
  }

  /// What a cell holds.
  public enum Cell: Sendable, Equatable {
    case text(String)
    case count(Int)
    /// Decimal digits as they are to be read; a number where a workbook keeps them all.
    case decimal(String)
    case moment(LocalTime)
    case empty
  }

  private enum Sheet {
    case text(CSVWriter, FileHandle)
    case workbook(WorkbookTable)
  }

  private var sheet: Sheet

  /// Makes the file, or replaces one that is there, and writes the header.
  ///
  /// - Throws: `table.unwritable`.
  public init(path: String, as format: Format, name: String, columns: [Column]) throws {
    switch format {
    case .csv:
      guard FileManager.default.createFile(atPath: path, contents: nil),
        let handle = FileHandle(forWritingAtPath: path)
      else { throw Self.unwritable }
      var options = CSVWriter.Options()
      options.hasByteOrderMark = true
      options.guardsFormulas = true
      var writer = CSVWriter(options: options)
      writer.write(columns.map(\.title))
      sheet = .text(writer, handle)
    case .xlsx:
      sheet = .workbook(try WorkbookTable(path: path, name: name, columns: columns))
    }
  }

  /// - Throws: `table.unwritable`; `workbook.text-too-long` for a text that no cell holds.
  public func write(_ rows: some Sequence<[Cell]>) throws {
    switch sheet {
    case .text(var writer, let handle):
      for row in rows { writer.write(row.map(Self.text)) }
      let bytes = writer.take()
      sheet = .text(writer, handle)
      do { try handle.write(contentsOf: Data(bytes)) } catch { throw Self.unwritable }
    case .workbook(let table):
      for row in rows { try table.write(row) }
    }
  }

  /// Ends the file, which is whole only then.
  ///
  /// - Throws: `table.unwritable`.
  public func finish() throws {
    try write([])
    switch sheet {
    case .text(_, let handle):
      do { try handle.close() } catch { throw Self.unwritable }
    case .workbook(let table): try table.finish()
    }
  }

  static let unwritable = Fault(.unavailable, "table.unwritable")

  private static func text(_ cell: Cell) -> String {
    switch cell {
    case .text(let text), .decimal(let text): text
    case .count(let count): String(count)
    case .moment(let time): time.description
    case .empty: ""
    }
  }
}
