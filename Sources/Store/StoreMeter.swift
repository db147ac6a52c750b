import Base

/// What the work of one opened database is measured by.
public final class StoreMeter: Sendable {
  /// Seconds from the beginning of a batch of writes until it was on disk, or had failed.
  public let commits = Histogram()
  /// How many writes were in a batch.
  public let batches = Histogram([1, 2, 4, 8, 16, 32, 64, 128])
  /// Writes and reads that were refused because too many waited.
  public let refused = Counter()
  /// Reads that have a connection.
  let reading = Level()

  init() {}

  /// Measures one batch.
  func measure(_ writes: Int, _ commit: () -> Void) {
    batches.add(Double(writes))
    commits.add(ContinuousClock().measure(commit))
  }
}

/// How busy an opened database is at a moment.
public struct StoreLoad: Equatable, Sendable {
  /// Writes that wait for the writer, without those of the batch that it commits.
  public let waitingWrites: Int
  /// Reads that wait for a connection.
  public let waitingReads: Int
  /// Connections that read.
  public let readers: Int
  /// Those of them that are in use.
  public let busyReaders: Int
}

/// Whether a database can be worked with, asked while it is worked with.
public enum StoreCheck {
  /// Writes one row for certain, as every write does; the same row each time.
  public static func write(in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO counter (name, last) VALUES ('health', 1)
      ON CONFLICT (name) DO UPDATE SET last = (counter.last + 1) % 1000000
      """)
  }

  /// The steps that a program needs and a database lacks, or has under other names. Later steps of a
  /// newer program are no fault: two neighbouring versions work side by side.
  public static func missing(
    _ migrations: [Migration], in snapshot: some Querying
  ) throws -> [Int] {
    let applied = try snapshot.all(
      SQL(trusted: Migrator.applied), as: AppliedMigration.self)
    return Migrator.missing(migrations, applied: applied)
  }
}
