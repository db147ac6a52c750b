import Base
import City

/// Which kinds come by which channel, how often, and in which months more.
struct KindMix: Sendable {
  private let codes: [String]
  private let weights: [Double]

  private init(_ shares: [(code: String, weight: Double)]) {
    codes = shares.map(\.code)
    weights = shares.map(\.weight)
  }

  /// The code of a kind for a report in a month, 1…12.
  func kind(in month: Int, _ dice: inout SeededGenerator) -> String {
    let seasonal = zip(codes, weights).map { code, weight in
      weight * (Self.seasons[code]?[month - 1] ?? 1)
    }
    return codes[dice.place(in: seasonal)]
  }

  /// All codes that may come.
  var all: [String] { codes }

  static let newBuilding = "E0701"
  static let landUse = "E0702"

  /// What patrollers find besides new buildings and uses of land.
  static let patrol = KindMix([
    ("E0102", 24), ("E0507", 15), ("E0601", 11), ("E0506", 8), ("E0202", 7), ("E0504", 6.5),
    ("E0505", 6), ("E0501", 5), ("C0401", 4), ("E0110", 3), ("E0801", 3), ("C0102", 1.5),
    ("C0101", 1.2), ("E0115", 1), ("E0302", 0.8), ("E0802", 0.8), ("E0803", 0.8), ("E0406", 0.6),
    ("C0103", 0.5), ("E0703", 0.3), ("E0602", 0.2), ("E0704", 0.15),
    ("E0104", 2.5), ("E0901", 1.5), ("E0804", 1), ("C0104", 0.9), ("C0411", 0.5),
  ])

  static let hotline = KindMix([
    ("H0101", 17), ("H0402", 12), ("H0401", 11), ("H0201", 7), ("H0301", 7), ("H0403", 7),
    ("H0404", 6), ("H0410", 6), ("H0405", 5), ("H0407", 5), ("H0411", 5), ("E0102", 4),
    ("H0406", 3), ("H0408", 3), ("H0409", 3), ("E0505", 3), ("E0703", 3), ("E0803", 2.5),
    ("E0110", 2.5), ("C0102", 2), ("E0507", 1.5), ("H0501", 1.5), ("E0704", 1), ("E0501", 1),
    ("E0909", 1.5), ("C0411", 0.8),
  ])

  static let resident = KindMix([
    ("E0102", 18), ("E0505", 12), ("E0110", 10), ("C0102", 9), ("E0506", 7), ("E0803", 7),
    ("E0507", 6), ("H0201", 6), ("C0101", 5), ("C0401", 4), ("E0406", 4), ("E0501", 4),
    ("E0801", 3), ("H0403", 3), ("E0601", 2),
  ])

  static let mediation = KindMix([
    ("H0101", 5), ("H0402", 5), ("H0401", 4), ("H0301", 4), ("H0405", 4), ("H0411", 3),
    ("H0201", 2), ("H0410", 2),
  ])

  /// What ends in an agreement at the mediators' table, and what in an answer.
  static let agreed = KindMix([("M0104", 14), ("M0103", 3)])
  static let answered = KindMix([("M0102", 3), ("M0101", 2)])

  static let inspection = KindMix([
    ("E0802", 6), ("E0801", 4), ("E0302", 3), ("E0602", 1), ("E0703", 1),
    ("S0103", 2), ("S0101", 1.5),
  ])

  static let camera = KindMix([
    ("E0505", 6), ("E0102", 4), ("E0801", 3), ("E0601", 2), ("E0406", 2), ("E0302", 1),
    ("E0115", 1),
  ])

  static let upper = KindMix([
    ("E0102", 4), ("E0703", 2), ("H0501", 2), ("E0110", 2), ("E0302", 2), ("E0601", 2),
    ("H0407", 1), ("H0411", 1), ("P0101", 2), ("P0201", 2), ("P0301", 1),
  ])

  /// What the centres above send down.
  static let above = KindMix([
    ("E0110", 4), ("E0703", 3), ("E0803", 2), ("E0302", 2), ("E0704", 1),
  ])

  /// How much more than usual in each month: straw burns after the harvests, water stands in the
  /// plum rains and typhoons, weeds drift in summer, dust flies in dry winters.
  private static let seasons: [String: [Double]] = [
    "E0115": [0.2, 0.2, 0.4, 0.6, 2.2, 2.6, 0.4, 0.3, 0.6, 2.2, 2.4, 0.6],
    "E0406": [0.1, 0.2, 0.3, 0.5, 0.7, 2.8, 3.2, 2.8, 1.6, 0.4, 0.2, 0.1],
    "E0601": [0.6, 0.6, 0.8, 0.9, 1.1, 1.3, 1.5, 1.5, 1.3, 1.0, 0.8, 0.6],
    "C0401": [0.7, 0.7, 1.2, 1.1, 1.0, 1.0, 1.7, 1.7, 1.1, 0.8, 0.7, 0.7],
    "E0302": [1.3, 1.1, 1.2, 1.1, 1.0, 0.6, 0.7, 0.8, 0.9, 1.2, 1.3, 1.3],
    "H0402": [0.7, 0.6, 0.8, 0.9, 1.1, 1.3, 1.5, 1.5, 1.1, 0.9, 0.8, 0.7],
    "H0404": [1.5, 1.2, 0.7, 0.7, 0.8, 1.0, 1.6, 1.6, 0.9, 0.7, 0.7, 1.2],
    "H0409": [0.8, 0.9, 1.3, 1.0, 1.2, 1.5, 1.1, 1.6, 1.1, 0.7, 0.6, 0.6],
    "H0405": [2.4, 1.4, 0.7, 0.7, 0.7, 0.8, 0.8, 0.8, 0.8, 0.8, 1.0, 1.6],
  ]
}
