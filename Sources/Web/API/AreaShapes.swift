import Base
import City

struct AreaList: Encodable {
  let areas: [AreaOut]
}

struct AreaOut: Encodable {
  let id: String
  let parent: String?
  let level: String
  let code: String
  let name: String
  let path: String

  init(_ area: Area) {
    id = area.id.description
    parent = area.parent?.description
    level = area.level.rawValue
    code = area.code
    name = area.name
    path = area.path
  }
}

/// An area to be added; its boundary comes by an address of its own.
struct AreaIn: JSONBody {
  let code: String
  let name: String
  let level: AreaLevel
  /// The code of the area above.
  let parent: String?

  static let keys: Set<String> = ["code", "name", "level", "parent"]
  static let expected: [String: JSONExpected] = [
    "level": .choice(AreaLevel.allCases.map(\.rawValue))
  ]

  var draft: AreaDraft { AreaDraft(code: code, name: name, level: level, parent: parent) }
}

/// What of an area may be changed.
struct AreaEditIn: JSONBody {
  let name: String

  static let keys: Set<String> = ["name"]
  static let expected: [String: JSONExpected] = [:]
}

/// What an import of areas did, or would do.
public struct AreaImportOut: Encodable, Sendable {
  let isDryRun: Bool
  let read: Int
  let added: Int
  let changed: Int
  let unchanged: Int
  let findings: [Finding]
  /// How many running cases lie in another area.
  let movedCases: Int
  /// Whether their area was changed.
  let hasMoved: Bool
  /// The first of them.
  let cases: [Moved]

  struct Finding: Encodable, Sendable {
    let kind: String
    let area: String
    let other: String?
    /// In percent.
    let share: String?
    let latitude: Double?
    let longitude: Double?
    let isTolerated: Bool

    init(_ finding: AreaFinding) {
      kind = finding.kind.rawValue
      area = finding.area
      other = finding.other
      share = finding.share.map(AreaFinding.percent)
      latitude = finding.place?.latitude
      longitude = finding.place?.longitude
      isTolerated = finding.isTolerated
    }

    /// A line for a terminal.
    var line: String {
      let grade = isTolerated ? "within the tolerance" : "WRONG"
      guard let share, let other else {
        let place = [latitude, longitude].compactMap { $0.map { "\($0)" } }
        return "\(grade): \(area) crosses itself at \(place.joined(separator: ", "))"
      }
      let verb = kind == "outside" ? "lies outside of" : "overlaps"
      return "\(grade): \(area) \(verb) \(other) by \(share) %"
    }
  }

  struct Moved: Encodable, Sendable {
    let id: String
    let number: String
    let from: String
    let to: String?
  }

  public init(_ report: AreaBringing.Report, isDryRun: Bool) {
    self.isDryRun = isDryRun
    read = report.summary.read
    added = report.summary.added
    changed = report.summary.changed
    unchanged = report.summary.unchanged
    findings = report.findings.map(Finding.init)
    movedCases = report.movedCount
    hasMoved = report.hasMoved
    cases = report.moved.map {
      Moved(id: $0.id.description, number: $0.number, from: $0.from, to: $0.to)
    }
  }

  /// Lines for a terminal.
  public var lines: [String] {
    var lines = [
      "\(read) read, \(added) added, \(changed) changed, \(unchanged) unchanged"
        + (isDryRun ? " (tried out; nothing was changed)" : "")
    ]
    lines += findings.map(\.line)
    guard movedCases > 0 else { return lines }
    lines.append(
      "\(movedCases) running cases lie elsewhere; "
        + (hasMoved ? "they were moved" : "they keep their area"))
    lines += cases.map { "\($0.number): \($0.from) -> \($0.to ?? "outside of every boundary")" }
    if cases.count < movedCases { lines.append("… and \(movedCases - cases.count) more") }
    return lines
  }
}
