import Base
import Store

/// Proves the ledger: every entry against its digest, the row of entries without gaps, every seal
/// against its entries and the seal before, and all of it against a head that was kept outside.
public struct LedgerVerifier: Sendable {
  /// Entries that are read in one snapshot, so that a long proof never holds back the writer's log.
  var batch = 20_000

  private let database: any Database
  private let keptHead: LedgerHead?

  /// - Parameter keptHead: as `Ledger.head` was once; without one, a tail cut off together with its
  ///   seals and a chain written anew from the start look whole.
  public init(database: any Database, keptHead: LedgerHead? = nil) {
    self.database = database
    self.keptHead = keptHead
  }

  /// Told how many entries are proved, of how many.
  public typealias Progress = @Sendable (_ done: Int64, _ total: Int64) -> Void

  /// Reads everything that was there when it began, and stops at the first break.
  public func verify(progress: Progress? = nil) async throws -> LedgerReport {
    var walk = try await database.read { [keptHead] snapshot in
      LedgerWalk(
        lastSequence: try Ledger.last(in: snapshot),
        lastSeal: try Ledger.lastSeal(in: snapshot)?.number ?? 0, keptHead: keptHead)
    }
    while !walk.isAtEnd {
      progress?(walk.report.entries, walk.lastSequence)
      walk = try await database.read { [walk, batch] in try walk.advanced(by: batch, in: $0) }
    }
    return walk.report
  }
}

/// The proof on its way: where it is in the entries and in the seals.
struct LedgerWalk: Sendable {
  private(set) var report = LedgerReport()
  private(set) var isAtEnd = false
  let lastSequence: Int64
  private let lastSeal: Int64
  private let keptHead: LedgerHead?

  private var sequence: Int64?
  /// The seal that covers the present entries, and what they hash to so far.
  private var seal: LedgerSeal?
  private var range = SealedRange(after: LedgerSeal.noHash)
  private var sealNumber: Int64 = 0
  private var sealHash = LedgerSeal.noHash

  init(lastSequence: Int64, lastSeal: Int64, keptHead: LedgerHead?) {
    self.lastSequence = lastSequence
    self.lastSeal = lastSeal
    self.keptHead = keptHead
  }

  func advanced(by count: Int, in snapshot: Snapshot) throws -> LedgerWalk {
    var walk = self
    do {
      if try walk.read(count, in: snapshot) < count { try walk.finish(in: snapshot) }
    } catch let found as Found {
      walk.report.broken = found.found
      walk.isAtEnd = true
    }
    return walk
  }

  /// Ends the walk from within; never leaves this file.
  private struct Found: Error {
    let found: LedgerBreak
  }

  private func fail(_ kind: LedgerBreak.Kind, _ number: Int64) -> Found {
    Found(found: LedgerBreak(kind: kind, number: number))
  }

  private mutating func read(_ count: Int, in snapshot: Snapshot) throws -> Int {
    var read = 0
    try snapshot.each(
      """
      SELECT \(StoredEntry.columns) FROM ledger_entry
      WHERE sequence > \(sequence ?? Int64.min) AND sequence <= \(lastSequence)
      ORDER BY sequence LIMIT \(count)
      """
    ) { fields in
      try check(try StoredEntry(&fields), in: snapshot)
      read += 1
    }
    return read
  }

  private mutating func check(_ entry: StoredEntry, in snapshot: Snapshot) throws {
    let expected = (sequence ?? 0) + 1
    if entry.sequence < expected { throw fail(.entryUnexpected, entry.sequence) }
    if entry.sequence > expected { throw fail(.entryMissing, expected) }
    if !entry.isWhole { throw fail(.entryChanged, entry.sequence) }
    sequence = entry.sequence
    report.entries += 1
    if seal == nil { try beginSeal(at: entry.sequence, in: snapshot) }
    guard let seal else { return }
    range.add(sequence: entry.sequence, digest: entry.digest)
    if entry.sequence == seal.lastSequence { try endSeal(seal) }
  }

  private mutating func beginSeal(at sequence: Int64, in snapshot: Snapshot) throws {
    guard let next = try nextSeal(in: snapshot) else { return }
    guard next.firstSequence == sequence, next.lastSequence >= sequence,
      next.previousHash == sealHash
    else { throw fail(.sealChanged, next.number) }
    seal = next
    range = SealedRange(after: sealHash)
  }

  private func nextSeal(in snapshot: Snapshot) throws -> LedgerSeal? {
    guard sealNumber < lastSeal else { return nil }
    let next: LedgerSeal? = try snapshot.first(
      """
      SELECT \(LedgerSeal.columns) FROM ledger_seal WHERE number > \(sealNumber)
      ORDER BY number LIMIT 1
      """)
    guard let next, next.number == sealNumber + 1 else {
      throw fail(.sealMissing, sealNumber + 1)
    }
    return next
  }

  private mutating func endSeal(_ seal: LedgerSeal) throws {
    guard range.hash == seal.hash, range.count == seal.entryCount else {
      throw fail(.sealChanged, seal.number)
    }
    if let keptHead, keptHead.number == seal.number, keptHead.hash != seal.hash {
      throw fail(.headChanged, seal.number)
    }
    report.seals += 1
    report.sealedEntries += range.count
    report.head = LedgerHead(seal)
    sealNumber = seal.number
    sealHash = seal.hash
    self.seal = nil
  }

  private mutating func finish(in snapshot: Snapshot) throws {
    isAtEnd = true
    if try seal != nil || nextSeal(in: snapshot) != nil {
      throw fail(.tailCut, (sequence ?? 0) + 1)
    }
    if let keptHead, keptHead.number > sealNumber { throw fail(.headMissing, keptHead.number) }
  }
}

/// An entry as its columns stand, with no word of them understood: a proof is about bytes.
struct StoredEntry: Row {
  let sequence: Int64
  let digest: [UInt8]
  let bytes: EntryBytes

  static let columns: SQL = LedgerEntry.columns

  init(_ fields: inout Fields) throws {
    sequence = try fields.next()
    bytes = EntryBytes(
      recordedAt: try fields.next(), occurredAt: try fields.next(), actorKind: try fields.next(),
      actorID: try fields.next(), subjectKind: try fields.next(), subjectID: try fields.next(),
      verb: try fields.next(), version: try fields.next(), payload: try fields.next())
    digest = try fields.next()
  }

  var isWhole: Bool { bytes.digest == digest }
}
