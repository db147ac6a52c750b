import Base
import Foundation
import Testing

private let data = ProcessInfo.processInfo.environment["CHENGYUN_DATA"]

@Suite(.enabled(if: data != nil, "CHENGYUN_DATA is not set"))
struct RealBoundariesTests {
  private func file(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: #require(data)).appending(path: name))
  }

  private func features(
    _ name: String, system: CoordinateSystem
  ) throws -> [GeoJSON.Feature] {
    try GeoJSON.features(in: file("boundaries-shanghai/\(name)"), system: system)
  }

  private func entries(
    _ features: [GeoJSON.Feature], code: String, level: Int
  ) throws -> [GridIndex.Entry] {
    try features.map { feature in
      GridIndex.Entry(
        level: level, code: try #require(feature.properties[code]),
        shape: try #require(feature.shape))
    }
  }

  @Test("landmarks by their GPS coordinates fall into the right districts")
  func districts() throws {
    let districts = try features("shanghai-districts.geojson", system: .gcj02)
    #expect(districts.count == 16)
    let index = GridIndex(try entries(districts, code: "name", level: 1))
    let landmarks = [
      ("黄浦区", 31.2304, 121.4737), ("浦东新区", 31.2397, 121.4998), ("徐汇区", 31.1957, 121.4365),
      ("闵行区", 31.1941, 121.3151), ("浦东新区", 31.1434, 121.8052), ("嘉定区", 31.3747, 121.2651),
    ]
    for (name, latitude, longitude) in landmarks {
      let found = index.entries(at: Point(latitude: latitude, longitude: longitude))
      #expect(found.map(\.code) == [name])
    }
    #expect(index.entries(at: Point(latitude: 39.9, longitude: 116.4)).isEmpty)
  }

  @Test("districts are as large as the city says, to 3 %")
  func areas() throws {
    let districts = try features("shanghai-districts.geojson", system: .gcj02)
    let published = ["黄浦区": 20.46, "徐汇区": 54.76, "嘉定区": 464.2, "青浦区": 670.14]
    for (name, squareKilometres) in published {
      let shape = try #require(districts.first { $0.properties["name"] == name }?.shape)
      #expect(abs(shape.area / 1e6 / squareKilometres - 1) < 0.03)
    }
    let huangpu = districts.first { $0.properties["name"] == "黄浦区" }
    #expect(huangpu?.properties["adcode"] == "310101")
  }

  @Test("each district's own centre falls into it")
  func centres() throws {
    struct Collection: Decodable {
      struct Feature: Decodable {
        struct Properties: Decodable {
          let name: String
          let centroid: [Double]?
        }
        let properties: Properties
      }
      let features: [Feature]
    }
    let districts = try features("shanghai-districts.geojson", system: .gcj02)
    let index = GridIndex(try entries(districts, code: "name", level: 1))
    let raw = try JSONDecoder().decode(
      Collection.self, from: file("boundaries-shanghai/shanghai-districts.geojson"))
    for feature in raw.features {
      guard let centroid = feature.properties.centroid else { continue }
      let map = Point(latitude: centroid[1], longitude: centroid[0])
      let found = index.entry(at: CoordinateSystem.gcj02.wgs84(map), level: 1)
      #expect(found?.code == feature.properties.name)
    }
  }

  @Test("788 of 789 sensors of Lingang fall into 临港家园社区居委会")
  func sensors() throws {
    let grids = try features("lingang-grid-communities.geojson", system: .wgs84)
    #expect(grids.count == 34)
    let index = GridIndex(
      try grids.map { grid in
        GridIndex.Entry(
          level: try #require(grid.properties["level"].flatMap { Int($0) }),
          code: try #require(grid.properties["name"]), shape: try #require(grid.shape))
      })
    let rows = String(
      decoding: try file("iot-telemetry/lingang-sensor-ledger-2019.csv"), as: UTF8.self
    ).split(whereSeparator: \.isNewline).dropFirst()
    var counts: [String: Int] = [:]
    for row in rows {
      // The addresses hold no quotes, so that splitting is reading.
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      let longitude = try #require(Double(cells[9]))
      let latitude = try #require(Double(cells[10]))
      let found = index.entry(at: Point(latitude: latitude, longitude: longitude), level: 3)
      counts[found?.code ?? "", default: 0] += 1
    }
    #expect(rows.count == 789)
    #expect(counts["临港家园社区居委会"] == 788)
  }

  @Test("a boundary written and read again is the same")
  func roundTrip() throws {
    let districts = try features("district-310114.geojson", system: .wgs84)
    let again = try GeoJSON.features(in: Array(GeoJSON.text(districts).utf8))
    #expect(again.count == districts.count)
    for (left, right) in zip(again, districts) {
      #expect(left.properties == right.properties)
      #expect(abs((left.shape?.area ?? 0) - (right.shape?.area ?? 1)) < 1)
    }
  }
}
