import Testing

@testable import Base

@Suite struct GeoJSONTests {
  private func read(
    _ text: String, system: CoordinateSystem = .wgs84
  ) throws -> [GeoJSON.Feature] {
    try GeoJSON.features(in: Array(text.utf8), system: system)
  }

  private func fault(_ text: String) -> Fault? {
    do {
      _ = try read(text)
      return nil
    } catch {
      return error as? Fault
    }
  }

  private func collection(_ features: String...) -> String {
    #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
  }

  private func feature(_ geometry: String, properties: String = "{}") -> String {
    #"{"type":"Feature","properties":\#(properties),"geometry":\#(geometry)}"#
  }

  private func polygon(_ coordinates: String) -> String {
    #"{"type":"Polygon","coordinates":\#(coordinates)}"#
  }

  private let ring = "[[121,31],[121.5,31],[121.5,31.5],[121,31]]"

  @Test("polygons and multipolygons with holes, their properties as text")
  func reads() throws {
    let hole = "[[121.3,31.1],[121.4,31.1],[121.4,31.2],[121.3,31.1]]"
    let multi = #"{"type":"MultiPolygon","coordinates":[[\#(ring),\#(hole)],[\#(ring)]]}"#
    let properties =
      #"{"adcode":310101,"name":"黄浦区","size":20.5,"old":true,"none":null,"center":[121.4,31.2]}"#
    let found = try read(
      collection(feature(polygon("[\(ring)]"), properties: properties), feature(multi)))
    #expect(
      found[0].properties == ["adcode": "310101", "name": "黄浦区", "size": "20.5", "old": "true"])
    #expect(
      found[0].shape?.polygons.first?.outer == [
        Point(latitude: 31, longitude: 121), Point(latitude: 31, longitude: 121.5),
        Point(latitude: 31.5, longitude: 121.5),
      ])
    #expect(found[1].properties == [:])
    #expect(found[1].shape?.polygons.map(\.holes.count) == [1, 0])
  }

  @Test("one feature, a geometry alone, a feature without a place")
  func otherTops() throws {
    #expect(try read(feature(polygon("[\(ring)]"))).count == 1)
    #expect(try read(polygon("[\(ring)]")).first?.shape?.polygons.count == 1)
    #expect(try read(feature("null")) == [GeoJSON.Feature(properties: [:], shape: nil)])
    #expect(try read(#"{"type":"FeatureCollection","features":[]}"#) == [])
  }

  @Test("all mistakes are told at once, each with its feature and place")
  func mistakes() {
    let text = collection(
      feature(polygon("[[[121,31],[121.5,31],[121,31]]]")),
      feature(polygon("[\(ring)]")),
      feature(polygon("[[[121,31],[121.5,31],[121.5,31.5],[121,30]]]")),
      feature(polygon("[[[31,121],[31,121.5],[31.5,121.5],[31,121]]]")),
      feature(#"{"type":"Point","coordinates":[121,31]}"#),
      feature(polygon("[\(ring),\"x\"]")),
      #"{"properties":{}}"#,
      feature(#"{"type":"MultiPolygon","coordinates":[[\#(ring)],[[[121]]]]}"#),
      feature(polygon("[]")), "7")
    #expect(
      fault(text)
        == Fault(
          .invalid, "geojson.invalid",
          fields: [
            .init("features[0].geometry.coordinates[0]", "ring-short", ["found": "3"]),
            .init("features[2].geometry.coordinates[0]", "ring-open"),
            .init("features[3].geometry.coordinates[0][0]", "position-invalid"),
            .init("features[4].geometry.type", "geometry-unsupported"),
            .init("features[5].geometry.coordinates[1]", "type-wrong"),
            .init("features[6].type", "value-missing"),
            .init("features[7].geometry.coordinates[1][0]", "ring-short", ["found": "1"]),
            .init("features[8].geometry.coordinates", "polygon-empty"),
            .init("features[9]", "type-wrong"),
          ]))
  }

  @Test("at most twenty mistakes are listed")
  func manyMistakes() {
    let text = collection(
      Array(repeating: feature(polygon("[]")), count: 50).joined(separator: ","))
    #expect(fault(text)?.fields.count == 20)
  }

  @Test(
    "what is no GeoJSON at all",
    arguments: ["", "{", "[1]", "null", #"{"features":[]}"#, #"{"type":"FeatureCollection"}"#])
  func noGeoJSON(text: String) {
    let code = fault(text)?.code
    #expect(code == "geojson.not-json" || code == "geojson.invalid")
  }

  @Test("a JSON of brackets without end is refused")
  func deepNesting() {
    #expect(fault(String(repeating: "[", count: 100_000)) != nil)
    let nested = String(repeating: #"{"a":"#, count: 400) + "1" + String(repeating: "}", count: 400)
    #expect(fault(feature("null", properties: nested)) == nil)
  }

  @Test("a file has a limit")
  func limit() {
    let bytes = Array(feature("null").utf8)
    #expect(throws: Fault(.tooLarge, "geojson.too-large", ["limit": "10"])) {
      try GeoJSON.features(in: bytes, limit: 10)
    }
  }

  @Test("coordinates of GCJ-02 are brought to WGS-84")
  func shifted() throws {
    let map = try read(polygon("[\(ring)]"), system: .gcj02)
    let plain = try read(polygon("[\(ring)]"))
    let from = try #require(map.first?.shape?.polygons.first?.outer.first)
    let to = try #require(plain.first?.shape?.polygons.first?.outer.first)
    #expect((100...800).contains(from.distance(to: to)))
    #expect(from == CoordinateSystem.gcj02.wgs84(to))
  }

  @Test("what is written is read again, turned as RFC 7946 wants it")
  func roundTrip() throws {
    let square = rectangle(south: 31, west: 121, north: 31.123456789, east: 121.5)
    let hole = rectangle(south: 31.01, west: 121.1, north: 31.02, east: 121.2).outer
    let right = GeoJSON.Feature(
      properties: ["name": "黄浦区 \"a\"/\n"],
      shape: MultiPolygon([Polygon(outer: square.outer, holes: [hole.reversed()])]))
    let wrong = GeoJSON.Feature(
      properties: right.properties,
      shape: MultiPolygon([Polygon(outer: square.outer.reversed(), holes: [hole])]))
    let empty = GeoJSON.Feature(properties: [:], shape: nil)
    let text = try GeoJSON.text([right, empty])
    #expect(try read(text) == [right, empty])
    let turned = try #require(try read(GeoJSON.text([wrong])).first?.shape?.polygons.first)
    #expect(Set(turned.outer) == Set(square.outer))
    #expect(Ring.area(turned.outer) > 0)
    #expect(turned.holes.map { Ring.area($0) < 0 } == [true])
    #expect(
      text.hasPrefix(
        #"{"features":[{"geometry":{"coordinates":[[[[121,31],[121.5,31],[121.5,31.123456789]"#))
  }
}
