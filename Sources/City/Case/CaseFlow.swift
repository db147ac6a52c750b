import Base
import Store

/// What people do with a case. The raw value is the last part of the ledger's verb and of the URL.
public enum CaseMove: String, Storable, CaseIterable, Codable {
  case accept, reject
  /// 核实: a patroller looks on the spot before the case is filed.
  case askCheck = "ask-check"
  case confirmCheck = "confirm-check"
  case denyCheck = "deny-check"
  case cancelCheck = "cancel-check"
  case file, dispatch, take
  case giveBack = "return"
  case feedBack = "feed-back"
  case verify, rework
  case askExtension = "ask-extension"
  case grantExtension = "grant-extension"
  case refuseExtension = "refuse-extension"
  case suspend, resume, contact, close
  case callBack = "call-back"
  /// 仲裁: who cannot agree is told who handles it.
  case askArbitration = "ask-arbitration"
  case arbitrate
  /// 督办, and the answer to it.
  case supervise
  case answer = "answer-supervision"
  /// 申诉: a unit does not want to be scored by it; granted, it is excluded (剔除).
  case appeal
  case grantAppeal = "grant-appeal"
  case refuseAppeal = "refuse-appeal"
  /// A justified complaint, or how a patrol failed to report it (有理投诉; 迟报 漏报 瞒报 假报).
  case recordFinding = "record-finding"
  /// 转派: sends one's part on to the level below.
  case passOn = "pass-on"
  /// 收回: takes back what one sent.
  case withdraw
  /// Gives those below more time, within one's own.
  case extendBelow = "extend-below"
  case reopen, comment, correct
  /// 关联, 重复投诉.
  case link, unlink
  /// 合并, and parting again.
  case merge, unmerge
  /// 转办, up or down.
  case transfer
  case transferBack = "transfer-back"
  /// 速调快处: who the parties are, each session, and what came of it.
  case addParty = "add-party"
  case removeParty = "remove-party"
  case holdSession = "hold-session"
  case recordOutcome = "record-outcome"
}

/// The one table of which move is made from where, by whom.
public enum CaseFlow {
  /// How somebody must stand to a case, beyond holding the right.
  public enum Standing: Sendable, Equatable {
    /// The case lies in the scope of the right.
    case scope
    /// They belong to an organisation that has it, are its duty officer or dispatcher, or it was sent
    /// to them; the right covers it.
    case holder
    /// As a holder, of the part that leads the whole case, also while it is passed on.
    case lead
    /// They belong to an organisation that leads it now, whether or not it is done.
    case leadEver
    /// They were asked to check it on the spot, or belong to whom was.
    case checker
    /// They passed their part on; the right covers it.
    case sender
    /// In scope, and none of those who handled it (处置与核查分离).
    case scopeButNotHandler
    /// They may read it.
    case reader
  }

  /// One line of the table.
  public struct Rule: Sendable {
    public let move: CaseMove
    public let from: Set<CaseState>
    public let right: Right
    public let standing: Standing
  }

  /// Where somebody has it, or has handled it.
  private static let sent: Set<CaseState> = [
    .dispatched, .handling, .suspended, .handled, .verified, .closed,
  ]
  private static let open = Set(CaseState.allCases.filter(\.isOpen))

  public static let rules: [Rule] =
    [
      Rule(move: .accept, from: [.reported], right: .caseAccept, standing: .scope),
      Rule(move: .reject, from: [.reported, .accepted], right: .caseAccept, standing: .scope),
      Rule(move: .reject, from: [.accepted], right: .caseFile, standing: .scope),
      Rule(
        move: .askCheck, from: [.accepted, .checking], right: .caseAccept, standing: .scope),
      Rule(move: .confirmCheck, from: [.checking], right: .caseHandle, standing: .checker),
      Rule(move: .denyCheck, from: [.checking], right: .caseHandle, standing: .checker),
      Rule(move: .cancelCheck, from: [.checking], right: .caseAccept, standing: .scope),
      Rule(move: .file, from: [.accepted], right: .caseFile, standing: .scope),
      Rule(move: .dispatch, from: [.filed], right: .caseDispatch, standing: .scope),
      Rule(move: .askArbitration, from: [.filed], right: .caseDispatch, standing: .scope),
      Rule(move: .arbitrate, from: [.filed], right: .caseArbitrate, standing: .scope),
      Rule(move: .take, from: [.dispatched, .handling], right: .caseHandle, standing: .holder),
      Rule(move: .giveBack, from: [.dispatched, .handling], right: .caseHandle, standing: .holder),
      Rule(move: .feedBack, from: [.handling], right: .caseHandle, standing: .holder),
      // Levels: a part is sent on by who may dispatch for the organisation that has it.
      Rule(move: .passOn, from: [.dispatched, .handling], right: .caseDispatch, standing: .holder),
      Rule(
        move: .withdraw, from: [.dispatched, .handling], right: .caseDispatch, standing: .sender),
      Rule(
        move: .withdraw, from: [.dispatched, .handling], right: .caseDispatch, standing: .scope),
      Rule(
        move: .extendBelow, from: [.dispatched, .handling], right: .caseDispatch,
        standing: .sender),
      Rule(move: .verify, from: [.handled], right: .caseVerify, standing: .scopeButNotHandler),
      Rule(move: .rework, from: [.handled], right: .caseVerify, standing: .scopeButNotHandler),
      Rule(
        move: .askExtension, from: [.dispatched, .handling], right: .caseHandle, standing: .lead),
      Rule(
        move: .grantExtension, from: [.dispatched, .handling], right: .caseDispatch,
        standing: .scope),
      Rule(
        move: .grantExtension, from: [.dispatched, .handling], right: .caseExtendFurther,
        standing: .scope),
      Rule(
        move: .refuseExtension, from: [.dispatched, .handling], right: .caseExtendFurther,
        standing: .scope),
      Rule(
        move: .refuseExtension, from: [.dispatched, .handling], right: .caseDispatch,
        standing: .scope),
      Rule(move: .suspend, from: [.dispatched, .handling], right: .caseDispatch, standing: .scope),
      Rule(move: .resume, from: [.suspended], right: .caseDispatch, standing: .scope),
      Rule(
        move: .contact, from: [.accepted, .checking, .filed, .dispatched, .handling],
        right: .caseAccept,
        standing: .scope),
      Rule(move: .contact, from: [.dispatched, .handling], right: .caseHandle, standing: .holder),
      Rule(move: .close, from: [.handled, .verified], right: .caseClose, standing: .scope),
      Rule(
        move: .callBack, from: [.handled, .verified, .closed], right: .caseCallBack,
        standing: .scope),
      Rule(move: .reopen, from: [.closed], right: .caseReopen, standing: .scope),
      Rule(move: .supervise, from: open, right: .caseSupervise, standing: .scope),
      Rule(move: .answer, from: [.dispatched, .handling], right: .caseHandle, standing: .holder),
      Rule(move: .answer, from: [.dispatched, .handling], right: .caseHandle, standing: .sender),
      Rule(
        move: .answer, from: open.subtracting([.dispatched, .handling]), right: .caseDispatch,
        standing: .scope),
      Rule(move: .appeal, from: sent, right: .caseHandle, standing: .leadEver),
      Rule(move: .grantAppeal, from: sent, right: .caseSupervise, standing: .scope),
      Rule(move: .refuseAppeal, from: sent, right: .caseSupervise, standing: .scope),
      Rule(
        move: .recordFinding, from: Set(CaseState.allCases), right: .caseSupervise,
        standing: .scope),
      Rule(move: .comment, from: open, right: .caseRead, standing: .reader),
      Rule(move: .correct, from: open, right: .caseReport, standing: .scope),
    ] + company + mediation

  /// Moves between two cases, and between platforms. A wrong link is also taken back when the case is over;
  /// who is asked to look on the spot has answered before a case is merged.
  private static let company: [Rule] = [
    Rule(move: .link, from: open, right: .caseAccept, standing: .scope),
    Rule(move: .link, from: open, right: .caseDispatch, standing: .scope),
    Rule(move: .unlink, from: Set(CaseState.allCases), right: .caseAccept, standing: .scope),
    Rule(move: .unlink, from: Set(CaseState.allCases), right: .caseDispatch, standing: .scope),
    Rule(
      move: .merge, from: open.subtracting([.checking]), right: .caseDispatch, standing: .scope),
    Rule(move: .unmerge, from: [.merged], right: .caseDispatch, standing: .scope),
    Rule(move: .transfer, from: [.accepted, .filed], right: .caseDispatch, standing: .scope),
    Rule(move: .transferBack, from: [.transferred], right: .caseAccept, standing: .scope),
    Rule(move: .transferBack, from: [.transferred], right: .caseDispatch, standing: .scope),
  ]

  /// Of kinds that are mediated. Parties are named while there is time, by who took the call and who has it.
  private static let mediation: [Rule] =
    [.addParty, .removeParty].flatMap { move in
      [
        Rule(
          move: move, from: [.reported, .accepted, .filed, .dispatched, .handling],
          right: .caseAccept, standing: .scope),
        Rule(move: move, from: [.dispatched, .handling], right: .caseHandle, standing: .holder),
      ]
    } + [
      Rule(move: .holdSession, from: [.handling], right: .caseHandle, standing: .holder),
      Rule(move: .recordOutcome, from: [.handling], right: .caseHandle, standing: .holder),
    ]

  /// The moves that `doer` may make on a case as it stands: what its page offers.
  public static func moves(on file: CaseView, by doer: Doer) -> [CaseMove] {
    CaseMove.allCases.filter { move in
      rules.contains {
        $0.move == move && $0.from.contains(file.case.state) && allows($0, on: file, by: doer)
      } && obstacle(to: move, on: file, by: doer) == nil
    }
  }

  /// Permission first, then the state.
  ///
  /// - Throws: `right.missing` and, to who holds the right, how they would have to stand to the case
  ///   (forbidden): see `refusal`; `case.move-not-now`, `case.not-verified`, `case.called-back-already`,
  ///   `extension.…` (conflict).
  public static func require(_ move: CaseMove, on file: CaseView, by doer: Doer) throws {
    let allowed = rules.filter { $0.move == move && allows($0, on: file, by: doer) }
    guard !allowed.isEmpty else { throw refusal(of: move, on: file, by: doer) }
    guard allowed.contains(where: { $0.from.contains(file.case.state) }) else {
      throw notNow(move, file)
    }
    if let obstacle = obstacle(to: move, on: file, by: doer) { throw obstacle }
  }

  /// What somebody is told whose page shows an older case.
  ///
  /// - Throws: `case.stale`; to whoever never makes the move, `right.missing`. How they stand to the
  ///   case does not count: that somebody was faster may be why they no longer hold it.
  static func refuseStale(_ move: CaseMove, on file: CaseView, by doer: Doer) throws -> Never {
    guard rules.contains(where: { $0.move == move && doer.holds($0.right) }) else {
      throw missingRight(move)
    }
    throw Fault(
      .conflict, "case.stale",
      ["state": file.case.state.rawValue, "revision": String(file.case.revision)])
  }

  static func missingRight(_ move: CaseMove) -> Fault {
    let right = rules.first { $0.move == move }?.right
    return Fault(.forbidden, "right.missing", ["right": right?.rawValue ?? ""])
  }

  static func notNow(_ move: CaseMove, _ file: CaseView) -> Fault {
    Fault(
      .conflict, "case.move-not-now",
      ["move": move.rawValue, "state": file.case.state.rawValue])
  }

  /// Decisions over what others ask, which who stands in makes in the place of who is away.
  static let decisions: Set<CaseMove> = [
    .arbitrate, .grantExtension, .refuseExtension, .grantAppeal, .refuseAppeal,
  ]

  /// Whether `doer` stands to the case as the rule asks.
  static func allows(_ rule: Rule, on file: CaseView, by doer: Doer) -> Bool {
    switch rule.standing {
    case .scope:
      file.case.isWithin(rule.right, of: doer)
        || (decisions.contains(rule.move) && !file.reach.decides(doer, by: rule.right).isEmpty)
    case .scopeButNotHandler:
      file.case.isWithin(rule.right, of: doer) && !file.wasHandled(by: doer)
    case .holder: !file.parts(of: doer, right: rule.right, in: [.sent, .taken]).isEmpty
    case .lead:
      file.parts(of: doer, right: rule.right, in: [.sent, .taken, .passed]).contains {
        $0.isLead && $0.parent == nil
      }
    case .sender: !file.parts(of: doer, right: rule.right, in: [.passed]).isEmpty
    case .leadEver: file.leads(doer)
    case .checker: file.isAskedToCheck(doer)
    case .reader: file.isRead(by: doer)
    }
  }

  /// What the table's states do not say: why a move would change nothing, or must wait.
  private static func obstacle(to move: CaseMove, on file: CaseView, by doer: Doer) -> Fault? {
    switch move {
    case .dispatch, .askArbitration, .arbitrate, .giveBack:
      obstacleByArbitration(to: move, on: file, by: doer)
    case .addParty, .removeParty, .holdSession, .recordOutcome:
      obstacleToMediating(by: move, on: file, by: doer)
    case .feedBack: file.kind.mediated ? obstacleToMediating(by: move, on: file, by: doer) : nil
    case .file: file.needsCheck ? CaseView.notChecked : nil
    case .take: file.parts(of: doer, in: [.sent]).isEmpty ? notNow(move, file) : nil
    case .askExtension: obstacleToExtension(of: file)
    case .grantExtension, .refuseExtension:
      obstacleToDeciding(on: file, by: doer)
    case .verify, .rework: file.kind.verified ? nil : notNow(move, file)
    case .close:
      file.case.state == .verified || !file.kind.verified
        ? nil : Fault(.conflict, "case.not-verified")
    case .appeal:
      file.case.appeal == nil
        ? nil
        : Fault(
          .conflict,
          file.case.appeal == .open ? "appeal.open-already" : "appeal.decided-already")
    case .grantAppeal, .refuseAppeal:
      file.case.appeal == .open ? nil : Fault(.conflict, "appeal.none-open")
    case .callBack:
      !file.kind.calledBack
        ? notNow(move, file)
        : file.case.calledBackAt != nil ? Fault(.conflict, "case.called-back-already") : nil
    case .supervise:
      file.openSupervision == nil ? nil : Fault(.conflict, "supervision.open-already")
    case .answer: file.openSupervision == nil ? Fault(.conflict, "supervision.none-open") : nil
    case .merge, .transfer: obstacleToLeaving(by: move, on: file)
    case .unlink: file.links.isEmpty ? Fault(.conflict, "link.none") : nil
    case .contact:
      file.kind.contactedFirst && file.case.contactedAt == nil ? nil : notNow(move, file)
    default: nil
    }
  }

  /// A case goes nowhere before the arbitrator has decided, nor while others belong to it.
  private static func obstacleToLeaving(by move: CaseMove, on file: CaseView) -> Fault? {
    if file.case.arbitrationAt != nil { return Fault(.conflict, "case.arbitration-open") }
    return move == .transfer || file.mergedHere.isEmpty
      ? nil : Fault(.conflict, "merge.has-merged")
  }

  /// A request is decided on by who may grant as much.
  private static func obstacleToDeciding(on file: CaseView, by doer: Doer) -> Fault? {
    guard let request = file.openExtension else {
      return Fault(.conflict, "extension.none-open")
    }
    let right: Right = request.isFurther ? .caseExtendFurther : .caseDispatch
    guard
      !file.case.isWithin(right, of: doer), file.reach.decides(doer, by: right).isEmpty
    else { return nil }
    return doer.holds(right)
      ? Fault(.forbidden, "case.out-of-scope")
      : Fault(.forbidden, "right.missing", ["right": right.rawValue])
  }

  private static func obstacleToExtension(of file: CaseView) -> Fault? {
    guard let rule = file.kind.extensions else {
      return Fault(.conflict, "extension.none", ["kind": file.case.kind])
    }
    if file.openExtension != nil { return Fault(.conflict, "extension.asked-already") }
    guard file.case.extensionCount < rule.count else {
      return Fault(.conflict, "extension.used-up", ["count": String(rule.count)])
    }
    return nil
  }
}
