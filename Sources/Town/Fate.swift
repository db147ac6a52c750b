import Base
import City

/// What will happen to a case on its way, drawn when it comes up. Each misfortune happens once: what
/// has happened is taken off.
struct Fate: Sendable {
  var isRejected = false
  /// Whoever looks on the spot does not find what was reported.
  var isDenied = false
  /// Times that the unit gives it back.
  var returns = 0
  /// Times that it is found wanting.
  var reworks = 0
  var asksForTime = false
  var isGrantedTime = true
  var isSuspended = false
  /// The handling ends after its deadline.
  var isLate = false
  /// A step of the centre that ends after its deadline.
  var slowStep: Step?
  /// Calls that nobody answers before the caller is reached.
  var missedCalls = 0
  var isCommented = false
  var isConfidential = false
  var isCalledBack = true
  var isResolved = true
  /// 1 very dissatisfied … 5 very satisfied; nil for no answer.
  var satisfaction: Int?
  var isReopened = false
  /// The share of its time that the handling takes.
  var pace = 0.5

  /// A case that goes its way.
  init(_ kind: CaseKind, _ channel: Channel, _ dice: inout SeededGenerator) {
    isRejected = [.hotline, .resident, .camera].contains(channel) && dice.chance(0.015)
    returns = dice.chance(0.03) ? (dice.chance(0.05) ? 3 : 1) : 0
    reworks = kind.verified && dice.chance(0.02) ? 1 : 0
    asksForTime = kind.extensions != nil && dice.chance(0.045)
    isGrantedTime = dice.chance(0.9)
    isSuspended = !kind.pauses.isEmpty && dice.chance(0.006)
    isLate = dice.chance(0.034)
    slowStep = dice.chance(0.015) ? dice.pick([.accept, .file, .dispatch, .verify, .close]) : nil
    missedCalls = dice.chance(0.08) ? 1 : 0
    isCommented = dice.chance(0.03)
    isConfidential = channel == .hotline && dice.chance(0.015)
    pace = 0.1 + 0.75 * dice.fraction() * (0.5 + 0.5 * dice.fraction())
    drawAnswer(&dice)
    if kind.isChecked(channel) {
      isDenied = dice.chance(0.02)
      if dice.chance(0.03) { slowStep = .confirmCheck }
    }
  }

  /// A case that is to wait where somebody finds it.
  init(_ wait: PlannedCase.Wait, _ dice: inout SeededGenerator) {
    returns = wait.detour == .returned ? 1 : wait.detour == .disputed ? 3 : 0
    reworks = wait.detour == .reworked ? 1 : 0
    asksForTime = wait.detour == .asksForTime
    isSuspended = wait.state == .suspended
    if wait.detour == .appealed { isCalledBack = false }
    drawAnswer(&dice)
  }

  /// Nothing keeps it up, so that it is over in the month that counts it.
  mutating func goStraight() {
    (isRejected, isDenied, asksForTime, isSuspended, isLate, isReopened) =
      (false, false, false, false, false, false)
    (returns, reworks) = (0, 0)
  }

  /// What a turn needs to come about.
  mutating func make(room turn: PlannedTurn) {
    isRejected = false
    isDenied = false
    switch turn {
    case .furtherTime: (asksForTime, isGrantedTime) = (true, true)
    case .disputed: returns = 3
    case .denied: isDenied = true
    case .complained: (isCalledBack, isResolved, satisfaction) = (true, false, 1)
    default: isReopened = false
    }
  }

  /// What the caller says when asked; somebody whose matter was not solved is rarely happy.
  private mutating func drawAnswer(_ dice: inout SeededGenerator) {
    isCalledBack = dice.chance(0.985)
    isResolved = dice.chance(0.81)
    let answers: [Double] = isResolved ? [1, 2, 12, 35, 50] : [16, 24, 34, 18, 8]
    satisfaction = dice.chance(0.95) ? dice.place(in: answers) + 1 : nil
    isReopened = !isResolved && dice.chance(0.08)
  }
}

/// What is done next with a case.
enum Step: Sendable, Equatable {
  case accept, reject, askCheck, confirmCheck, denyCheck, file, dispatch, arbitrate, take, giveBack,
    missContact, contact, comment, askForTime, nameParty, holdSession, recordOutcome
  case supervise, answer, merge, unmerge, link, transfer, transferBack, appeal, decideAppeal, find
  case passOn, rise
  case decide, suspend, help, feedBack, rework, verify, close, callBack, reopen
  /// Nothing is done: the house may have taken the case up again.
  case look
}

extension CaseKind {
  /// Whether a patroller looks on the spot before a case that came that way is filed.
  func isChecked(_ channel: Channel) -> Bool {
    checkedBeforeFiling && channel != .patrol && channel != .own
  }
}
