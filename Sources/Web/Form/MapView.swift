import Base

/// Points and boundaries to draw. Without the map script the page shows the coordinates alone.
struct MapView: Sendable, Composed {
  struct Point: Sendable {
    /// WGS-84 degrees.
    var longitude: Double
    var latitude: Double
    var label: String
  }

  var points: [Point] = []
  /// GeoJSON geometries or features, each a JSON text.
  var shapes: [String] = []
  /// A click sets the fields `longitude` and `latitude` of the form around it.
  var picks = false
  var label: Phrase

  var parts: [String: any Shown] {
    [
      "label": label, "picks": picks, "shapes": "[\(shapes.joined(separator: ","))]",
      "points": points.each {
        ["lon": "\($0.longitude)", "lat": "\($0.latitude)", "name": $0.label]
      },
    ]
  }
}
