import Base
import Foundation

/// The engine for what one machine has outgrown: a PostgreSQL 15 or later, reached by libpq.
///
/// Every thread has a connection of its own: several read, one writes and groups commits. Any number
/// of processes may work on one database.
public final class PostgresDatabase: Database {
  /// How a database is opened.
  public struct Options: Sendable {
    /// The node number of this process, for its ids.
    public var node = 0
    public var now: Now
    public var readers = 8
    public var statements: StatementLog?
    /// How long one statement may take, in milliseconds.
    public var statementTimeout = 60_000
    /// How long to wait for what others hold, the turn to write included, in milliseconds.
    public var lockTimeout = 20_000
    /// False only for a database that can be made again, such as a demonstration being built.
    public var isDurable = true

    public init(now: @escaping Now) { self.now = now }
  }

  public let now: Now
  public var dialect: Dialect { .postgres }
  private let address: PostgresAddress
  public let meter = StoreMeter()
  private let reads: ReadQueue
  private let writes: WriteQueue
  private let ended = DispatchSemaphore(value: 0)
  private let bell = Bell()
  private let herald: PostgresHerald
  private let readers: Int

  /// Connects once to see whether the database can be worked with.
  ///
  /// - Throws: `store.unreachable`; `store.unsuited` for another encoding or order of texts;
  ///   `store.old-server`.
  public init(_ address: PostgresAddress, options: Options) throws {
    self.address = address
    reads = ReadQueue(largestBatch: 1, meter: meter)
    writes = WriteQueue(meter: meter)
    now = options.now
    readers = options.readers
    herald = PostgresHerald(address, bell: bell)
    try Self.check(PostgresLink(address))
    var terms = PostgresLink.Terms()
    terms.statement = options.statementTimeout
    terms.lock = options.lockTimeout
    terms.isDurable = options.isDurable
    start(options, terms)
  }

  private func start(_ options: Options, _ terms: PostgresLink.Terms) {
    let log = options.statements
    for _ in 0..<options.readers {
      Thread.start("chengyun-reader") { [reads, ended, address, meter] in
        let reader = PostgresReader(line: PostgresLine(address, terms: terms), log: log)
        while let jobs = reads.next() {
          meter.reading.raise()
          jobs.forEach(reader.serve)
          meter.reading.lower()
        }
        ended.signal()
      }
    }
    let ids = IDSource(node: options.node)
    Thread.start("chengyun-writer") { [writes, ended, address, now, bell, herald, meter] in
      let writer = PostgresWriter(
        line: PostgresLine(address, terms: terms), ids: ids, now: now, log: log
      ) {
        bell.ring()
        herald.announce()
      }
      while let batch = writes.next() {
        meter.measure(batch.count) { writer.commit(batch) }
      }
      ended.signal()
    }
  }

  /// Paths are compared as bytes, and texts hold every language's letters.
  private static func check(_ link: PostgresLink) throws {
    let version = Int(try link.script("SHOW server_version_num").text ?? "") ?? 0
    guard version >= 150_000 else {
      throw Fault(.unavailable, "store.old-server", ["version": "\(version / 10_000)"])
    }
    let encoding = try link.script("SHOW server_encoding").text ?? ""
    let order = try link.script("SELECT 'B' < 'a' AND 'a/' < 'a0' AND '_' < 'a'").text
    guard encoding == "UTF8", order == "t" else {
      throw Fault(.unavailable, "store.unsuited", ["path": link.shown])
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

  public func commits() -> AsyncStream<Void> {
    herald.listen()
    return bell.listen()
  }

  public var load: StoreLoad {
    StoreLoad(
      waitingWrites: writes.count, waitingReads: reads.count, readers: readers,
      busyReaders: meter.reading.value)
  }

  public func migrate(_ migrations: [Migration]) async throws {
    let _: Void = try await withCheckedThrowingContinuation { continuation in
      Thread.start("chengyun-migrator") { [address, now] in
        do {
          try PostgresMigrating(PostgresLink(address, terms: .endless), now).apply(migrations)
          continuation.resume()
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  public func holdWrites() async throws -> any WriteHold {
    try await PostgresHold.take(address)
  }

  public func close() throws {
    guard writes.close(), reads.close() else { return }
    for _ in 0...readers { ended.wait() }
    bell.close()
    herald.close()
  }

  deinit {
    _ = writes.close()
    _ = reads.close()
    bell.close()
    herald.close()
  }
}
