import Base
import Store

/// Cases that wait for the same act of one person.
public struct WaitingCases: Sendable {
  public let act: CaseMove
  /// The first few, by clock.
  public let lines: [CaseLine]
  /// How many there are, counted up to `CaseDesk.mostCounted`.
  public let total: Int
}

/// What waits for somebody, by what they must do next.
extension CaseDesk {
  /// Beyond it a desk says "and more".
  public static let mostCounted = 1000

  /// The acts of a desk, in the order of a case's life.
  static let acts: [CaseMove] = [
    .answer, .accept, .askCheck, .confirmCheck, .file, .arbitrate, .dispatch, .grantExtension,
    .grantAppeal, .take, .contact,
    .feedBack, .verify,
    .close,
    .callBack,
  ]

  /// Everything that waits for `doer`; acts without cases are left out.
  public func waiting(
    for doer: Doer, lines limit: Int = 8
  ) async throws -> [WaitingCases] {
    try await database.read { snapshot in
      let centres = try parties.value(in: snapshot).centres.map(\.path)
      return try Self.acts.compactMap { act -> WaitingCases? in
        guard let condition = condition(act, doer, centres: centres) else { return nil }
        let lines: [CaseLine] = try snapshot.all(
          """
          SELECT \(CaseLine.columns) FROM case_file AS c WHERE \(condition)
          ORDER BY c.queue_at, c.id LIMIT \(limit)
          """)
        guard !lines.isEmpty else { return nil }
        let total: Int? = try snapshot.value(
          """
          SELECT COUNT(*) FROM (SELECT 1 AS one FROM case_file AS c WHERE \(condition)
            LIMIT \(Self.mostCounted)) AS counted
          """)
        return WaitingCases(act: act, lines: lines, total: total ?? lines.count)
      }
    }
  }

  /// How many open cases that `doer` may see are late, or will be within `soon` seconds.
  public func lateCounts(
    for doer: Doer, now: Moment
  ) async throws -> (overdue: Int, soon: Int) {
    try await database.read { snapshot in
      let scope = try scope(.caseRead, of: doer, in: snapshot)
      func count(_ condition: SQL) throws -> Int {
        let all = ["c.closed_at IS NULL", condition, scope.condition].compactMap { $0 }
        return try snapshot.value(
          "SELECT COUNT(*) FROM case_file AS c WHERE \(all.joined(" AND "))") ?? 0
      }
      return (
        try count("c.due_at < \(now)"),
        try count("c.due_at >= \(now) AND c.due_at < \(now + Self.soon)")
      )
    }
  }

  /// The cases that wait for an act, as a condition on `case_file AS c`; nil for those who may not.
  private func condition(_ act: CaseMove, _ doer: Doer, centres: [String]) -> SQL? {
    switch act {
    case .accept: return scoped("c.state = 'reported'", .caseAccept, doer, centres)
    case .askCheck:
      return scoped("c.state = 'accepted' AND \(needsCheck)", .caseAccept, doer, centres)
    case .confirmCheck: return held("'sent'", doer, to: .check)
    case .file:
      return scoped("c.state = 'accepted' AND NOT (\(needsCheck))", .caseFile, doer, centres)
    case .dispatch:
      return scoped(
        "c.state = 'filed' AND c.arbitration_at IS NULL", .caseDispatch, doer, centres)
    case .arbitrate:
      return scoped(
        "c.state = 'filed' AND c.arbitration_at IS NOT NULL", .caseArbitrate, doer, centres)
    case .grantExtension: return asked(doer, centres)
    case .grantAppeal: return scoped("c.appeal = 'open'", .caseSupervise, doer, centres)
    case .answer: return supervised(doer, centres)
    case .take: return held("'sent'", doer)
    case .feedBack: return held("'taken'", doer)
    case .contact:
      return held("'sent', 'taken'", doer).map {
        "\($0) AND c.contacted_at IS NULL AND \(Self.running(.firstContact))"
      }
    case .verify:
      return scoped(
        "c.state = 'handled' AND \(isVerified(true)) AND \(notHandled(by: doer))", .caseVerify,
        doer,
        centres)
    case .close:
      return scoped(
        "(c.state = 'verified' OR (c.state = 'handled' AND \(isVerified(false))))", .caseClose,
        doer,
        centres)
    case .callBack:
      return scoped(
        "c.state IN ('handled', 'verified', 'closed') AND \(Self.running(.callBack))",
        .caseCallBack, doer, centres)
    default: return nil
    }
  }

  /// Whether the case's kind, as it was when it was filed, is verified.
  private func isVerified(_ wanted: Bool) -> SQL {
    "c.kind_version IN \(list: kinds.versions { $0.verified == wanted })"
  }

  /// See `CaseView.needsCheck`.
  private var needsCheck: SQL {
    """
    c.kind_version IN \(list: kinds.versions(where: \.checkedBeforeFiling))
      AND c.channel NOT IN \(list: Channel.allCases.filter(\.isOfPatrollers))
      AND c.check_result IS NULL
    """
  }

  /// See `CaseView.wasHandled(by:)`.
  private func notHandled(by doer: Doer) -> SQL {
    guard let person = doer.person else { return "1 = 1" }
    return """
      (c.handled_by IS NULL OR c.handled_by <> \(person)) AND NOT EXISTS (
        SELECT 1 FROM case_assignment AS a WHERE a.case_id = c.id AND a.purpose = 'handle'
          AND a.is_active = 1 AND a.ended_at IS NULL AND a.handled_by = \(person))
      """
  }

  private func scoped(
    _ condition: SQL, _ right: Right, _ doer: Doer, _ centres: [String]
  ) -> SQL? {
    guard doer.holds(right) else { return nil }
    let scope = CaseScope(doer, right: right, centres: centres)
    return scope.condition.map { "\(condition) AND \($0)" } ?? condition
  }

  /// The parts that were sent to a person, or to the organisation that they belong to, where their
  /// right to handle covers them.
  private func held(
    _ states: SQL, _ doer: Doer, to purpose: AssignmentPurpose = .handle
  ) -> SQL? {
    guard let person = doer.person else { return nil }
    let grants = doer.grants(holding: .caseHandle).map { grant -> SQL in
      let area = Subtree.holds("f.area_path", grant.areaPath)
      return "(\(area) AND \(Subtree.holds("a.organisation_path", grant.organisationPath)))"
    }
    guard !grants.isEmpty else { return nil }
    var mine: SQL = "a.person_id = \(person)"
    if let organisation = doer.organisation {
      mine += " OR a.organisation_id = \(organisation.id)"
    }
    let stands: SQL =
      purpose == .check ? "c.state = 'checking'" : "c.state IN ('dispatched', 'handling')"
    return """
      \(stands) AND c.id IN (
        SELECT a.case_id FROM case_assignment AS a JOIN case_file AS f ON f.id = a.case_id
        WHERE a.is_active = 1 AND a.purpose = \(purpose) AND a.state IN (\(states))
          AND (\(mine))
          AND (\(grants.joined(" OR "))))
      """
  }

  /// Requests for more time, each for who may grant as much.
  private func asked(_ doer: Doer, _ centres: [String]) -> SQL? {
    let grades: [(Right, Int)] = [(.caseDispatch, 0), (.caseExtendFurther, 1)]
    let ways = grades.compactMap { right, isFurther in
      scoped(
        """
        c.state IN ('dispatched', 'handling') AND EXISTS (SELECT 1 FROM case_extension AS e
          WHERE e.case_id = c.id AND e.decided_at IS NULL AND e.is_further = \(isFurther))
        """, right, doer, centres
      ).map { "(\($0))" as SQL }
    }
    return ways.isEmpty ? nil : "(\(ways.joined(" OR ")))"
  }

  /// Supervised cases that somebody has, and those that nobody has yet or any more.
  private func supervised(_ doer: Doer, _ centres: [String]) -> SQL? {
    let ways = [
      held("'sent', 'taken'", doer),
      scoped(
        "c.state NOT IN ('dispatched', 'handling')", .caseDispatch, doer, centres),
    ].compactMap { $0.map { "(\($0))" as SQL } }
    guard !ways.isEmpty else { return nil }
    return "c.closed_at IS NULL AND \(Self.running(.supervision)) AND (\(ways.joined(" OR ")))"
  }

  private static func running(_ step: ClockStep) -> SQL {
    """
    EXISTS (SELECT 1 FROM case_clock AS k WHERE k.case_id = c.id AND k.step = \(step)
      AND k.stopped_at IS NULL)
    """
  }
}
