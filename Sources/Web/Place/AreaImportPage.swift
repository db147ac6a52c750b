import Base
import City

/// Boundaries are tried out and brought in: the file, what is wrong with it, and which running cases would
/// lie elsewhere, with a map before and after.
struct AreaImportPage: Page {
  static let template = "area-import"

  var form: AreaImportForm
  var fault: Fault?
  var report: Report?

  /// What the file does, or did.
  struct Report: Sendable {
    var isDryRun: Bool
    var summary: TreeImportSummary
    var findings: [AreaFinding]
    var movedCount: Int
    var hasMoved: Bool
    var moved: [AreaBringing.MovedCase]
    /// The names of areas by their codes.
    var names: [String: String] = [:]
    /// Boundaries as GeoJSON, with the running cases in it that lie elsewhere.
    var before: MapView?
    var after: MapView?
  }

  var title: Phrase { .key("area-import.title") }
  var section: Section? { .areas }
  var extras: [Extra] { report?.before == nil && report?.after == nil ? [] : [.map] }

  var parts: [String: any Shown] {
    [
      "form": form, "report": report, "fault": fault.map { Phrase($0) },
      "wrong": fault.map(\.fields).flatMap { fields in
        fields.isEmpty ? nil : fields.each { ["field": $0.name, "text": Phrase($0)] }
      },
    ]
  }
}

/// How a file is to be read, and what is to be done with it.
struct AreaImportForm: Sendable, Composed {
  var system = CoordinateSystem.wgs84
  var codeProperty = "code"
  var level = ""
  var parent = ""
  var isDryRun = true
  var accepts = false
  var moves = false

  var parts: [String: any Shown] {
    [
      "action": SiteURL.importAreas,
      "fields": fields.map { FieldView(field: $0, formID: "areas") },
    ]
  }

  private var fields: [Field] {
    [
      .radios(
        "what", "area-import.what",
        .worded("area-import.what", ["try", "bring"], chosen: isDryRun ? "try" : "bring")),
      .select(
        "system", "area-import.system",
        .worded(
          "area-import.system", CoordinateSystem.allCases.map(\.rawValue), chosen: system.rawValue),
        nothing: nil),
      .line(
        "codeProperty", "area-import.code", .init(value: codeProperty), half: true),
      .line("parent", "area-import.parent", .init(value: parent), half: true),
      .select(
        "level", "area-import.level",
        .worded("area-import.level", AreaLevel.allCases.map(\.rawValue), chosen: level),
        nothing: "area-import.level.file"),
      .checks(
        "options", "area-import.options",
        [
          .init(value: "accept", label: .key("area-import.accept"), isChosen: accepts),
          .init(value: "move", label: .key("area-import.move"), isChosen: moves),
        ]),
    ]
  }
}

extension AreaImportPage.Report: Composed {
  var parts: [String: any Shown] {
    let refused = findings.filter { !$0.isTolerated }.count
    return [
      "headline": Phrase.key(
        isDryRun ? "area-import.tried" : "area-import.done",
        [
          "read": .count(summary.read), "added": .count(summary.added),
          "changed": .count(summary.changed), "unchanged": .count(summary.unchanged),
        ]),
      "isBad": isDryRun && refused > 0,
      "verdict": findings.isEmpty
        ? Phrase.key("area-import.sound")
        : .key("area-import.findings", ["wrong": .count(refused), "all": .count(findings.count)]),
      "findings": findings.prefix(100).map { $0 }.each {
        [
          "text": Phrase(finding: $0), "isTolerated": $0.isTolerated,
        ]
      },
      "movedHeading": Phrase.key(
        movedCount == 0
          ? "area-import.moved.none"
          : hasMoved ? "area-import.moved.done" : "area-import.moved.kept",
        ["count": .count(movedCount)]),
      "hasMoved": movedCount > 0,
      "moved": moved.each {
        [
          "number": $0.number, "from": named($0.from),
          "to": $0.to.map { Phrase.plain(named($0)) } ?? .key("area-import.nowhere"),
        ]
      },
      "hasMaps": before != nil || after != nil, "before": before.map { ["map": $0] },
      "after": after.map { ["map": $0] },
    ]
  }
}

extension AreaImportPage.Report {
  private func named(_ code: String) -> String { names[code].map { "\($0)（\(code)）" } ?? code }
}

extension Phrase {
  /// What is wrong with a boundary.
  fileprivate init(finding: AreaFinding) { self.init(finding.field) }
}
