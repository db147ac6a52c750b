import Base
import City

/// A duty grid of the town: it lies across the border of two villages, and a patroller of each whose right
/// reaches both walks it.
public struct TownDutyGrid: Sendable {
  public let code: String
  public let name: String
  /// The codes of the villages that it cuts across. The last patroller of each walks it, those of the first
  /// from the first day on and before the others.
  public let villages: [String]
  /// The codes of the unit grids that it consists of; empty for a boundary of its own.
  public let areas: [String]
  public let shape: Polygon?

  /// As an import takes it.
  public var draft: DutyGridDraft {
    DutyGridDraft(
      code: code, name: name, organisation: TownUnits.patrol,
      shape: shape.map { MultiPolygon([$0]) }, areas: areas)
  }

  /// One that consists of unit grids, and two with boundaries of their own: along the lane between two
  /// villages, and around the old street.
  static func all(on lattice: TownLattice) -> [TownDutyGrid] {
    [
      TownDutyGrid(
        code: "R1", name: "湾埝责任网格", villages: ["207", "209"],
        areas: ["20701", "20702", "20703", "20904"], shape: nil),
      TownDutyGrid(
        code: "R2", name: "棠石责任网格", villages: ["208", "211"], areas: [],
        shape: lattice.polygon(of: block(column: 5, row: 0))),
      TownDutyGrid(
        code: "R3", name: "老街责任网格", villages: ["001", "210"], areas: [],
        shape: lattice.polygon(of: block(column: 3, row: 1))),
    ]
  }

  /// Four cells, by the south-western one.
  private static func block(column: Int, row: Int) -> [TownLattice.Cell] {
    [(0, 0), (1, 0), (0, 1), (1, 1)].map {
      TownLattice.Cell(column: column + $0.0, row: row + $0.1)
    }
  }
}
