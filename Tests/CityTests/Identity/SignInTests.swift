import Base
import Store
import Testing

@testable import City

@Suite struct SignInTests {
  private static let wrong = Fault(.unauthenticated, "sign-in.wrong")

  private static func locked(until end: Moment) -> Fault {
    Fault(.tooMany, "sign-in.locked", ["until": end.description])
  }

  /// What a try with the wrong password is answered.
  private static func answer(
    _ office: Office, _ name: String, _ password: String = "wrong horse"
  ) async -> Fault? {
    do {
      _ = try await office.identity.sessions.signIn(name: name, password: password)
      return nil
    } catch { return error as? Fault }
  }

  @Test("a wrong password, a name that nobody has and one that nobody can have are one answer")
  func discretion() async throws {
    let office = try await Office()
    try await office.add("zhang")
    try await office.add("silent", canSignIn: false)
    for name in ["zhang", "silent", "nobody", "a/b", String(repeating: "a", count: 5000)] {
      #expect(await Self.answer(office, name) == Self.wrong)
    }
    await #expect(
      performing: { try await office.identity.sessions.signIn(name: " ", password: "x") },
      throws: field("name", "value.missing"))
    await #expect(
      performing: { try await office.identity.sessions.signIn(name: "zhang", password: "") },
      throws: field("password", "value.missing"))
  }

  @Test("a name that nobody has takes as long as one that somebody has")
  func timing() async throws {
    let office = try await Office(cost: .present)
    try await office.add("zhang")
    func fastest(_ name: String) async -> Duration {
      var best = Duration.seconds(60)
      for _ in 0..<3 {
        best = min(best, await ContinuousClock().measure { _ = await Self.answer(office, name) })
      }
      return best
    }
    // A machine is never so fast that it hashes in less, nor so slow, three times, without.
    for name in ["zhang", "nobody", "a/b"] {
      #expect(await fastest(name) > .milliseconds(5), "\(name)")
    }
  }

  @Test(
    "five wrong passwords lock a name for a quarter of an hour, whether or not somebody has it",
    arguments: ["zhang", "nobody"])
  func lock(name: String) async throws {
    let office = try await Office()
    let id = try await office.add("zhang")
    for _ in 0..<4 { #expect(await Self.answer(office, name) == Self.wrong) }
    let end = office.test.clock.now() + 15 * 60
    for _ in 0..<3 { #expect(await Self.answer(office, name) == Self.locked(until: end)) }
    office.test.clock.advance(seconds: 15 * 60 - 1)
    #expect(await Self.answer(office, name, Office.password) == Self.locked(until: end))
    office.test.clock.advance(seconds: 1)
    #expect(
      await Self.answer(office, name, Office.password) == (name == "zhang" ? nil : Self.wrong))
    let entries = try await office.entries(about: id).filter { $0.verb == "person.locked" }
    #expect(entries.map(\.payload) == (name == "zhang" ? [#"{"until":"\#(end)"}"#] : []))
  }

  @Test("each further lock lasts twice as long, up to four hours")
  func growth() {
    var now = Moment(milliseconds: 0)
    var record = SignInFailures(none: now)
    var lengths: [Int64] = []
    for _ in 0..<7 {
      for _ in 0..<SignInLimits.failures { record = record.withAnother(at: now) }
      let end = record.lockEnd(at: now) ?? now
      lengths.append((end - now) / 60_000)
      now = end
      #expect(record.lockEnd(at: now) == nil)
    }
    #expect(lengths == [15, 30, 60, 120, 240, 240, 240])
  }

  @Test("slow mistakes lock nobody, and a day without one forgets the locks")
  func forgetting() {
    var now = Moment(milliseconds: 0)
    var record = SignInFailures(none: now)
    for _ in 0..<20 {
      record = record.withAnother(at: now)
      now = now + SignInLimits.window / 4 + 1
      #expect(record.lockEnd(at: now) == nil)
    }
    for _ in 0..<SignInLimits.failures { record = record.withAnother(at: now) }
    #expect(record.locks == 1)
    now = now + SignInLimits.memory
    for _ in 0..<SignInLimits.failures { record = record.withAnother(at: now) }
    #expect(record.locks == 1)
    #expect(record.lockEnd(at: now) == now + SignInLimits.firstLock)
  }

  @Test("the right password forgets the wrong ones before it")
  func success() async throws {
    let office = try await Office()
    try await office.add("zhang")
    for _ in 0..<3 {
      for _ in 0..<4 { #expect(await Self.answer(office, "zhang") == Self.wrong) }
      #expect(await Self.answer(office, "zhang", Office.password) == nil)
    }
    #expect(try await office.count("sign_in_failure") == 0)
  }

  @Test("of many guesses sent at once, none counts after the fifth, not even the right one")
  func flood() async throws {
    let office = try await Office()
    try await office.add("zhang")
    let codes = await withTaskGroup(of: String?.self) { group in
      for index in 0..<12 {
        group.addTask { await Self.answer(office, "zhang", "guess number \(index)")?.code }
      }
      return await group.reduce(into: [String?: Int]()) { $0[$1, default: 0] += 1 }
    }
    #expect(codes["sign-in.wrong"] == 4)
    #expect(codes["sign-in.locked"] == 8)
    let name = try SignInName("zhang")
    let stored = try await office.test.database.read { snapshot in
      try snapshot.value("SELECT password FROM person", as: String.self)
    }
    let id = try await office.identity.people.find(signIn: "zhang", by: .command).person.id
    let late = try await PasswordTry(name: name, person: id, stored: stored)
      .checked(Office.password, by: PasswordMill(cost: .none))
    let verdict = try await office.test.database.write { try late.settle(in: $0) }
    #expect(late.matches)
    #expect(verdict == .locked(until: office.test.clock.now() + 15 * 60))
  }

  @Test("a password changed between the reading and the deciding is not the right one any more")
  func changedMeanwhile() async throws {
    let office = try await Office()
    let id = try await office.add("zhang")
    let name = try SignInName("zhang")
    let now = office.test.clock.now()
    let attempt = try await office.test.database.read {
      try PasswordTry.read(name, at: now, in: $0)
    }.checked(Office.password, by: PasswordMill(cost: .none))
    try await office.identity.people.setPassword("another horse", of: id, by: .command)
    #expect(try await office.test.database.write { try attempt.settle(in: $0) } == .wrong)
  }

  @Test("signing in renews a password that was hashed at a lower cost")
  func renewal() async throws {
    let office = try await Office(cost: PasswordCost(rounds: 4, blockSize: 8, parallelism: 1))
    let id = try await office.add("zhang")
    let weak = try PasswordHash(hashing: Office.password, cost: .none)
    try await office.test.database.write { try PersonRows.setPassword(weak, of: id, in: $0) }
    for _ in 0..<2 {
      #expect(await Self.answer(office, "zhang", Office.password) == nil)
      let stored = try await office.test.database.read { try PersonRows.password(of: id, in: $0) }
      #expect(stored?.hasPrefix("scrypt$4$8$1$") == true)
    }
  }
}

@Suite struct OwnPasswordTests {
  private struct Desk {
    let office: Office
    let person: ID<Person>
    let session: String
    let doer: Doer

    init() async throws {
      office = try await Office()
      person = try await office.add("zhang", [Grant(role: .leader)])
      let sessions = office.identity.sessions
      session = try await sessions.signIn(name: "zhang", password: Office.password).token
      doer = try #require(try await sessions.doer(sessionToken: session)).doer
    }

    func change(_ old: String, _ new: String) async throws {
      try await office.identity.people.changeOwnPassword(
        old: old, new: new, keeping: session, by: doer)
    }
  }

  @Test("changing one's password ends one's other sessions and keeps this one")
  func change() async throws {
    let desk = try await Desk()
    let sessions = desk.office.identity.sessions
    let other = try await sessions.signIn(name: "zhang", password: Office.password).token
    try await desk.change(Office.password, "another horse")
    #expect(try await sessions.doer(sessionToken: desk.session) != nil)
    #expect(try await sessions.doer(sessionToken: other) == nil)
    _ = try await sessions.signIn(name: "zhang", password: "another horse")
    await #expect(
      performing: { try await sessions.signIn(name: "zhang", password: Office.password) },
      throws: fault("sign-in.wrong"))
    #expect(try await desk.office.verbs(about: desk.person).contains("person.password"))
  }

  @Test("the old password is asked for, and wrong ones count like those at the door")
  func guessing() async throws {
    let desk = try await Desk()
    for _ in 0..<4 {
      await #expect(
        performing: { try await desk.change("wrong horse", "another horse") },
        throws: field("old", "password.wrong"))
    }
    for old in ["wrong horse", Office.password] {
      await #expect(
        performing: { try await desk.change(old, "another horse") },
        throws: fault("sign-in.locked"))
    }
    await #expect(
      performing: { try await desk.change("", "another horse") },
      throws: field("old", "value.missing"))
  }

  @Test("the new password must be a good one, and another one")
  func rules() async throws {
    let desk = try await Desk()
    for (new, code) in [
      ("", "value.missing"), ("short", "value.short"), (Office.password, "password.unchanged"),
    ] {
      await #expect(
        performing: { try await desk.change(Office.password, new) }, throws: field("new", code))
    }
  }

  @Test("neither an API token nor the house itself changes a password in this way")
  func others() async throws {
    let desk = try await Desk()
    let token = Doer(
      person: desk.person, grants: [Grant(role: .leader)], allowed: [.caseRead])
    for doer in [token, .command] {
      await #expect(
        performing: {
          try await desk.office.identity.people.changeOwnPassword(
            old: Office.password, new: "another horse", keeping: desk.session, by: doer)
        }, throws: fault("person.own-only"))
    }
  }
}
