/// How much happens in the town in the time that is built.
struct TownVolume: Sendable, Equatable {
  /// Checks of one sort, and how many of them found something unlawful.
  struct Checks: Sendable, Equatable {
    let all: Int
    let unlawful: Int
  }

  /// What was brought to the mediators' table: all that was settled there, and of it with an agreement in
  /// writing or by word, and the money of these in yuan.
  struct Mediations: Sendable, Equatable {
    let all: Int
    let written: Int
    let oral: Int
    let amount: Int
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
  /// Of a year those of January to October.
  let mediations: Mediations
  let inspection: Int
  let camera: Int
  let upper: Int
  /// Cases of the centres above that they send down to the town.
  let district: Int
  let city: Int
  /// Whether the counts of patrols leave May out, which then has its own at the same rate.
  let withoutMay: Bool

  /// The year of a town of 11 villages and a committee with 26 patrollers: what its published
  /// self-evaluation of 2023 counts, which leaves May out for a fault of the platform; the disputes that a
  /// neighbouring town's mediators settled in ten months; and of other channels what towns of that size have.
  static let year = TownVolume(
    days: 365, patrol: 21_388, buildings: Checks(all: 2_850, unlawful: 7),
    landUses: Checks(all: 889, unlawful: 3), hotline: 2_600, resident: 760, mediation: 200,
    mediations: Mediations(all: 89, written: 71, oral: 8, amount: 6_816_000),
    inspection: 190, camera: 170, upper: 120, district: 72, city: 28, withoutMay: true)

  /// A fortnight in which there is something of everything, for tests.
  static let fortnight = TownVolume(
    days: 14, patrol: 208, buildings: Checks(all: 18, unlawful: 1),
    landUses: Checks(all: 7, unlawful: 1), hotline: 62, resident: 24, mediation: 7,
    mediations: Mediations(all: 8, written: 5, oral: 1, amount: 96_400),
    inspection: 6, camera: 5, upper: 5, district: 5, city: 3, withoutMay: false)
}
