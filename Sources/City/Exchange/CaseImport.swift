import Base
import Foundation
import Paper
import Store

/// Brings the rows of a file in as past cases, some hundreds in each transaction.
///
/// What was committed stays when it is stopped; run again it goes on where it was, because rows that
/// are here already change nothing.
public struct CaseImport: Sendable {
  /// How far an import is.
  public struct Progress: Sendable {
    public let rows: Int
    /// Bytes of the file, of `total`, which is 0 where it is not known.
    public let consumed: Int
    public let total: Int
  }

  /// Bytes of text that wait in memory at most, roughly.
  private static let batchBytes = 4 << 20

  private let map: ImportMap
  private let desk: CaseDesk
  private let doer: Doer
  private let batchSize: Int

  /// - Parameters:
  ///   - batchSize: rows of one transaction, 1…5,000.
  public init(
    _ map: ImportMap, desk: CaseDesk, by doer: Doer = .importer(ID(0)), batchSize: Int = 1000
  ) {
    self.map = map
    self.desk = desk
    self.doer = doer
    self.batchSize = max(1, min(batchSize, 5000))
  }

  /// Opens a file as the map says it is written.
  public static func open(path: String, as map: ImportMap) throws -> TableReader {
    var options = TableReader.Options()
    options.delimiter = map.delimiter
    options.encoding = map.encoding
    let reader = try TableReader(path: path, options: options)
    try reader.header.require(map.columns)
    return reader
  }

  /// Reads all rows. While one batch is written the next is read.
  ///
  /// - Parameters:
  ///   - rejected: told each row that is not taken, in their order, after its batch is committed.
  ///   - progress: told after each batch; may throw to stop there.
  /// - Throws: `right.missing`; what makes the rest of the file unreadable, after everything before
  ///   it has been taken.
  public func run(
    _ reader: TableReader, rejected: (RejectedRow) throws -> Void = { _ in },
    progress: (Progress) throws -> Void = { _ in }
  ) async throws -> ImportSummary {
    try doer.require(.caseImport)
    let ground = ImportGround(map: map, desk: desk, doer: doer)
    let desk = try await ground.prepare()
    var rows = RowSource(reader, map: map, batchSize: batchSize, batchBytes: Self.batchBytes)
    var summary = ImportSummary()
    var next = rows.next()
    while let batch = next {
      async let written = write(batch, to: desk, ground)
      next = rows.next()
      let result = try await written
      summary.add(batch, result)
      for row in result.rejected { try rejected(row) }
      try progress(
        Progress(rows: summary.read, consumed: reader.consumed, total: reader.total))
    }
    if let failure = rows.failure { throw failure }
    return summary
  }

  private func write(
    _ batch: RowBatch, to desk: CaseDesk, _ ground: ImportGround
  ) async throws -> BatchResult {
    try await ground.extend(for: batch.rows.map(\.mapped))
    let cases = batch.rows.map(\.mapped.past)
    let outcomes = try await desk.database.write { tx in
      try desk.record(cases, by: doer, in: tx)
    }
    var result = BatchResult(rejected: batch.rejected)
    for (row, outcome) in zip(batch.rows, outcomes) {
      switch outcome {
      case .created: result.created += 1
      case .updated: result.updated += 1
      case .unchanged: result.unchanged += 1
      case .rejected(let fault):
        result.rejected.append(RejectedRow(row: row.row, fault: fault))
        continue
      }
      for note in row.mapped.notes { result.notes[note.rawValue, default: 0] += 1 }
    }
    result.rejected.sort { $0.row.ordinal < $1.row.ordinal }
    return result
  }
}

/// What came of a file.
public struct ImportSummary: Sendable, Equatable, Encodable {
  public private(set) var read = 0
  public private(set) var created = 0
  public private(set) var updated = 0
  public private(set) var unchanged = 0
  public private(set) var rejected = 0
  /// How often something was not taken just as it stood, by `ImportNote`.
  public private(set) var notes: [String: Int] = [:]

  public init() {}

  private enum Key: CodingKey { case read, created, updated, unchanged, rejected, notes }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(read, forKey: .read)
    try values.encode(created, forKey: .created)
    try values.encode(updated, forKey: .updated)
    try values.encode(unchanged, forKey: .unchanged)
    try values.encode(rejected, forKey: .rejected)
    if !notes.isEmpty { try values.encode(notes, forKey: .notes) }
  }

  fileprivate mutating func add(_ batch: RowBatch, _ result: BatchResult) {
    read += batch.rows.count + batch.rejected.count
    created += result.created
    updated += result.updated
    unchanged += result.unchanged
    rejected += result.rejected.count
    notes.merge(result.notes, uniquingKeysWith: +)
  }
}

/// What came of one transaction.
private struct BatchResult: Sendable {
  var created = 0
  var updated = 0
  var unchanged = 0
  var rejected: [RejectedRow]
  var notes: [String: Int] = [:]
}
