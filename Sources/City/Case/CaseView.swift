import Base
import Store

/// A case with its kind and everything that decides what may be done with it.
public struct CaseView: Sendable {
  public internal(set) var `case`: Case
  public internal(set) var kind: CaseKind
  public internal(set) var assignments: [CaseAssignment]
  public internal(set) var clocks: [CaseClock]
  public internal(set) var pauses: [CasePause]
  public internal(set) var extensions: [CaseExtension]

  public var openExtension: CaseExtension? { extensions.first { $0.decidedAt == nil } }

  public var runningPause: CasePause? { pauses.first { $0.endedAt == nil } }

  public var lead: CaseAssignment? { assignments.last { $0.isLead && $0.isCurrent } }

  /// The parts that `doer` answers for: sent to them, or to the organisation they belong to.
  public func parts(of doer: Doer, in states: Set<AssignmentState>) -> [CaseAssignment] {
    assignments.filter { part in
      guard states.contains(part.state), part.state == .handled || part.isCurrent else {
        return false
      }
      if doer.person == nil { return doer.holds(.caseHandle) }
      if let person = part.person, person == doer.person { return true }
      return doer.organisation?.path.hasPrefix(part.organisationPath) ?? false
    }
  }

  /// Whether `doer` has, or with `everActive` once had, a part in the case.
  func holds(_ doer: Doer, _ right: Right, leadOnly: Bool = false, everActive: Bool = false) -> Bool
  {
    let states: Set<AssignmentState> = everActive ? [.sent, .taken, .handled] : [.sent, .taken]
    return parts(of: doer, in: states).contains { part in
      (!leadOnly || part.isLead)
        && doer.may(right, organisationPath: part.organisationPath, areaPath: `case`.areaPath)
    }
  }
}

extension CaseAssignment {
  /// Whether something is still to be done.
  var isActive: Bool { isCurrent && state.isActive }

  /// Neither given back, withdrawn, nor of a time before the case was reopened.
  var isCurrent: Bool { endedAt == nil && state != .returned && state != .withdrawn }
}
