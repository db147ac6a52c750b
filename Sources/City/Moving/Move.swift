import Base
import Foundation
import Store

/// Moving all that a centre has from one engine to the other: every table, the attachments and the
/// search index, proved row by row.
///
/// The target is filled in the order of each table's key, a batch in each transaction, so what is
/// there already is where a move that was killed goes on.
public struct Move: Sendable {
  /// How far it is, of what.
  public enum Step: String, Sendable, CaseIterable {
    case rows, words, indexes, files, proving
  }

  public typealias Progress = @Sendable (Step, _ done: Int, _ total: Int, _ what: String) -> Void

  private let source: any Database
  private let target: any Database
  private let sourceFiles: BlobStore
  private let targetFiles: BlobStore
  /// Rows in a transaction.
  var batch = 5000

  /// - Parameters:
  ///   - source: as it stands, which nobody may write meanwhile.
  ///   - target: empty, or half filled by a move of the same source.
  public init(
    from source: any Database, files sourceFiles: URL, to target: any Database,
    files targetFiles: URL
  ) {
    self.source = source
    self.target = target
    self.sourceFiles = BlobStore(folder: sourceFiles)
    self.targetFiles = BlobStore(folder: targetFiles)
  }

  /// Moves everything, or what a killed move has left, and proves it.
  ///
  /// - Throws: `move.half-source`, `move.old-source`, `move.odd-source`, `move.other-source`, `store.not-empty`,
  ///   `store.in-use`; `move.incomplete` where a table differs in the end.
  public func run(progress: @escaping Progress) async throws -> MoveReport {
    // First of all: while it is taken, a connection of our own would count as another's.
    let hold = try await source.holdWrites()
    defer { hold.release() }
    guard try await Bulk.source(in: source) == nil else {
      throw Fault(.conflict, "move.half-source")
    }
    // One that was killed when it had come to its end, and had not said so, is proved once more.
    let isFilled = try await isFilled()
    let tables = try await isFilled ? self.tables() : prepare()
    let words = try await isFilled ? cases() : fill(tables, progress)
    let files = try await copyFiles(progress)
    let proofs = try await prove(tables, progress)
    guard proofs.allSatisfy(\.isComplete) else {
      throw Fault(.broken, "move.incomplete", ["tables": MoveReport.differing(proofs)])
    }
    let proof = try await LedgerVerifier(database: target).verify()
    guard proof.isWhole else { throw Fault(.broken, "move.ledger") }
    if !isFilled { try await Bulk.finish(in: target) }
    return MoveReport(tables: proofs, files: files, words: words, ledger: proof)
  }

  // MARK: - Beginning

  /// Whether all of this source is there already, as far as the ledgers tell.
  private func isFilled() async throws -> Bool {
    guard try await Bulk.source(in: target) == nil else { return false }
    let isEmpty = try await target.read { snapshot in
      guard try snapshot.tables().contains(where: { $0.name == "ledger_entry" }) else {
        return true
      }
      return try Ledger.last(in: snapshot) == 0
    }
    guard !isEmpty else { return false }
    return try await mark(of: source) == mark(of: target)
  }

  /// - Returns: the tables to be filled.
  private func prepare() async throws -> [TableShape] {
    let known = Schema.migrations.last?.number ?? 0
    let there: Int = try await source.read { snapshot in
      guard try snapshot.tables().contains(where: { $0.name == "ledger_entry" }) else { return 0 }
      return try snapshot.value("SELECT MAX(number) FROM schema_version") ?? 0
    }
    guard there <= known else {
      throw Fault(
        .unavailable, "store.newer", ["database": String(there), "program": String(known)])
    }
    guard there == known else { throw Fault(.conflict, "move.old-source") }
    if let odd = try await (source as? SQLiteDatabase)?.oddities(), odd > 0 {
      throw Fault(.conflict, "move.odd-source", ["count": String(odd)])
    }
    let mark = try await mark(of: source)
    switch try await Bulk.source(in: target) {
    case mark?: break
    case .some: throw Fault(.conflict, "move.other-source")
    case nil:
      try await target.migrate(Schema.migrations)
      // Before the target is marked: for another source it is to be as good as before.
      _ = try await tables()
      try await Bulk.begin(mark, in: target)
    }
    return try await tables()
  }

  private func tables() async throws -> [TableShape] {
    let from = try await source.read { try Bulk.tables(in: $0) }
    let to = try await target.read { try Bulk.tables(in: $0) }
    guard from.count == to.count, zip(from, to).allSatisfy({ $0.matches($1) }) else {
      throw Fault(.broken, "move.tables")
    }
    return from
  }

  /// Tells one source from another, and from itself after something was entered.
  private func mark(of database: any Database) async throws -> String {
    try await database.read { snapshot in
      let last: [[UInt8]] = try snapshot.column(
        "SELECT digest FROM ledger_entry ORDER BY sequence DESC LIMIT 1")
      return "\(try Ledger.last(in: snapshot)):"
        + (last.first ?? []).map { String($0) }.joined(separator: ".")
    }
  }

  // MARK: - Rows

  /// - Returns: how many cases have their words.
  private func fill(_ tables: [TableShape], _ progress: Progress) async throws -> Int {
    try await copyRows(of: tables, progress)
    let words = try await MoveWords(source: source, target: target, batch: batch)
      .run { progress(.words, $0, $1, "words to search by") }
    try await Bulk.restore(in: target) {
      progress(.indexes, $0, $1, "indexes and references")
    }
    return words
  }

  private func cases() async throws -> Int {
    try await target.read { try $0.value("SELECT COUNT(*) FROM case_file") ?? 0 }
  }

  private func copyRows(of tables: [TableShape], _ progress: Progress) async throws {
    let total = try await source.read { snapshot in
      try tables.reduce(0) { $0 + Int(try snapshot.count(of: $1)) }
    }
    var done = try await target.read { snapshot in
      try tables.reduce(0) { $0 + Int(try snapshot.count(of: $1)) }
    }
    for table in tables {
      var last = try await target.read { snapshot in try snapshot.lastRow(of: table) }
      while true {
        let rows = try await source.read { [last, batch] snapshot in
          try snapshot.rows(of: table, after: last, limit: batch)
        }
        guard let end = rows.last else { break }
        try await target.write { try $0.load(rows, into: table) }
        last = end
        done += rows.count
        progress(.rows, done, total, table.name)
      }
    }
  }

  // MARK: - Attachments

  private func copyFiles(_ progress: Progress) async throws -> MoveReport.Files {
    let wanted = try await source.read { try BlobRows.referred(in: $0) }
    var missing: [String] = []
    for (index, blob) in wanted.enumerated() {
      if try !targetFiles.adopt(blob, from: sourceFiles) { missing.append(blob.digest) }
      progress(.files, index + 1, wanted.count, "attachments")
    }
    return MoveReport.Files(
      count: wanted.count - missing.count, bytes: wanted.reduce(0) { $0 + Int64($1.size) },
      missing: missing)
  }

  // MARK: - Proof

  /// Reads both sides whole: what was copied by an earlier run is not trusted either.
  private func prove(
    _ tables: [TableShape], _ progress: @escaping Progress
  ) async throws -> [MoveReport.Table] {
    var proofs: [MoveReport.Table] = []
    for (index, table) in tables.enumerated() {
      async let from = TableProof.read(table, in: source)
      async let to = TableProof.read(table, in: target)
      proofs.append(
        MoveReport.Table(name: table.name, source: try await from, target: try await to))
      progress(.proving, index + 1, tables.count, table.name)
    }
    return proofs
  }
}

/// What a move came to.
public struct MoveReport: Sendable {
  /// A table on both sides.
  public struct Table: Sendable {
    public let name: String
    public let source: TableProof
    public let target: TableProof

    public var isComplete: Bool { source == target }
  }

  /// The attachments.
  public struct Files: Sendable {
    public let count: Int
    public let bytes: Int64
    /// Named by the source's database and not in its folder.
    public let missing: [String]
  }

  public let tables: [Table]
  public let files: Files
  /// Cases that can be searched for.
  public let words: Int
  public let ledger: LedgerReport

  /// Rows of all tables.
  public var rows: Int64 { tables.reduce(0) { $0 + $1.target.rows } }

  static func differing(_ tables: [Table]) -> String {
    tables.filter { !$0.isComplete }
      .map { "\($0.name) (\($0.source.rows), \($0.target.rows))" }.joined(separator: ", ")
  }
}
