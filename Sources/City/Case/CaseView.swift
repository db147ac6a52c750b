import Base
import Store

/// A case with its kind and everything that decides what may be done with it.
public struct CaseView: Sendable {
  public internal(set) var `case`: Case
  public internal(set) var kind: CaseKind
  /// The parts of those who handle it.
  public internal(set) var assignments: [CaseAssignment]
  /// Those of who was asked to check it on the spot, the last one last.
  public internal(set) var checks: [CaseAssignment]
  public internal(set) var clocks: [CaseClock]
  public internal(set) var pauses: [CasePause]
  public internal(set) var extensions: [CaseExtension]
  public internal(set) var links: [CaseLink]
  /// Those that hold: of this case into another, and of others into it.
  public internal(set) var merges: [CaseMerge]
  /// Of a kind that is mediated.
  public internal(set) var mediation: Mediation?

  /// Where the parts of a purpose stand.
  static func list(of purpose: AssignmentPurpose) -> WritableKeyPath<CaseView, [CaseAssignment]> {
    switch purpose {
    case .handle: \.assignments
    case .check: \.checks
    }
  }

  /// All parts that anybody has or had.
  var parts: [CaseAssignment] { assignments + checks }

  public var openExtension: CaseExtension? { extensions.first { $0.decidedAt == nil } }

  /// The clock of the supervision that waits for an answer.
  public var openSupervision: CaseClock? {
    clocks.last { $0.step == .supervision && $0.stoppedAt == nil }
  }

  public var runningPause: CasePause? { pauses.first { $0.endedAt == nil } }

  /// What held a clock while it ran.
  func pauses(of clock: CaseClock) -> [Pause] {
    pauses.filter { pause in clock.stoppedAt.map { pause.startedAt < $0 } ?? true }.map(\.interval)
  }

  /// The part that leads the whole case.
  public var lead: CaseAssignment? {
    assignments.last { $0.isLead && $0.parent == nil && $0.isCurrent }
  }

  /// The parts that `doer` answers for: sent to them or to the organisation they belong to, where
  /// a right of theirs covers it. Those that were handled count also after a reopening.
  public func parts(
    of doer: Doer, right: Right = .caseHandle, in states: Set<AssignmentState>
  ) -> [CaseAssignment] {
    let reach = reach
    return zip(assignments, reach.parts).filter { part, reached in
      states.contains(part.state) && part.isSeen && reach.answers(doer, for: reached, by: right)
    }.map(\.0)
  }

  /// Whether `doer` has a part in the case, or had one that was given back or withdrawn.
  func hasHadPart(_ doer: Doer) -> Bool { reach.hasHadPart(doer) }

  /// Whether `doer` has a part in the case on which something is still to be done.
  func holds(_ doer: Doer) -> Bool { !parts(of: doer, in: [.sent, .taken]).isEmpty }

  /// Whether `doer` did the work, in whole or in part, at whatever level, since the case was last
  /// dispatched.
  func wasHandled(by doer: Doer) -> Bool {
    guard let person = doer.person else { return false }
    guard `case`.handledBy != person else { return true }
    guard let first = lead?.id else { return false }
    return assignments.contains { $0.id >= first && $0.handledBy == person }
  }

  /// Whether a right to read reaches the case: by where it belongs, or by a part of it that lies
  /// with an organisation in the right's scope.
  func isWithin(_ right: Right, of doer: Doer) -> Bool { reach.isWithin(right, of: doer) }

  /// Whether `doer` may read the case.
  func isRead(by doer: Doer) -> Bool { reach.isRead(by: doer) }
}

extension Case {
  /// Whether the case itself lies in the scope of a right.
  func isWithin(_ right: Right, of doer: Doer) -> Bool {
    doer.may(right, organisationPath: organisationPath, areaPath: areaPath)
  }
}

extension CaseAssignment {
  /// The states in which who has or had the part sees the case by it: `isSeen`.
  static let seen: SQL = "('sent', 'taken', 'passed', 'handled')"

  /// Whether something is still to be done by who has it.
  var isPending: Bool { isCurrent && (state == .sent || state == .taken) }

  /// Whether a feedback is still owed, by who has it or those it was passed on to.
  public var isOwed: Bool { isPending || (isCurrent && state == .passed) }

  /// Neither given back, withdrawn, nor of a time before the case was reopened.
  var isCurrent: Bool { endedAt == nil && state != .returned && state != .withdrawn }

  /// Whether who has or had the part sees the case by it.
  var isSeen: Bool { isCurrent || state == .handled }
}
