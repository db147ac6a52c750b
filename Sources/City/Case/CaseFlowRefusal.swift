import Base

/// Why who holds the right may not make a move all the same: how they stand to the case.
extension CaseFlow {
  /// What is said where no line of the table allows a move: of the lines from the case's state, or else of
  /// any, the reason that says most.
  ///
  /// - Returns: forbidden: `right.missing` to who holds none of the rights; else one of `Obstruction`.
  static func refusal(of move: CaseMove, on file: CaseView, by doer: Doer) -> Fault {
    let held = rules.filter { $0.move == move && doer.holds($0.right) }
    let fitting = held.filter { $0.from.contains(file.case.state) }
    let reasons = (fitting.isEmpty ? held : fitting).map { obstruction($0, on: file, by: doer) }
    guard let reason = reasons.min(by: { $0.rank < $1.rank }) else { return missingRight(move) }
    return Fault(.forbidden, reason.rawValue)
  }

  /// What somebody's standing to a case lacks; what says most comes first.
  private enum Obstruction: String, CaseIterable {
    /// They handled it, and somebody else verifies.
    case ownWork = "case.own-work"
    /// They sent their part on, and wait for those below.
    case passedOn = "case.passed-on"
    case fedBack = "case.fed-back"
    /// They help, or another level has it from them.
    case notLead = "case.not-lead"
    /// They were not asked to look on the spot.
    case notAsked = "case.not-asked"
    /// They have it, and have sent it to nobody.
    case notPassedOn = "case.not-passed-on"
    /// It is neither with them nor with their organisation.
    case notHeld = "case.not-held"
    case outOfScope = "case.out-of-scope"

    var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
  }

  private static func obstruction(
    _ rule: Rule, on file: CaseView, by doer: Doer
  ) -> Obstruction {
    switch rule.standing {
    case .scope, .reader: return .outOfScope
    case .scopeButNotHandler:
      return file.case.isWithin(rule.right, of: doer) ? .ownWork : .outOfScope
    case .holder: return whyNotHeld(rule.right, file, doer)
    case .lead, .leadEver:
      let done: Set<AssignmentState> = rule.standing == .leadEver ? [.handled] : []
      let parts = file.parts(
        of: doer, right: rule.right, in: done.union([.sent, .taken, .passed]))
      return parts.isEmpty ? whyNotHeld(rule.right, file, doer) : .notLead
    case .sender:
      let holds = !file.parts(of: doer, right: rule.right, in: [.sent, .taken]).isEmpty
      return holds ? .notPassedOn : whyNotHeld(rule.right, file, doer)
    case .checker: return .notAsked
    }
  }

  private static func whyNotHeld(_ right: Right, _ file: CaseView, _ doer: Doer) -> Obstruction {
    if !file.parts(of: doer, right: right, in: [.passed]).isEmpty { return .passedOn }
    return file.parts(of: doer, right: right, in: [.handled]).contains(where: \.isCurrent)
      ? .fedBack : .notHeld
  }
}
