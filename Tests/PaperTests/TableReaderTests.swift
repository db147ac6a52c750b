import Base
import Foundation
import Testing

@testable import Paper

/// Reads all of `text`, or throws what the reader throws.
func rows(
  _ text: String, options: TableReader.Options = TableReader.Options()
) throws -> [TableRow] {
  try rows(bytes: Array(text.utf8), options: options)
}

func rows(
  bytes: [UInt8], options: TableReader.Options = TableReader.Options()
) throws -> [TableRow] {
  let reader = try TableReader(ByteInput(bytes: bytes), options: options)
  var rows: [TableRow] = []
  while let row = try reader.next() { rows.append(row) }
  return rows
}

/// The fault `body` throws; nil when it throws none.
func fault(_ body: () throws -> Void) -> Fault? {
  do {
    try body()
    return nil
  } catch {
    return error as? Fault
  }
}

@Suite struct TableReaderTests {
  @Test(
    "quotes hold delimiters, line breaks and doubled quotes",
    arguments: [
      ("a,b\n1,2\n", [["1", "2"]]),
      ("a,b\r\n1,2\r\n", [["1", "2"]]),
      ("a,b\n1,2", [["1", "2"]]),
      ("a,b\n1,", [["1", ""]]),
      ("a,b\n,\n", [["", ""]]),
      ("a,b\n\"1,5\",\"say \"\"no\"\"\"\n", [["1,5", "say \"no\""]]),
      ("a,b\n\"x\ny\",\"x\r\ny\"\r\n3,4\n", [["x\ny", "x\r\ny"], ["3", "4"]]),
      ("a,b\n\"\",\"\"\"\"\n", [["", "\""]]),
      ("a,b\n1,\"2\"", [["1", "2"]]),
      ("a,b\n5\" pipe,x\ry\n", [["5\" pipe", "x\ry"]]),
      ("a,b\n1,2\r", [["1", "2"]]),
      ("\u{FEFF}a,b\n1,2\n", [["1", "2"]]),
      ("a,b\n\n1,2\r\n\r\n\n3,4\n\n", [["1", "2"], ["3", "4"]]),
      ("a,b\n停车,违规收停车费\n", [["停车", "违规收停车费"]]),
      ("a,b\n", []),
      ("a,b", []),
    ] as [(String, [[String]])])
  func reads(text: String, expected: [[String]]) throws {
    let found = try rows(text)
    #expect(found.map(\.fields) == expected)
    #expect(found.allSatisfy { $0.problem == nil })
    #expect(found.allSatisfy { $0.header.names == ["a", "b"] })
  }

  @Test("rows are counted without the header, lines as an editor counts them")
  func placesOfRows() throws {
    let found = try rows("a,b\n\n\"1\n\n1\",2\n3,4\r\n\r\n5,6")
    #expect(found.map(\.ordinal) == [1, 2, 3])
    #expect(found.map(\.line) == [3, 6, 8])
  }

  @Test("a field is found by its column's name, with the spaces around the name taken away")
  func columnsByName() throws {
    let row = try #require(try rows("id, name ,\n7,停车,x\n").first)
    #expect(row["id"] == "7")
    #expect(row["name"] == "停车")
    #expect(row["other"] == nil)
    #expect(row[""] == nil)
    #expect(row[2] == "x")
    #expect(row[3] == "")
    #expect(Array(row.bytes(at: 0)) == [0x37])
  }

  @Test("a file without a header is read with given names")
  func givenColumns() throws {
    var options = TableReader.Options()
    options.columns = ["a", "b"]
    let found = try rows("1,2\n3,4\n", options: options)
    #expect(found.map(\.ordinal) == [1, 2])
    #expect(found[1]["b"] == "4")
  }

  @Test("tabs and semicolons delimit where they are asked for", arguments: ["\t", ";"])
  func delimiters(character: String) throws {
    var options = TableReader.Options()
    options.delimiter = character == ";" ? .semicolon : .tab
    let found = try rows("a\(character)b\n1,5\(character)2\n", options: options)
    #expect(found.map(\.fields) == [["1,5", "2"]])
  }

  @Test("a row too short or too long is reported and still read")
  func raggedRows() throws {
    let found = try rows("a,b\n1\n1,2\n1,2,3\n,\n")
    let ragged = { (line: Int, count: Int) in
      Fault(
        .invalid, "table.row-invalid", ["row": String(line - 1), "line": String(line)],
        fields: [
          Fault.Field(
            "line \(line)", "row-ragged", ["expected": "2", "found": String(count)])
        ])
    }
    #expect(found.map(\.problem) == [ragged(2, 1), nil, ragged(4, 3), nil])
    #expect(found[0]["b"] == "")
    #expect(found[2].fields == ["1", "2", "3"])
    #expect(found.map(\.isEmpty) == [false, false, false, true])
  }

  @Test("something after a closing quote is reported with its column")
  func strayQuote() throws {
    let found = try rows("a,b\n1,\"x\"y\n1,\"x\" \r\n1,\"x\"\ry\n1,\"x\"\n")
    let codes = found.map(\.problem?.fields.first?.code)
    #expect(codes == ["quote-stray", "quote-stray", "quote-stray", nil])
    #expect(found[0].problem?.fields.first?.name == "b")
    #expect(found[0]["b"] == "xy")
  }

  @Test("a quote that is never closed names the row and line where it opens")
  func openQuote() {
    let thrown = fault { _ = try rows("a,b\n1,2\n\"3\n,4\n5,6\n") }
    #expect(thrown == Fault(.invalid, "table.quote-open", ["row": "2", "line": "3"]))
  }

  @Test("the rows before an error are delivered, and the error comes again")
  func errorsStay() throws {
    let reader = try TableReader(ByteInput(bytes: Array("a,b\n1,2\n\"3".utf8)))
    #expect(try reader.next()?.fields == ["1", "2"])
    for _ in 0..<2 {
      #expect(fault { _ = try reader.next() }?.code == "table.quote-open")
    }
  }

  @Test("fields, rows and columns have limits, named with the row")
  func limits() {
    var options = TableReader.Options()
    options.limits = CSVLimits(field: 5, row: 8, columns: 3)
    func code(_ text: String) -> Fault? { fault { _ = try rows(text, options: options) } }
    #expect(code("a,b\n12345,678\n") == nil)
    #expect(
      code("a,b\n1,2\n123456,2\n")
        == Fault(
          .invalid, "table.field-too-large", ["row": "2", "line": "3", "limit": "5"]))
    #expect(code("a,b\n\"123\"\"\"\"\"\"4\",2\n")?.code == "table.field-too-large")
    #expect(code("a,b\n12345,6789\n")?.code == "table.row-too-large")
    #expect(code("a,b\n1,2,3\n") == nil)
    #expect(code("a,b\n1,2,3,4\n")?.code == "table.too-many-columns")
  }

  @Test("carriage returns alone cannot get round the field limit")
  func returnsAreCounted() {
    var options = TableReader.Options()
    options.limits = CSVLimits(field: 5)
    let text = "a\n" + String(repeating: "\r", count: 50) + "x\n"
    #expect(fault { _ = try rows(text, options: options) }?.code == "table.field-too-large")
  }

  @Test("an empty file and one of blank lines have no header", arguments: ["", "\n\r\n\n"])
  func emptyFile(text: String) {
    #expect(fault { _ = try rows(text) } == Fault(.invalid, "table.empty"))
  }

  @Test("columns of one name are named with their places")
  func duplicateColumns() {
    let thrown = fault { _ = try rows("id,name,id,,, name\n") }
    #expect(
      thrown
        == Fault(
          .invalid, "table.header-invalid",
          fields: [
            Fault.Field("id", "column-duplicate", ["columns": "1, 3"]),
            Fault.Field("name", "column-duplicate", ["columns": "2, 6"]),
          ]))
  }

  @Test("all missing columns are named at once, and what the file has")
  func missingColumns() throws {
    let reader = try TableReader(ByteInput(bytes: Array("id,name\n".utf8)))
    try reader.header.require(["name"])
    #expect(
      fault { try reader.header.require(["id", "time", "place"]) }
        == Fault(
          .invalid, "table.columns-missing", ["present": "id, name"],
          fields: [Fault.Field("time", "column-missing"), Fault.Field("place", "column-missing")]
        ))
  }
}
