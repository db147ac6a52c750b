import Base

/// The names of a file's columns and where they stand.
public struct TableHeader: Sendable {
  /// As written, without the spaces around them.
  public let names: [String]
  private let places: [String: Int]

  /// - Throws: `table.header-invalid` with `column-duplicate` for each name that occurs twice;
  ///   nameless columns may be many, they are reached by number.
  public init(_ names: [String]) throws {
    self.names = names.map { String($0.trimming(while: \.isWhitespace)) }
    var places: [String: [Int]] = [:]
    for (place, name) in self.names.enumerated() where !name.isEmpty {
      places[name, default: []].append(place)
    }
    let duplicates = places.filter { $0.value.count > 1 }.sorted { $0.value[0] < $1.value[0] }
    guard duplicates.isEmpty else {
      throw Fault(
        .invalid, "table.header-invalid",
        fields: duplicates.map { name, places in
          let columns = places.map { String($0 + 1) }.joined(separator: ", ")
          return Fault.Field(name, "column-duplicate", ["columns": columns])
        })
    }
    self.places = places.mapValues { $0[0] }
  }

  /// The place of a column, from 0; nil when there is none of that name.
  public func place(of name: String) -> Int? { places[name] }

  /// - Throws: `table.columns-missing` with `column-missing` for each of `names` the file lacks, and
  ///   in `present` what it has.
  public func require(_ names: some Sequence<String>) throws {
    let missing = names.filter { places[$0] == nil }
    guard missing.isEmpty else {
      throw Fault(
        .invalid, "table.columns-missing", ["present": self.names.joined(separator: ", ")],
        fields: missing.map { Fault.Field($0, "column-missing") })
    }
  }
}

/// One row: its bytes in UTF-8, and Strings made of them when asked.
public struct TableRow: Sendable {
  /// Counted from 1 without the header and without blank lines.
  public let ordinal: Int
  /// The line of the text on which the row begins, or the row of the sheet; from 1.
  public let line: Int
  public let header: TableHeader
  /// What is wrong with the row, `table.row-invalid`: its number of fields (`row-ragged`), bytes that
  /// are not characters (`text-broken`), something after a closing quote (`quote-stray`), or a formula
  /// without its value (`formula-empty`).
  /// The fields can be read all the same, broken characters as U+FFFD.
  public let problem: Fault?

  let text: TableRowText

  /// The number of fields.
  public var count: Int { text.count }

  /// All fields are empty, as in rows of commas that spreadsheets leave behind.
  public var isEmpty: Bool { text.bytes.isEmpty }

  /// The field at `place`, from 0; empty where the row is too short.
  public subscript(place: Int) -> String { text[place] }

  /// The field in a column; nil when the file has no such column.
  public subscript(name: String) -> String? { header.place(of: name).map { text[$0] } }

  public var fields: [String] { text.fields }

  /// The UTF-8 bytes of the field at `place`, from 0; none where the row is too short.
  public func bytes(at place: Int) -> ArraySlice<UInt8> { text.bytes(at: place) }
}

/// A row before it is compared with a header.
struct RawTableRow {
  let text: TableRowText
  let ordinal: Int
  let line: Int
  let strayField: Int?
  /// Places, from 0, of formulas whose value the file does not keep.
  var valueless: [Int] = []
}

extension StringProtocol {
  func trimming(while isTrimmed: (Character) -> Bool) -> SubSequence {
    guard let first = firstIndex(where: { !isTrimmed($0) }),
      let last = lastIndex(where: { !isTrimmed($0) })
    else { return self[endIndex...] }
    return self[first...last]
  }
}
