/// Where a case came from (来源渠道).
public enum Channel: String, Codable, CaseIterable, Sendable {
  /// An order of the city's 12345 hotline.
  case hotline
  /// A grid patroller's report.
  case patrol
  /// The public page, or Open311.
  case resident
  case mediation
  case sensor
  case camera
  case inspection
  /// Sent down by the district or the city.
  case upper
  /// Sent up by a lower level.
  case lower
  /// Found and handled on the spot (自发自处).
  case own = "self"
}
