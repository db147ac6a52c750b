import Base
import Crypto
import Store

/// What a table holds, in whatever order its rows come: how many, and a sum over their digests.
///
/// Each row is written out value by value, each with its kind and length, and hashed with SHA-256;
/// the hashes are added, as four numbers of 64 bits, so that no order counts and no two rows of one
/// content cancel each other.
public struct TableProof: Equatable, Sendable {
  public private(set) var rows: Int64 = 0
  private var sum: [UInt64] = [0, 0, 0, 0]

  init() {}

  /// 64 hexadecimal digits.
  public var digest: String {
    sum.map { number in
      let digits = String(number, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  mutating func add(_ row: [Value]) {
    var bytes: [UInt8] = []
    for value in row { Self.write(value, to: &bytes) }
    SHA256.hash(data: bytes).withUnsafeBytes { digest in
      for place in sum.indices {
        let part = digest.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self)
        sum[place] &+= part.bigEndian
      }
    }
    rows += 1
  }

  private static func write(_ value: Value, to bytes: inout [UInt8]) {
    func number(_ kind: UInt8, _ number: UInt64) {
      bytes.append(kind)
      withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
    switch value {
    case .null: bytes.append(0)
    case .integer(let integer): number(1, UInt64(bitPattern: integer))
    case .real(let real): number(2, real.bitPattern)
    case .text(let text):
      number(3, UInt64(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    case .bytes(let raw):
      number(4, UInt64(raw.count))
      bytes.append(contentsOf: raw)
    }
  }

  /// Reads all rows of a table that nobody writes, a batch in each snapshot.
  ///
  /// - Parameter batch: rows in a snapshot.
  static func read(
    _ table: TableShape, in database: any Database, batch: Int = 5000
  ) async throws -> TableProof {
    var proof = TableProof()
    var last: [Value]?
    while true {
      let rows: [[Value]]
      (proof, rows) = try await database.read { [proof, last] snapshot in
        var next = proof
        let rows = try snapshot.rows(of: table, after: last, limit: batch)
        for row in rows { next.add(row) }
        return (next, rows)
      }
      last = rows.last
      if rows.count < batch { return proof }
    }
  }
}
