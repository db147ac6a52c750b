import Base
import City

/// The people of the town as those who act, by what they do.
struct TownCast: Sendable {
  var intake: [Doer] = []
  var dispatchers: [Doer] = []
  var dutyOfficers: [Doer] = []
  /// By village, counted from 0.
  var patrollers: [Int: [Doer]] = [:]
  /// Those who handle cases, by organisation.
  var handlers: [ID<Organisation>: [Doer]] = [:]
  var leaders: [Doer] = []
  /// The officers of the centres above.
  var district: Doer?
  var city: Doer?
  /// The path of the town's centre.
  var path = ""
  /// The centre's first, then the unit's.
  var evaluators: [Doer] = []
  /// The codes of the units that cases may be sent to by mistake.
  var units: [String] = []

  /// The shifts of the centre: by day, evening and night, in turn.
  private static let shiftLength: Int64 = 8 * 3_600_000

  /// Who takes cases in at this time.
  func intake(at moment: Moment, _ hours: TownHours) throws -> Doer {
    try onShift(intake, moment, hours)
  }

  /// Who sends cases at this time: by night the officer on duty.
  func dispatcher(at moment: Moment, _ hours: TownHours) throws -> Doer {
    let hour = moment.local(in: hours.zone).hour
    return (8..<20).contains(hour)
      ? try onShift(dispatchers, moment, hours) : try dutyOfficer(at: moment, hours)
  }

  /// Who reads the answers to callers.
  func reader(at moment: Moment, _ hours: TownHours) throws -> Doer {
    try onShift(dispatchers, moment, hours)
  }

  func dutyOfficer(at moment: Moment, _ hours: TownHours) throws -> Doer {
    try onShift(dutyOfficers, moment, hours)
  }

  func patroller(in village: Int, _ dice: inout SeededGenerator) throws -> Doer {
    guard let patroller = dice.pick(patrollers[village] ?? []) else { throw TownFault.nobody }
    return patroller
  }

  /// Somebody who handles cases for an organisation.
  func member(of organisation: ID<Organisation>, _ dice: inout SeededGenerator) throws -> Doer {
    guard let member = dice.pick(handlers[organisation] ?? []) else {
      throw TownFault.nobodyBelongs(to: organisation)
    }
    return member
  }

  /// A unit that a case does not belong to.
  func anotherUnit(than code: String, _ dice: inout SeededGenerator) -> String? {
    dice.pick(units.filter { $0 != code })
  }

  private func onShift(_ people: [Doer], _ moment: Moment, _ hours: TownHours) throws -> Doer {
    guard !people.isEmpty else { throw TownFault.nobody }
    let midnight = moment.local(in: hours.zone).day.start(in: hours.zone)
    let turn = moment.local(in: hours.zone).day.number + Int((moment - midnight) / Self.shiftLength)
    return people[turn % people.count]
  }
}
