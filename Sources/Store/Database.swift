import Base

/// What takes writes: a database, or a fence before one.
public protocol Writing: Sendable {
  /// Runs `body` in a transaction and returns after it is on disk.
  ///
  /// Independent writes that wait together are committed together, so a body may be run again
  /// after another one failed: it must have no effects outside the transaction. Once the engine has
  /// refused a statement, the transaction comes to nothing, whether or not the body goes on.
  @discardableResult
  func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T
}

/// The seam between the house and an engine: consistent reads, and writes that are durable when
/// they return. SQLite and PostgreSQL stand behind it.
public protocol Database: Writing {
  /// The clock that its transactions go by.
  var now: Now { get }

  /// Which engine it is, for what cannot be the same on both.
  var dialect: Dialect { get }

  /// Runs `body` on a snapshot. Bodies run in parallel with each other and with the writer. One may
  /// be run again on a new snapshot, when the connection to the engine was lost.
  func read<T: Sendable>(_ body: @escaping @Sendable (Snapshot) throws -> T) async throws -> T

  /// Rings after what was committed here and, where the engine carries it, by other processes;
  /// several commits may be one ring. A ring can be lost: who must miss nothing also looks by itself
  /// now and then.
  func commits() -> AsyncStream<Void>

  /// Brings the schema up to the last of `migrations`; see `Migrator`.
  func migrate(_ migrations: [Migration]) async throws

  /// What its work is measured by, since it was opened.
  var meter: StoreMeter { get }

  /// How busy it is now.
  var load: StoreLoad { get }

  /// Keeps every other process from writing for as long as what is returned is held; reading goes on.
  ///
  /// - Throws: `store.in-use` while another process writes, and on PostgreSQL while one serves.
  func holdWrites() async throws -> any WriteHold

  /// Ends all work and lets go of files and connections.
  func close() throws
}

/// Keeps writers out until it is let go of.
public protocol WriteHold: Sendable {
  func release()
}
