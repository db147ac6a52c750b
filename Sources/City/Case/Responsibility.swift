/// Who answers for a kind in an area: the unit, and the post in it that takes the case.
public struct Responsibility: Hashable, Sendable {
  /// How the unit is named.
  public enum Unit: Hashable, Sendable {
    /// The organisation with this code.
    case organisation(String)
    /// The organisation that looks after the area of this level where the case happened.
    case level(AreaRule)
  }

  /// Levels of area whose own organisation may be held responsible.
  public enum AreaRule: String, Codable, CaseIterable, Sendable {
    case village, area, town, district
  }

  public let unit: Unit
  /// Nil: whoever takes cases in for the unit.
  public let post: String?
  /// The code of an area whose subtree this is about; nil: everywhere.
  public let area: String?
  /// Whether the unit only helps the lead (协办).
  public let helps: Bool

  public init(_ unit: Unit, post: String? = nil, area: String? = nil, helps: Bool = false) {
    self.unit = unit
    self.post = post
    self.area = area
    self.helps = helps
  }
}

extension CaseKind {
  /// Who answers for a case of this kind at a place.
  ///
  /// - Parameter areas: the codes of the areas that hold the place, the smallest last.
  /// - Returns: of the rules about the smallest of these areas, or else of those about
  ///   everywhere: the first that leads, and those that help. Leads and helps are looked for
  ///   apart, so that a village may have its own lead with the helpers of the whole town.
  public func answerers(in areas: [String]) -> (lead: Responsibility?, help: [Responsibility]) {
    (nearest(areas) { !$0.helps }.first, nearest(areas) { $0.helps })
  }

  private func nearest(
    _ areas: [String], where fits: (Responsibility) -> Bool
  ) -> [Responsibility] {
    let candidates = responsible.filter(fits)
    for area in areas.reversed() {
      let own = candidates.filter { $0.area == area }
      if !own.isEmpty { return own }
    }
    return candidates.filter { $0.area == nil }
  }
}

extension Responsibility: Codable {
  private enum Key: CodingKey { case unit, level, post, area, helps }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    if let level = try values.decodeIfPresent(AreaRule.self, forKey: .level) {
      unit = .level(level)
    } else {
      unit = .organisation(try values.decode(String.self, forKey: .unit))
    }
    post = try values.decodeIfPresent(String.self, forKey: .post)
    area = try values.decodeIfPresent(String.self, forKey: .area)
    helps = try values.decode(.helps, or: false)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch unit {
    case .organisation(let code): try values.encode(code, forKey: .unit)
    case .level(let level): try values.encode(level, forKey: .level)
    }
    try values.encodeIfPresent(post, forKey: .post)
    try values.encodeIfPresent(area, forKey: .area)
    try values.encode(helps, .helps, unless: false)
  }
}
