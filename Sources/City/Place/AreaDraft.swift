import Base

/// An area as somebody describes it, before it is in the tree.
public struct AreaDraft: Equatable, Sendable {
  public var code: String
  public var name: String
  public var level: AreaLevel
  /// The code of the area above; nil for a root.
  public var parent: String?
  /// Nil where it is not known; an import then leaves the stored one alone.
  public var shape: MultiPolygon?

  public init(
    code: String, name: String, level: AreaLevel, parent: String? = nil,
    shape: MultiPolygon? = nil
  ) {
    self.code = code
    self.name = name
    self.level = level
    self.parent = parent
    self.shape = shape
  }
}

/// Reads areas from GeoJSON: features with the properties `code`, `name`, `level` and, but for
/// roots, `parent`.
public enum AreaFile {
  /// How a file that was not made for us is to be read.
  public struct Options: Sendable {
    /// How its coordinates were measured.
    public var system = CoordinateSystem.wgs84
    /// The property that holds the code.
    public var codeProperty = "code"
    /// The level of features that name none.
    public var level: AreaLevel?
    /// The parent of features that name none.
    public var parent: String?

    public init() {}
  }

  /// Reads the areas of a file, in its order.
  ///
  /// - Throws: the faults of `GeoJSON.features`; `area.file-invalid` with fields named like
  ///   `features[3].properties.level`: `value.missing`, `code.invalid`, `value.long`,
  ///   `area.level-unknown`, `area.code-twice`.
  public static func drafts(
    in bytes: some Collection<UInt8>, options: Options = Options()
  ) throws -> [AreaDraft] {
    let features = try GeoJSON.features(in: bytes, system: options.system)
    if features.isEmpty {
      try [Fault.Field("features", "area.file-empty")].throwIfAny("area.file-invalid")
    }
    var seen: [String: Int] = [:]
    var drafts: [AreaDraft] = []
    var wrong: [Fault.Field] = []
    for (index, feature) in features.enumerated() {
      let place = "features[\(index)].properties."
      let reading = Reading(feature, options)
      wrong += reading.faults(at: place, codeProperty: options.codeProperty)
      if let first = seen[reading.code], !reading.code.isEmpty {
        let arguments = ["code": reading.code, "first": "features[\(first)]"]
        wrong.append(
          Fault.Field(place + options.codeProperty, "area.code-twice", arguments))
      }
      seen[reading.code] = seen[reading.code] ?? index
      if let draft = reading.draft { drafts.append(draft) }
    }
    try wrong.throwIfAny("area.file-invalid")
    return drafts
  }

  /// One feature's properties.
  private struct Reading {
    let code: String
    private let name: String
    private let levelText: String
    private let level: AreaLevel?
    private let parent: String?
    private let shape: MultiPolygon?

    init(_ feature: GeoJSON.Feature, _ options: Options) {
      let text = { (key: String) in
        feature.properties[key].flatMap { $0.isEmpty ? nil : $0 }
      }
      code = text(options.codeProperty) ?? ""
      name = text("name") ?? ""
      levelText = text("level") ?? options.level?.rawValue ?? ""
      // A level the whole file is said to have beats what another maker wrote there.
      level = options.level ?? AreaLevel(rawValue: levelText)
      parent = text("parent") ?? options.parent
      shape = feature.shape
    }

    var draft: AreaDraft? {
      level.map { AreaDraft(code: code, name: name, level: $0, parent: parent, shape: shape) }
    }

    func faults(at place: String, codeProperty: String) -> [Fault.Field] {
      var faults = Code.faults(code: code, name: name, at: place).map { fault in
        fault.name == place + "code"
          ? Fault.Field(place + codeProperty, fault.code, fault.arguments) : fault
      }
      if levelText.isEmpty {
        faults.append(Fault.Field(place + "level", "value.missing"))
      } else if level == nil {
        faults.append(
          Fault.Field(
            place + "level", "area.level-unknown",
            ["value": levelText.brief, "known": AreaLevel.list]))
      }
      return faults
    }
  }
}

extension AreaLevel {
  /// 0 for the city: a parent's rank is lower than its children's.
  public var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
