import Base
import Crypto
import Store

/// A range of entries, fixed by a hash over their digests and over the seal before it.
public struct LedgerSeal: Row, Equatable {
  /// 1, 2, 3 … without gaps.
  public let number: Int64
  public let firstSequence: Int64
  public let lastSequence: Int64
  public let entryCount: Int64
  /// Of the seal before; 32 zeros for the first.
  public let previousHash: [UInt8]
  /// SHA-256 over the previous hash and, for each entry, its sequence (8 bytes, the highest first)
  /// and its digest.
  public let hash: [UInt8]
  public let sealedAt: Moment

  static let columns: SQL = """
    number, first_sequence, last_sequence, entry_count, previous_hash, hash, sealed_at
    """
  static let noHash = [UInt8](repeating: 0, count: 32)

  public init(_ fields: inout Fields) throws {
    number = try fields.next()
    firstSequence = try fields.next()
    lastSequence = try fields.next()
    entryCount = try fields.next()
    previousHash = try fields.next()
    hash = try fields.next()
    sealedAt = try fields.next()
  }

  /// The seal of a whole range.
  init(_ range: SealedRange, number: Int64, at moment: Moment) {
    self.number = number
    firstSequence = range.first
    lastSequence = range.last
    entryCount = range.count
    previousHash = range.previousHash
    hash = range.hash
    sealedAt = moment
  }
}

/// Entries in order, as they are hashed into a seal.
struct SealedRange {
  let previousHash: [UInt8]
  private(set) var first: Int64 = 0
  private(set) var last: Int64 = 0
  private(set) var count: Int64 = 0
  private var hasher = SHA256()

  init(after previousHash: [UInt8]) {
    self.previousHash = previousHash
    previousHash.withUnsafeBytes { hasher.update(bufferPointer: $0) }
  }

  mutating func add(sequence: Int64, digest: [UInt8]) {
    if count == 0 { first = sequence }
    last = sequence
    count += 1
    withUnsafeBytes(of: sequence.bigEndian) { hasher.update(bufferPointer: $0) }
    digest.withUnsafeBytes { hasher.update(bufferPointer: $0) }
  }

  var hash: [UInt8] { Array(hasher.finalize()) }
}

/// The last seal as something to print and keep outside: it fixes every entry before it.
public struct LedgerHead: Hashable, Sendable, LosslessStringConvertible {
  /// The number of the seal.
  public let number: Int64
  public let hash: [UInt8]

  init(_ seal: LedgerSeal) {
    number = seal.number
    hash = seal.hash
  }

  /// `12:` and 64 hexadecimal digits.
  public var description: String {
    "\(number):" + hash.hexadecimal
  }

  /// Reads what `description` wrote, in small or capital letters; nil for anything else.
  public init?(_ description: String) {
    let parts = description.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int64(parts[0]), number > 0,
      let hash = [UInt8](hexadecimal: parts[1]), hash.count == 32
    else { return nil }
    self.number = number
    self.hash = hash
  }
}

extension Ledger {
  /// The last seal; nil before the first.
  public static func lastSeal(in snapshot: some Querying) throws -> LedgerSeal? {
    try snapshot.first(
      "SELECT \(LedgerSeal.columns) FROM ledger_seal ORDER BY number DESC LIMIT 1")
  }

  /// What to print and keep outside; nil before the first seal.
  public static func head(in snapshot: some Querying) throws -> LedgerHead? {
    try lastSeal(in: snapshot).map(LedgerHead.init)
  }
}
