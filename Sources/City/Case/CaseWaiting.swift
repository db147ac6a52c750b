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

/// What somebody holds for one who is away.
public struct HeldForOther: Sendable {
  public let person: ID<Person>
  public let name: String
  /// The first few, by clock.
  public let lines: [CaseLine]
  public let total: Int
}

/// What waits for somebody, by what they must do next.
extension CaseDesk {
  /// Beyond it a desk says "and more".
  public static let mostCounted = 1000

  /// The acts of a desk, in the order of a case's life.
  static let acts: [CaseMove] = [
    .answer, .accept, .askCheck, .confirmCheck, .file, .arbitrate, .dispatch, .grantExtension,
    .grantAppeal, .take, .passOn, .contact, .feedBack, .verify, .close, .callBack,
  ]

  /// Everything that waits for `doer`; acts without cases are left out.
  ///
  /// - Parameter acts: those that are looked at; nil for all.
  public func waiting(
    for doer: Doer, to acts: [CaseMove]? = nil, lines limit: Int = 8
  ) async throws -> [WaitingCases] {
    try await database.read {
      try waiting(for: doer, acts: acts ?? Self.acts, lines: limit, in: $0)
    }
  }

  func waiting(
    for doer: Doer, acts: [CaseMove], lines limit: Int, in snapshot: some Querying
  ) throws -> [WaitingCases] {
    let centres = try parties.value(in: snapshot).centres.map(\.path)
    return try acts.compactMap { act -> WaitingCases? in
      guard let condition = condition(act, doer, centres: centres) else { return nil }
      let lines: [CaseLine] = try snapshot.all(lines(condition, act, doer, limit: limit))
      guard !lines.isEmpty else { return nil }
      let total: Int? = try snapshot.value(
        """
        SELECT COUNT(*) FROM (SELECT 1 AS one FROM case_file AS c WHERE \(condition)
          LIMIT \(Self.mostCounted)) AS counted
        """)
      return WaitingCases(act: act, lines: lines, total: total ?? lines.count)
    }
  }

  /// The first cases of an act by clock: where it is one's own part that waits, by the clock of that.
  private func lines(_ condition: SQL, _ act: CaseMove, _ doer: Doer, limit: Int) -> SQL {
    guard act != .answer, let states = Self.heldStates[act], let mine = mine(doer) else {
      return """
        SELECT \(CaseLine.columns) FROM case_file AS c WHERE \(condition)
        ORDER BY c.queue_at, c.id LIMIT \(limit)
        """
    }
    return """
      SELECT \(CaseLine.columns(queue: "own.queue_at")) FROM case_file AS c
      JOIN (SELECT a.case_id, MIN(a.queue_at) AS queue_at FROM case_assignment AS a
        WHERE a.is_active = 1 AND a.state IN (\(states)) AND (\(mine)\(onDuty(act, doer))\(ofOthers(doer)))
        GROUP BY a.case_id) AS own
        ON own.case_id = c.id
      WHERE \(condition) ORDER BY own.queue_at, c.id LIMIT \(limit)
      """
  }

  /// How many open cases that `doer` may see are late, or will be within `soon` seconds; each by the
  /// deadline that their list shows.
  public func lateCounts(
    for doer: Doer, now: Moment
  ) async throws -> (overdue: Int, soon: Int) {
    try await database.read { snapshot in
      var filter = CaseFilter()
      filter.order = .due
      filter.overdueAt = now
      let overdue = try number(of: filter, by: doer, in: snapshot)
      filter.overdueAt = nil
      filter.dueBefore = now + Self.soon
      return (overdue, try number(of: filter, by: doer, in: snapshot) - overdue)
    }
  }

  func number(of filter: CaseFilter, by doer: Doer, in snapshot: some Querying) throws
    -> Int
  {
    let scope = try scope(.caseRead, of: doer, in: snapshot)
    guard scope.organisations.isEmpty else {
      return try count(filter, upTo: 1_000_000, by: doer, in: snapshot)
    }
    let all = filter.conditions() + [scope.condition].compactMap { $0 }
    return try snapshot.value(
      "SELECT COUNT(*) FROM case_file AS c WHERE \(all.joined(" AND "))") ?? 0
  }

  /// The cases that `doer` may send to a unit as they stand; nil for who dispatches nowhere.
  func dispatchable(by doer: Doer, in snapshot: some Querying) throws -> SQL? {
    let centres = try parties.value(in: snapshot).centres.map(\.path)
    return condition(.dispatch, doer, centres: centres)
  }

  /// The cases that wait for an act, as a condition on `case_file AS c`; nil for those who may not.
  private func condition(_ act: CaseMove, _ doer: Doer, centres: [String]) -> SQL? {
    switch act {
    case .accept: return scoped("c.state = 'reported'", .caseAccept, doer, centres)
    case .askCheck:
      return scoped("c.state = 'accepted' AND \(needsCheck)", .caseAccept, doer, centres)
    case .confirmCheck: return held(act, doer, to: .check)
    case .file:
      return scoped("c.state = 'accepted' AND NOT (\(needsCheck))", .caseFile, doer, centres)
    case .dispatch:
      return scoped(
        "c.state = 'filed' AND c.arbitration_at IS NULL", .caseDispatch, doer, centres)
    case .arbitrate:
      return decided(
        "c.state = 'filed' AND c.arbitration_at IS NOT NULL", .caseArbitrate, doer, centres)
    case .grantExtension: return asked(doer, centres)
    case .grantAppeal:
      return decided(
        "c.appeal = 'open' AND c.state <> 'merged'", .caseSupervise, doer, centres)
    case .answer: return supervised(doer, centres)
    case .take: return held(act, doer)
    case .feedBack: return held(act, doer)
    // Who also handles finds it among what is to be taken or done.
    case .passOn: return doer.holds(.caseHandle) ? nil : held(act, doer, by: .caseDispatch)
    case .contact:
      return held(act, doer).map {
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
        SELECT 1 FROM case_assignment AS a JOIN case_assignment AS l ON l.case_id = a.case_id
        WHERE a.case_id = c.id AND a.purpose = 'handle' AND a.handled_by = \(person) AND l.id <= a.id
          AND l.is_lead = 1 AND l.parent_id IS NULL AND l.ended_at IS NULL)
      """
  }

  private func scoped(
    _ condition: SQL, _ right: Right, _ doer: Doer, _ centres: [String]
  ) -> SQL? {
    guard doer.holds(right) else { return nil }
    let scope = CaseScope(doer, right: right, centres: centres)
    return scope.condition.map { "\(condition) AND \($0)" } ?? condition
  }

  /// The same, and what is decided in the place of those who are away; see `CaseReach.decides(_:by:)`.
  private func decided(
    _ condition: SQL, _ right: Right, _ doer: Doer, _ centres: [String]
  ) -> SQL? {
    let ways = [scoped(condition, right, doer, centres), inPlace(condition, right, doer, centres)]
      .compactMap { $0.map { "(\($0))" as SQL } }
    return ways.isEmpty ? nil : "(\(ways.joined(" OR ")))"
  }

  private func inPlace(
    _ condition: SQL, _ right: Right, _ doer: Doer, _ centres: [String]
  ) -> SQL? {
    guard doer.holds(.caseRead), doer.allowed?.contains(right) ?? true else { return nil }
    let reach = doer.standsFor.flatMap { $0.grants(holding: right) }.map { grant -> SQL in
      let area = Subtree.holds("c.area_path", grant.areaPath)
      return "(\(area) AND \(Subtree.holds("c.organisation_path", grant.organisationPath)))"
    }
    guard !reach.isEmpty else { return nil }
    let own = CaseScope(doer.alone, right: .caseRead, centres: centres).condition
    let all = [condition, "(\(reach.joined(" OR ")))", own, noPart(of: doer)].compactMap { $0 }
    return all.joined(" AND ")
  }

  /// See `CaseView.hasHadPart(_:)`.
  private func noPart(of doer: Doer) -> SQL? {
    guard let mine = mine(doer) else { return nil }
    let grants = [Right.caseHandle, .caseDispatch].flatMap { doer.grants(holding: $0) }.map {
      grant -> SQL in
      let area = Subtree.holds("c.area_path", grant.areaPath)
      return "(\(area) AND \(Subtree.holds("a.organisation_path", grant.organisationPath)))"
    }
    guard !grants.isEmpty else { return nil }
    return """
      NOT EXISTS (SELECT 1 FROM case_assignment AS a WHERE a.case_id = c.id AND (\(mine))
        AND (\(grants.joined(" OR "))))
      """
  }

  /// The parts that were sent to a person, or to the organisation that they belong to, where their
  /// right to handle covers them.
  private func held(
    _ act: CaseMove, _ doer: Doer, by right: Right = .caseHandle,
    to purpose: AssignmentPurpose = .handle
  ) -> SQL? {
    guard let mine = mine(doer), let states = Self.heldStates[act] else { return nil }
    let stands: SQL =
      purpose == .check ? "c.state = 'checking'" : "c.state IN ('dispatched', 'handling')"
    let grants = doer.grants(holding: right).map { grant -> SQL in
      let area = Subtree.holds("f.area_path", grant.areaPath)
      return "(\(area) AND \(Subtree.holds("a.organisation_path", grant.organisationPath)))"
    }
    var ways: [SQL] = grants.isEmpty ? [] : ["((\(mine)) AND (\(grants.joined(" OR "))))"]
    ways += doer.duties(right).map { duty in
      "(\(Subtree.holds("f.area_path", duty.areaPath)) AND \(Self.part(ofDuty: duty)))"
    }
    if let others = doer.partsOfOthers(right) { ways.append(others) }
    guard !ways.isEmpty else { return nil }
    return """
      \(stands) AND c.id IN (
        SELECT a.case_id FROM case_assignment AS a JOIN case_file AS f ON f.id = a.case_id
        WHERE a.is_active = 1 AND a.purpose = \(purpose) AND a.state IN (\(states))
          AND (\(ways.joined(" OR "))))
      """
  }

  /// Requests for more time, each for who may grant as much.
  private func asked(_ doer: Doer, _ centres: [String]) -> SQL? {
    let grades: [(Right, Int)] = [(.caseDispatch, 0), (.caseExtendFurther, 1)]
    let ways = grades.compactMap { right, isFurther in
      decided(
        """
        c.state IN ('dispatched', 'handling') AND EXISTS (SELECT 1 FROM case_extension AS e
          WHERE e.case_id = c.id AND e.decided_at IS NULL AND e.is_further = \(isFurther))
        """, right, doer, centres
      ).map { "(\($0))" as SQL }
    }
    return ways.isEmpty ? nil : "(\(ways.joined(" OR ")))"
  }

  /// The states of the parts that an act is made on.
  private static let heldStates: [CaseMove: SQL] = [
    .confirmCheck: "'sent'", .take: "'sent'", .feedBack: "'taken'",
    .passOn: "'sent', 'taken'", .contact: "'sent', 'taken'",
    .answer: "'sent', 'taken', 'passed'",
  ]

  /// See `CaseReach.Part.belongs(to:by:)`, as a condition on `case_assignment AS a`.
  private func mine(_ doer: Doer) -> SQL? {
    guard let person = doer.person else { return nil }
    guard let organisation = doer.organisation else { return "a.person_id = \(person)" }
    return """
      a.person_id = \(person) OR (a.organisation_id = \(organisation.id) AND \(Self.isNotPersonal))
      """
  }

  private static let isNotPersonal: SQL = """
    (a.person_id IS NULL OR NOT EXISTS (SELECT 1 FROM case_assignment AS p WHERE p.id = a.parent_id
      AND p.organisation_id = a.organisation_id))
    """

  /// That a part is with the very organisation for which somebody is on duty: `Doer.isOnDuty`.
  private static func part(ofDuty duty: Grant) -> SQL {
    """
    (a.organisation_id IN (SELECT o.id FROM organisation AS o WHERE o.path = \(duty.organisationPath))
      AND a.organisation_path = \(duty.organisationPath) AND \(isNotPersonal))
    """
  }

  private func onDuty(_ act: CaseMove, _ doer: Doer) -> SQL {
    let duties = doer.duties(act == .passOn ? .caseDispatch : .caseHandle)
    return duties.map { " OR \(Self.part(ofDuty: $0))" as SQL }.joined("")
  }

  /// That a part was sent to somebody for whom `doer` stands in.
  private func ofOthers(_ doer: Doer) -> SQL {
    guard !doer.standsFor.isEmpty else { return "" }
    let units = doer.standsFor.filter { !$0.grants(holding: .caseDispatch).isEmpty }
      .compactMap { $0.organisation?.id }
    let sent: SQL = units.isEmpty ? "" : " OR a.organisation_id IN \(list: units)"
    return " OR a.person_id IN \(list: doer.standsFor.map(\.person))\(sent)"
  }

  /// What `doer` holds for each of those who are away, by clock: what is to be taken, done or looked at.
  public func heldForOthers(
    by doer: Doer, lines limit: Int = 8
  ) async throws -> [HeldForOther] {
    guard !doer.standsFor.isEmpty else { return [] }
    return try await database.read { snapshot in
      let names = try PersonRows.names(of: doer.standsFor.map(\.person), in: snapshot)
      return try doer.standsFor.compactMap { away -> HeldForOther? in
        let alone = doer.alone.standingFor([away])
        let ways = [Right.caseHandle, .caseDispatch].compactMap { alone.partsOfOthers($0) }
        guard !ways.isEmpty else { return nil }
        let parts = ways.joined(" OR ")
        let held: SQL = """
          case_file AS c WHERE c.id IN (SELECT a.case_id FROM case_assignment AS a
            JOIN case_file AS f ON f.id = a.case_id
            WHERE a.is_active = 1 AND a.state IN ('sent', 'taken', 'passed') AND (\(parts)))
          """
        let lines: [CaseLine] = try snapshot.all(
          """
          SELECT \(CaseLine.columns) FROM \(held) ORDER BY c.queue_at, c.id LIMIT \(limit)
          """)
        let total: Int? = try snapshot.value("SELECT COUNT(*) FROM \(held)")
        return HeldForOther(
          person: away.person, name: names[away.person]?.name ?? "", lines: lines,
          total: total ?? lines.count)
      }
    }
  }

  /// Supervised cases that somebody has, and those that nobody has yet or any more.
  private func supervised(_ doer: Doer, _ centres: [String]) -> SQL? {
    let ways = [
      held(.answer, doer),
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
