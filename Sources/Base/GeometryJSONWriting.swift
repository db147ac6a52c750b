/// A file of features as JSON writes it.
struct GeoJSONCollection: Encodable {
  var type = "FeatureCollection"
  let features: [GeoJSONOutput]
}

struct GeoJSONOutput: Encodable {
  private let properties: [String: String]
  private let geometry: Geometry?

  private enum Key: CodingKey { case type, properties, geometry }

  private struct Geometry: Encodable {
    var type = "MultiPolygon"
    let coordinates: [[[[Double]]]]
  }

  init(_ feature: GeoJSON.Feature) {
    properties = feature.properties
    geometry = feature.shape.map { shape in
      Geometry(
        coordinates: shape.polygons.map { polygon in
          [Self.ring(polygon.outer, isHole: false)]
            + polygon.holes.map { Self.ring($0, isHole: true) }
        })
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("Feature", forKey: .type)
    try container.encode(properties, forKey: .properties)
    // A feature without a place says so with a null; a missing member would be an error.
    try container.encode(geometry, forKey: .geometry)
  }

  private static func ring(_ points: [Point], isHole: Bool) -> [[Double]] {
    let turned = (Ring.area(points) < 0) != isHole ? points.reversed() : points
    return (turned + turned.prefix(1)).map { [$0.longitude, $0.latitude] }
  }
}
