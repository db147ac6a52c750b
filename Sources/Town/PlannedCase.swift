import Base
import City

/// One matter that will come up in the town.
struct PlannedCase: Sendable, Equatable {
  let reportedAt: Moment
  let channel: Channel
  /// The code of its kind.
  let kind: String
  /// Which of the town's villages, counted from 0.
  var village: Int
  /// What the check of a building or of a use of land found.
  var isUnlawful = false
  /// Handled by the patroller who found it, in the same visit.
  var isOnTheSpot = false
  /// How it is settled at the mediators' table; nil for what is not brought there, or not settled yet.
  var settlement: Settlement?
  /// A turn that it takes beside its way.
  var turn: PlannedTurn?
  var level = PlannedLevel.town
  /// Where it waits for somebody at the end of the year; nil for what goes its way.
  var wait: Wait?
}

extension PlannedCase {
  /// What a mediation comes to.
  struct Settlement: Sendable, Equatable {
    var outcome = MediationResult.Outcome.settled
    var agreement = MediationResult.Agreement.none
    /// In yuan; nil where no money is concerned.
    var amount: Int?
    var sessions = 1
  }
}

extension PlannedCase {
  /// A case that people find waiting when they sign in: it goes its way briskly and stops.
  struct Wait: Sendable, Equatable {
    enum Detour: Sendable, Equatable {
      /// Given back once by the unit.
      case returned
      /// Given back until somebody has to decide whose it is.
      case disputed
      /// Done once and found wanting.
      case reworked
      /// More time is asked for, and nobody has answered.
      case asksForTime
      /// A leader asked, and nobody has answered.
      case supervised
      /// The unit does not want to be scored by it, and nobody has decided.
      case appealed
    }

    let state: CaseState
    var detour: Detour?
  }
}

/// The cases that wait at the end of the year, so that whoever signs in finds work in every state,
/// some of it late and some of it soon to be.
struct WaitingCase: Sendable {
  let state: CaseState
  let channel: Channel
  let kind: String
  /// How long ago it was reported, in minutes; several cases where there are several.
  let ages: [Int]
  var detour: PlannedCase.Wait.Detour?

  private init(
    _ state: CaseState, _ channel: Channel, _ kind: String, _ ages: [Int],
    _ detour: PlannedCase.Wait.Detour? = nil
  ) {
    self.state = state
    self.channel = channel
    self.kind = kind
    self.ages = ages
    self.detour = detour
  }

  private static let hour = 60
  private static let day = 1440

  /// Ages beside the limits of the kinds that ship: acceptance 10 or 30 minutes, filing and dispatch
  /// an hour, handling from 2 hours to days; for orders of the hotline working hours and days.
  static let all: [WaitingCase] = intake + dispatch + units + ends

  /// The desk of the intake operators: to be accepted, to be filed.
  private static let intake = [
    WaitingCase(.reported, .hotline, "H0402", [4, 31]),
    WaitingCase(.reported, .hotline, "H0403", [9]),
    WaitingCase(.reported, .resident, "E0102", [6, 24]),
    WaitingCase(.reported, .resident, "C0102", [13]),
    WaitingCase(.reported, .patrol, "E0507", [11]),
    WaitingCase(.reported, .camera, "E0505", [52]),
    WaitingCase(.accepted, .hotline, "H0404", [16]),
    WaitingCase(.accepted, .hotline, "H0410", [55]),
    WaitingCase(.accepted, .resident, "E0803", [22, 58]),
    WaitingCase(.accepted, .upper, "E0302", [37]),
    WaitingCase(.checking, .resident, "E0102", [35, 290]),
    WaitingCase(.checking, .camera, "E0505", [95]),
    WaitingCase(.accepted, .patrol, "E0601", [100]),
  ]

  /// The dispatchers' desk: to be sent, sent again, granted more time.
  private static let dispatch = [
    WaitingCase(.filed, .patrol, "E0110", [20]),
    WaitingCase(.filed, .patrol, "E0504", [33]),
    WaitingCase(.filed, .resident, "E0803", [62]),
    WaitingCase(.filed, .inspection, "E0802", [48]),
    WaitingCase(.filed, .hotline, "H0501", [75]),
    WaitingCase(.filed, .patrol, "E0202", [130]),
    WaitingCase(.filed, .patrol, "E0703", [90], .returned),
    WaitingCase(.filed, .patrol, "E0110", [100], .disputed),
    WaitingCase(.filed, .hotline, "H0402", [130], .disputed),
    WaitingCase(.handling, .patrol, "E0110", [3 * day, 5 * day], .asksForTime),
    WaitingCase(.handling, .hotline, "H0401", [4 * day], .asksForTime),
  ]

  /// The desks of the units.
  private static let units = [
    WaitingCase(.dispatched, .patrol, "C0101", [26]),
    WaitingCase(.dispatched, .resident, "C0102", [3 * hour]),
    WaitingCase(.dispatched, .patrol, "E0110", [40, 5 * hour]),
    WaitingCase(.dispatched, .patrol, "E0102", [70]),
    WaitingCase(.dispatched, .camera, "E0505", [2 * hour]),
    WaitingCase(.dispatched, .patrol, "E0507", [4 * hour]),
    WaitingCase(.dispatched, .patrol, "C0401", [6 * hour]),
    WaitingCase(.dispatched, .hotline, "H0405", [5 * hour]),
    WaitingCase(.dispatched, .hotline, "H0408", [2 * hour]),
    WaitingCase(.handling, .resident, "C0101", [460, 11 * hour]),
    WaitingCase(.handling, .patrol, "C0102", [day, 9 * day]),
    WaitingCase(.handling, .patrol, "E0110", [2 * day, 11 * day]),
    WaitingCase(.handling, .resident, "E0406", [350, 8 * hour]),
    WaitingCase(.handling, .patrol, "E0102", [710, 15 * hour]),
    WaitingCase(.handling, .patrol, "E0501", [225]),
    WaitingCase(.handling, .patrol, "E0801", [3 * hour]),
    WaitingCase(.handling, .patrol, "E0601", [6 * hour, 4 * day]),
    WaitingCase(.handling, .hotline, "H0402", [2 * day]),
    WaitingCase(.handling, .hotline, "H0403", [day], .reworked),
    WaitingCase(.handling, .hotline, "H0405", [3 * day]),
    WaitingCase(.handling, .hotline, "H0411", [12 * day]),
    WaitingCase(.handling, .mediation, "H0402", [20 * hour]),
    WaitingCase(.handling, .mediation, "M0104", [6 * hour, 2 * day]),
    WaitingCase(.handling, .patrol, "E0110", [4 * day], .supervised),
    WaitingCase(.handling, .hotline, "H0402", [3 * day], .supervised),
    WaitingCase(.closed, .patrol, "E0110", [6 * day], .appealed),
    WaitingCase(.suspended, .patrol, "E0110", [3 * day]),
    WaitingCase(.suspended, .patrol, "E0703", [10 * day]),
    WaitingCase(.suspended, .resident, "C0102", [2 * day]),
    WaitingCase(.suspended, .hotline, "H0401", [4 * day]),
  ]

  /// Handled, to be verified by patrollers and dispatchers; then to be closed and called back.
  private static let ends = [
    WaitingCase(.handled, .patrol, "E0507", [4 * hour, 9 * hour]),
    WaitingCase(.handled, .resident, "E0102", [5 * hour]),
    WaitingCase(.handled, .patrol, "E0504", [7 * hour]),
    WaitingCase(.handled, .patrol, "E0601", [5 * day]),
    WaitingCase(.handled, .hotline, "H0402", [day]),
    WaitingCase(.handled, .hotline, "H0410", [6 * hour]),
    WaitingCase(.verified, .patrol, "E0110", [day]),
    WaitingCase(.verified, .resident, "C0401", [8 * hour]),
    WaitingCase(.verified, .hotline, "H0407", [2 * day]),
    WaitingCase(.verified, .patrol, "E0202", [6 * day]),
    WaitingCase(.closed, .hotline, "H0101", [9 * hour]),
    WaitingCase(.closed, .hotline, "H0404", [day]),
    WaitingCase(.closed, .resident, "H0201", [7 * hour]),
    WaitingCase(.closed, .hotline, "H0301", [5 * day]),
  ]
}
