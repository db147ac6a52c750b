import Base
import City
import Store

/// A place for tests: a district, its town and two villages side by side, a centre and its units.
public enum SmallTown {
  /// The paths of the two villages.
  public static let villages = ["310114/T/V1/", "310114/T/V2/"]

  public static func build(in tx: Transaction) throws {
    let west = 121.1
    try area("310114", .district, nil, west...west + 0.2, in: tx)
    try area("T", .town, "310114", west...west + 0.2, in: tx)
    try area("V1", .villageGrid, "T", west...west + 0.1, in: tx)
    try area("V2", .villageGrid, "T", west + 0.1...west + 0.2, in: tx)
    try organisation("grid-centre", .centre, in: tx)
    for unit in ["roads", "sanitation", "city-management", "market", "patrol"] {
      try organisation(unit, .unit, in: tx)
    }
  }

  public static func organisation(
    _ code: String, _ kind: OrganisationKind, area: String? = nil, below parent: String? = nil,
    in tx: Transaction
  ) throws {
    try OrganisationDesk.add(
      OrganisationDraft(
        code: code, name: code, kind: kind,
        parent: parent ?? (kind == .centre ? nil : "grid-centre"), area: area), by: .command, in: tx
    )
  }

  /// A report in the first or the second village.
  public static func report(
    _ kind: String = "T0001", _ channel: Channel = .hotline, village: Int = 0,
    title: String = "路面有一个大坑"
  ) -> CaseReport {
    var report = CaseReport(kind: kind, channel: channel, title: title)
    report.latitude = 31.45
    report.longitude = 121.15 + Double(village) * 0.1
    return report
  }

  /// A rectangle between two meridians.
  private static func area(
    _ code: String, _ level: AreaLevel, _ parent: String?, _ east: ClosedRange<Double>,
    in tx: Transaction
  ) throws {
    let corners = [
      (31.4, east.lowerBound), (31.4, east.upperBound), (31.5, east.upperBound),
      (31.5, east.lowerBound), (31.4, east.lowerBound),
    ]
    let ring = corners.map { Point(latitude: $0.0, longitude: $0.1) }
    try AreaDesk.add(
      AreaDraft(
        code: code, name: code, level: level, parent: parent,
        shape: MultiPolygon([Polygon(outer: ring)])), by: .command, in: tx)
  }
}
