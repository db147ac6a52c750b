/// What the ledger was found to be.
public struct LedgerReport: Equatable, Sendable {
  /// Entries that were read, up to the break.
  public internal(set) var entries: Int64 = 0
  /// Of these, those under a seal that holds.
  public internal(set) var sealedEntries: Int64 = 0
  /// Seals that hold.
  public internal(set) var seals: Int64 = 0
  /// The last seal that holds.
  public internal(set) var head: LedgerHead?
  /// The first thing that does not hold; nil when the ledger is whole.
  public internal(set) var broken: LedgerBreak?

  public var isWhole: Bool { broken == nil }
}

/// The first thing that does not hold.
public struct LedgerBreak: Hashable, Sendable {
  /// How it is broken.
  public enum Kind: String, Sendable, CaseIterable {
    /// No entry has this sequence, though later ones are there.
    case entryMissing = "entry.missing"
    /// An entry stands where none can.
    case entryUnexpected = "entry.unexpected"
    /// The entry's columns do not give its digest.
    case entryChanged = "entry.changed"
    /// The entries end before this one, which a seal covers.
    case tailCut = "tail.cut"
    /// No seal has this number, though later ones are there.
    case sealMissing = "seal.missing"
    /// The seal does not fit its entries or the seal before it.
    case sealChanged = "seal.changed"
    /// The kept head's seal is not there: the end of the ledger was cut off.
    case headMissing = "head.missing"
    /// The kept head's seal has another hash: the ledger was written anew.
    case headChanged = "head.changed"
  }

  public let kind: Kind
  /// The sequence of an entry, or the number of a seal.
  public let number: Int64
}
