import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Duty grids and who patrols them, by the routes that are served.
@Suite struct DutyGridAPITests {
  private static let uri = "/api/v1/duty-grids"

  private static func geometry(_ west: Double, _ east: Double) -> String {
    """
    {"type": "Polygon", "coordinates": [[[\(west), 31.4], [\(east), 31.4], [\(east), 31.5],
      [\(west), 31.5], [\(west), 31.4]]]}
    """
  }

  private static func feature(_ code: String, _ west: Double, _ east: Double) -> String {
    """
    {"type": "Feature", "properties": {"code": "\(code)", "name": "\(code)",
      "organisation": "patrol"}, "geometry": \(geometry(west, east))}
    """
  }

  private static func collection(_ features: String...) -> String {
    #"{"type": "FeatureCollection", "features": [\#(features.joined(separator: ","))]}"#
  }

  @Test("a grid of areas is put, read, listed, changed, found at a place, and retired")
  func life() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    try await town.visit { site in
      let json = #"{"name": "一二责任网格", "organisation": "patrol", "areas": ["V1", "V2"]}"#
      let made = try await site.send(.put, "\(Self.uri)/D1", json: json, by: system)
      #expect(made.status == 200)
      #expect(made.value["areas"]?.list.compactMap(\.text) == ["V1", "V2"])
      #expect(
        try await site.send(.put, "\(Self.uri)/D1", json: json, by: system).value == made.value)
      #expect(try await site.get("\(Self.uri)/D1", by: system).value == made.value)
      let byPath = try await site.send(
        .put, "\(Self.uri)/D1",
        json: """
          {"name": "一责任网格", "organisation": "grid-centre/patrol/", "areas": ["310114/T/V1/"]}
          """, by: system)
      #expect(byPath.value["areas"]?.list.compactMap(\.text) == ["V1"])
      let renamed = try await site.send(
        .put, "\(Self.uri)/D1", json: #"{"name": "新名", "organisation": "patrol"}"#, by: system)
      #expect(renamed.value["areas"]?.list.compactMap(\.text) == ["V1"])
      #expect(renamed.value["name"]?.text == "新名")
      let list = try await site.get(Self.uri, by: system)
      #expect(list.value["dutyGrids"]?.list.compactMap { $0["code"]?.text } == ["D1"])
      func at(_ longitude: Double) async throws -> [String] {
        let answer = try await site.get(
          "\(Self.uri)/at?latitude=31.45&longitude=\(longitude)", by: system)
        return (answer.value["dutyGrids"]?.list ?? []).compactMap { $0["code"]?.text }
      }
      #expect(try await at(121.15) == ["D1"])
      #expect(try await at(121.25) == [])
      #expect(try await site.post("\(Self.uri)/D1/retire", by: system).status == 204)
      #expect(try await at(121.15) == [])
      #expect(try await site.get("\(Self.uri)/D1", by: system).code == "duty-grid.missing")
      let twice = try await site.post("\(Self.uri)/D1/retire", by: system)
      #expect(twice.status == 404 && twice.code == "duty-grid.missing")
    }
  }

  @Test("a boundary is read and put; one that is wrong is refused unless it is accepted")
  func boundary() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    try await town.visit { site in
      let uri = "\(Self.uri)/D1/boundary"
      #expect(try await site.get(uri, by: system).status == 404)
      let early = try await site.send(.put, uri, json: Self.geometry(121.1, 121.2), by: system)
      #expect(early.status == 404 && early.code == "duty-grid.missing")
      let brought = try await site.post(
        "\(Self.uri)/import",
        Self.collection(Self.feature("D1", 121.1, 121.2), Self.feature("D2", 121.2, 121.3)),
        by: system)
      #expect(brought.value["added"]?.whole == 2)
      let dry = try await site.post(
        "\(Self.uri)/import?dryRun=true", Self.feature("D3", 121.3, 121.4), by: system)
      #expect(dry.value["added"]?.whole == 1 && dry.value["isDryRun"]?.flag == true)
      #expect(try await site.get("\(Self.uri)/D3", by: system).status == 404)
      let shape = try await site.get(uri, by: system)
      #expect(shape.header("Content-Type") == "application/geo+json")
      let feature = try #require(try shape.json()["features"]?.list.first)
      #expect(feature["properties"]?["code"]?.text == "D1")
      let over = try await site.send(.put, uri, json: Self.geometry(121.1, 121.25), by: system)
      #expect(over.code == "area.check-failed")
      #expect(over.wrong.contains { $0.hasSuffix("area.overlap") })
      #expect(try await site.get(uri, by: system).bytes == shape.bytes)
      let two = try await site.send(
        .put, uri,
        json: Self.collection(Self.feature("A", 121.1, 121.2), Self.feature("B", 121.2, 121.3)),
        by: system)
      #expect(two.wrong == ["features: boundary.one"])
      let accepted = try await site.send(
        .put, "\(uri)?accept=true", json: Self.geometry(121.1, 121.25), by: system)
      #expect(accepted.status == 200 && accepted.value["areas"]?.list.isEmpty == true)
      #expect(try await site.get(uri, by: system).bytes != shape.bytes)
      // One of areas covers what they cover.
      _ = try await site.send(
        .put, "\(Self.uri)/D1", json: #"{"name": "D1", "organisation": "patrol", "areas": ["V1"]}"#,
        by: system)
      #expect(try await site.get(uri, by: system).status == 200)
    }
  }

  @Test("who patrols is said, seen by who asks for checks, proposed, and ended")
  func people() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let intake = try await town.token(.intake)
    let leader = try await town.token(.leader)
    let patroller = try town.person(.patroller)
    try await town.visit { site in
      _ = try await site.send(
        .put, "\(Self.uri)/D1", json: #"{"name": "D1", "organisation": "patrol", "areas": ["V1"]}"#,
        by: system)
      let people = "\(Self.uri)/D1/people"
      let said = try await site.post(
        people, #"{"person": "\#(patroller)", "until": "2024-03-09"}"#, by: system)
      #expect(said.status == 200)
      let patrol = try #require(said.value["people"]?.list.first)
      #expect(patrol["person"]?.text == patroller.description)
      #expect(patrol["from"]?.text == "2024-03-04" && patrol["until"]?.text == "2024-03-09")
      let twice = try await site.post(people, #"{"person": "\#(patroller)"}"#, by: system)
      #expect(twice.wrong == ["person: duty-grid.person-there"])
      #expect(
        try await site.get("\(Self.uri)/D1", by: intake).value["people"]?.list.count == 1)
      #expect(try await site.get("\(Self.uri)/D1", by: leader).value["people"] == nil)
      #expect(try await site.send(.delete, "\(people)/\(patroller)", by: system).status == 204)
      let again = try await site.send(.delete, "\(people)/\(patroller)", by: system)
      #expect(again.status == 404 && again.code == "duty-grid.nobody")
      #expect(
        try await site.get("\(Self.uri)/D1", by: system).value["people"]?.list.isEmpty == true)
    }
  }

  @Test("a case says its duty grid, over the API and on its page")
  func onCase() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let id = try await town.bring(to: .filed)
    let (token, session) = (try await town.token(.duty), try await town.session(.duty))
    try await town.visit { site in
      #expect(try await site.get("/api/v1/cases/\(id)", by: token).value["dutyGrid"] == nil)
      _ = try await site.send(
        .put, "\(Self.uri)/D1",
        json: #"{"name": "老街责任网格", "organisation": "patrol", "areas": ["V1"]}"#, by: system)
      #expect(try await site.get("/api/v1/cases/\(id)", by: token).value["dutyGrid"]?.text == "D1")
      #expect(try await site.get("/cases/\(id)", by: session).text.contains("老街责任网格"))
    }
  }

  @Test("what is wrong is named by field")
  func wrong() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let (roads, patroller) = (try town.person(.roads), try town.person(.patroller))
    let before = try await town.count("duty_grid")
    try await town.visit { site in
      for (json, problems) in [
        (#"{"organisation": "patrol", "areas": ["V1"]}"#, ["name: value.missing"]),
        (#"{"name": "", "organisation": "patrol", "areas": ["V1"]}"#, ["name: value.missing"]),
        (
          #"{"name": "D", "organisation": "nowhere", "areas": ["V1", "X"]}"#,
          ["organisation: organisation.unknown", "areas: area.unknown"]
        ),
        (#"{"name": "D", "organisation": "patrol"}"#, ["areas: duty-grid.nowhere"]),
        (#"{"name": "D", "organisation": "patrol", "areas": "V1"}"#, ["areas: type.wrong"]),
        (#"{"name": "D", "organisation": "patrol", "area": ["V1"]}"#, ["area: key.unknown"]),
      ] {
        let answer = try await site.send(.put, "\(Self.uri)/D1", json: json, by: system)
        #expect(answer.wrong == problems, "\(json)")
      }
      let code = try await site.send(
        .put, "\(Self.uri)/a%20b",
        json: #"{"name": "D", "organisation": "patrol", "areas": ["V1"]}"#,
        by: system)
      #expect(code.wrong == ["code: code.invalid"])
      #expect(try await town.count("duty_grid") == before)
      _ = try await site.send(
        .put, "\(Self.uri)/D1", json: #"{"name": "D1", "organisation": "patrol", "areas": ["V1"]}"#,
        by: system)
      for (json, problems) in [
        ("{}", ["person: value.missing"]),
        (#"{"person": "x"}"#, ["person: value.id"]),
        (#"{"person": "7"}"#, ["person: person.unknown"]),
        (#"{"person": "\#(roads)"}"#, ["person: person.not-in-organisation"]),
        (#"{"person": "\#(patroller)", "from": "soon"}"#, ["from: value.day"]),
        (
          #"{"person": "\#(patroller)", "from": "2024-03-09", "until": "2024-03-06"}"#,
          ["until: absence.order"]
        ),
      ] {
        let answer = try await site.post("\(Self.uri)/D1/people", json, by: system)
        #expect(answer.wrong == problems, "\(json)")
      }
      for (query, problem) in [
        ("longitude=1", "latitude: value.missing"),
        ("latitude=91&longitude=1", "latitude: value.range"),
        ("latitude=1&longitude=1&system=mars", "system: value.unknown"),
      ] {
        #expect(try await site.get("\(Self.uri)/at?\(query)", by: system).wrong == [problem])
      }
      let twice = try await site.post(
        "\(Self.uri)/import",
        Self.collection(Self.feature("E", 121.1, 121.2), Self.feature("E", 121.2, 121.3)),
        by: system)
      #expect(twice.wrong == ["grids[1].code: area.code-twice"])
    }
    #expect(try await town.count("duty_grid_person") == 0)
  }

  @Test(
    "only who manages organisations changes them, within their reach; nobody else leaves a trace")
  func refused() async throws {
    let town = try await WebTown()
    let duty = try await town.session(.duty)
    let before = try await town.count("ledger_entry")
    try await town.visit { site in
      for (method, path) in [
        ("PUT", "/D1"), ("PUT", "/D1/boundary"), ("POST", "/import"), ("POST", "/D1/retire"),
        ("POST", "/D1/people"), ("DELETE", "/D1/people/1"),
      ] {
        let answer = try await site.send(
          try #require(.init(method)), "\(Self.uri)\(path)", json: "{}", by: duty)
        #expect(answer.status == 403, "\(method) \(path)")
        #expect(answer.code == "right.missing", "\(method) \(path)")
      }
      #expect(try await site.get(Self.uri, by: duty).status == 200)
      #expect(try await site.get(Self.uri).status == 401)
    }
    #expect(try await town.count("ledger_entry") == before)
    let doer = Doer(
      person: try town.person(.system),
      grants: [Grant(role: .systemAdministrator, organisationPath: "grid-centre/roads/")])
    await #expect(throws: Fault(.forbidden, "right.missing", ["right": "organisation.manage"])) {
      _ = try await DutyGridDesk.bring(
        [DutyGridDraft(code: "D1", name: "D1", organisation: "patrol", areas: ["V1"])],
        accepting: false, isDryRun: false, by: doer, into: town.store.database)
    }
  }
}
