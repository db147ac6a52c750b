import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Areas over the API.
@Suite struct AreaAPITests {
  private static func feature(_ code: String, east: Double, parent: String = "T") -> String {
    """
    {"type": "Feature",
     "properties": {"code": "\(code)", "name": "\(code)", "level": "village-grid",
       "parent": "\(parent)"},
     "geometry": {"type": "Polygon", "coordinates": [[[\(east), 31.4], [\(east + 0.1), 31.4],
       [\(east + 0.1), 31.5], [\(east), 31.5], [\(east), 31.4]]]}}
    """
  }

  private static func collection(_ features: String...) -> String {
    #"{"type": "FeatureCollection", "features": [\#(features.joined(separator: ","))]}"#
  }

  @Test("an area is added, renamed, given a boundary, found by it, and loses it")
  func life() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    try await town.visit { site in
      let made = try await site.post(
        "/api/v1/areas",
        #"{"code": "V3", "name": "三村", "level": "village-grid", "parent": "T"}"#, by: system)
      #expect(made.status == 201)
      let area = try made.json()
      #expect(area["path"]?.text == "310114/T/V3/")
      let uri = "/api/v1/areas/\(try #require(area["id"]?.text))"
      #expect(try await site.get("\(uri)/boundary", by: system).status == 404)
      let renamed = try await site.send(.patch, uri, json: #"{"name": "新三村"}"#, by: system)
      #expect(try renamed.json()["name"]?.text == "新三村")
      let bounded = try await site.send(
        .put, "\(uri)/boundary", json: Self.feature("V3", east: 121.3), by: system)
      #expect(bounded.status == 200)
      let shape = try await site.get("\(uri)/boundary", by: system)
      #expect(shape.header("Content-Type") == "application/geo+json")
      #expect(try shape.json()["features"]?.list.count == 1)
      func codes() async throws -> [String] {
        let uri = "/api/v1/areas/at?latitude=31.45&longitude=121.35"
        let at = try await site.get(uri, by: system).json()
        return (at["areas"]?.list ?? []).compactMap { $0["code"]?.text }
      }
      #expect(try await codes() == ["V3"])
      #expect(try await site.send(.delete, "\(uri)/boundary", by: system).status == 200)
      #expect(try await codes() == [])
      let two = try await site.send(
        .put, "\(uri)/boundary",
        json: Self.collection(Self.feature("A", east: 121.3), Self.feature("B", east: 121.4)),
        by: system)
      #expect(two.wrong == ["features: boundary.one"])
      let again = try await site.post(
        "/api/v1/areas",
        #"{"code": "V3", "name": "三村", "level": "village-grid", "parent": "T"}"#, by: system)
      #expect(again.status == 409)
      #expect(again.code == "area.exists")
    }
  }

  @Test("the areas at a place come the largest first, and a place is shifted where it is said")
  func at() async throws {
    let town = try await WebTown()
    let reader = try await town.token(.leader)
    try await town.visit { site async throws in
      func codes(_ query: String) async throws -> [String] {
        let answer = try await site.get("/api/v1/areas/at?\(query)", by: reader).json()
        return (answer["areas"]?.list ?? []).compactMap { $0["code"]?.text }
      }
      #expect(try await codes("latitude=31.45&longitude=121.15") == ["310114", "T", "V1"])
      #expect(try await codes("latitude=31.45&longitude=121.2035") == ["310114", "T", "V2"])
      // GCJ-02 lies some 400 m to the east here.
      #expect(
        try await codes("latitude=31.45&longitude=121.2035&system=gcj02") == ["310114", "T", "V1"])
      for (query, problem) in [
        ("longitude=1", "latitude: value.missing"),
        ("latitude=91&longitude=1", "latitude: value.range"),
        ("latitude=nan&longitude=1", "latitude: value.number"),
        ("latitude=1&longitude=east", "longitude: value.number"),
        ("latitude=1&longitude=1&system=mars", "system: value.unknown"),
      ] {
        #expect(try await site.get("/api/v1/areas/at?\(query)", by: reader).wrong == [problem])
      }
    }
  }

  @Test("a file of areas comes in whole or not at all, also packed; twice changes nothing")
  func load() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    try await town.visit { site in
      // They lie outside of the town.
      let uri = "/api/v1/areas/import?accept=true"
      let file = Self.collection(
        Self.feature("V3", east: 121.3), Self.feature("V4", east: 121.4))
      let first = try await site.post(uri, file, by: system).json()
      #expect(first["read"]?.whole == 2)
      #expect(first["added"]?.whole == 2)
      #expect(try await site.post(uri, file, by: system).value["unchanged"]?.whole == 2)
      let before = try await town.count("area")
      let wrong = Self.collection(
        Self.feature("V5", east: 121.5), Self.feature("V6", east: 121.6, parent: "X"))
      let refused = try await site.post(uri, wrong, by: system)
      #expect(refused.status == 422)
      #expect(refused.wrong == ["features[1].properties.parent: area.parent-unknown"])
      #expect(try await town.count("area") == before)
      #expect(try await site.post(uri, "{", by: system).code == "geojson.not-json")
      let large = try await site.send(
        .post, uri, by: system, headers: ["Content-Length": "33554433"], body: nil)
      #expect(large.status == 413)
    }
  }

  @Test("only those who manage areas change them; wrong bodies name the field")
  func refused() async throws {
    let town = try await WebTown()
    let security = try await town.session(.security)
    let system = try await town.token(.system)
    let before = try await town.count("ledger_entry")
    try await town.visit { site in
      for (method, path) in [
        ("POST", ""), ("POST", "/import"), ("PATCH", "/1"), ("PUT", "/1/boundary"),
        ("DELETE", "/1/boundary"),
      ] {
        let answer = try await site.send(
          try #require(.init(method)), "/api/v1/areas\(path)", json: "{}", by: security)
        #expect(answer.status == 403, "\(method) \(path)")
        #expect(answer.code == "right.missing", "\(method) \(path)")
      }
      for (json, problem) in [
        (#"{"code": "x y", "name": "名", "level": "town"}"#, "code: code.invalid"),
        (#"{"code": "x", "name": "名", "level": "moon"}"#, "level: value.not-listed"),
        (
          #"{"code": "x", "name": "名", "level": "town", "parent": "no"}"#,
          "parent: area.parent-unknown"
        ),
        (
          #"{"code": "x", "name": "名", "level": "city", "parent": "T"}"#,
          "level: area.level-order"
        ),
        (#"{"name": "名", "level": "town"}"#, "code: value.missing"),
      ] {
        #expect(try await site.post("/api/v1/areas", json, by: system).wrong == [problem])
      }
      let absent = try await site.send(
        .patch, "/api/v1/areas/1", json: #"{"name": "名"}"#, by: system)
      #expect(absent.code == "area.missing")
    }
    #expect(try await town.count("ledger_entry") == before)
  }
}

/// Boundaries that are tried out, refused and brought in.
@Suite struct AreaBringingAPITests {
  private func body(_ west: Double, _ east: Double) -> [UInt8] {
    let corners = [(west, 31.4), (east, 31.4), (east, 31.5), (west, 31.5), (west, 31.4)]
    let ring = corners.map { "[\($0.0),\($0.1)]" }.joined(separator: ",")
    return Array(
      """
      {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"V1",
        "name":"V1","level":"village-grid","parent":"T"},
        "geometry":{"type":"Polygon","coordinates":[[\(ring)]]}}]}
      """.utf8)
  }

  @Test(
    "a dry run tells what would move; what overlaps is refused, with the field, unless accepted")
  func bring() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handling)
    let system = try await town.session(.system)
    try await town.visit { visitor in
      func send(_ query: String, _ west: Double, _ east: Double) async throws -> WebAnswer {
        try await visitor.send(
          .post, "/api/v1/areas/import?\(query)", by: system, body: body(west, east))
      }
      let dry = try await send("dryRun=true", 121.16, 121.2)
      #expect(dry.status == 200 && dry.value["movedCases"]?.whole == 1)
      #expect(dry.value["cases"]?.list.first?["to"]?.text == "T")
      let refused = try await send("", 121.1, 121.25)
      #expect(refused.status == 422 && refused.code == "area.check-failed")
      #expect(refused.wrong == ["V1: area.overlap"])
      let strange = try await send("dryRun=perhaps", 121.1, 121.2)
      #expect(strange.wrong == ["dryRun: value.unknown"])
      let moved = try await send("moveCases=true", 121.16, 121.2)
      #expect(moved.value["hasMoved"] == .flag(true))
      #expect(try await town.file(id).areaPath == "310114/T/")
    }
  }

  @Test("on the page a file is tried out first, and brought in when it is asked for")
  func page() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handling)
    let file = try await town.file(id)
    let system = try await town.session(.system)
    let duty = try await town.session(.duty)
    try await town.visit { visitor in
      func send(_ what: String, _ west: Double, _ east: Double) async throws -> WebAnswer {
        let sent = FormFile(
          field: "file", name: "v1.geojson", type: "application/geo+json", bytes: body(west, east))
        return try await visitor.upload(
          "/areas/import", [("what", what), ("system", "wgs84"), ("codeProperty", "code")],
          files: [sent], by: system)
      }
      #expect(try await visitor.get("/areas/import", by: duty).status == 403)
      #expect(try await visitor.get("/areas/import", by: system).status == 200)
      let dry = try await send("try", 121.16, 121.2)
      #expect(dry.status == 200 && dry.text.contains(file.number) && dry.text.contains("试行"))
      let refused = try await send("bring", 121.1, 121.25)
      #expect(refused.status == 422 && refused.text.contains("与 V2（V2）重叠"))
      let done = try await send("bring", 121.16, 121.2)
      #expect(done.text.contains("已导入") && done.text.contains("区域保持不变"))
      #expect(try await town.file(id).areaPath == "310114/T/V1/")
      let empty = try await visitor.upload(
        "/areas/import", [("what", "try")], files: [], by: system)
      #expect(empty.status == 422)
    }
  }
}
