import Base
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Store

/// Who waits for commits is woken by them.
@Suite struct CommitNewsTests {
  private struct Refused: Error {}

  private static func note(_ name: String, in tx: Transaction) throws {
    try tx.run("INSERT INTO counter (name, last) VALUES (\(name), 1)")
  }

  /// Counts the rings of a database.
  private final class Listener: Sendable {
    private let count = Mutex(0)
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(_ database: any Database) {
      let rings = database.commits()
      task.withLock {
        $0 = Task { [weak self] in
          for await _ in rings { self?.count.withLock { $0 += 1 } }
          self?.count.withLock { $0 = -1 }
        }
      }
    }

    /// -1 when the rings have ended.
    var rings: Int { count.withLock { $0 } }

    func stop() { task.withLock { $0?.cancel() } }
  }

  @Test("a commit rings in its own process; what came to nothing does not", arguments: Engine.all)
  func own(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let rings = test.database.commits()
    var next = rings.makeAsyncIterator()
    _ = try? await test.database.write { _ in throw Refused() }
    try await test.database.write { try Self.note("a", in: $0) }
    _ = await next.next()
    let seen: [String] = try await test.database.read {
      try $0.column("SELECT name FROM counter WHERE name = 'a'")
    }
    #expect(seen == ["a"], "it rings when it can be read")
  }

  @Test("nobody has heard: many commits are one ring", arguments: Engine.all)
  func coalesced(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let rings = test.database.commits()
    for number in 0..<40 { try await test.database.write { try Self.note("\(number)", in: $0) } }
    try test.database.close()
    // Closing ends what listens, so that everything that was rung can be counted.
    var heard = 0
    for await _ in rings { heard += 1 }
    #expect(heard == 1)
  }

  @Test(
    "what one process commits rings in another, also when it closes at once",
    .enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
  func others() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let listener = Listener(test.database)
    defer { listener.stop() }
    // The first ring says that it listens.
    #expect(try await eventually { listener.rings > 0 })
    for number in 0..<3 {
      let before = listener.rings
      let other = try test.again()
      try await other.write { try Self.note("\(number)", in: $0) }
      try other.close()
      #expect(try await eventually { listener.rings > before }, "\(number)")
    }
  }

  @Test(
    "a lost connection for news is made again, and rings for what was told meanwhile",
    .enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
  func lost() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let listener = Listener(test.database)
    defer { listener.stop() }
    #expect(try await eventually { listener.rings > 0 })
    let before = listener.rings
    try await TestCluster.shared.value.loseHeralds(of: test)
    #expect(try await eventually { listener.rings > before }, "it listens again")
    let again = listener.rings
    let other = try test.again()
    try await other.write { try Self.note("a", in: $0) }
    #expect(try await eventually { listener.rings > again })
    try other.close()
  }
}
