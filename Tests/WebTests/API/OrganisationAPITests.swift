import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Organisations, and who answers for what, over the API.
@Suite struct OrganisationAPITests {
  @Test("an organisation is added, changed in one, and retired")
  func life() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    try await town.visit { site in
      let made = try await site.post(
        "/api/v1/organisations",
        #"{"code": "lights", "name": "路灯所", "kind": "unit", "parent": "grid-centre"}"#, by: system)
      #expect(made.status == 201)
      let uri = "/api/v1/organisations/\(try #require(try made.json()["id"]?.text))"
      let changed = try await site.send(
        .patch, uri, json: #"{"name": "照明所", "parent": "roads", "area": "V1"}"#, by: system
      ).json()
      #expect(changed["name"]?.text == "照明所")
      #expect(changed["path"]?.text == "grid-centre/roads/lights/")
      #expect(changed["area"]?.text == "V1")
      let bare = try await site.send(.patch, uri, json: #"{"area": null}"#, by: system).json()
      #expect(bare["area"] == nil)
      #expect(bare["name"]?.text == "照明所")
      #expect(bare["path"]?.text == "grid-centre/roads/lights/")
      let retired = try await site.post("\(uri)/retire", by: system)
      #expect(try retired.json()["retiredAt"]?.text != nil)
      let twice = try await site.post("\(uri)/retire", by: system)
      #expect(twice.status == 409)
      #expect(twice.code == "organisation.retired")
    }
  }

  @Test("a change is made whole or not at all")
  func whole() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    try await town.visit { site in
      let list = try await site.get("/api/v1/organisations", by: system).json()
      let roads = try #require(
        list["organisations"]?.list.first { $0["code"]?.text == "roads" })
      let uri = "/api/v1/organisations/\(try #require(roads["id"]?.text))"
      let loop = try await site.send(
        .patch, uri, json: #"{"name": "新名", "area": "V1", "parent": "roads"}"#, by: system)
      #expect(loop.status == 409)
      #expect(loop.code == "organisation.into-itself")
      let long = String(repeating: "名", count: 101)
      let nameless = try await site.send(
        .patch, uri, json: #"{"name": "\#(long)", "area": "V1"}"#, by: system)
      #expect(nameless.wrong == ["name: value.long"])
      let after = try await site.get("/api/v1/organisations", by: system).json()
      #expect(after == list)
      let busy = try await site.post("\(uri)/retire", by: system)
      #expect(busy.code == "organisation.has-people")
    }
  }

  @Test("what a unit has is handed over, and the unit retired, in one or not at all")
  func handOver() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let duty = try await town.session(.duty)
    let id = try await town.bring(to: .filed)
    try await town.visit { site in
      let made = try await site.post(
        "/api/v1/organisations",
        #"{"code": "lights", "name": "路灯所", "kind": "unit", "parent": "grid-centre"}"#, by: system)
      let uri = "/api/v1/organisations/\(try #require(made.value["id"]?.text))"
      let sent = try await site.post(
        "/api/v1/cases/\(id)/moves/dispatch", #"{"organisation": "lights"}"#, by: duty)
      #expect(sent.status == 200)
      let busy = try await site.post("\(uri)/retire", by: system)
      #expect(busy.status == 409 && busy.code == "organisation.has-work")
      for (json, problem) in [
        ("{}", "to: value.missing"), (#"{"to": "nowhere"}"#, "to: organisation.unknown"),
        (#"{"to": "lights"}"#, "to: organisation.same"),
        (#"{"to": "roads", "retire": "yes"}"#, "retire: type.wrong"),
      ] {
        let answer = try await site.post("\(uri)/hand-over", json, by: system)
        #expect(answer.wrong == [problem], "\(json)")
      }
      let handed = try await site.post(
        "\(uri)/hand-over", #"{"to": "roads", "retire": true}"#, by: system)
      #expect(handed.status == 200 && handed.value["left"]?.whole == 0)
      let line = try #require(handed.value["cases"]?.list.first)
      #expect(line["id"]?.text == id.description && line["isTaken"]?.flag == true)
      #expect(try await town.verbs(about: id).last == "case.hand-over")
      let page = try await site.get("/cases/\(id)", by: duty)
      #expect(page.text.contains("路灯所") && page.text.contains("交接给"))
      let gone = try await site.post("\(uri)/retire", by: system)
      #expect(gone.code == "organisation.retired")
    }
  }

  @Test("who manages one unit renames it, and does not move it out of reach")
  func scope() async throws {
    let town = try await WebTown()
    let doer = Doer(
      person: try town.person(.system),
      grants: [Grant(role: .systemAdministrator, organisationPath: "grid-centre/roads/")])
    let parties = try await town.centre.parties.value(from: town.store.database)
    let roads = try #require(parties.organisation(code: "roads")).id
    let desk = OrganisationDesk(town.store.database)
    var edit = OrganisationEdit()
    edit.name = "新路政"
    try await desk.edit(roads, edit, by: doer)
    edit.name = "第三名"
    edit.parent = .clear
    await #expect(throws: Fault(.forbidden, "right.missing", ["right": "organisation.manage"])) {
      try await desk.edit(roads, edit, by: doer)
    }
    let after = try await town.centre.parties.value(from: town.store.database)
    #expect(after[roads]?.name == "新路政")
    #expect(after[roads]?.path == "grid-centre/roads/")
  }

  @Test("a file of organisations comes in whole or not at all; twice changes nothing")
  func load() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let csv = "code,name,kind,parent\nlights,路灯所,unit,grid-centre\nlamps,灯具班,unit,lights\n"
    try await town.visit { site in
      let uri = "/api/v1/organisations/import"
      #expect(try await site.post(uri, csv, by: system).value["added"]?.whole == 2)
      #expect(try await site.post(uri, csv, by: system).value["unchanged"]?.whole == 2)
      let before = try await town.count("organisation")
      let wrong = try await site.post(
        uri, "code,name,kind,parent\nnew,新,unit,grid-centre\nbad,坏,planet,\n", by: system)
      #expect(wrong.wrong == ["line 3: kind: organisation.kind-unknown"])
      #expect(try await site.post(uri, "", by: system).code == "table.empty")
      #expect(try await town.count("organisation") == before)
    }
  }

  @Test("only those who manage organisations change them and their rules")
  func refused() async throws {
    let town = try await WebTown()
    let duty = try await town.session(.duty)
    let before = try await town.count("ledger_entry")
    try await town.visit { site in
      for (method, path) in [
        ("POST", "organisations"), ("POST", "organisations/import"), ("PATCH", "organisations/1"),
        ("POST", "organisations/1/retire"), ("POST", "organisations/1/hand-over"),
        ("PUT", "responsibilities"),
        ("DELETE", "responsibilities"),
      ] {
        let answer = try await site.send(
          try #require(.init(method)), "/api/v1/\(path)", json: "{}", by: duty)
        #expect(answer.status == 403, "\(method) \(path)")
        #expect(answer.code == "right.missing", "\(method) \(path)")
      }
    }
    #expect(try await town.count("ledger_entry") == before)
  }

  @Test("a rule says who answers, the narrowest first, until it is taken away")
  func responsibilities() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let roads = try town.person(.roads)
    try await town.visit { site in
      let uri = "/api/v1/responsibilities"
      for json in [
        #"{"kinds": "T", "organisation": "sanitation"}"#,
        #"{"kinds": "T0001", "area": "V1", "organisation": "roads", "person": "\#(roads)"}"#,
      ] {
        #expect(try await site.send(.put, uri, json: json, by: system).status == 200)
      }
      let none = try await site.send(
        .put, uri, json: #"{"kinds": "ZZZ", "organisation": "roads"}"#, by: system)
      #expect(none.wrong == ["kinds: kinds.none"])
      #expect(
        try await site.get(uri, by: system).value["responsibilities"]?.list.count == 2)
      func who(_ query: String) async throws -> [String] {
        let answer = try await site.get("\(uri)/who?\(query)", by: system).json()
        return (answer["rules"]?.list ?? []).filter { $0["source"]?.text == "town" }
          .compactMap { $0["organisation"]?.text }
      }
      #expect(try await who("kind=T0001&area=V1") == ["roads", "sanitation"])
      #expect(try await who("kind=T0001&area=V2") == ["sanitation"])
      #expect(try await site.send(.delete, "\(uri)?kinds=T", by: system).status == 204)
      #expect(try await who("kind=T0001&area=V2") == [])
      let absent = try await site.send(.delete, "\(uri)?kinds=T", by: system)
      #expect(absent.status == 404)
      #expect(absent.code == "responsibility.missing")
      for (json, problem) in [
        (#"{"organisation": "nowhere"}"#, "organisation: organisation.unknown"),
        (#"{"organisation": "roads", "area": "X"}"#, "area: area.unknown"),
        (#"{"organisation": "roads", "kinds": "a b"}"#, "kinds: code.invalid"),
        (#"{"organisation": "roads", "person": "7"}"#, "person: person.not-in-organisation"),
        (#"{"organisation": "roads", "person": "x"}"#, "person: value.id"),
      ] {
        #expect(try await site.send(.put, uri, json: json, by: system).wrong == [problem])
      }
      #expect(try await site.get("\(uri)/who", by: system).wrong == ["kind: value.missing"])
    }
  }
}
