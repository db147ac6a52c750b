import Base
import Store

/// What a patroller takes along, to work where there is no network.
public struct PatrolWork: Sendable {
  /// Codes of the kinds that they reported in the last 30 days, the most frequent first.
  public let recent: [String]
  /// Codes of the kinds that patrollers reported in their grids meanwhile, the most frequent first.
  public let nearby: [String]
  /// What waits for them on the spot: checks and verifications, each by clock.
  public let waiting: [WaitingCases]
  /// The grids that they patrol now, by code.
  public let grids: [DutyGrid]
}

extension CaseDesk {
  /// How far back kinds are looked for, in days.
  static let patrolDays: Int64 = 30
  /// The most kinds that are offered first, of each sort.
  static let mostPatrolKinds = 8
  /// The most cases of each act that are taken along.
  public static let mostTakenAlong = 50
  /// The most areas whose cases are looked at.
  static let mostPatrolAreas = 100
  /// A phone's reports are known by this system, and by the person and the key that the phone gave.
  static let phoneSource = "phone"

  /// What somebody who walks the grids needs with them.
  ///
  /// - Throws: `right.missing`.
  public func patrolWork(of doer: Doer) async throws -> PatrolWork {
    try doer.require(.caseOnTheSpot)
    return try await database.read { snapshot in
      let first = IDSource.first(at: database.now() + -Self.patrolDays * 86_400)
      return PatrolWork(
        recent: try recentKinds(of: doer, since: first, in: snapshot),
        nearby: try nearbyKinds(of: doer, since: first, in: snapshot),
        waiting: try waiting(
          for: doer, acts: [.confirmCheck, .verify], lines: Self.mostTakenAlong, in: snapshot),
        grids: try doer.person.map {
          try DutyGridRows.grids(of: $0, at: database.now(), in: snapshot)
        } ?? [])
    }
  }

  private func recentKinds(
    of doer: Doer, since first: Int64, in snapshot: some Querying
  ) throws -> [String] {
    guard let person = doer.person else { return [] }
    return try snapshot.column(
      """
      SELECT kind FROM case_file WHERE reported_by = \(person) AND id >= \(first)
      GROUP BY kind ORDER BY COUNT(*) DESC, MAX(id) DESC LIMIT \(Self.mostPatrolKinds)
      """)
  }

  private func nearbyKinds(
    of doer: Doer, since first: Int64, in snapshot: some Querying
  ) throws -> [String] {
    let paths = doer.grants(holding: .caseOnTheSpot).map(\.areaPath)
    let areas = try places.value(in: snapshot).areas.map(\.path)
      .filter { path in paths.contains { path.hasPrefix($0) } }
    guard !areas.isEmpty else { return [] }
    return try snapshot.column(
      """
      SELECT kind FROM case_file WHERE area_path IN \(list: Array(areas.prefix(Self.mostPatrolAreas)))
        AND id >= \(first) AND channel IN \(list: Channel.allCases.filter(\.isOfPatrollers))
      GROUP BY kind ORDER BY COUNT(*) DESC, MAX(id) DESC LIMIT \(Self.mostPatrolKinds)
      """)
  }

  /// Takes down what somebody reported on their phone, where it may have waited for days: a repeat
  /// gets the case that the first one made, for good.
  ///
  /// - Parameters:
  ///   - key: the phone's own, one for each report.
  ///   - reportedAt: when it was seen; see `patrolTime(made:sent:)`.
  ///   - feedback: what was done, where it was handled on the spot, at that time.
  /// - Throws: what `report` and `handleOnTheSpot` throw.
  public func reportFromPhone(
    _ report: CaseReport, key: String, reportedAt: Moment, feedback: String?,
    attaching files: [NewAttachment], by doer: Doer
  ) async throws -> (case: Case, isNew: Bool) {
    try doer.require(.caseOnTheSpot)
    var report = report
    report.reportedAt = reportedAt
    report.externalSource = Self.phoneSource
    report.externalID = "\(doer.person?.description ?? "")-\(key)"
    if let known = try await sent(report, by: doer) { return (known, false) }
    do {
      if let feedback {
        return try await handleOnTheSpot(
          report, feedback: feedback, fields: report.fields, evidence: files, isTold: true, by: doer
        )
      }
      return try await self.report(report, attaching: files, by: doer)
    } catch let fault as Fault where fault.code == "case.known-already" {
      // The same came by another connection meanwhile.
      guard let known = try await sent(report, by: doer) else { throw fault }
      return (known, false)
    }
  }

  private func sent(_ report: CaseReport, by doer: Doer) async throws -> Case? {
    try await database.read { snapshot in
      let file = try CaseRows.find(
        source: report.externalSource ?? "", externalID: report.externalID ?? "", in: snapshot)
      return file?.reportedBy == doer.person ? file : nil
    }
  }

  /// How long a report may have waited on a phone, in seconds.
  public static let longestOnPhone: Int64 = 30 * 86_400

  /// When a report was made, by our clock: the phone's may be wrong, but what passed on it is not.
  ///
  /// - Parameters:
  ///   - made: when it was made, by the phone's clock.
  ///   - sent: when it was sent, by the same.
  ///   - now: by ours, when it came.
  public static func patrolTime(made: Moment, sent: Moment, now: Moment) -> Moment {
    let (waited, overflows) = sent.milliseconds.subtractingReportingOverflow(made.milliseconds)
    let bounded = overflows ? 0 : min(max(0, waited), longestOnPhone * 1000)
    return Moment(milliseconds: now.milliseconds - bounded)
  }
}
