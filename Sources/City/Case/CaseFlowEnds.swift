/// Where moves lead.
extension CaseFlow {
  /// Where the straight moves lead. Moves that depend on more (feed back, return, pass on, rework of
  /// one of several, resume) name their end in the verb.
  public static func end(of move: CaseMove) -> CaseState? {
    switch move {
    case .accept, .confirmCheck, .denyCheck, .cancelCheck: .accepted
    case .askCheck: .checking
    case .reject: .void
    case .file, .reopen: .filed
    case .dispatch, .arbitrate: .dispatched
    case .rework: .handling
    case .suspend: .suspended
    case .verify: .verified
    case .close: .closed
    case .merge: .merged
    case .transfer: .transferred
    case .transferBack: .reported
    default: nil
    }
  }

  /// Every state in which a case may be after a move from a state, in the order of states; only `state`
  /// itself where the move leads nowhere. What the papers draw.
  public static func ends(of move: CaseMove, from state: CaseState) -> [CaseState] {
    switch move {
    case .file: [.filed, .dispatched]
    case .take: [.handling]
    // Somebody below gives it back to who passed it on; a helper, while others go on or are done.
    case .giveBack:
      state == .dispatched
        ? [.filed, .dispatched, .handling] : [.filed, .dispatched, .handling, .handled]
    case .feedBack: [.handling, .handled]
    case .passOn: state == .dispatched ? [.dispatched] : [.dispatched, .handling]
    case .withdraw: [.filed, .handling]
    case .resume: [.dispatched, .handling]
    // What it was when it was merged.
    case .unmerge: merging.sorted { $0.place < $1.place }
    default: [end(of: move) ?? state]
    }
  }

  /// The states from which a case may be merged.
  private static var merging: Set<CaseState> {
    Set(rules.filter { $0.move == .merge }.flatMap(\.from))
  }
}

extension CaseState {
  fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
