import Base
import Store
import Testing

@testable import City

@Suite struct SessionTests {
  @Test("who signs in is known by the token, with what they hold, until they sign out")
  func life() async throws {
    let office = try await Office()
    let sessions = office.identity.sessions
    let id = try await office.add("zhang", [Grant(role: .leader)], organisation: "roads")
    let session = try await sessions.signIn(name: " ＺHANG ", password: Office.password)
    #expect(session.person == id)
    #expect(session.token.utf8.count == 43)
    let signedIn = try #require(try await sessions.doer(sessionToken: session.token))
    #expect(signedIn.person.signIn == "zhang")
    #expect(signedIn.doer.holds(.figuresRead))
    #expect(signedIn.doer.organisation?.path == "centre/roads/")
    try await sessions.signOut(sessionToken: session.token)
    #expect(try await sessions.doer(sessionToken: session.token) == nil)
    try await sessions.signOut(sessionToken: session.token)
    #expect(
      try await office.verbs(about: id).suffix(2) == ["person.sign-in", "person.sign-out"])
  }

  @Test("the database holds neither the token nor the password")
  func nothingToSteal() async throws {
    let office = try await Office()
    try await office.add("zhang")
    let session = try await office.identity.sessions.signIn(
      name: "zhang", password: Office.password)
    let digest: [UInt8]? = try await office.test.database.read {
      try $0.value("SELECT token_digest FROM session")
    }
    #expect(digest == Secret.digest(session.token))
    let password: String? = try await office.test.database.read {
      try $0.value("SELECT password FROM person")
    }
    #expect(password?.hasPrefix("scrypt$") == true)
    #expect(password?.contains(Office.password) == false)
  }

  @Test("a made-up, empty, huge or API token is nobody's")
  func strangers() async throws {
    let office = try await Office()
    let sessions = office.identity.sessions
    for token in [
      "", "x", Secret.fresh(), "cy_\(Secret.fresh())", String(repeating: "a", count: 101),
    ] {
      #expect(try await sessions.doer(sessionToken: token) == nil)
    }
  }

  @Test("a session ends twelve hours after the last request")
  func idle() async throws {
    let office = try await Office()
    let sessions = office.identity.sessions
    try await office.add("zhang")
    let token = try await sessions.signIn(name: "zhang", password: Office.password).token
    for _ in 0..<3 {
      office.test.clock.advance(seconds: SessionLimits.idle - 1)
      #expect(try await sessions.doer(sessionToken: token) != nil)
    }
    office.test.clock.advance(seconds: SessionLimits.idle)
    #expect(try await sessions.doer(sessionToken: token) == nil)
  }

  @Test("a session ends after seven days, however busy it is")
  func longest() async throws {
    let office = try await Office()
    let sessions = office.identity.sessions
    try await office.add("zhang")
    let session = try await sessions.signIn(name: "zhang", password: Office.password)
    let end = office.test.clock.now() + SessionLimits.longest
    #expect(session.expiresAt == end)
    for _ in 0..<27 {
      office.test.clock.advance(seconds: 6 * 3600)
      #expect(try await sessions.doer(sessionToken: session.token) != nil)
    }
    office.test.clock.set(Moment(milliseconds: end.milliseconds - 1))
    #expect(try await sessions.doer(sessionToken: session.token) != nil)
    office.test.clock.set(end)
    #expect(try await sessions.doer(sessionToken: session.token) == nil)
  }

  @Test("when somebody was last seen is written down at most every five minutes")
  func seen() async throws {
    let office = try await Office()
    let sessions = office.identity.sessions
    try await office.add("zhang")
    let token = try await sessions.signIn(name: "zhang", password: Office.password).token
    let begin = office.test.clock.now()
    func seen(after seconds: Int64) async throws -> Moment? {
      office.test.clock.set(begin + seconds)
      _ = try await sessions.doer(sessionToken: token)
      return try await office.test.database.read { try $0.value("SELECT seen_at FROM session") }
    }
    #expect(try await seen(after: 290) == begin)
    #expect(try await seen(after: 300) == begin + 300)
    #expect(try await seen(after: 599) == begin + 300)
    #expect(try await seen(after: 601) == begin + 601)
  }

  @Test("signing out everywhere ends all one's sessions and nobody else's")
  func everywhere() async throws {
    let office = try await Office()
    let sessions = office.identity.sessions
    let id = try await office.add("zhang")
    try await office.add("li")
    var tokens: [String] = []
    for _ in 0..<3 {
      tokens.append(try await sessions.signIn(name: "zhang", password: Office.password).token)
    }
    let other = try await sessions.signIn(name: "li", password: Office.password).token
    let signedIn = try #require(try await sessions.doer(sessionToken: tokens[0]))
    #expect(try await sessions.signOutEverywhere(by: signedIn.doer) == 3)
    for token in tokens { #expect(try await sessions.doer(sessionToken: token) == nil) }
    #expect(try await sessions.doer(sessionToken: other) != nil)
    #expect(try await office.entries(about: id).last?.payload == #"{"everywhere":true}"#)
  }

  @Test("of more than twenty sessions the oldest give way")
  func many() async throws {
    let office = try await Office()
    let id = try await office.add("zhang", canSignIn: false)
    let clock = office.test.clock
    for index in 0..<SessionLimits.mostPerPerson + 3 {
      clock.advance(seconds: 1)
      try await office.test.database.write { tx in
        try SessionRows.add(
          Secret.digest("token\(index)"), of: id, until: tx.now + 3600, in: tx)
      }
    }
    #expect(try await office.count("session") == SessionLimits.mostPerPerson)
    let sessions = office.identity.sessions
    #expect(try await sessions.doer(sessionToken: "token2") == nil)
    #expect(try await sessions.doer(sessionToken: "token3") != nil)
  }

  @Test("a form's token belongs to one session")
  func forms() async throws {
    let office = try await Office()
    let sessions = office.identity.sessions
    try await office.add("zhang")
    var signedIn: [SignedIn] = []
    for _ in 0..<2 {
      let token = try await sessions.signIn(name: "zhang", password: Office.password).token
      signedIn.append(try #require(try await sessions.doer(sessionToken: token)))
      #expect(!signedIn[0].csrf.contains(token))
    }
    #expect(signedIn[0].accepts(csrf: signedIn[0].csrf))
    #expect(!signedIn[0].accepts(csrf: signedIn[1].csrf))
    #expect(!signedIn[0].accepts(csrf: ""))
  }

  @Test("whoever is disabled is out at once, and cannot come in again")
  func disabled() async throws {
    let office = try await Office()
    let sessions = office.identity.sessions
    let id = try await office.add("zhang")
    let token = try await sessions.signIn(name: "zhang", password: Office.password).token
    #expect(try await sessions.doer(sessionToken: token) != nil)
    try await office.identity.people.disable(id, by: .command)
    #expect(try await sessions.doer(sessionToken: token) == nil)
    await #expect(
      performing: { try await sessions.signIn(name: "zhang", password: Office.password) },
      throws: fault("sign-in.wrong"))
    try await office.identity.people.enable(id, by: .command)
    #expect(try await sessions.doer(sessionToken: token) == nil)
    _ = try await sessions.signIn(name: "zhang", password: Office.password)
  }

  @Test("a role that is given or taken counts at once, though callers are remembered")
  func roleChange() async throws {
    let office = try await Office()
    let sessions = office.identity.sessions
    let id = try await office.add("zhang")
    let token = try await sessions.signIn(name: "zhang", password: Office.password).token
    let grant = Grant(role: .leader)
    #expect(try await sessions.doer(sessionToken: token)?.doer.holds(.figuresRead) == false)
    try await office.identity.people.grant(grant, to: id, by: .command)
    #expect(try await sessions.doer(sessionToken: token)?.doer.holds(.figuresRead) == true)
    try await office.identity.people.revoke(grant, from: id, by: .command)
    #expect(try await sessions.doer(sessionToken: token)?.doer.holds(.figuresRead) == false)
  }

  @Test("what another process changes counts two seconds later")
  func otherProcess() async throws {
    let office = try await Office()
    let sessions = office.identity.sessions
    let id = try await office.add("zhang")
    let token = try await sessions.signIn(name: "zhang", password: Office.password).token
    #expect(try await sessions.doer(sessionToken: token)?.doer.holds(.figuresRead) == false)
    let other = Identity(database: office.test.database, now: office.test.clock.now)
    try await other.people.grant(Grant(role: .leader), to: id, by: .command)
    #expect(try await sessions.doer(sessionToken: token)?.doer.holds(.figuresRead) == false)
    office.test.clock.advance(seconds: 2)
    #expect(try await sessions.doer(sessionToken: token)?.doer.holds(.figuresRead) == true)
  }
}

@Suite struct DoerCacheTests {
  private static let now = Moment(milliseconds: 0)

  @Test("what was read before a change is not remembered after it")
  func staleRead() {
    let cache = DoerCache<Int>()
    let (_, generation) = cache.find([1], now: Self.now)
    cache.forget(ID(1))
    cache.keep(5, of: ID(1), for: [1], expiry: Self.now + 99, now: Self.now, since: generation)
    #expect(cache.find([1], now: Self.now).known == nil)
  }

  @Test("nothing is remembered beyond its own end")
  func expiry() {
    let cache = DoerCache<Int>()
    cache.keep(5, of: ID(1), for: [1], expiry: Self.now + 1, now: Self.now, since: 0)
    #expect(cache.find([1], now: Self.now).known == 5)
    #expect(cache.find([1], now: Self.now + 1).known == nil)
  }

  @Test("however many callers there are, few are remembered")
  func bounded() {
    let cache = DoerCache<Int>()
    for index in 0..<10_000 {
      let digest = Secret.digest("\(index)")
      cache.keep(index, of: ID(1), for: digest, expiry: Self.now + 99, now: Self.now, since: 0)
    }
    let kept = (0..<10_000).filter {
      cache.find(Secret.digest("\($0)"), now: Self.now).known != nil
    }
    #expect(kept.count <= DoerCache<Int>.most)
    #expect(kept.last == 9999)
  }
}
