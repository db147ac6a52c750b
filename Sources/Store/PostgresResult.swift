import CPostgres
import Foundation

/// What the server answered to one statement.
final class PostgresResult {
  fileprivate let result: OpaquePointer?

  init(_ result: OpaquePointer?) { self.result = result }

  deinit { PQclear(result) }

  var rowCount: Int { Int(PQntuples(result)) }

  /// Rows that a change touched.
  var touched: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

  /// The same; what is not counted in rows, such as making a table, is one change.
  var changes: Int { Int(String(cString: PQcmdTuples(result))) ?? 1 }

  /// What was done, such as `COMMIT`.
  var command: String { String(cString: PQcmdStatus(result)) }

  subscript(row: Int) -> PostgresRow { PostgresRow(result: result, row: Int32(row)) }

  /// The first column of the first row.
  var text: String? {
    guard rowCount > 0, PQgetisnull(result, 0, 0) == 0 else { return nil }
    return self[0].string(0)
  }
}

/// A row of an answer, its columns as texts.
struct PostgresRow: FieldSource {
  fileprivate let result: OpaquePointer?
  fileprivate let row: Int32

  func isNull(_ index: Int) -> Bool { PQgetisnull(result, row, Int32(index)) != 0 }

  /// A truth is 1 or 0; of a number with a fraction, the whole part.
  func int64(_ index: Int) -> Int64 {
    let column = raw(index)
    guard let first = column.first else { return 0 }
    if type(index) == 16 { return first == UInt8(ascii: "t") ? 1 : 0 }
    let isNegative = first == UInt8(ascii: "-")
    // Counted downwards, because the least number has no opposite.
    var number: Int64 = 0
    for digit in column.dropFirst(isNegative ? 1 : 0) {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { break }
      number = number &* 10 &- Int64(digit - UInt8(ascii: "0"))
    }
    return isNegative ? number : 0 &- number
  }

  func double(_ index: Int) -> Double {
    guard let start = PQgetvalue(result, row, Int32(index)) else { return 0 }
    return strtod(start, nil)
  }

  func string(_ index: Int) -> String { String(decoding: raw(index), as: UTF8.self) }

  func bytes(_ index: Int) -> [UInt8] {
    let column = raw(index)
    guard type(index) == 17 else { return Array(column) }
    // `\x` and two digits for each byte.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(column.count / 2)
    var at = 2
    while at + 1 < column.count {
      bytes.append(Self.digit(column[at]) << 4 | Self.digit(column[at + 1]))
      at += 2
    }
    return bytes
  }

  private static func digit(_ letter: UInt8) -> UInt8 {
    letter <= UInt8(ascii: "9") ? letter - UInt8(ascii: "0") : letter - UInt8(ascii: "a") + 10
  }

  private func type(_ index: Int) -> Oid { PQftype(result, Int32(index)) }

  private func raw(_ index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: PQgetvalue(result, row, Int32(index)),
      count: Int(PQgetlength(result, row, Int32(index))))
  }
}
