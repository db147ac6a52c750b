import Base
import City

/// A case on its way: what it is, what fate has in store for it, and who has it.
struct Life: Sendable {
  let plan: PlannedCase
  let kind: CaseKind
  var dice: SeededGenerator
  var fate: Fate
  var id = ID<Case>(0)
  /// What was reported, in words.
  var told: TownReport?
  /// Who was asked to look on the spot.
  var checker: Doer?
  /// Who handles it for the unit that leads.
  var handler: Doer?
  /// Of the units that help, those that have not fed back.
  var helpers: [Doer] = []
  /// When the handling will be done; nil until that is known.
  var handlingEnds: Moment?
  /// Until when it is suspended.
  var suspendedUntil: Moment?
  /// Whether more time is asked for and nobody has answered.
  var hasAsked = false
  /// Who sits at the mediators' table, and how often they still will.
  var parties: [String] = []
  var sessionsLeft = 0
  var isSettled = false
  var mediator = ""
  /// When they meet again.
  var meetingAt: Moment?
  /// The turn that it still takes.
  var turn: PlannedTurn?
  var isSupervised = false
  /// Of a case from above: the levels that are to pass it on, and those that are to feed back.
  var toPass: [PlannedLevel] = []
  var toRise: [PlannedLevel] = []

  init(_ plan: PlannedCase, kind: CaseKind, dice: SeededGenerator) {
    self.plan = plan
    self.kind = kind
    self.dice = dice
    if let wait = plan.wait {
      fate = Fate(wait, &self.dice)
    } else {
      fate = Fate(kind, plan.channel, &self.dice)
    }
    if let settlement = plan.settlement {
      fate.goStraight()
      sessionsLeft = settlement.sessions
    }
    if plan.level != .town {
      let returns = fate.returns
      fate.goStraight()
      // Below, it may be sent back to the town, which sends it to the right unit.
      fate.returns = min(1, returns)
      fate.isCommented = false
      fate.missedCalls = 0
    }
    turn = plan.turn
    if let turn { fate.make(room: turn) }
    switch plan.wait?.detour {
    case .supervised: turn = .supervised
    case .appealed: turn = .appealGranted
    default: break
    }
  }

  /// When those who handle it work.
  private var pattern: TownHours.Pattern {
    kind.urgency == .urgent ? .always : kind.nature == .order ? .office : .field
  }

  // MARK: - What is next

  /// What is done next, and when; nil when nothing more is.
  mutating func next(after file: Case, at now: Moment, _ hours: TownHours) -> (Step, Moment)? {
    guard let step = nextStep(file), !(isWhereItWaits(file) && step != .contact) else { return nil }
    if plan.wait != nil { return (step, now + Int64(dice.number(in: 170...250))) }
    return (step, moment(of: step, file, at: now, hours))
  }

  private func isWhereItWaits(_ file: Case) -> Bool {
    guard let wait = plan.wait, wait.state == file.state else { return false }
    return switch wait.detour {
    case nil: true
    case .returned, .disputed: fate.returns == 0
    case .reworked: fate.reworks == 0
    case .asksForTime: hasAsked
    case .supervised: isSupervised
    case .appealed: file.appeal == .open
    }
  }

  private func nextStep(_ file: Case) -> Step? {
    if let step = nextTurn(file) { return step }
    if !toPass.isEmpty, [.dispatched, .handling].contains(file.state) { return .passOn }
    return switch file.state {
    case .reported: fate.isRejected ? .reject : .accept
    case .accepted: nextOfFiling(file)
    case .checking: fate.isDenied ? .denyCheck : .confirmCheck
    case .filed: file.arbitrationAt == nil ? .dispatch : .arbitrate
    case .dispatched: fate.returns > 0 ? .giveBack : .take
    case .handling: hasFedBack ? .rise : nextOfHandling(file)
    case .suspended: .look
    case .handled: fate.reworks > 0 ? .rework : kind.verified ? .verify : .close
    case .verified: .close
    case .closed:
      if file.calledBackAt == nil {
        kind.calledBack && fate.isCalledBack ? .callBack : nil
      } else {
        fate.isReopened ? .reopen : nil
      }
    case .void, .merged, .transferred: nil
    }
  }

  /// Whether the unit has done its work, and the levels above are to say so.
  private var hasFedBack: Bool { !toRise.isEmpty && handler == nil }

  /// What a resident says is looked at on the spot; what is not so is rejected.
  private func nextOfFiling(_ file: Case) -> Step {
    guard kind.isChecked(plan.channel) else { return .file }
    return switch file.checkResult {
    case nil: .askCheck
    case .confirmed: .file
    case .denied: .reject
    }
  }

  private func nextOfHandling(_ file: Case) -> Step {
    if kind.contactedFirst && file.contactedAt == nil {
      return fate.missedCalls > 0 ? .missContact : .contact
    }
    if hasAsked { return .decide }
    if fate.isCommented { return .comment }
    if fate.isSuspended { return .suspend }
    if fate.asksForTime { return .askForTime }
    if let settlement = plan.settlement, let step = nextAtTable(settlement) { return step }
    return helpers.isEmpty ? .feedBack : .help
  }

  // MARK: - When

  private mutating func moment(
    of step: Step, _ file: Case, at now: Moment, _ hours: TownHours
  ) -> Moment {
    switch step {
    case .accept, .reject: soon(step, kind.urgency == .urgent ? 1...7 : 2...21, file, now)
    case .askCheck: soon(step, 1...9, file, now)
    case .confirmCheck, .denyCheck: checking(file, now)
    case .file: soon(step, 1...24, file, now)
    case .dispatch: soon(step, 2...40, file, now)
    case .arbitrate: within(file, now, share: 0.6, most: 5 * 60, hours, .field)
    case .take: within(file, now, share: 0.25, most: 3 * 60, hours, pattern)
    case .giveBack: within(file, now, share: 0.4, most: 6 * 60, hours, pattern)
    case .missContact: within(file, now, share: 0.25, most: 2 * 60, hours, .field)
    case .contact: within(file, now, share: 0.7, most: 5 * 60, hours, .field)
    case .comment, .suspend: within(file, now, share: 0.2, most: 24 * 60, hours, pattern)
    case .askForTime: within(file, now, share: 0.8, most: 9 * 24 * 60, hours, pattern)
    case .decide: within(file, now, share: 0.6, most: 4 * 60, hours, .field)
    case .nameParty: within(file, now, share: 0.15, most: 90, hours, pattern)
    case .holdSession: meeting(file, now, hours)
    case .help, .feedBack, .recordOutcome: momentOfHandling(step, file, now, hours)
    case .rework, .verify, .close: verification(step, file, now, hours)
    case .callBack: hours.next(from: now + minutes(60...1900), .field, &dice)
    case .reopen: hours.next(from: now + minutes(30...600), .field, &dice)
    case .supervise, .answer: within(file, now, share: 0.3, most: 8 * 60, hours, .field)
    case .merge, .link, .transfer: soon(step, 3...40, file, now)
    case .unmerge: hours.next(from: now + minutes(120...1500), .field, &dice)
    case .transferBack: hours.next(from: now + minutes(600...4000), .office, &dice)
    case .appeal, .decideAppeal, .find:
      hours.next(from: now + minutes(300...4300), .office, &dice)
    case .passOn, .rise: within(file, now, share: 0.2, most: 3 * 60, hours, .field)
    case .look: max(suspendedUntil ?? now, now) + minutes(31...59)
    }
  }

  mutating func minutes(_ range: ClosedRange<Int>) -> Int64 {
    Int64(dice.number(in: (range.lowerBound * 60)...(range.upperBound * 60)))
  }

  /// A step of the centre, which is manned round the clock.
  private mutating func soon(
    _ step: Step, _ range: ClosedRange<Int>, _ file: Case, _ now: Moment
  ) -> Moment {
    let moment = now + minutes(range)
    guard let due = file.dueAt, due > now else { return moment }
    if fate.slowStep == step { return due + minutes(3...50) }
    return min(moment, now + (due - now) / 1000 * 9 / 10)
  }

  /// Patrollers walk by day and night; whoever is asked comes by on the way.
  private mutating func checking(_ file: Case, _ now: Moment) -> Moment {
    let drawn = now + minutes(8...95)
    guard let due = file.dueAt, due > now else { return drawn }
    if fate.slowStep == .confirmCheck { return due + minutes(5...60) }
    return min(drawn, now + (due - now) / 1000 * 9 / 10)
  }

  /// An hour or so after they were to meet.
  private mutating func meeting(_ file: Case, _ now: Moment, _ hours: TownHours) -> Moment {
    if let meetingAt, meetingAt > now { return meetingAt + minutes(40...110) }
    return within(file, now, share: 0.4, most: 30 * 60, hours, .office)
  }

  /// Before the next deadline: within a share of the time that is left, at most some minutes.
  private mutating func within(
    _ file: Case, _ now: Moment, share: Double, most: Int, _ hours: TownHours,
    _ pattern: TownHours.Pattern
  ) -> Moment {
    let drawn = minutes(4...most)
    guard let due = file.dueAt, due > now else {
      return hours.next(from: now + drawn, pattern, &dice)
    }
    let left = Double((due - now) / 1000)
    let first = now + min(drawn, Int64(left * share * (0.2 + 0.8 * dice.fraction())))
    let moment = hours.next(from: first, pattern, &dice)
    // Somebody on call does it when waiting for the morning would be too late.
    return due - moment > 60_000 ? moment : first
  }

  private mutating func momentOfHandling(
    _ step: Step, _ file: Case, _ now: Moment, _ hours: TownHours
  ) -> Moment {
    let end = handlingEnds ?? handlingEnd(file, now, hours)
    handlingEnds = end
    guard step == .help, end > now else { return max(end, now + minutes(1...9)) }
    let share = (0.2 + 0.7 * dice.fraction()) / Double(helpers.count)
    return now + Int64(Double((end - now) / 1000) * share)
  }

  private mutating func handlingEnd(_ file: Case, _ now: Moment, _ hours: TownHours) -> Moment {
    guard let due = file.dueAt, due > now else {
      return hours.next(from: now + minutes(30...900), pattern, &dice)
    }
    if fate.isLate {
      fate.isLate = false
      return hours.next(from: due + minutes(15...2600), pattern, &dice)
    }
    let left = Double((due - now) / 1000)
    let moment = hours.next(from: now + Int64(left * fate.pace), pattern, &dice)
    return due - moment > 120_000 ? moment : now + Int64(left * (0.5 + 0.4 * dice.fraction()))
  }

  /// Verification and closing: some hours after, and before their deadline.
  private mutating func verification(
    _ step: Step, _ file: Case, _ now: Moment, _ hours: TownHours
  ) -> Moment {
    if fate.slowStep == step, let due = file.dueAt, due > now { return due + minutes(30...1200) }
    return within(file, now, share: 0.8, most: 9 * 60, hours, .field)
  }
}
