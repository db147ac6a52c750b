import Base
import Foundation
import Store
import TestSupport
import Testing

/// Several servers, each a process of its own, on one PostgreSQL.
@Suite(
  .serialized,
  .enabled(if: Executable.isBuilt, "the executable is not built beside the tests"),
  .enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
struct NodeTests {
  @Test("what is done at one node holds at the other: sessions, keys, files, open pages")
  func equal() async throws {
    let place = try await NodePlace()
    defer { place.remove() }
    let first = try await place.start()
    let second = try await place.start()
    defer { for node in [first, second] { node.process.terminate() } }
    let client = PlainClient()
    let bearer = ["Authorization": "Bearer \(place.token)"]

    // Signed in at one, at work at the other.
    let cookie = try await client.signIn(first)
    let desk = try await client.send("GET", second, "/desk", headers: cookie)
    #expect(desk.status == 200)
    let live = try #require(desk.text.firstMatch(of: #/data-live="([^"]*)"/#)?.1)

    // The same key makes one case, wherever it is sent.
    let made = try #require(await first.report("情况 100001", place.token))
    #expect(await second.report("情况 100001", place.token) == made)

    // A file that came in at one is served by the other.
    let photo = Data("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n".utf8)
    let kept = try await client.send(
      "POST", first, "/api/v1/cases/\(made)/attachments?name=a.pdf", headers: bearer, body: photo)
    #expect(kept.status == 201, "\(kept.text)")
    let file = try #require(kept.text.firstMatch(of: #/"id":"(\d+)"/#)?.1)
    let back = try await client.send(
      "GET", second, "/api/v1/attachments/\(file)", headers: bearer)
    #expect(back.bytes == photo)

    // A page that is open at the second hears of what is done at the first.
    let after = try #require(
      try await client.send("GET", second, "/desk", headers: cookie).text
        .firstMatch(of: #/data-live="([^"]*)"/#)?.1)
    #expect(after != live, "the page knows how far the ledger was")
    let page = try LiveListener(second, String(after), cookie)
    let other = try LiveListener(first, String(after), cookie)
    #expect(try await eventually { page.text.contains("retry:") && other.text.contains("retry:") })
    #expect(!page.text.contains("event: news"))
    #expect(await first.report("情况 100002", place.token) != nil)
    #expect(try await eventually { page.text.contains("event: news") })
    #expect(try await eventually { other.text.contains("event: news") })

    // Signed out at one, out at the other, the open page too.
    let csrf = try #require(desk.text.firstMatch(of: #/name="csrf" value="([^"]*)"/#)?.1)
    let left = try await client.form(first, "/sign-out", ["csrf": String(csrf)], headers: cookie)
    #expect(left.status == 303)
    #expect(
      try await eventually {
        try await client.send("GET", second, "/desk", headers: cookie).status == 303
      })
    #expect(try await eventually { page.text.contains("event: over") && page.isOver })

    // Open pages keep nobody from ending.
    let again = try await client.signIn(second)
    let last = try LiveListener(second, "/live?after=0", again)
    #expect(try await eventually { last.text.contains("retry:") })
    for node in [second, first] {
      node.process.terminate()
      node.process.waitUntilExit()
      #expect(node.process.terminationStatus == 0)
    }
    #expect(try await eventually { last.isOver })
    let proof = try Executable.run(["ledger", "verify", "--database", place.test.address ?? ""])
    #expect(proof.status == 0, "\(proof.output)")
  }

  @Test("the limit of requests is one limit, whichever node is asked")
  func limit() async throws {
    let place = try await NodePlace()
    defer { place.remove() }
    let more = ["--requests-per-minute", "60"]
    let nodes = [try await place.start(more), try await place.start(more)]
    defer { for node in nodes { node.process.terminate() } }
    let client = PlainClient()
    let bearer = ["Authorization": "Bearer \(place.token)"]
    // A burst is 12. What the first has let through, the second learns of with its first question.
    for _ in 0..<12 {
      _ = try await client.send("GET", nodes[0], "/api/v1/me", headers: bearer)
    }
    let isToldToWait = try await eventually {
      try await client.send("GET", nodes[1], "/api/v1/me", headers: bearer).status == 429
    }
    #expect(isToldToWait)
    #expect(
      try await client.send("GET", nodes[1], "/sign-in").status == 200, "others are not told so")
  }

  @Test("a node that stands still with the right to sweep loses it, comes back, and does no harm")
  func paused() async throws {
    let place = try await NodePlace()
    defer { place.remove() }
    let nodes = [
      try await place.start(["--lease-seconds", "2"]),
      try await place.start(["--lease-seconds", "2"]),
    ]
    defer {
      for node in nodes {
        kill(node.process.processIdentifier, SIGCONT)
        node.process.terminate()
      }
    }
    // Each has swept at least once, or has asked for it.
    #expect(try await eventually { try await Self.lease(place) != nil })
    let before = try #require(try await Self.lease(place))
    for node in nodes { kill(node.process.processIdentifier, SIGSTOP) }
    // One of the two, whichever has the lease, stands still; the other goes on.
    kill(nodes[0].process.processIdentifier, SIGCONT)
    let isTaken = try await eventually {
      guard let now = try await Self.lease(place) else { return false }
      return now.version > before.version
    }
    #expect(isTaken)
    for number in 1...20 {
      #expect(await nodes[0].report("情况 \(200_000 + number)", place.token) != nil)
    }
    // It goes on where it stood, among the other's sweeps.
    kill(nodes[1].process.processIdentifier, SIGCONT)
    kill(nodes[0].process.processIdentifier, SIGSTOP)
    let sealed = try await eventually {
      try await Self.unsealed(place) == 0
    }
    #expect(sealed, "the other has taken over again")
    kill(nodes[0].process.processIdentifier, SIGCONT)
    for number in 21...30 {
      #expect(await nodes[number % 2].report("情况 \(200_000 + number)", place.token) != nil)
    }
    for node in nodes {
      node.process.terminate()
      node.process.waitUntilExit()
      #expect(node.process.terminationStatus == 0)
    }
    let proof = try Executable.run(["ledger", "verify", "--database", place.test.address ?? ""])
    #expect(proof.status == 0, "\(proof.output)")
    let count: Int? = try await place.test.database.read {
      try $0.value("SELECT COUNT(*) FROM case_file")
    }
    #expect(count == 30)
  }

  private static func lease(_ place: NodePlace) async throws -> (holder: String, version: Int64)? {
    try await place.test.database.read { snapshot in
      var found: (String, Int64)?
      try snapshot.each("SELECT holder, version FROM lease WHERE name = 'sweep'") { fields in
        found = (try fields.next(), try fields.next())
      }
      return found
    }
  }

  private static func unsealed(_ place: NodePlace) async throws -> Int64 {
    try await place.test.database.read {
      try $0.value(
        """
        SELECT (SELECT COALESCE(MAX(sequence), 0) FROM ledger_entry)
          - (SELECT COALESCE(MAX(last_sequence), 0) FROM ledger_seal)
        """) ?? -1
    }
  }
}
