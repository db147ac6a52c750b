import Base
import City

/// The photographs of the town: drawn once, attached to many cases, kept once by their content.
struct TownPhotographs: Sendable {
  private let kept: [EvidenceRule.Subject: [Blob]]

  /// Draws and keeps them.
  init(seed: UInt64, in blobs: BlobStore) throws {
    var kept: [EvidenceRule.Subject: [Blob]] = [:]
    var dice = SeededGenerator(seed: seed, for: "photographs")
    for subject in EvidenceRule.Subject.allCases {
      kept[subject] = try (0..<Self.variety).map { _ in
        let picture =
          subject == .document
          ? Self.paper(&dice) : Self.street(&dice, isTidy: subject == .after)
        return try blobs.keep(picture.bytes)
      }
    }
    self.kept = kept
  }

  /// How many different ones there are of each sort.
  static let variety = 6

  /// Different ones of a sort, each with the name of its file; at most as many as there are. The
  /// same file twice would count once.
  func some(
    _ count: Int, of subject: EvidenceRule.Subject, _ dice: inout SeededGenerator
  ) -> [(blob: Blob, name: String)] {
    guard let all = kept[subject], !all.isEmpty else { return [] }
    let first = dice.number(in: 0...(all.count - 1))
    return (0..<min(count, all.count)).map { place in
      let number = dice.number(in: 1000...9999)
      let name = subject == .document ? "SCAN_\(number).png" : "IMG_\(number).png"
      return (all[(first + place) % all.count], name)
    }
  }

  // MARK: - Drawing

  private static let size = (width: 320, height: 240)
  private static let sky = 0
  private static let ground = 16
  private static let wall = 32
  private static let (roof, window, road, line, leaf, trunk, litter) = (40, 41, 42, 43, 44, 48, 50)

  private typealias Colour = (UInt8, UInt8, UInt8)

  /// 16 shades of sky, 16 of ground and 8 of walls, then what stands on it.
  private static var palette: [Colour] {
    shades(16, from: (150, 190, 230), by: (5, 3, 1))
      + shades(16, from: (120, 140, 96), by: (-2, -3, -2))
      + shades(8, from: (226, 220, 204), by: (-9, -10, -9)) + things
  }

  private static func shades(
    _ count: Int, from first: (Int, Int, Int), by step: (Int, Int, Int)
  ) -> [Colour] {
    (0..<count).map { place -> Colour in
      let red = first.0 + place * step.0
      let green = first.1 + place * step.1
      let blue = first.2 + place * step.2
      return (UInt8(red), UInt8(green), UInt8(blue))
    }
  }

  private static let things: [Colour] = [
    (96, 74, 70), (74, 92, 112), (112, 114, 118), (222, 220, 206), (62, 112, 58), (78, 130, 66),
    (96, 144, 74), (52, 94, 52), (98, 76, 54), (82, 64, 48), (186, 66, 52), (58, 58, 64),
    (206, 196, 170), (70, 104, 158), (140, 104, 70), (176, 176, 182),
  ]

  private static func street(_ dice: inout SeededGenerator, isTidy: Bool) -> PictureFile {
    var picture = PictureFile(width: size.width, height: size.height, palette: palette)
    let horizon = dice.number(in: 96...116)
    for row in 0..<size.height {
      let shade = row < horizon ? row * 15 / horizon : (row - horizon) * 15 / (240 - horizon)
      picture.fill(0..<size.width, row..<(row + 1), (row < horizon ? sky : ground) + shade)
    }
    houses(&picture, &dice, on: horizon + 8)
    road(&picture, from: horizon + 8)
    for _ in 0..<dice.number(in: 2...5) { tree(&picture, &dice, on: horizon) }
    if !isTidy { heap(&picture, &dice) }
    return picture
  }

  private static func houses(
    _ picture: inout PictureFile, _ dice: inout SeededGenerator, on floor: Int
  ) {
    var left = -dice.number(in: 0...30)
    while left < size.width {
      let (wide, high) = (dice.number(in: 44...84), dice.number(in: 36...78))
      let shade = wall + dice.number(in: 0...7)
      picture.fill(left..<(left + wide), (floor - high)..<floor, shade)
      picture.fill((left - 3)..<(left + wide + 3), (floor - high - 7)..<(floor - high), roof)
      for x in stride(from: left + 8, to: left + wide - 12, by: 20) {
        for y in stride(from: floor - high + 8, to: floor - 16, by: 22) {
          picture.fill(x..<(x + 10), y..<(y + 13), window)
        }
      }
      left += wide + dice.number(in: 4...34)
    }
  }

  private static func road(_ picture: inout PictureFile, from top: Int) {
    for row in top..<size.height {
      let half = 24 + (row - top) * 5 / 4
      picture.fill((150 - half)..<(150 + half), row..<(row + 1), road)
      if row / 14 % 2 == 0 { picture.fill(149..<(151 + (row - top) / 40), row..<(row + 1), line) }
    }
  }

  private static func tree(
    _ picture: inout PictureFile, _ dice: inout SeededGenerator, on horizon: Int
  ) {
    let x = dice.chance(0.5) ? dice.number(in: 0...60) : dice.number(in: 250...319)
    let foot = horizon + dice.number(in: 24...60)
    picture.fill((x - 2)..<(x + 3), (foot - 44)..<foot, trunk)
    for _ in 0..<5 {
      let middle = (x: x + dice.number(in: -12...12), y: foot - 48 + dice.number(in: -12...8))
      picture.ellipse(middle, (x: 13, y: 11), leaf + dice.number(in: 0...3))
    }
  }

  /// Something that should not lie there.
  private static func heap(_ picture: inout PictureFile, _ dice: inout SeededGenerator) {
    let middle = (x: dice.number(in: 90...230), y: dice.number(in: 170...205))
    for _ in 0..<dice.number(in: 14...30) {
      let x = middle.x + Int(dice.normal() * 22)
      let y = middle.y + Int(dice.normal() * 9)
      let colour = litter + dice.number(in: 0...5)
      if dice.chance(0.4) {
        let radius = (x: dice.number(in: 4...11), y: dice.number(in: 3...8))
        picture.ellipse((x: x, y: y), radius, colour)
      } else {
        let (wide, high) = (dice.number(in: 5...20), dice.number(in: 4...12))
        picture.fill(x..<(x + wide), y..<(y + high), colour)
      }
    }
  }

  /// A page with a heading, lines and a red seal.
  private static func paper(_ dice: inout SeededGenerator) -> PictureFile {
    let inks: [Colour] = [(250, 248, 242), (70, 70, 74), (150, 150, 154), (200, 40, 36)]
    var picture = PictureFile(width: 240, height: 320, palette: inks)
    picture.fill(60..<180, 26..<38, 1)
    picture.fill(92..<148, 46..<51, 2)
    var row = 72
    while row < 250 {
      let isLast = dice.chance(0.25)
      let end = isLast ? dice.number(in: 90...200) : 212
      picture.fill(28..<end, row..<(row + 5), 2)
      row += isLast ? 18 : 12
    }
    let middle = (x: 168 + dice.number(in: -10...10), y: 268 + dice.number(in: -6...6))
    picture.ellipse(middle, (x: 30, y: 30), 3, rim: 3)
    picture.ellipse(middle, (x: 7, y: 7), 3)
    picture.fill(130..<206, 282..<286, 1)
    return picture
  }
}
