import Base
import Foundation
import Testing

@testable import City
@testable import Web

/// Catalogues over the API.
@Suite struct CatalogueAPITests {
  private static let good = """
    name: 试验
    classes:
      - code: Z
        name: 试验类
        kinds:
          - code: Z0001
            name: 一件事
            component: false
    """

  private static func body(_ files: [String: String]) throws -> String {
    String(decoding: try JSONEncoder().encode(["files": files]), as: UTF8.self)
  }

  /// The first kinds that ship, as somebody would send them.
  private static func shipped() throws -> String {
    let files = Catalogue.shippedFiles.map { file in
      (file.name, String(decoding: Array(file.bytes), as: UTF8.self))
    }
    return try body(Dictionary(uniqueKeysWithValues: files))
  }

  @Test("a catalogue is checked without being put in force, then put in force at once")
  func installing() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let json = try Self.shipped()
    try await town.visit { site in
      let before = try await site.get("/api/v1/kinds", by: system).json()["version"]?.text
      let checked = try await site.post("/api/v1/catalogue/check", json, by: system)
      #expect(checked.status == 200)
      #expect(try checked.json()["changed"] == nil)
      #expect(try await site.get("/api/v1/kinds", by: system).value["version"]?.text == before)
      let put = try await site.send(.put, "/api/v1/catalogue", json: json, by: system).json()
      let after = try await site.get("/api/v1/kinds", by: system).json()
      #expect(after["version"] == put["version"])
      #expect(after["version"]?.text != before)
      #expect(after["kinds"]?.list.count == put["kinds"]?.whole)
      // Those of the town's own are not among them any more.
      #expect(after["kinds"]?.list.contains { $0["code"]?.text == "T0001" } == false)
      #expect(put["changed"]?.whole == 0)
    }
  }

  @Test("a mistake names file, line and key, and leaves the old catalogue in force")
  func mistakes() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let bad = Self.good.replacing("component: false", with: "colour: red")
    let json = try Self.body(["town.yaml": bad])
    try await town.visit { site in
      let before = try await site.get("/api/v1/kinds", by: system).json()
      for answer in [
        try await site.post("/api/v1/catalogue/check", json, by: system),
        try await site.send(.put, "/api/v1/catalogue", json: json, by: system),
      ] {
        #expect(answer.status == 422)
        #expect(answer.code == "catalogue.invalid")
        let named = answer.wrong.first { $0.hasSuffix(": yaml.key.unknown") }
        #expect(
          named?.hasPrefix("town.yaml:8 classes[0].kinds[0].colour") == true, "\(answer.wrong)")
      }
      #expect(try await site.get("/api/v1/kinds", by: system).value == before)
    }
  }

  @Test("only those who manage the catalogue may, and bodies that are none are named")
  func refused() async throws {
    let town = try await WebTown()
    let duty = try await town.session(.duty)
    let system = try await town.token(.system)
    let json = try Self.shipped()
    try await town.visit { site in
      #expect(
        try await site.post("/api/v1/catalogue/check", json, by: duty).code == "right.missing")
      #expect(
        try await site.send(.put, "/api/v1/catalogue", json: json, by: duty).code
          == "right.missing")
      for (json, problem) in [
        ("{}", "files: value.missing"), (#"{"files": {}}"#, "files: value.missing"),
        (#"{"files": {"a.yaml": 1}}"#, "files.a.yaml: type.wrong"),
        (#"{"files": {"": "x"}}"#, "files: file-name.length"),
        (#"{"file": {}, "files": {"a": "x"}}"#, "file: key.unknown"),
        (#"{"files": {"a": "x", "a": "y"}}"#, "files.a: key.twice"),
      ] {
        let answer = try await site.post("/api/v1/catalogue/check", json, by: system)
        #expect(answer.status == 422)
        #expect(answer.wrong == [problem])
      }
    }
  }
}
