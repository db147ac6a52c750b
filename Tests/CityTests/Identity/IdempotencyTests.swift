import Base
import Store
import Testing

@testable import City

@Suite struct IdempotencyTests {
  private static let person = ID<Person>(7)

  /// One request with a key: makes 1, 2, 3 … unless the key was used before.
  private static func request(
    _ office: Office, _ key: String, _ body: String, subject: Int64, by person: ID<Person> = person
  ) async throws -> Int64 {
    try await office.test.database.write { tx in
      let digest = Secret.digest(body)
      if let known = try Idempotency.subject(for: key, digest: digest, by: person, in: tx) {
        return known
      }
      try Idempotency.remember(subject, for: key, digest: digest, by: person, in: tx)
      return subject
    }
  }

  @Test("a repeated request gets what the first one made")
  func repeated() async throws {
    let office = try await Office()
    #expect(try await Self.request(office, "k", "a", subject: 1) == 1)
    office.test.clock.advance(seconds: Idempotency.memory - 1)
    #expect(try await Self.request(office, "k", "a", subject: 2) == 1)
    #expect(try await Self.request(office, "other", "a", subject: 3) == 3)
  }

  @Test("the same key with another request is a conflict; another person's key is another key")
  func conflict() async throws {
    let office = try await Office()
    #expect(try await Self.request(office, "k", "a", subject: 1) == 1)
    await #expect(
      performing: { try await Self.request(office, "k", "b", subject: 2) },
      throws: fault("idempotency.conflict"))
    #expect(try await Self.request(office, "k", "b", subject: 3, by: ID(8)) == 3)
  }

  @Test("after two days a key is new again, also when nobody has tidied up")
  func old() async throws {
    let office = try await Office()
    #expect(try await Self.request(office, "k", "a", subject: 1) == 1)
    office.test.clock.advance(seconds: Idempotency.memory)
    #expect(try await Self.request(office, "k", "b", subject: 2) == 2)
    #expect(try await Self.request(office, "k", "b", subject: 3) == 2)
  }

  @Test("a key is 1 to 200 characters", arguments: [("", "value.missing"), (long, "value.long")])
  func bounds(key: String, code: String) async throws {
    let office = try await Office()
    await #expect(
      performing: { try await Self.request(office, key, "a", subject: 1) },
      throws: field("Idempotency-Key", code))
    #expect(try await Self.request(office, String(Self.long.dropLast()), "a", subject: 1) == 1)
  }

  private static let long = String(repeating: "k", count: Idempotency.longestKey + 1)

  @Test("of a hundred requests with one key at once, one makes something")
  func race() async throws {
    let office = try await Office()
    let answers = try await withThrowingTaskGroup(of: Int64.self) { group in
      for index in 1...100 {
        group.addTask { try await Self.request(office, "k", "a", subject: Int64(index)) }
      }
      return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
    }
    #expect(answers.count == 1)
  }
}

@Suite struct IdentityRetentionTests {
  @Test("what has ended goes, what lives stays, and a second pass finds nothing")
  func pass() async throws {
    let office = try await Office()
    let clock = office.test.clock
    let id = try await office.add("zhang", [Grant(role: .dispatcher)])
    let identity = office.identity
    func token(days: Int64) async throws -> NewToken {
      try await identity.tokens.add(
        TokenRequest(
          person: id, name: "t", rights: [.caseRead], expiresAt: clock.now() + days * 86_400),
        by: .command)
    }
    _ = try await token(days: 1)
    try await identity.tokens.revoke(try await token(days: 200).id, by: .command)
    _ = try await identity.sessions.signIn(name: "zhang", password: Office.password)
    _ = try? await identity.sessions.signIn(name: "nobody", password: "wrong horse")
    try await office.test.database.write {
      try Idempotency.remember(1, for: "old", digest: [1], by: id, in: $0)
    }
    clock.advance(seconds: 32 * 86_400)
    let kept = try await token(days: 1)
    let session = try await identity.sessions.signIn(name: "zhang", password: Office.password)
    _ = try? await identity.sessions.signIn(name: "nobody", password: "wrong horse")
    try await office.test.database.write {
      try Idempotency.remember(2, for: "new", digest: [1], by: id, in: $0)
    }
    #expect(try await IdentityRetention.run(in: office.test.database) == 4)
    #expect(try await office.test.database.write { try IdentityRetention.pass(in: $0) } == 0)
    #expect(try await identity.tokens.list(of: id, by: .command).map(\.id) == [kept.id])
    #expect(try await identity.sessions.doer(sessionToken: session.token) != nil)
    #expect(try await office.count("idempotency") == 1)
    #expect(try await office.count("sign_in_failure") == 1)
  }

  @Test("one pass deletes no more than its batch")
  func batches() async throws {
    let office = try await Office()
    try await office.test.database.write { tx in
      for index in 0..<25 {
        try Idempotency.remember(1, for: "k\(index)", digest: [1], by: ID(1), in: tx)
      }
    }
    office.test.clock.advance(seconds: Idempotency.memory)
    var sizes: [Int] = []
    for _ in 0..<4 {
      sizes.append(
        try await office.test.database.write { try IdentityRetention.pass(limit: 10, in: $0) })
    }
    #expect(sizes == [10, 10, 5, 0])
  }
}
