import Base
import City
import Foundation
import Store
import Testing

/// What was acknowledged over HTTP is there afterwards, however the server died.
@Suite(.enabled(if: Executable.isBuilt, "the executable is not built beside the tests"))
struct DurabilityTests {
  private static let rounds = 4
  private static let clients = 8
  /// Acknowledgements after which the server is killed, the other clients in the middle of theirs.
  private static let acknowledgedBeforeKill = 25

  @Test("killed several times, it has every acknowledged case exactly once, and a whole ledger")
  func killed() async throws {
    let place = try ServerPlace()
    defer { place.remove() }
    let token = try place.prepare()
    let memory = Memory()
    for _ in 0..<Self.rounds {
      let server = try await RunningServer.start(place)
      let enough = await memory.acknowledged.count + Self.acknowledgedBeforeKill
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<Self.clients {
          group.addTask { await Self.send(to: server, token, memory, until: enough) }
        }
      }
      server.process.waitUntilExit()
      #expect(server.process.terminationReason == .uncaughtSignal)
    }
    // What was sent without an answer is sent again, with the same key.
    let server = try await RunningServer.start(place)
    for key in await memory.unanswered {
      #expect(await server.report(key, token) != nil)
    }
    let acknowledged = await memory.acknowledged
    for (key, id) in acknowledged {
      // The same key names the same case, also after a crash.
      #expect(await server.report(key, token) == id, "\(key)")
    }
    server.process.terminate()
    server.process.waitUntilExit()
    #expect(server.process.terminationStatus == 0)
    try await Self.check(place, memory)
  }

  /// Sends one report after another until the server is dead; the one whose acknowledgement is the
  /// last that was waited for kills it.
  private static func send(
    to server: RunningServer, _ token: String, _ memory: Memory, until enough: Int
  ) async {
    while server.process.isRunning {
      let key = await memory.next()
      guard let id = await server.report(key, token) else { return }
      if await memory.acknowledge(key, id) >= enough {
        kill(server.process.processIdentifier, SIGKILL)
        return
      }
    }
  }

  private static func check(_ place: ServerPlace, _ memory: Memory) async throws {
    let database = try SQLiteDatabase(
      path: place.database, options: .init(now: { Moment(milliseconds: 0) }))
    let titles: [String] = try await database.read {
      try $0.column("SELECT title FROM case_file ORDER BY title")
    }
    let numbers: [String] = try await database.read {
      try $0.column("SELECT DISTINCT number FROM case_file")
    }
    try database.close()
    let asked = await memory.asked
    #expect(titles == (1...asked).map { "情况 \(100_000 + $0)" })
    #expect(numbers.count == titles.count)
    #expect(await memory.acknowledged.count >= rounds * acknowledgedBeforeKill)
    let proof = try Executable.run(["ledger", "verify"] + place.options)
    #expect(proof.status == 0, "\(proof.output)")
  }
}

/// What the clients asked for and what they were told.
private actor Memory {
  private(set) var asked = 0
  private(set) var acknowledged: [String: String] = [:]

  var unanswered: [String] {
    (0..<asked).map { "情况 \(100_001 + $0)" }.filter { acknowledged[$0] == nil }
  }

  /// A report that nobody has sent.
  func next() -> String {
    asked += 1
    return "情况 \(100_000 + asked)"
  }

  /// - Returns: how many are acknowledged by now.
  func acknowledge(_ key: String, _ id: String) -> Int {
    acknowledged[key] = id
    return acknowledged.count
  }
}
