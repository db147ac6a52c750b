import Base
import Store
import Synchronization

/// Reads the ledger on as it grows: woken by commits of this process and, on PostgreSQL, of others;
/// and looking by itself now and then, for what nobody tells of.
///
/// The sequence is dense and in the order of commits, so what comes after the last entry that was
/// read is all that is new.
public final class LedgerFollower: Sendable {
  /// The most entries that are told of together.
  static let batch = 500
  /// Commits within it are read together.
  private static let pause = Duration.milliseconds(20)

  private let database: any Database
  private let poll: Duration
  private let reached: Mutex<Int64?>

  /// - Parameter poll: how often it looks by itself.
  public init(_ database: any Database, poll: Duration = .seconds(1)) {
    self.database = database
    self.poll = poll
    reached = Mutex(nil)
  }

  /// The last sequence that was told of; nil before it has begun.
  public var position: Int64? { reached.withLock { $0 } }

  /// Follows until it is cancelled, or the database is closed.
  ///
  /// - Parameters:
  ///   - tell: given all entries, in their order; the next are read when it returns, and the same
  ///     again when it throws.
  ///   - failed: told why the ledger could not be read; it is tried again.
  public func run(
    _ tell: @escaping @Sendable ([LedgerNews]) async throws -> Void,
    failed: @escaping @Sendable (any Error) -> Void = { _ in }
  ) async {
    let (wakes, wake) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let commits = database.commits()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in commits { wake.yield() }
        wake.finish()
      }
      group.addTask { [poll] in
        repeat { wake.yield() } while (try? await Task.sleep(for: poll)) != nil
      }
      for await _ in wakes {
        do { try await catchUp(tell) } catch { failed(error) }
        guard (try? await Task.sleep(for: Self.pause)) != nil else { break }
      }
      group.cancelAll()
    }
  }

  private func catchUp(_ tell: @Sendable ([LedgerNews]) async throws -> Void) async throws {
    var last = try await begin()
    while !Task.isCancelled {
      let (news, present) = try await database.read { [last] snapshot in
        let news = try Ledger.news(after: last, limit: Self.batch, in: snapshot)
        return (news, news.isEmpty ? try Ledger.last(in: snapshot) : nil)
      }
      // A database that was put back to an earlier state, or whose standby had not everything, goes on
      // from there.
      if let present, present < last { reached.withLock { $0 = present } }
      guard let newest = news.last?.sequence else { return }
      try await tell(news)
      last = newest
      reached.withLock { $0 = newest }
      if news.count < Self.batch { return }
    }
  }

  /// The position from which it follows, fixed by the first who asks.
  @discardableResult
  public func begin() async throws -> Int64 {
    if let position { return position }
    let last = try await database.read { try Ledger.last(in: $0) }
    return reached.withLock { reached in
      reached = reached ?? last
      return reached ?? last
    }
  }
}
