import Base
import Store

/// What people do with a case. The raw value is the last part of the ledger's verb and of the URL.
public enum CaseMove: String, Storable, CaseIterable, Codable {
  case accept, reject, file, dispatch, take
  case giveBack = "return"
  case feedBack = "feed-back"
  case verify, rework
  case askExtension = "ask-extension"
  case grantExtension = "grant-extension"
  case refuseExtension = "refuse-extension"
  case suspend, resume, contact, close
  case callBack = "call-back"
  case reopen, comment, correct
}

/// The one table of which move is made from where, by whom.
public enum CaseFlow {
  /// How somebody must stand to a case, beyond holding the right.
  public enum Standing: Sendable, Equatable {
    /// The case lies in the scope of the right.
    case scope
    /// They belong to an organisation that has it, or it was sent to them.
    case holder
    /// As a holder, of the lead's part.
    case lead
    /// In scope, and not the one who handled it (处置与核查分离).
    case scopeButNotHandler
    /// In scope or a holder.
    case reader
  }

  /// One line of the table.
  public struct Rule: Sendable {
    public let move: CaseMove
    public let from: Set<CaseState>
    public let right: Right
    public let standing: Standing
  }

  private static let open = Set(CaseState.allCases.filter(\.isOpen))

  public static let rules: [Rule] = [
    Rule(move: .accept, from: [.reported], right: .caseAccept, standing: .scope),
    Rule(move: .reject, from: [.reported, .accepted], right: .caseAccept, standing: .scope),
    Rule(move: .file, from: [.accepted], right: .caseFile, standing: .scope),
    Rule(move: .dispatch, from: [.filed], right: .caseDispatch, standing: .scope),
    Rule(move: .take, from: [.dispatched, .handling], right: .caseHandle, standing: .holder),
    Rule(move: .giveBack, from: [.dispatched, .handling], right: .caseHandle, standing: .holder),
    Rule(move: .feedBack, from: [.handling], right: .caseHandle, standing: .holder),
    Rule(move: .verify, from: [.handled], right: .caseVerify, standing: .scopeButNotHandler),
    Rule(move: .rework, from: [.handled], right: .caseVerify, standing: .scopeButNotHandler),
    Rule(move: .askExtension, from: [.dispatched, .handling], right: .caseHandle, standing: .lead),
    Rule(
      move: .grantExtension, from: [.dispatched, .handling], right: .caseDispatch,
      standing: .scope),
    Rule(
      move: .refuseExtension, from: [.dispatched, .handling], right: .caseDispatch,
      standing: .scope),
    Rule(move: .suspend, from: [.dispatched, .handling], right: .caseDispatch, standing: .scope),
    Rule(move: .resume, from: [.suspended], right: .caseDispatch, standing: .scope),
    Rule(
      move: .contact, from: [.accepted, .filed, .dispatched, .handling], right: .caseAccept,
      standing: .scope),
    Rule(move: .contact, from: [.dispatched, .handling], right: .caseHandle, standing: .holder),
    Rule(move: .close, from: [.handled, .verified], right: .caseClose, standing: .scope),
    Rule(
      move: .callBack, from: [.handled, .verified, .closed], right: .caseCallBack,
      standing: .scope),
    Rule(move: .reopen, from: [.closed], right: .caseReopen, standing: .scope),
    Rule(move: .comment, from: open, right: .caseRead, standing: .reader),
    Rule(move: .correct, from: open, right: .caseReport, standing: .scope),
  ]

  /// Where the straight moves lead. Moves that depend on more (feed back, return, rework of one
  /// of several, resume) name their end in the verb.
  public static func end(of move: CaseMove) -> CaseState? {
    switch move {
    case .accept: .accepted
    case .reject: .void
    case .file, .reopen: .filed
    case .dispatch: .dispatched
    case .rework: .handling
    case .suspend: .suspended
    case .verify: .verified
    case .close: .closed
    default: nil
    }
  }

  /// The moves that `doer` may make on a case as it stands: what its page offers.
  public static func moves(on file: CaseView, by doer: Doer) -> [CaseMove] {
    CaseMove.allCases.filter { move in
      rules.contains {
        $0.move == move && $0.from.contains(file.case.state) && allows($0, on: file, by: doer)
      } && isApplicable(move, to: file, by: doer)
    }
  }

  /// Permission first, then the state.
  ///
  /// - Throws: `right.missing` (forbidden) or `case.move-not-now` (conflict).
  public static func require(_ move: CaseMove, on file: CaseView, by doer: Doer) throws {
    let lines = rules.filter { $0.move == move }
    let allowed = lines.filter { allows($0, on: file, by: doer) }
    guard !allowed.isEmpty else {
      throw Fault(.forbidden, "right.missing", ["right": lines.first?.right.rawValue ?? ""])
    }
    guard allowed.contains(where: { $0.from.contains(file.case.state) }) else {
      throw Fault(
        .conflict, "case.move-not-now",
        ["move": move.rawValue, "state": file.case.state.rawValue])
    }
  }

  /// Whether `doer` stands to the case as the rule asks.
  static func allows(_ rule: Rule, on file: CaseView, by doer: Doer) -> Bool {
    let inScope = doer.may(
      rule.right, organisationPath: file.case.organisationPath, areaPath: file.case.areaPath)
    switch rule.standing {
    case .scope: return inScope
    case .scopeButNotHandler:
      return inScope && (doer.person == nil || doer.person != file.case.handledBy)
    case .holder: return file.holds(doer, rule.right)
    case .lead: return file.holds(doer, rule.right, leadOnly: true)
    case .reader: return inScope || file.holds(doer, rule.right, everActive: true)
    }
  }

  /// What the table's states do not say: a move that would change nothing is not offered.
  private static func isApplicable(_ move: CaseMove, to file: CaseView, by doer: Doer) -> Bool {
    switch move {
    case .take: file.parts(of: doer, in: [.sent]).isEmpty == false
    case .feedBack, .giveBack: file.parts(of: doer, in: [.sent, .taken]).isEmpty == false
    case .grantExtension, .refuseExtension: file.openExtension != nil
    case .askExtension: file.openExtension == nil && file.kind.extensions != nil
    case .verify, .rework: file.kind.verified
    case .close: file.case.state == .verified || !file.kind.verified
    case .callBack: file.kind.calledBack && file.case.calledBackAt == nil
    case .contact: file.kind.contactedFirst && file.case.contactedAt == nil
    default: true
    }
  }
}
