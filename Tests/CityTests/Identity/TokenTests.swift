import Base
import Store
import Testing

@testable import City

@Suite struct TokenTests {
  private struct Desk {
    let office: Office
    let person: ID<Person>
    let doer: Doer
    var tokens: TokenDesk { office.identity.tokens }

    init(_ role: Role = .dispatcher) async throws {
      office = try await Office()
      person = try await office.add(
        "zhang", [Grant(role: role, areaPath: "town/east/")], canSignIn: false)
      doer = try #require(try await office.doer(person))
    }

    func request(
      _ rights: Set<Right> = [.caseRead], days: Int64 = 30, name: String = "nightly"
    ) -> TokenRequest {
      TokenRequest(
        person: person, name: name, rights: rights,
        expiresAt: office.test.clock.now() + days * 86_400)
    }
  }

  @Test("a token acts for its person with the rights it was given and within their scope")
  func subset() async throws {
    let desk = try await Desk()
    let token = try await desk.tokens.add(
      desk.request([.caseRead, .caseReport]), by: desk.doer)
    #expect(token.text.hasPrefix("cy_"))
    let doer = try #require(try await desk.tokens.doer(apiToken: token.text))
    #expect(doer.actor == .person(desk.person))
    #expect(doer.may(.caseReport, organisationPath: "", areaPath: "town/east/7/"))
    #expect(!doer.may(.caseReport, organisationPath: "", areaPath: "town/west/"))
    for right in Right.allCases {
      #expect(doer.holds(right) == [.caseRead, .caseReport].contains(right))
    }
  }

  @Test("for every role, a token gets exactly rights of that role, and never the making of tokens")
  func everyRole() async throws {
    for role in Role.allCases {
      let desk = try await Desk(role)
      for right in Right.allCases {
        if role.rights.contains(right) && right != .tokenOwn {
          _ = try await desk.tokens.add(desk.request([right]), by: desk.doer)
        } else {
          await #expect(
            performing: { try await desk.tokens.add(desk.request([right]), by: desk.doer) },
            throws: field("rights", "right.not-held"))
        }
      }
    }
  }

  @Test("what a person loses, their tokens lose")
  func loss() async throws {
    let desk = try await Desk()
    let people = desk.office.identity.people
    let token = try await desk.tokens.add(desk.request(), by: desk.doer)
    #expect(try await desk.tokens.doer(apiToken: token.text)?.holds(.caseRead) == true)
    try await people.revoke(desk.doer.grants[0], from: desk.person, by: .command)
    #expect(try await desk.tokens.doer(apiToken: token.text)?.holds(.caseRead) == false)
    try await people.disable(desk.person, by: .command)
    #expect(try await desk.tokens.doer(apiToken: token.text) == nil)
  }

  @Test("a token ends at its expiry, or when it is revoked")
  func end() async throws {
    let desk = try await Desk()
    let first = try await desk.tokens.add(desk.request(days: 1), by: desk.doer)
    let second = try await desk.tokens.add(desk.request(days: 366), by: desk.doer)
    #expect(try await desk.tokens.doer(apiToken: second.text) != nil)
    try await desk.tokens.revoke(second.id, by: desk.doer)
    #expect(try await desk.tokens.doer(apiToken: second.text) == nil)
    desk.office.test.clock.advance(seconds: 86_399)
    #expect(try await desk.tokens.doer(apiToken: first.text) != nil)
    desk.office.test.clock.advance(seconds: 1)
    #expect(try await desk.tokens.doer(apiToken: first.text) == nil)
    try await desk.tokens.revoke(second.id, by: desk.doer)
    let entries = try await desk.office.test.database.read {
      try Ledger.entries(about: second.id.raw, in: $0)
    }
    #expect(entries.map(\.verb) == ["token.add", "token.revoke"])
    #expect(!entries.map(\.payload).joined().contains("nightly"))
  }

  @Test("the database holds a digest, and a changed or foreign text is nobody's")
  func nothingToSteal() async throws {
    let desk = try await Desk()
    let token = try await desk.tokens.add(desk.request(), by: desk.doer)
    let digest: [UInt8]? = try await desk.office.test.database.read {
      try $0.value("SELECT token_digest FROM api_token")
    }
    #expect(digest == Secret.digest(token.text))
    for text in ["", "cy_", String(token.text.dropLast()), String(token.text.dropFirst(3))] {
      #expect(try await desk.tokens.doer(apiToken: text) == nil)
    }
    #expect(try await desk.office.identity.sessions.doer(sessionToken: token.text) == nil)
  }

  @Test("a request that cannot be is refused, each with its field")
  func badRequests() async throws {
    let desk = try await Desk()
    let long = String(repeating: "长", count: 101)
    for (request, name, code) in [
      (desk.request(name: " "), "name", "value.missing"),
      (desk.request(name: long), "name", "value.long"),
      (desk.request([]), "rights", "value.missing"),
      (desk.request(days: 0), "expires", "moment.past"),
      (desk.request(days: 367), "expires", "moment.far"),
    ] {
      await #expect(
        performing: { try await desk.tokens.add(request, by: desk.doer) },
        throws: field(name, code))
    }
  }

  @Test("nobody makes a token for another, and no token makes one")
  func others() async throws {
    let desk = try await Desk()
    let security = Doer(person: ID(1), grants: [Grant(role: .securityAdministrator)])
    let byToken = Doer(
      person: desk.person, grants: desk.doer.grants, allowed: [.caseRead, .tokenOwn])
    for doer in [security, byToken] {
      await #expect(
        performing: { try await desk.tokens.add(desk.request(), by: doer) },
        throws: fault("token.own-only"))
    }
    let made = try await desk.tokens.add(desk.request(), by: .command)
    let stranger = Doer(person: ID(2), grants: [Grant(role: .dispatcher)])
    await #expect(
      performing: { try await desk.tokens.revoke(made.id, by: stranger) },
      throws: fault("token.missing"))
    await #expect(
      performing: { try await desk.tokens.list(of: desk.person, by: stranger) },
      throws: fault("right.missing"))
    #expect(try await desk.tokens.list(of: desk.person, by: security).map(\.id) == [made.id])
    try await desk.tokens.revoke(made.id, by: security)
    #expect(try await desk.tokens.doer(apiToken: made.text) == nil)
  }

  @Test("nobody has more than fifty tokens at a time")
  func many() async throws {
    let desk = try await Desk()
    var first: NewToken?
    for _ in 0..<TokenLimits.mostPerPerson {
      let made = try await desk.tokens.add(desk.request(), by: desk.doer)
      first = first ?? made
    }
    await #expect(
      performing: { try await desk.tokens.add(desk.request(), by: desk.doer) },
      throws: field("name", "token.many"))
    try await desk.tokens.revoke(try #require(first).id, by: desk.doer)
    _ = try await desk.tokens.add(desk.request(), by: desk.doer)
  }
}
