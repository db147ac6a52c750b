import Base
import City
import Foundation

/// What will come up in the town, and when: every report of a period in the order of time. The same
/// for the same seed and present.
struct TownPlan: Sendable {
  /// What a plan is made for.
  struct Frame: Sendable {
    let seed: UInt64
    /// The end of the period; nothing is reported after it.
    let today: Moment
    let volume: TownVolume
    /// How much comes up in each village.
    let villages: [Double]
    let catalogue: Catalogue
    let calendar: WorkingCalendar
    let zone: TimeZone

    var firstDay: Day { today.local(in: zone).day + (1 - volume.days) }

    func rhythm(_ pattern: Rhythm.Pattern, days: (Day) -> Bool = { _ in true }) -> Rhythm {
      Rhythm(pattern, from: firstDay, to: today, calendar: calendar, zone: zone, days: days)
    }
  }

  /// By the time of the report.
  let cases: [PlannedCase]
  /// The first instant of the period.
  let start: Moment

  init(_ frame: Frame) {
    var draft = PlanDraft(frame)
    draft.addWaiting()
    draft.addPatrols()
    draft.addOthers()
    draft.addMediations()
    draft.addFromAbove()
    draft.dealTurns()
    start = frame.firstDay.start(in: frame.zone)
    cases = draft.cases.enumerated().sorted {
      ($0.element.reportedAt, $0.offset) < ($1.element.reportedAt, $1.offset)
    }.map(\.element)
  }
}

/// A plan in the making.
struct PlanDraft {
  let frame: TownPlan.Frame
  var cases: [PlannedCase] = []

  init(_ frame: TownPlan.Frame) { self.frame = frame }

  // MARK: - What waits at the end

  mutating func addWaiting() {
    var dice = SeededGenerator(seed: frame.seed, for: "plan.waiting")
    for waiting in WaitingCase.all {
      for age in waiting.ages {
        let moment = frame.today + Int64(-age * 60 - dice.number(in: 0...50))
        add(waiting.kind, waiting.channel, at: moment, &dice) {
          $0.wait = PlannedCase.Wait(state: waiting.state, detour: waiting.detour)
          // One village has enough to verify for whoever signs in as its patroller.
          if waiting.state == .handled { $0.village = 0 }
        }
      }
    }
  }

  // MARK: - Patrols

  /// What patrollers find: exactly as many as the volume says, May apart where it says so.
  mutating func addPatrols() {
    let counted = frame.rhythm(.patrol) { !isMay($0) }
    addPatrols(counted, share: 1, name: "counted", besides: cases.count { isCounted($0) })
    guard frame.volume.withoutMay else { return }
    let may = frame.rhythm(.patrol) { isMay($0) }
    let besides = cases.count { isPatrol($0) && !isCounted($0) }
    addPatrols(may, share: may.total / counted.total, name: "may", besides: besides)
  }

  private mutating func addPatrols(
    _ rhythm: Rhythm, share: Double, name: String, besides: Int
  ) {
    let volume = frame.volume
    var dice = SeededGenerator(seed: frame.seed, for: "plan.patrol.\(name)")
    let part = { (count: Int) in Int((Double(count) * share).rounded()) }
    for (kind, checks) in [
      (KindMix.newBuilding, volume.buildings), (KindMix.landUse, volume.landUses),
    ] {
      // Unlawful ones are so few that only the counted months have them.
      let unlawful = share == 1 ? places(checks.unlawful, of: checks.all, &dice) : []
      for index in 0..<part(checks.all) {
        addFound(kind, at: rhythm.moment(&dice), isUnlawful: unlawful.contains(index), &dice)
      }
    }
    let checks = part(volume.buildings.all) + part(volume.landUses.all)
    let rest = part(volume.patrol) - checks - besides
    for _ in 0..<max(0, rest) {
      let moment = rhythm.moment(&dice)
      addFound(KindMix.patrol.kind(in: month(moment), &dice), at: moment, &dice)
    }
  }

  private mutating func addFound(
    _ kind: String, at moment: Moment, isUnlawful: Bool = false, _ dice: inout SeededGenerator
  ) {
    let isOnTheSpot =
      !isUnlawful && frame.catalogue[kind]?.onTheSpot == true
      && dice.chance(Self.onTheSpot[kind] ?? 0.7)
    add(kind, isOnTheSpot ? .own : .patrol, at: moment, &dice) {
      $0.isOnTheSpot = isOnTheSpot
      $0.isUnlawful = isUnlawful
    }
  }

  /// How often a patroller settles it in the same visit.
  private static let onTheSpot = [
    "E0102": 0.74, "E0501": 0.6, "E0504": 0.78, "E0505": 0.55, "E0506": 0.88, "E0507": 0.68,
    "E0601": 0.55, "E0202": 0.82, "C0401": 0.3, "E0115": 0.6, "E0801": 0.55, "E0701": 0.84,
    "E0702": 0.8,
  ]

  /// As many different places as wanted among the first `count`.
  private func places(
    _ wanted: Int, of count: Int, _ dice: inout SeededGenerator
  ) -> Set<Int> {
    var places: Set<Int> = []
    while places.count < min(wanted, count) { places.insert(dice.number(in: 0...(count - 1))) }
    return places
  }

  private func isMay(_ day: Day) -> Bool { frame.volume.withoutMay && day.parts.month == 5 }

  private func isPatrol(_ planned: PlannedCase) -> Bool {
    planned.channel == .patrol || planned.channel == .own
  }

  private func isCounted(_ planned: PlannedCase) -> Bool {
    isPatrol(planned) && !isMay(planned.reportedAt.local(in: frame.zone).day)
  }

  // MARK: - Other channels

  mutating func addOthers() {
    let volume = frame.volume
    add(.hotline, volume.hotline, KindMix.hotline, .hotline)
    add(.resident, volume.resident, KindMix.resident, .hotline)
    add(.mediation, volume.mediation, KindMix.mediation, .office)
    add(.inspection, volume.inspection, KindMix.inspection, .office)
    add(.camera, volume.camera, KindMix.camera, .always)
    add(.upper, volume.upper, KindMix.upper, .office)
  }

  private mutating func add(
    _ channel: Channel, _ count: Int, _ mix: KindMix, _ pattern: Rhythm.Pattern
  ) {
    let rhythm = frame.rhythm(pattern)
    var dice = SeededGenerator(seed: frame.seed, for: "plan.\(channel.rawValue)")
    let waiting = cases.count { $0.channel == channel }
    for _ in 0..<max(0, count - waiting) {
      let moment = rhythm.moment(&dice)
      add(mix.kind(in: month(moment), &dice), channel, at: moment, &dice)
    }
  }

  private func month(_ moment: Moment) -> Int { moment.local(in: frame.zone).day.parts.month }

  mutating func add(
    _ kind: String, _ channel: Channel, at moment: Moment, _ dice: inout SeededGenerator,
    _ change: (inout PlannedCase) -> Void = { _ in }
  ) {
    var planned = PlannedCase(
      reportedAt: moment, channel: channel, kind: kind, village: dice.place(in: frame.villages))
    change(&planned)
    cases.append(planned)
  }
}
