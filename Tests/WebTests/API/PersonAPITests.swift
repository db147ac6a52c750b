import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// People and their roles over the API.
@Suite struct PersonAPITests {
  private static let new = """
    {"signIn": "Zhang.San", "name": "张三", "phone": "021-39300000", "organisation": "roads",
     "roles": [{"role": "handler", "organisation": "roads"}], "password": "a long pass phrase"}
    """

  @Test("a person is added with roles and a password, which never comes back, and can sign in")
  func adding() async throws {
    let town = try await WebTown()
    let security = try await town.session(.security)
    try await town.visit { site in
      let made = try await site.post("/api/v1/people", Self.new, by: security)
      #expect(made.status == 201)
      let person = try made.json()
      let id = try #require(person["id"]?.text)
      #expect(made.header("Location") == "/api/v1/people/\(id)")
      #expect(person["signIn"]?.text == "zhang.san")
      #expect(person["organisation"]?.text == "roads")
      #expect(person["roles"]?[0]?["role"]?.text == "handler")
      #expect(person["roles"]?[0]?["organisation"]?.text?.hasSuffix("roads/") == true)
      #expect(person["roles"]?[0]?["area"] == nil)
      let shown = try await site.get("/api/v1/people/\(id)", by: security)
      #expect(try shown.json() == person)
      for answer in [made, shown] {
        #expect(!answer.text.contains("pass phrase"))
        #expect(!answer.text.contains("scrypt"))
      }
      let twice = try await site.post("/api/v1/people", Self.new, by: security)
      #expect(twice.status == 422)
      #expect(twice.wrong == ["signIn: sign-in.taken"])
    }
    _ = try await town.centre.identity.sessions.signIn(
      name: "zhang.san", password: "a long pass phrase")
  }

  @Test(
    "what is wrong is named by the field that was sent",
    arguments: [
      (#"{"signIn": "x", "name": "某"}"#, "signIn: value.short"),
      (#"{"signIn": "xiao", "name": " "}"#, "name: value.missing"),
      (#"{"signIn": "xiao"}"#, "name: value.missing"),
      (
        #"{"signIn": "xiao", "name": "某", "organisation": "nowhere"}"#,
        "organisation: organisation.unknown"
      ),
      (#"{"signIn": "xiao", "name": "某", "password": "short"}"#, "password: value.short"),
      (#"{"signIn": "xiao", "name": "某", "post": "king"}"#, "post: post.unknown"),
      (#"{"signIn": "xiao", "name": "某", "phone": "me"}"#, "phone: phone.unreadable"),
      (
        #"{"signIn": "xiao", "name": "某", "roles": [{"role": "king"}]}"#,
        "roles[0].role: value.unknown"
      ),
      (
        #"{"signIn": "xiao", "name": "某", "roles": [{"role": "handler", "area": "9"}]}"#,
        "roles[0].area: area.unknown"
      ),
      (#"{"signIn": "xiao", "name": "某", "admin": true}"#, "admin: key.unknown"),
      (
        #"{"signIn": "xiao", "name": "某", "roles": [{"role": "handler"},"#
          + #"{"role": "audit-administrator"}]}"#, "role: role.separated"
      ),
    ])
  func wrong(json: String, problem: String) async throws {
    let town = try await WebTown()
    let before = try await town.count("person")
    let security = try await town.token(.security)
    try await town.visit { site in
      let answer = try await site.post("/api/v1/people", json, by: security)
      #expect(answer.status == 422)
      #expect(answer.wrong == [problem])
    }
    #expect(try await town.count("person") == before)
  }

  @Test("only those who manage people see or change them")
  func rights() async throws {
    let town = try await WebTown()
    let id = try town.person(.roads)
    for who in [WebTown.Who.system, .audit, .leader, .duty] {
      let caller = try await town.session(who)
      try await town.visit { site in
        for (method, path, json) in [
          ("GET", "", ""), ("POST", "", Self.new), ("GET", "/\(id)", ""),
          ("PATCH", "/\(id)", "{}"), ("POST", "/\(id)/disable", ""), ("POST", "/\(id)/enable", ""),
          ("POST", "/\(id)/password", #"{"password": "a long pass phrase"}"#),
          ("POST", "/\(id)/roles", #"{"role": "leader"}"#),
          ("DELETE", "/\(id)/roles?role=handler", ""),
          ("GET", "/\(id)/tokens", ""),
        ] {
          let answer = try await site.send(
            try #require(.init(method)), "/api/v1/people\(path)", json: json, by: caller)
          #expect(answer.status == 403, "\(who) \(method) \(path)")
          #expect(answer.code == "right.missing", "\(who) \(method) \(path)")
        }
      }
    }
    let forged = try await town.session(.security)
    try await town.visit { site in
      let answer = try await site.post("/api/v1/people/\(id)/disable", by: forged, proof: "")
      #expect(answer.code == "csrf.missing")
    }
  }

  @Test("a list goes on by its cursor, and is narrowed by role, text, organisation and standing")
  func listing() async throws {
    let town = try await WebTown()
    let security = try await town.token(.security)
    let roads = try town.person(.roads)
    try await town.visit { site in
      var names: [String] = []
      var uri = "/api/v1/people?limit=3"
      while true {
        let page = try await site.get(uri, by: security).json()
        #expect((page["people"]?.list.count ?? 0) <= 3)
        names += (page["people"]?.list ?? []).compactMap { $0["signIn"]?.text }
        guard let next = page["next"]?.text else { break }
        uri = "/api/v1/people?limit=3&cursor=\(next)"
      }
      #expect(names == WebTown.Who.allCases.map { $0.rawValue.lowercased() }.sorted())
      func found(_ query: String) async throws -> [String] {
        let page = try await site.get("/api/v1/people?\(query)", by: security).json()
        return (page["people"]?.list ?? []).compactMap { $0["signIn"]?.text }
      }
      #expect(try await found("role=patroller") == ["otherpatroller", "patroller"])
      #expect(try await found("text=ROAD") == ["roads"])
      #expect(try await found("text=%25") == [])
      #expect(try await found("organisation=roads") == ["roads"])
      #expect(try await found("disabled=true") == [])
      _ = try await site.post("/api/v1/people/\(roads)/disable", by: security)
      #expect(try await found("disabled=true") == ["roads"])
      #expect(try await found("disabled=false&text=roads") == [])
      #expect(try await found("text=roads") == ["roads"])
      for (query, problem) in [
        ("role=king", "role: value.unknown"), ("limit=200", "limit: value.range"),
        ("cursor=%21", "cursor: cursor.unreadable"), ("disabled=yes", "disabled: value.unknown"),
        ("role=leader&role=handler", "role: value.repeated"),
        ("organisation=nowhere", "organisation: organisation.unknown"),
      ] {
        #expect(try await site.get("/api/v1/people?\(query)", by: security).wrong == [problem])
      }
    }
  }

  @Test("a change leaves alone what it does not name, and null takes away")
  func changing() async throws {
    let town = try await WebTown()
    let security = try await town.token(.security)
    let uri = "/api/v1/people/\(try town.person(.roads))"
    try await town.visit { site in
      let first = try await site.send(
        .patch, uri, json: #"{"phone": "13800001234"}"#, by: security
      ).json()
      #expect(first["phone"]?.text == "13800001234")
      #expect(first["organisation"]?.text == "roads")
      let second = try await site.send(
        .patch, uri, json: #"{"name": "新名", "phone": null, "organisation": "sanitation"}"#,
        by: security
      ).json()
      #expect(second["name"]?.text == "新名")
      #expect(second["phone"] == nil)
      #expect(second["organisation"]?.text == "sanitation")
      #expect(first["rolesElsewhere"] == nil)
      #expect(
        second["rolesElsewhere"]?.list.compactMap { $0["organisation"]?.text?.hasSuffix("roads/") }
          == [true], "the role at the place they left is named")
      let nameless = try await site.send(.patch, uri, json: #"{"name": null}"#, by: security)
      #expect(nameless.wrong == ["name: type.wrong"])
      let absent = try await site.send(.patch, "/api/v1/people/1", json: "{}", by: security)
      #expect(absent.status == 404)
      #expect(absent.code == "person.missing")
    }
  }

  @Test("a password set by another ends sessions; a person who is disabled is out at once")
  func barring() async throws {
    let town = try await WebTown()
    let security = try await town.token(.security)
    let uri = "/api/v1/people/\(try town.person(.roads))"
    try await town.visit { site in
      let session = try await town.session(.roads)
      let set = try await site.post(
        "\(uri)/password", #"{"password": "another pass phrase"}"#, by: security)
      #expect(set.status == 204)
      #expect(set.bytes.isEmpty)
      #expect(try await site.get("/api/v1/me", by: session).status == 401)
      let weak = try await site.post("\(uri)/password", #"{"password": "short"}"#, by: security)
      #expect(weak.wrong == ["password: value.short"])
      let token = try await town.token(.roads)
      let disabled = try await site.post("\(uri)/disable", by: security)
      #expect(try disabled.json()["disabledAt"]?.text != nil)
      #expect(try await site.get("/api/v1/me", by: token).status == 401)
      let enabled = try await site.post("\(uri)/enable", by: security)
      #expect(try enabled.json()["disabledAt"] == nil)
      #expect(try await site.get("/api/v1/me", by: token).status == 200)
    }
  }

  @Test("roles are given and taken over exactly their scope; administrators stay apart")
  func roles() async throws {
    let town = try await WebTown()
    let security = try await town.token(.security)
    let uri = "/api/v1/people/\(try town.person(.roads))/roles"
    try await town.visit { site in
      let json = #"{"role": "leader", "organisation": "roads", "area": "\#(Self.village)"}"#
      for _ in 0..<2 {
        let given = try await site.post(uri, json, by: security)
        #expect(given.status == 200)
        #expect(try given.json()["roles"]?.list.count == 2)
      }
      let other = try await site.send(.delete, "\(uri)?role=leader", by: security)
      #expect(other.status == 404)
      #expect(other.code == "grant.missing")
      let taken = try await site.send(
        .delete, "\(uri)?role=leader&organisation=roads&area=\(Self.village)", by: security)
      #expect(try taken.json()["roles"]?.list.compactMap { $0["role"]?.text } == ["handler"])
      let both = try await site.post(uri, #"{"role": "system-administrator"}"#, by: security)
      #expect(both.wrong == ["role: role.separated"])
      #expect(try await site.send(.delete, uri, by: security).wrong == ["role: value.missing"])
    }
  }

  private static let village = WebTown.villages[0].split(separator: "/").last.map(String.init) ?? ""

  @Test("the last system administrator can neither be disabled nor lose the role")
  func last() async throws {
    let town = try await WebTown()
    let security = try await town.token(.security)
    let uri = "/api/v1/people/\(try town.person(.system))"
    try await town.visit { site in
      for (method, path) in [("POST", "/disable"), ("DELETE", "/roles?role=system-administrator")] {
        let refused = try await site.send(
          try #require(.init(method)), uri + path, json: "", by: security)
        #expect(refused.status == 409)
        #expect(refused.code == "administrator.last")
      }
      let person = try await site.get(uri, by: security).json()
      #expect(person["disabledAt"] == nil)
      #expect(person["roles"]?.list.count == 1)
    }
  }

  @Test("an administrator of one unit sees and changes its people only")
  func scope() async throws {
    let town = try await WebTown()
    let security = try await town.token(.security)
    let unit = """
      {"signIn": "unit", "name": "单位安全员", "organisation": "roads",
       "roles": [{"role": "security-administrator", "organisation": "roads"}],
       "password": "\(WebTown.password)"}
      """
    let (roads, leader) = (try town.person(.roads), try town.person(.leader))
    try await town.visit { site in
      #expect(try await site.post("/api/v1/people", unit, by: security).status == 201)
      let session = try await town.centre.identity.sessions.signIn(
        name: "unit", password: WebTown.password)
      let signedIn = try #require(
        try await town.centre.identity.sessions.doer(sessionToken: session.token))
      let caller = Caller.session(session.token, csrf: signedIn.csrf)
      let names = try await site.get("/api/v1/people", by: caller).json()["people"]?.list
      #expect(names?.compactMap { $0["signIn"]?.text } == ["roads", "unit"])
      #expect(try await site.get("/api/v1/people/\(leader)", by: caller).status == 404)
      #expect(try await site.get("/api/v1/people/\(leader)/tokens", by: caller).status == 404)
      #expect(try await site.get("/api/v1/people/\(roads)/tokens", by: caller).status == 200)
      let rise = try await site.post(
        "/api/v1/people/\(roads)/roles", #"{"role": "leader"}"#, by: caller)
      #expect(rise.code == "person.out-of-reach")
      let away = try await site.post("/api/v1/people/\(leader)/disable", by: caller)
      #expect(away.status == 403)
    }
  }
}
