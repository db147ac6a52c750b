/// How much happens in the town in the time that is built.
struct TownVolume: Sendable, Equatable {
  /// Checks of one sort, and how many of them found something unlawful.
  struct Checks: Sendable, Equatable {
    let all: Int
    let unlawful: Int
  }

  /// Days up to and with the present one.
  let days: Int
  /// What patrollers find of all kinds; where `withoutMay`, outside May.
  let patrol: Int
  let buildings: Checks
  let landUses: Checks
  let hotline: Int
  let resident: Int
  let mediation: Int
  let inspection: Int
  let camera: Int
  let upper: Int
  /// Whether the counts of patrols leave May out, which then has its own at the same rate.
  let withoutMay: Bool

  /// The year of a town of 11 villages and a committee with 26 patrollers: what its published
  /// self-evaluation of 2023 counts, which leaves May out for a fault of the platform; and of other
  /// channels what towns of that size have.
  static let year = TownVolume(
    days: 365, patrol: 21_388, buildings: Checks(all: 2_850, unlawful: 7),
    landUses: Checks(all: 889, unlawful: 3), hotline: 2_600, resident: 760, mediation: 260,
    inspection: 190, camera: 170, upper: 120, withoutMay: true)

  /// A fortnight in which there is something of everything, for tests.
  static let fortnight = TownVolume(
    days: 14, patrol: 208, buildings: Checks(all: 18, unlawful: 1),
    landUses: Checks(all: 7, unlawful: 1), hotline: 62, resident: 24, mediation: 10,
    inspection: 6, camera: 5, upper: 5, withoutMay: false)
}
