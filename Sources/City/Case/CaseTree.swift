import Base
import Store

/// The parts of a case as levels: who passed what on to whom.
///
/// Parts that were sent together, a lead and those that help it, are a *sending*. It has one clock,
/// that of its lead, which runs until all of them have fed back.
extension CaseView {
  /// The part that was passed on to this one; nil at the top.
  public func above(_ part: CaseAssignment) -> CaseAssignment? {
    part.parent.flatMap { parent in assignments.first { $0.id == parent } }
  }

  /// The part and those above it, the nearest first.
  func chain(_ part: CaseAssignment) -> [CaseAssignment] {
    Array(sequence(first: part) { above($0) })
  }

  /// What a part was passed on to and has not ended.
  func sent(by part: CaseAssignment) -> [CaseAssignment] {
    assignments.filter { $0.parent == part.id && $0.isCurrent }
  }

  /// All that has not ended below a part, at whatever level.
  func below(_ part: CaseAssignment) -> [CaseAssignment] {
    sent(by: part).flatMap { [$0] + below($0) }
  }

  /// The part and those that were sent together with it.
  func sending(of part: CaseAssignment) -> [CaseAssignment] {
    assignments.filter { $0.parent == part.parent && $0.isCurrent }
  }

  /// How many levels below the case's own dispatcher.
  func level(of part: CaseAssignment) -> Int { chain(part).count - 1 }

  /// Whether the part leads, and so does every one above it: its feedback is that of the case.
  public func isMain(_ part: CaseAssignment) -> Bool { chain(part).allSatisfy(\.isLead) }

  /// The clock of the part's sending; nil where the kind times no handling.
  public func clock(of part: CaseAssignment) -> CaseClock? {
    guard let lead = sending(of: part).last(where: \.isLead) else { return nil }
    return clocks.last { $0.step == .handling && $0.assignment == lead.id }
  }

  /// What the parts say of the case while somebody has it: sent as long as nobody has begun, and
  /// handled once nothing is open.
  var stateOfParts: CaseState {
    let current = assignments.filter(\.isCurrent)
    if current.isEmpty { return .filed }
    if current.allSatisfy({ $0.state == .handled }) { return .handled }
    return current.allSatisfy { $0.state == .sent || $0.state == .passed }
      ? .dispatched : .handling
  }

  /// What who led below a part fed back to it last, to be taken over; nil where nobody did.
  public func feedback(to part: CaseAssignment, among notes: [CaseNote]) -> CaseNote? {
    guard let lead = sent(by: part).last(where: \.isLead), lead.state == .handled else {
      return nil
    }
    return notes.last { $0.move == .feedBack && $0.author == lead.handledBy }
  }

  /// The deadline that is next for who has the part: that of its own level, or one that the whole
  /// case is asked for.
  public func due(of part: CaseAssignment) -> Moment? {
    guard part.parent != nil, part.isCurrent, part.state != .handled else { return `case`.dueAt }
    let own = clock(of: part)?.id
    return CaseChange.due(clocks, state: `case`.state) {
      $0.level == 0 && $0.step != .handling || $0.id == own
    }
  }

  /// Every part below the one that it came from, depth first, with its level.
  public var tree: [(part: CaseAssignment, level: Int)] {
    func branch(_ parent: ID<CaseAssignment>?, _ level: Int) -> [(CaseAssignment, Int)] {
      assignments.filter { $0.parent == parent }.flatMap {
        [($0, level)] + branch($0.id, level + 1)
      }
    }
    return branch(nil, 0).map { (part: $0.0, level: $0.1) }
  }
}
