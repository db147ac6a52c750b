import Base

/// A place in the town with its address.
public struct TownPlace: Equatable, Sendable {
  public let point: Point
  /// The code of the unit grid.
  public let unitGrid: String
  /// The area path of the unit grid.
  public let path: String
  /// With the town's name: `云浦镇汇龙村陆家宅27号`.
  public let address: String
  /// Without it, as people say where something is: `汇龙村陆家宅27号门前`.
  public let spoken: String
}

extension TownGeography {
  /// A place in a village where something may be reported: mostly near a hamlet's houses, else
  /// anywhere in its fields. Never on a border.
  public func randomPlace(
    in village: Village, using generator: inout SeededGenerator
  ) -> TownPlace {
    let index = generator.number(in: 0...(village.unitGrids.count - 1))
    let grid = village.unitGrids[index]
    let point = point(in: grid, using: &generator)
    let spoken = spoken(in: village, hamlet: village.names.hamlets[index], using: &generator)
    return TownPlace(
      point: point, unitGrid: grid.code, path: grid.path, address: town.name + spoken,
      spoken: spoken)
  }

  private func point(in grid: TownArea, using generator: inout SeededGenerator) -> Point {
    let box = grid.shape.box
    let middle = Metres(grid.centre, from: Self.origin)
    // A cell is about as wide as it is high, so that a try succeeds more often than not.
    for attempt in 0..<200 {
      let isHamlet = attempt < 100 && generator.chance(0.7)
      let point =
        isHamlet
        ? Metres(
          east: middle.east + generator.normal() * 160,
          north: middle.north + generator.normal() * 90
        ).point(from: Self.origin)
        : Point(
          latitude: generator.number(in: box.south...box.north),
          longitude: generator.number(in: box.west...box.east))
      if grid.shape.containment(of: point) == .inside { return point }
    }
    return grid.centre
  }

  private func spoken(
    in village: Village, hamlet: String, using generator: inout SeededGenerator
  ) -> String {
    let names = village.names
    let number = generator.number(in: 1...98)
    let road = generator.pick(names.roads) ?? hamlet
    let beside = generator.pick(Self.besides) ?? ""
    let prefix = village.isTownCentre ? "" : village.name
    switch generator.place(in: [5, 3, 2, 1.2, 1]) {
    case 0 where village.isTownCentre && hamlet != "老街":
      return "\(hamlet)\(number % 24 + 1)号楼\(generator.pick(Self.housings) ?? "")"
    case 0: return "\(prefix)\(hamlet)\(number)号\(beside)"
    case 1: return "\(prefix)\(road)\(number * 7 + 3)号\(beside)"
    case 2: return (generator.pick(names.sights) ?? prefix) + (generator.pick(Self.near) ?? "")
    case 3:
      let other = names.roads.first { $0 != road } ?? "云浦公路"
      return "\(road)\(other)路口\(generator.pick(Self.corners) ?? "")"
    default: return "\(prefix)\(generator.pick(names.rivers) ?? hamlet)\(hamlet)段"
    }
  }

  private static let besides = ["", "", "门前", "东侧", "西侧", "屋后", "对面", "北侧"]
  private static let housings = ["", "", "楼下", "北侧绿化带", "单元门口", "地下车库入口", "东侧通道"]
  private static let near = ["附近", "门口", "旁", "东侧", "南侧路边", "对面"]
  private static let corners = ["", "东北角", "西南角", "东侧", "往南50米"]
}
