import Base

/// The one table of which move is made on which sheet, from where, by whom.
public enum SheetFlow {
  struct Rule: Sendable {
    let move: SheetMove
    let kinds: Set<SheetKind>
    let from: Set<SheetState>
    let right: Right
    /// Had none of these parts in it: four eyes.
    let apart: Set<ProjectPart>

    init(
      _ move: SheetMove, _ kinds: Set<SheetKind>, _ from: Set<SheetState>, _ right: Right,
      apart: Set<ProjectPart> = []
    ) {
      self.move = move
      self.kinds = kinds
      self.from = from
      self.right = right
      self.apart = apart
    }
  }

  private static let all = Set(SheetKind.allCases)
  /// Read by the department; the others by finance.
  private static let byDepartment: Set<SheetKind> = [.targets, .monitoring]
  private static let byFinance: Set<SheetKind> = [.appraisal, .use]
  private static let unseen: Set<ProjectPart> = [.wrote, .submitted]

  static let rules: [Rule] = [
    Rule(.edit, all, [.draft], .projectEdit),
    Rule(.submit, all, [.draft], .projectEdit),
    Rule(.recall, all, [.submitted], .projectEdit),
    Rule(.review, [.targets], [.submitted], .projectReview, apart: unseen),
    Rule(
      .approve, [.targets], [.reviewed], .projectApprove, apart: unseen.union([.reviewed])),
    Rule(.approve, [.monitoring], [.submitted], .projectReview, apart: unseen),
    Rule(.approve, byFinance, [.submitted], .projectApprove, apart: unseen),
    Rule(.giveBack, byDepartment, [.submitted], .projectReview, apart: unseen),
    Rule(.giveBack, byFinance, [.submitted], .projectApprove, apart: unseen),
    Rule(.giveBack, [.targets], [.reviewed], .projectApprove, apart: unseen),
    Rule(.reopen, all, [.approved], .projectEdit),
    Rule(.reopen, all, [.waived], .projectApprove),
    Rule(.waive, all.subtracting([.use]), [.draft], .projectApprove),
  ]

  /// Where a move leads; nil where the state stays.
  static func end(of move: SheetMove, on kind: SheetKind) -> SheetState? {
    switch move {
    case .edit: nil
    case .submit: .submitted
    case .review: .reviewed
    case .approve: .approved
    case .recall, .giveBack, .reopen: .draft
    case .waive: .waived
    }
  }

  /// The moves that `doer` may make as the sheet stands: what its page offers.
  public static func moves(on file: SheetFile, by doer: Doer) -> [SheetMove] {
    SheetMove.allCases.filter { move in
      obstacle(to: move, on: file) == nil
        && rules.contains {
          $0.move == move && $0.kinds.contains(file.kind) && $0.from.contains(file.state)
            && allows($0, file, doer)
        }
    }
  }

  /// Whether a move is made with its reason only.
  public static func wantsReason(_ move: SheetMove, on kind: SheetKind) -> Bool {
    switch move {
    case .giveBack, .waive: true
    case .reopen: kind != .monitoring
    case .edit, .submit, .recall, .review, .approve: false
    }
  }

  /// Whose turn it is: the right that the next step of a sheet wants; nil of one that is settled.
  public static func awaited(_ kind: SheetKind, _ state: SheetState) -> Right? {
    switch state {
    case .draft: .projectEdit
    case .submitted, .reviewed:
      rules.first {
        ($0.move == .approve || $0.move == .review) && $0.kinds.contains(kind)
          && $0.from.contains(state)
      }?.right
    case .approved, .waived: nil
    }
  }

  /// Permission first, then the state.
  ///
  /// - Throws: `right.missing` and `project.own-work` (forbidden); `sheet.move-not-now`,
  ///   `sheet.form-handed-in`, `sheet.form-not-published` and `sheet.submitted-before` (conflict).
  static func require(_ move: SheetMove, on file: SheetFile, by doer: Doer) throws {
    let reached = rules.filter {
      $0.move == move && $0.kinds.contains(file.kind) && file.project.isWithin($0.right, of: doer)
    }
    guard !reached.isEmpty else { throw missingRight(move, file.kind) }
    let here = reached.filter { $0.from.contains(file.state) }
    guard !here.isEmpty else {
      throw Fault(
        .conflict, "sheet.move-not-now",
        ["sheet-move": move.rawValue, "sheet-state": file.state.rawValue])
    }
    guard here.contains(where: { allows($0, file, doer) }) else {
      throw Fault(.forbidden, "project.own-work")
    }
    if let obstacle = obstacle(to: move, on: file) { throw obstacle }
  }

  /// What somebody is told whose page shows an older sheet.
  ///
  /// - Throws: `sheet.stale`; to whoever never makes the move, `right.missing`.
  static func refuseStale(_ move: SheetMove, on file: SheetFile, by doer: Doer) throws -> Never {
    guard
      rules.contains(where: {
        $0.move == move && $0.kinds.contains(file.kind) && doer.holds($0.right)
      })
    else { throw missingRight(move, file.kind) }
    throw Fault(
      .conflict, "sheet.stale",
      ["sheet-state": file.state.rawValue, "revision": String(file.revision)])
  }

  private static func missingRight(_ move: SheetMove, _ kind: SheetKind) -> Fault {
    let right = rules.first { $0.move == move && $0.kinds.contains(kind) }?.right
    return Fault(.forbidden, "right.missing", ["right": right?.rawValue ?? ""])
  }

  private static func allows(_ rule: Rule, _ file: SheetFile, _ doer: Doer) -> Bool {
    file.project.isWithin(rule.right, of: doer) && !file.had(rule.apart, doer)
  }

  /// What the sheet's own state does not say: the form goes on from what comes before it, and its use
  /// from the form.
  private static func obstacle(to move: SheetMove, on file: SheetFile) -> Fault? {
    let form = file.project.state
    let writes = [.edit, .submit, .reopen, .waive].contains(move)
    if file.kind == .use {
      return form == .published ? nil : Fault(.conflict, "sheet.form-not-published")
    }
    if form == .published || (writes && form != .draft) {
      return Fault(.conflict, "sheet.form-handed-in")
    }
    if move == .waive, file.rounds.contains(where: { $0.version > 0 }) {
      return Fault(.conflict, "sheet.submitted-before")
    }
    return nil
  }
}
