import Base
import Paper

/// A row that is not taken, and why.
public struct RejectedRow: Sendable {
  public let row: TableRow
  public let fault: Fault
}

/// The rows of one transaction, and those that were refused while it was filled.
struct RowBatch: Sendable {
  struct Line: Sendable {
    let row: TableRow
    let mapped: MappedRow
  }

  var rows: [Line] = []
  var rejected: [RejectedRow] = []

  var count: Int { rows.count + rejected.count }
}

/// Rows of a file by the batch, read by a map.
///
/// A file that cannot be read on gives what was read before it, and then its failure.
struct RowSource {
  private let reader: TableReader
  private let map: ImportMap
  private let batchSize: Int
  private let batchBytes: Int
  /// Rows by what they are called, so that a name that comes twice is told from an update.
  private var seen: [String: Int] = [:]
  private(set) var failure: (any Error)?
  private var isOver = false

  init(_ reader: TableReader, map: ImportMap, batchSize: Int, batchBytes: Int) {
    self.reader = reader
    self.map = map
    self.batchSize = batchSize
    self.batchBytes = batchBytes
  }

  /// Nil at the end.
  mutating func next() -> RowBatch? {
    var batch = RowBatch()
    var bytes = 0
    while !isOver, batch.count < batchSize, bytes < batchBytes {
      guard let row = read() else { break }
      if row.isEmpty { continue }
      for place in 0..<row.count { bytes += row.bytes(at: place).count }
      do {
        let mapped = try RowMapper.mapped(row, by: map)
        try meet(mapped.past.externalID, row)
        batch.rows.append(.init(row: row, mapped: mapped))
      } catch {
        batch.rejected.append(RejectedRow(row: row, fault: Self.fault(error)))
      }
    }
    return batch.count == 0 ? nil : batch
  }

  private mutating func read() -> TableRow? {
    do {
      if let row = try reader.next() { return row }
    } catch {
      failure = error
    }
    isOver = true
    return nil
  }

  private mutating func meet(_ id: String, _ row: TableRow) throws {
    if let first = seen.updateValue(row.ordinal, forKey: id) {
      seen[id] = first
      throw Fault.invalid(
        map.facts.id.columns.first ?? "id", "value.twice",
        ["value": id.brief, "row": String(first)])
    }
  }

  private static func fault(_ error: any Error) -> Fault {
    error as? Fault ?? Fault(.broken, "import.row-unreadable")
  }
}
