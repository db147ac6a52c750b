import Foundation

/// Areas as GeoJSON (RFC 7946): features with polygons or multipolygons and their properties.
public enum GeoJSON {
  /// An area as a file describes it.
  public struct Feature: Equatable, Sendable {
    /// Properties as text, numbers and truth values too; null, lists and objects are left out.
    public let properties: [String: String]
    /// In WGS-84. Nil for a feature that has no geometry.
    public let shape: MultiPolygon?

    public init(properties: [String: String], shape: MultiPolygon?) {
      self.properties = properties
      self.shape = shape
    }
  }

  /// More faults than this are not listed: nobody mends a file by reading thousands.
  private static let faultLimit = 20

  /// Reads a collection of features, one feature, or a geometry alone.
  ///
  /// - Parameters:
  ///   - system: how the file's coordinates were measured; the result is WGS-84.
  ///   - limit: bytes a file may have.
  /// - Throws: `geojson.too-large`, `geojson.not-json`; `geojson.invalid` with a field for each
  ///   mistake (at most 20), named like `features[3].geometry.coordinates[0]`: `value-missing`,
  ///   `type-wrong`, `geometry-unsupported`, `polygon-empty`, `ring-short`, `ring-open`,
  ///   `position-invalid`.
  public static func features(
    in bytes: some Collection<UInt8>, system: CoordinateSystem = .wgs84, limit: Int = 64 << 20
  ) throws -> [Feature] {
    guard bytes.count <= limit else {
      throw Fault(.tooLarge, "geojson.too-large", ["limit": String(limit)])
    }
    let file: GeoJSONFile
    do {
      file = try JSONDecoder().decode(GeoJSONFile.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw GeoJSONFault.of(error)
    }
    return try features(file, system)
  }

  private static func features(
    _ file: GeoJSONFile, _ system: CoordinateSystem
  ) throws -> [Feature] {
    var found: [Feature] = []
    var wrong: [Fault.Field] = []
    for (index, attempt) in file.features.enumerated() {
      do {
        let path = file.isCollection ? "features[\(index)]" : ""
        found.append(try attempt.get().feature(path, system))
      } catch {
        wrong.append(contentsOf: error.fields)
      }
      if wrong.count >= faultLimit { break }
    }
    guard wrong.isEmpty else {
      throw Fault(.invalid, "geojson.invalid", fields: Array(wrong.prefix(faultLimit)))
    }
    return found
  }

  /// Writes a collection: keys in order, outer rings counterclockwise and holes clockwise as RFC
  /// 7946 wants it, coordinates with all their digits.
  public static func text(_ features: some Sequence<Feature>) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(GeoJSONCollection(features: features.map(GeoJSONOutput.init)))
    return String(decoding: data, as: UTF8.self)
  }
}
