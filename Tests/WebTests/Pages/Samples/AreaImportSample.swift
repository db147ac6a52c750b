import Base

@testable import City
@testable import Web

extension AreaImportPage {
  static let empty = AreaImportPage(form: AreaImportForm())

  private static let findings = [
    AreaFinding(
      kind: .crossing, area: "V<1>", other: nil, share: nil,
      place: Point(latitude: 31.4, longitude: 121.1)),
    AreaFinding(
      kind: .outside, area: "V1", other: "T", share: 0.25, place: nil, name: "北<村>",
      otherName: "镇"),
    AreaFinding(kind: .overlap, area: "V1", other: "V2", share: 0.0004, place: nil),
  ]

  private static func map(_ label: String) -> MapView {
    var view = MapView(label: .key(label))
    view.points = [.init(longitude: 121.1, latitude: 31.4, label: "261121-00042")]
    return view
  }

  static let sample = AreaImportPage(
    form: AreaImportForm(),
    report: Report(
      isDryRun: true, summary: TreeImportSummary(), findings: findings, movedCount: 2,
      hasMoved: false,
      moved: [
        .init(
          id: ID(1), number: "261121-00042", from: "V1",
          place: Point(latitude: 31.4, longitude: 121.1), to: "V2"),
        .init(
          id: ID(2), number: "261121-00043", from: "V1",
          place: Point(latitude: 31.4, longitude: 121.1), to: nil),
      ], before: map("area-import.before"), after: map("area-import.after")))

  static let refused = AreaImportPage(
    form: AreaImportForm(isDryRun: false),
    fault: Fault(.invalid, "area.check-failed", fields: findings.map(\.field)))
}
