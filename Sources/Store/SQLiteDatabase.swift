import Base
import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// The embedded engine: one file in WAL mode, one writer that groups commits, several readers.
public final class SQLiteDatabase: Database {
  /// How a database is opened.
  public struct Options: Sendable {
    /// The node number of this process, for its ids.
    public var node = 0
    public var now: Now
    public var readers = 4
    public var statements: StatementLog?
    /// False only for a file that can be made again, such as a demonstration being built.
    public var isDurable = true
    /// False only for a database that is being filled in bulk; see `Bulk`.
    public var checksReferences = true

    public init(now: @escaping Now) { self.now = now }
  }

  let pool: DatabasePool
  let path: String
  private let writes: WriteQueue
  public let now: Now
  public var dialect: Dialect { .sqlite }
  public let meter = StoreMeter()
  private let readers: Int
  private let reads: ReadQueue
  private let ids: IDSource
  private let log: StatementLog?
  private let ended = DispatchSemaphore(value: 0)
  private let bell = Bell()

  /// Opens or creates the file at `path`.
  ///
  /// - Throws: `store.not-a-database`, `store.cannot-open`, `store.read-only`, `store.damaged`,
  ///   `store.foreign`.
  public init(path: String, options: Options) throws {
    var configuration = Configuration()
    configuration.maximumReaderCount = options.readers
    configuration.busyMode = .timeout(5)
    configuration.foreignKeysEnabled = options.checksReferences
    let durability = options.isDurable ? "FULL" : "OFF"
    // The log is carried over into the file every 16 MB: pages that many writes change go once.
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA synchronous = \(durability);
          PRAGMA journal_size_limit = 67108864;
          PRAGMA wal_autocheckpoint = 4096;
          PRAGMA temp_store = MEMORY;
          PRAGMA cache_size = -16384;
          """)
    }
    self.path = path
    try SQLiteFaults.worded(path) { try SQLiteMigrating.refuseForeign(path) }
    readers = options.readers
    writes = WriteQueue(meter: meter)
    reads = ReadQueue(largestBatch: 1, meter: meter)
    pool = try SQLiteFaults.worded(path) {
      try DatabasePool(path: path, configuration: configuration)
    }
    now = options.now
    ids = IDSource(node: options.node)
    log = options.statements
    start()
  }

  /// Threads of our own, and none of those that tasks run on: a read that waits for its turn, or whose
  /// body waits, would keep one of these few from everybody.
  private func start() {
    for _ in 0..<readers {
      Thread.start("chengyun-reader") { [pool, reads, ended, log, path, meter] in
        while let jobs = reads.next() {
          meter.reading.raise()
          for job in jobs {
            do {
              try pool.read { database in
                try job.body(Snapshot(connection: SQLiteConnection(database, log: log)))
              }
              job.finish(nil)
            } catch {
              job.finish(SQLiteFaults.fault(for: error, at: path))
            }
          }
          meter.reading.lower()
        }
        ended.signal()
      }
    }
    Thread.start("chengyun-writer") { [weak self, writes, ended] in
      while let batch = writes.next() {
        self?.meter.measure(batch.count) { self?.commit(batch) }
      }
      ended.signal()
    }
  }

  public func read<T: Sendable>(
    _ body: @escaping @Sendable (Snapshot) throws -> T
  ) async throws -> T {
    try await reads.run(body)
  }

  @discardableResult
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await writes.run(body)
  }

  /// Of this process alone: the engine tells nobody of another's commits.
  public func commits() -> AsyncStream<Void> { bell.listen() }

  public var load: StoreLoad {
    StoreLoad(
      waitingWrites: writes.count, waitingReads: reads.count, readers: readers,
      busyReaders: meter.reading.value)
  }

  public func migrate(_ migrations: [Migration]) async throws {
    do {
      try await SQLiteMigrating(pool, now, path).apply(migrations)
    } catch {
      throw SQLiteFaults.fault(for: error, at: path)
    }
  }

  /// Moves everything that was written into the file itself, which then stands alone: for a
  /// database that is to be moved. Nothing may be reading it.
  public func settle() throws {
    try pool.writeWithoutTransaction { database in
      _ = try database.checkpoint(.truncate)
    }
  }

  public func close() throws {
    guard writes.close() else { return }
    _ = reads.close()
    for _ in 0...readers { ended.wait() }
    bell.close()
    try pool.close()
  }

  deinit {
    _ = writes.close()
    _ = reads.close()
    bell.close()
  }

  // MARK: - The writer's thread

  private func commit(_ batch: [WriteJob]) {
    do {
      let (failures, hasChanged) = try attempt(batch)
      if hasChanged { bell.ring() }
      for (job, failure) in zip(batch, failures) { job.finish(failure) }
    } catch is Spoiled where batch.count > 1 {
      // One failed after it had changed rows: everything was rolled back, each runs on its own.
      for job in batch { commit([job]) }
    } catch let spoiled as Spoiled {
      batch[0].finish(SQLiteFaults.fault(for: spoiled.cause, at: path))
    } catch {
      for job in batch { job.finish(SQLiteFaults.fault(for: error, at: path)) }
    }
  }

  /// One transaction over the whole batch. A job that throws before it changed anything is left
  /// out, which costs nothing; savepoints would cost more than a third of the throughput.
  private func attempt(_ batch: [WriteJob]) throws -> ([(any Error)?], hasChanged: Bool) {
    try pool.writeWithoutTransaction { database in
      let connection = SQLiteConnection(database, log: log)
      var failures: [(any Error)?] = []
      let first = connection.changes
      try database.inTransaction(.immediate) {
        for job in batch {
          let before = connection.changes
          do {
            try job.body(Transaction(connection: connection, ids: ids, now: now()))
            failures.append(nil)
          } catch {
            if connection.changes != before { throw Spoiled(cause: error) }
            connection.refusal = nil
            failures.append(error)
          }
          if let refusal = connection.refusal { throw Spoiled(cause: refusal) }
        }
        return .commit
      }
      return (failures, hasChanged: connection.changes != first)
    }
  }
}

/// A job failed after it had changed rows, or went on after a statement was refused.
private struct Spoiled: Error {
  let cause: any Error
}
