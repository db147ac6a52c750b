import Base
import City

/// A turn that a case takes beside its way. Each happens once.
enum PlannedTurn: String, Sendable, CaseIterable {
  /// A leader asks for an answer by a day.
  case supervised
  /// More time is asked for than a dispatcher grants.
  case furtherTime
  /// Three units give it back, and somebody decides whose it is.
  case disputed
  /// Whoever looks on the spot does not find it.
  case denied
  /// It goes on as part of another; some are parted again.
  case merged, parted
  /// It complains again of the matter of another.
  case linked
  /// It goes to a platform above or below; some come back.
  case transferred, cameBack
  /// The unit does not want to be scored by it.
  case appealGranted, appealRefused
  /// The caller complains with reason when asked.
  case complained
  /// What was found about how patrols reported it.
  case late, omitted, hidden, falselyReported
}

extension PlannedTurn {
  var finding: CaseFinding.Kind? {
    switch self {
    case .late: .late
    case .omitted: .omitted
    case .hidden: .hidden
    case .falselyReported: .false
    default: nil
    }
  }

  static let appeals: Set<PlannedTurn> = [.appealGranted, .appealRefused]

  /// How many cases take it in a year; the small town has of each one or two.
  var yearly: Int {
    switch self {
    case .supervised: 64
    case .furtherTime: 14
    case .disputed: 8
    case .denied: 12
    case .merged: 22
    case .parted: 6
    case .linked: 38
    case .transferred: 9
    case .cameBack: 5
    case .appealGranted: 17
    case .appealRefused: 21
    case .complained: 24
    case .late: 11
    case .omitted: 16
    case .hidden: 3
    case .falselyReported: 4
    }
  }

  /// Whether a case of a kind that came that way may take it.
  func suits(_ planned: PlannedCase, _ kind: CaseKind) -> Bool {
    let isTold = [.hotline, .resident].contains(planned.channel)
    switch self {
    case .supervised, .appealGranted, .appealRefused: return !kind.automaticDispatch
    case .furtherTime: return kind.extensions?.most != nil
    case .merged, .linked, .transferred, .cameBack: return isTold
    // The caller would be called too late, which hardly happens.
    case .parted: return isTold && !kind.contactedFirst
    case .disputed: return !kind.automaticDispatch && !kind.contactedFirst
    case .denied: return kind.isChecked(planned.channel)
    case .complained: return isTold && kind.calledBack
    // A patrol was late, or made it up; of what a resident had to tell, that it passed by.
    case .late, .falselyReported: return planned.channel == .patrol
    case .omitted, .hidden: return isTold && kind.nature != .order
    }
  }
}

/// Which centre a case belongs to.
enum PlannedLevel: Sendable, Equatable {
  case town
  /// Above the town, who send cases down to it.
  case district, city
}

extension PlanDraft {
  /// Cases of the centres above, which come down to the town level by level.
  mutating func addFromAbove() {
    let rhythm = frame.rhythm(.office)
    for (level, count) in [
      (PlannedLevel.district, frame.volume.district), (.city, frame.volume.city),
    ] {
      var dice = SeededGenerator(seed: frame.seed, for: "plan.\(level)")
      for _ in 0..<count {
        add(
          KindMix.above.kind(in: 1, &dice), level == .city ? .hotline : .upper,
          at: rhythm.moment(&dice), &dice
        ) { $0.level = level }
      }
    }
  }

  /// Deals out the turns among cases that have time for them before the present.
  mutating func dealTurns() {
    var dice = SeededGenerator(seed: frame.seed, for: "plan.turns")
    let isYear = frame.volume.days > 300
    let last = frame.today + Int64(isYear ? -12 : -6) * 86_400
    for turn in PlannedTurn.allCases {
      let suiting = cases.indices.filter { index in
        let planned = cases[index]
        guard planned.isPlain, planned.reportedAt < last,
          let kind = frame.catalogue[planned.kind]
        else { return false }
        return turn.suits(planned, kind)
      }
      // One turn is enough for a case.
      for index in suiting.shuffled(using: &dice).prefix(isYear ? turn.yearly : 2) {
        cases[index].turn = turn
      }
    }
  }
}

extension PlannedCase {
  /// Whether nothing else is in store for it.
  fileprivate var isPlain: Bool {
    level == .town && turn == nil && wait == nil && settlement == nil && !isOnTheSpot && !isUnlawful
  }
}
