import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// Two nodes of one centre: what is done at one holds at the other.
@Suite struct CentreNewsTests {
  /// A node: a centre of its own over the same database, and what follows the ledger for it.
  private final class Node: Sendable {
    let centre: Centre
    private let database: any Database
    private let task: Task<Void, Never>

    /// - Parameter isTold: false for one that nobody tells of anything.
    init(_ test: TestDatabase, isTold: Bool = true) async throws {
      database = try test.neighbour()
      centre = try await Centre(
        database: database, blobs: test.folder.appending(path: "blobs"), now: test.clock.now)
      let follower = LedgerFollower(database, poll: .milliseconds(50))
      try await follower.begin()
      task = Task { [centre] in
        guard isTold else { return }
        await follower.run { try await centre.hear($0) }
      }
    }

    deinit { task.cancel() }
  }

  private static let password = "correct horse battery"

  /// Somebody who can sign in, in a centre with one organisation.
  private static func person(_ node: Node, _ test: TestDatabase) async throws -> ID<Person> {
    try await test.database.write { try SmallTown.build(in: $0) }
    return try await node.centre.identity.people.add(
      NewPerson(
        signIn: "zhang", facts: PersonFacts(name: "张某"),
        grants: [Grant(role: .dispatcher, organisationPath: "grid-centre/")]), password: password,
      by: .command)
  }

  @Test("a catalogue that one node puts in force is in force at the other", arguments: Engine.all)
  func catalogue(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let (first, second) = (try await Node(test), try await Node(test))
    #expect(second.centre.kinds.catalogue.kinds.isEmpty)
    try await first.centre.installShippedCatalogue(by: .command)
    let count = first.centre.kinds.catalogue.kinds.count
    #expect(count > 30)
    #expect(try await eventually { second.centre.kinds.catalogue.kinds.count == count })
  }

  @Test(
    "areas and organisations are the other's at once, without being told", arguments: Engine.all)
  func places(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let first = try await Node(test)
    let second = try await Node(test, isTold: false)
    let before = try await second.centre.parties.value(from: second.centre.database)
    #expect(before.organisation(code: "roads") == nil)
    try await first.centre.database.write { try SmallTown.build(in: $0) }
    let parties = try await second.centre.parties.value(from: second.centre.database)
    #expect(parties.organisation(code: "roads")?.name == "roads")
    let places = try await second.centre.places.value(from: second.centre.database)
    #expect(places.area(code: "V1") != nil)
  }

  @Test(
    "who is signed in at one node is at the other, and who signs out there is out here",
    arguments: Engine.all)
  func sessions(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let (first, second) = (try await Node(test), try await Node(test))
    _ = try await Self.person(first, test)
    let token = try await first.centre.identity.sessions.signIn(
      name: "zhang", password: Self.password
    ).token
    let there = second.centre.identity.sessions
    #expect(try await there.doer(sessionToken: token)?.person.signIn == "zhang")
    try await first.centre.identity.sessions.signOut(sessionToken: token)
    // The clock stands still, so it is no lapse of time that makes it forget.
    #expect(try await eventually { try await there.doer(sessionToken: token) == nil })
  }

  @Test(
    "what may be done follows what another node changes: roles, tokens, an organisation's place",
    arguments: Engine.all)
  func rights(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let (first, second) = (try await Node(test), try await Node(test))
    let person = try await Self.person(first, test)
    let desk = first.centre.identity
    let text = try await desk.tokens.add(
      TokenRequest(
        person: person, name: "test", rights: [.caseRead], expiresAt: test.clock.now() + 86_400),
      by: .command)
    let there = second.centre.identity.tokens
    let doer = try #require(try await there.doer(apiToken: text.text))
    #expect(doer.grants.map(\.organisationPath) == ["grid-centre/"])
    try await desk.people.grant(Grant(role: .leader), to: person, by: .command)
    #expect(
      try await eventually { try await there.doer(apiToken: text.text)?.grants.count == 2 })
    try await desk.tokens.revoke(text.id, by: .command)
    #expect(try await eventually { try await there.doer(apiToken: text.text) == nil })
  }

  @Test("a node that nobody tells still forgets after two seconds")
  func untold() async throws {
    let test = try await TestDatabase()
    let first = try await Node(test)
    let second = try await Node(test, isTold: false)
    _ = try await Self.person(first, test)
    let token = try await first.centre.identity.sessions.signIn(
      name: "zhang", password: Self.password
    ).token
    let there = second.centre.identity.sessions
    #expect(try await there.doer(sessionToken: token) != nil)
    try await first.centre.identity.sessions.signOut(sessionToken: token)
    #expect(try await there.doer(sessionToken: token) != nil)
    test.clock.advance(seconds: 2)
    #expect(try await there.doer(sessionToken: token) == nil)
  }

  @Test("a key that was used at one node is known at the other", arguments: Engine.all)
  func keys(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let (first, second) = (try await Node(test), try await Node(test))
    let person = try await Self.person(first, test)
    try await first.centre.database.write { tx in
      try Idempotency.remember(42, for: "k", digest: [1], by: person, in: tx)
    }
    let kept = try await second.centre.database.write { tx in
      try Idempotency.subject(for: "k", digest: [1], by: person, in: tx)
    }
    #expect(kept == 42)
  }
}
