import Base
import Store

/// The one table of which move is made from where, by whom.
public enum ProjectFlow {
  /// How somebody must stand to a project, beyond holding the right over its organisation.
  enum Standing: Sendable, Equatable {
    case scope
    /// Had none of these parts in it: four eyes.
    case apart(from: Set<ProjectPart>)
  }

  /// One line of the table.
  struct Rule: Sendable {
    let move: ProjectMove
    let from: Set<ProjectState>
    let right: Right
    let standing: Standing

    init(
      _ move: ProjectMove, _ from: Set<ProjectState>, _ right: Right,
      _ standing: Standing = .scope
    ) {
      self.move = move
      self.from = from
      self.right = right
      self.standing = standing
    }
  }

  private static let unseen: Set<ProjectPart> = [.wrote, .submitted]
  private static let kept = Set(ProjectState.allCases).subtracting([.discarded])

  static let rules: [Rule] = [
    Rule(.edit, [.draft], .projectEdit),
    Rule(.attach, kept.subtracting([.published]), .projectEdit),
    Rule(.submit, [.draft], .projectEdit),
    Rule(.recall, [.submitted], .projectEdit),
    Rule(.reviewDepartment, [.submitted], .projectReview, .apart(from: unseen)),
    Rule(
      .reviewFinance, [.departmentReviewed], .projectApprove,
      .apart(from: unseen.union([.reviewed]))),
    Rule(.giveBack, [.submitted], .projectReview, .apart(from: unseen)),
    Rule(
      .giveBack, [.departmentReviewed, .financeReviewed], .projectApprove, .apart(from: unseen)),
    Rule(.publish, [.financeReviewed], .projectEdit),
    Rule(.discard, [.draft], .projectEdit),
    Rule(.comment, kept, .projectRead),
  ]

  /// Where a move leads; nil where the state stays.
  static func end(of move: ProjectMove) -> ProjectState? {
    switch move {
    case .submit: .submitted
    case .recall, .giveBack: .draft
    case .reviewDepartment: .departmentReviewed
    case .reviewFinance: .financeReviewed
    case .publish: .published
    case .discard: .discarded
    case .edit, .attach, .comment: nil
    }
  }

  /// The moves that `doer` may make as the project stands: what its page offers.
  public static func moves(on file: ProjectFile, by doer: Doer) -> [ProjectMove] {
    ProjectMove.allCases.filter { move in
      rules.contains {
        $0.move == move && $0.from.contains(file.project.state) && allows($0, file, doer)
      } && obstacle(to: move, on: file) == nil
    }
  }

  /// Permission first, then the state.
  ///
  /// - Throws: `right.missing` and `project.own-work` (forbidden); `project.move-not-now` and
  ///   `project.submitted-before` (conflict).
  static func require(_ move: ProjectMove, on file: ProjectFile, by doer: Doer) throws {
    let reached = rules.filter {
      $0.move == move && file.project.isWithin($0.right, of: doer)
    }
    guard !reached.isEmpty else { throw missingRight(move) }
    let here = reached.filter { $0.from.contains(file.project.state) }
    guard !here.isEmpty else {
      throw Fault(
        .conflict, "project.move-not-now",
        ["act": move.rawValue, "stage": file.project.state.rawValue])
    }
    guard here.contains(where: { allows($0, file, doer) }) else {
      throw Fault(.forbidden, "project.own-work")
    }
    if let obstacle = obstacle(to: move, on: file) { throw obstacle }
  }

  /// What somebody is told whose page shows an older form.
  ///
  /// - Throws: `project.stale`; to whoever never makes the move, `right.missing`.
  static func refuseStale(_ move: ProjectMove, on file: ProjectFile, by doer: Doer) throws -> Never
  {
    guard rules.contains(where: { $0.move == move && doer.holds($0.right) }) else {
      throw missingRight(move)
    }
    throw Fault(
      .conflict, "project.stale",
      ["stage": file.project.state.rawValue, "revision": String(file.project.revision)])
  }

  private static func missingRight(_ move: ProjectMove) -> Fault {
    let right = rules.first { $0.move == move }?.right
    return Fault(.forbidden, "right.missing", ["right": right?.rawValue ?? ""])
  }

  private static func allows(_ rule: Rule, _ file: ProjectFile, _ doer: Doer) -> Bool {
    guard file.project.isWithin(rule.right, of: doer) else { return false }
    switch rule.standing {
    case .scope: return true
    case .apart(let parts): return !file.had(parts, doer)
    }
  }

  /// What the states do not say: a form that others have seen is kept.
  private static func obstacle(to move: ProjectMove, on file: ProjectFile) -> Fault? {
    move == .discard && file.project.version > 0
      ? Fault(.conflict, "project.submitted-before") : nil
  }
}

/// Which projects a right reaches, as a condition on `organisation AS o` that every list carries.
enum ProjectScope {
  /// The same as `Project.isWithin`: a grant over an area only reaches no project.
  static func condition(_ doer: Doer, right: Right) -> SQL {
    let pieces = doer.grants(holding: right).filter { $0.areaPath.isEmpty }
      .map { Subtree.holds("o.path", $0.organisationPath) }
    return pieces.isEmpty ? "1 = 0" : "(\(pieces.joined(" OR ")))"
  }
}
