import Base

/// A river, a road or a street on the map of the town.
public struct TownLine: Sendable {
  /// What the line is drawn as.
  public enum Kind: String, Sendable, CaseIterable {
    case river, road, street
  }

  public let kind: Kind
  public let name: String
  public let points: [Point]

  /// Rivers and roads run where grids meet, as they do in the country.
  static func all(on lattice: TownLattice) -> [TownLine] {
    func east(_ row: Int, _ columns: ClosedRange<Int> = 0...8) -> [Point] {
      lattice.line(through: columns.map { TownLattice.Crossing(column: $0, row: row) })
    }
    func north(_ column: Int, _ rows: ClosedRange<Int> = 0...6) -> [Point] {
      lattice.line(through: rows.map { TownLattice.Crossing(column: column, row: $0) })
    }
    return [
      TownLine(kind: .river, name: "云浦河", points: east(2)),
      TownLine(kind: .river, name: "长堰港", points: north(1, 2...6)),
      TownLine(kind: .river, name: "芦汀港", points: north(6, 2...6)),
      TownLine(kind: .river, name: "市河", points: north(5, 0...4)),
      TownLine(kind: .road, name: "云浦公路", points: north(4)),
      TownLine(kind: .road, name: "沿江公路", points: east(5, 3...8)),
      TownLine(kind: .road, name: "西环路", points: north(2, 0...5)),
      TownLine(kind: .road, name: "镇中路", points: east(4, 0...8)),
      TownLine(kind: .street, name: "云浦大街", points: east(3, 3...5)),
    ]
  }
}
