import Foundation

/// Mistakes in a file, each with its place.
struct GeoJSONFault: Error {
  let fields: [Fault.Field]

  init(_ path: String, _ code: String, _ arguments: [String: String] = [:]) {
    fields = [Fault.Field(path, code, arguments)]
  }

  init(_ error: DecodingError) {
    fields = [Self.field(error)]
  }

  /// What decoding a whole file threw: broken JSON, or a wrong value at its top.
  static func of(_ error: DecodingError) -> Fault {
    if case .dataCorrupted(let context) = error, context.codingPath.isEmpty {
      return Fault(.invalid, "geojson.not-json")
    }
    return Fault(.invalid, "geojson.invalid", fields: [field(error)])
  }

  private static func field(_ error: DecodingError) -> Fault.Field {
    switch error {
    case .keyNotFound(let key, let context):
      Fault.Field(path(context.codingPath + [key]), "value-missing")
    case .valueNotFound(_, let context):
      Fault.Field(path(context.codingPath), "value-missing")
    case .typeMismatch(_, let context), .dataCorrupted(let context):
      Fault.Field(path(context.codingPath), "type-wrong")
    @unknown default:
      Fault.Field("", "type-wrong")
    }
  }

  /// `features[3].geometry.coordinates[0]`.
  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
      if let index = key.intValue { return "\(path)[\(index)]" }
      return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
  }
}

/// A file of any of the accepted kinds; each feature is read on its own, so that all their mistakes
/// can be told at once.
struct GeoJSONFile: Decodable {
  let features: [Result<GeoJSONInput, GeoJSONFault>]
  let isCollection: Bool

  private enum Key: CodingKey { case type, features }

  private struct Attempt: Decodable {
    let result: Result<GeoJSONInput, GeoJSONFault>

    init(from decoder: any Decoder) throws {
      do {
        result = .success(try GeoJSONInput(from: decoder))
      } catch let error as DecodingError {
        result = .failure(GeoJSONFault(error))
      }
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    isCollection = try container.decode(String.self, forKey: .type) == "FeatureCollection"
    features =
      isCollection
      ? try container.decode([Attempt].self, forKey: .features).map(\.result)
      : [try Attempt(from: decoder).result]
  }
}

/// A feature as it is written, before its rings are looked at.
struct GeoJSONInput: Decodable {
  private let properties: [String: GeoJSONText]
  private let geometry: Geometry?
  /// A geometry without a feature around it has no `geometry` in the paths of its mistakes.
  private let isBare: Bool

  private enum Key: CodingKey { case type, properties, geometry }

  private struct Geometry: Decodable {
    let polygons: [[[[Double]]]]
    let isMulti: Bool
    let isSupported: Bool

    private enum Key: CodingKey { case type, coordinates }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      let type = try container.decode(String.self, forKey: .type)
      isMulti = type == "MultiPolygon"
      isSupported = isMulti || type == "Polygon"
      polygons =
        isMulti
        ? try container.decode([[[[Double]]]].self, forKey: .coordinates)
        : isSupported ? [try container.decode([[[Double]]].self, forKey: .coordinates)] : []
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    isBare = try container.decode(String.self, forKey: .type) != "Feature"
    if isBare {
      properties = [:]
      geometry = try Geometry(from: decoder)
    } else {
      properties =
        try container.decodeIfPresent([String: GeoJSONText].self, forKey: .properties) ?? [:]
      geometry = try container.decodeIfPresent(Geometry.self, forKey: .geometry)
    }
  }

  func feature(
    _ path: String, _ system: CoordinateSystem
  ) throws(GeoJSONFault) -> GeoJSON.Feature {
    let texts = properties.compactMapValues(\.text)
    guard let geometry else { return GeoJSON.Feature(properties: texts, shape: nil) }
    let steps = [path, isBare ? "" : "geometry", geometry.isSupported ? "coordinates" : "type"]
    let place = steps.filter { !$0.isEmpty }.joined(separator: ".")
    guard geometry.isSupported else { throw GeoJSONFault(place, "geometry-unsupported") }
    var polygons: [Polygon] = []
    for (index, rings) in geometry.polygons.enumerated() {
      polygons.append(try Self.polygon(rings, geometry.isMulti ? "\(place)[\(index)]" : place))
    }
    return GeoJSON.Feature(properties: texts, shape: system.wgs84(MultiPolygon(polygons)))
  }

  private static func polygon(
    _ rings: [[[Double]]], _ path: String
  ) throws(GeoJSONFault) -> Polygon {
    var points: [[Point]] = []
    for (index, ring) in rings.enumerated() {
      points.append(try Self.ring(ring, "\(path)[\(index)]"))
    }
    guard let outer = points.first else { throw GeoJSONFault(path, "polygon-empty") }
    return Polygon(outer: outer, holes: Array(points.dropFirst()))
  }

  private static func ring(
    _ positions: [[Double]], _ path: String
  ) throws(GeoJSONFault) -> [Point] {
    guard positions.count >= 4 else {
      throw GeoJSONFault(path, "ring-short", ["found": String(positions.count)])
    }
    var points: [Point] = []
    for (index, position) in positions.enumerated() {
      let point =
        position.count >= 2 ? Point(latitude: position[1], longitude: position[0]) : nil
      guard let point, point.isValid else {
        throw GeoJSONFault("\(path)[\(index)]", "position-invalid")
      }
      points.append(point)
    }
    guard points.first == points.last else { throw GeoJSONFault(path, "ring-open") }
    return points.dropLast()
  }
}

/// A property's value as text; nil when it is null, a list or an object.
struct GeoJSONText: Decodable {
  let text: String?

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let string = try? container.decode(String.self) {
      text = string
    } else if let number = try? container.decode(Int64.self) {
      text = String(number)
    } else if let number = try? container.decode(Double.self) {
      text = String(number)
    } else {
      text = (try? container.decode(Bool.self)).map { String($0) }
    }
  }
}
