import Base
import Foundation
import Store

/// A figure of case work (DOMAIN: names and formulas as practitioners use them). Counts have no
/// denominator; a rate over nothing is nil, never 0.
public enum CaseFigure: String, CaseIterable, Sendable, Codable {
  // Counts by the time of the step.
  case reported, valid, accepted, checked
  case checkDenied = "check-denied"
  case filed, dispatched, arbitrated, handled, closed, supervised, transferred, excluded
  // What was found of them, by the organisation that it was found of.
  case justifiedComplaints = "justified-complaints"
  case lateReports = "late-reports"
  case omittedReports = "omitted-reports"
  case hiddenReports = "hidden-reports"
  case falseReports = "false-reports"
  // Returns and reworks, as cases and as times; of the same cases as the rates beside them.
  case returned, reworked
  case returnTimes = "return-times"
  case reworkTimes = "rework-times"
  // Rates.
  case acceptanceOnTime = "acceptance-on-time"
  case checkRate = "check-rate"
  case checkOnTime = "check-on-time"
  case filingRate = "filing-rate"
  case dispatchOnTime = "dispatch-on-time"
  case rightFirstTime = "right-first-time"
  case handlingRate = "handling-rate"
  case handlingOnTime = "handling-on-time"
  case handlingOnTimeOriginal = "handling-on-time-original"
  case closingRate = "closing-rate"
  case closingOnTime = "closing-on-time"
  case closingOnTimeOriginal = "closing-on-time-original"
  case reworkRate = "rework-rate"
  case extensionRate = "extension-rate"
  case overdueOpenRate = "overdue-open-rate"
  case firstContactRate = "first-contact-rate"
  case resolvedRate = "resolved-rate"
  case satisfiedRate = "satisfied-rate"
  case arbitrationOnTime = "arbitration-on-time"
  case supervisionOnTime = "supervision-on-time"
  case repeatRate = "repeat-rate"
  // Quick mediation, by when the outcome was recorded.
  case mediated
  case writtenAgreements = "written-agreements"
  case oralAgreements = "oral-agreements"
  case agreedAmount = "agreed-amount"
  case settledRate = "settled-rate"
  // Means of natural time.
  case handlingLateTime = "handling-late-time"
  case closingLateTime = "closing-late-time"
  case suspendedTime = "suspended-time"
}

/// Which cases a set of figures is about.
public struct FigureScope: Sendable, Equatable {
  /// The first instant, and the first after it, of the period.
  public var from: Moment
  public var before: Moment
  public var areaPath: String?
  /// The unit that leads, at whatever level: its own clocks where handling is timed, and the cases
  /// that it leads where they are counted.
  public var organisation: ID<Organisation>?
  public var kind: String?
  public var channel: Channel?

  public init(from: Moment, before: Moment) {
    self.from = from
    self.before = before
  }

  /// Conditions on `case_file AS c` besides the period and the organisation.
  var conditions: [SQL] {
    var all: [SQL] = []
    if let areaPath { all.append(Subtree.holds("c.area_path", areaPath)) }
    if let kind { all.append("c.kind = \(kind)") }
    if let channel { all.append("c.channel = \(channel)") }
    return all
  }

  func within(_ column: String) -> SQL {
    let column = SQL(trusted: column)
    return "\(column) >= \(from) AND \(column) < \(before)"
  }
}

/// The value of a figure.
public struct FigureValue: Sendable, Equatable {
  public let figure: CaseFigure
  /// What counts; for the satisfied rate in thousandths, because answers have weights; for a time the
  /// sum of minutes.
  public let numerator: Int
  /// Nil for a plain count.
  public let denominator: Int?

  /// Yuan; nil where it is no amount.
  public var amount: Decimal? {
    figure.measure == .amount ? MediationResult.yuan(Int64(numerator)) : nil
  }

  /// The mean of a time in minutes, cut to whole ones; nil over nothing, and where it is no time.
  public var minutes: Int? {
    guard figure.measure == .time, let denominator, denominator > 0 else { return nil }
    return numerator / denominator
  }

  /// 0…1; nil over nothing, and where it is no rate.
  public var rate: Double? {
    guard figure.isRate, let denominator, denominator > 0 else { return nil }
    let scale = figure == .satisfiedRate ? 1000.0 : 1.0
    return Double(numerator) / scale / Double(denominator)
  }
}

/// How a figure is counted: by cases, by one step's clocks, or by suspensions. A case whose step was
/// due several times in the period counts once, with all their time.
///
/// Handling is timed at each level. Without an organisation the clocks of the case itself count, those of
/// what its own dispatcher sent; with one, those of what was sent to it, at whatever level, its own people apart: what is late
/// at the town may be in time at the unit.
struct FigureRule {
  /// What else than `case_file AS c` is looked at.
  private enum Source {
    case cases
    /// `case_clock AS k` of one step.
    case clocks
    /// `case_pause AS p`.
    case pauses
    /// `case_finding AS x`.
    case findings
    /// `case_transfer AS t`.
    case transfers
    /// `case_mediation AS m`.
    case mediations
  }

  /// Conditions on the source: what the figure is out of, or for a count what is counted.
  private(set) var whole: SQL
  /// What of it counts; nil for a count.
  let part: SQL?
  /// How often a counted case counts, where that is not once; or the minutes of one row.
  var times: SQL?
  private let source: Source
  /// Whether one clock that counts is enough; otherwise all must.
  private let isAny: Bool
  let measure: CaseFigure.Measure

  init(_ figure: CaseFigure, _ scope: FigureScope, now: Moment) {
    func count(_ column: String, _ extra: SQL = "1 = 1") -> FigureRule {
      FigureRule(whole: "\(scope.within(column)) AND \(extra)", part: nil)
    }
    func late(_ step: ClockStep) -> FigureRule {
      FigureRule(
        minutesOf: .clocks, whole: "\(Self.due(step, scope, now: now)) AND \(Self.isLate(now))",
        from: "k.due_at", to: "COALESCE(k.stopped_at, \(now))")
    }
    func found(_ finding: CaseFinding.Kind) -> FigureRule {
      FigureRule(
        whole: "x.finding = \(finding) AND \(scope.within("x.found_at"))", part: nil,
        source: .findings)
    }
    func each(_ times: SQL, of rule: FigureRule) -> FigureRule {
      var rule = rule
      rule.times = times
      return rule
    }
    func share(_ column: String, _ part: SQL, _ extra: SQL = "1 = 1") -> FigureRule {
      FigureRule(whole: "\(scope.within(column)) AND \(extra)", part: part)
    }
    func clocks(_ step: ClockStep, _ part: SQL, isAny: Bool = false) -> FigureRule {
      FigureRule(
        whole: Self.due(step, scope, now: now), part: part, source: .clocks, isAny: isAny)
    }
    func settled(_ part: SQL?, _ extra: SQL = "1 = 1") -> FigureRule {
      FigureRule(
        whole: "\(scope.within("m.recorded_at")) AND \(extra)", part: part, source: .mediations)
    }
    self =
      switch figure {
      case .reported: count("c.reported_at")
      case .valid: count("c.reported_at", "c.state <> 'void'")
      case .accepted: count("c.accepted_at")
      case .checked: count("c.checked_at")
      case .checkDenied: count("c.checked_at", "c.check_result = 'denied'")
      case .filed: count("c.filed_at")
      case .dispatched: count("c.dispatched_at")
      case .handled: count("c.handled_at")
      case .closed: count("c.closed_at", "c.state = 'closed'")
      case .excluded: count("c.excluded_at")
      case .justifiedComplaints: found(.justifiedComplaint)
      case .lateReports: found(.late)
      case .omittedReports: found(.omitted)
      case .hiddenReports: found(.hidden)
      case .falseReports: found(.false)
      case .arbitrated: count("c.arbitrated_at")
      case .arbitrationOnTime: clocks(.arbitration, Self.onTime)
      case .supervised:
        FigureRule(
          whole: "k.step = 'supervision' AND \(scope.within("k.started_at"))", part: nil,
          source: .clocks)
      case .transferred:
        FigureRule(whole: scope.within("t.sent_at"), part: nil, source: .transfers)
      case .supervisionOnTime: clocks(.supervision, Self.onTime)
      case .repeatRate: share("c.reported_at", Self.isRepeat)
      case .returned: count("c.dispatched_at", Self.isReturned)
      case .returnTimes: each("c.return_count", of: count("c.dispatched_at", Self.isReturned))
      case .reworked: Self.reworks(scope, now: now)
      case .reworkTimes: each("c.rework_count", of: Self.reworks(scope, now: now))
      case .acceptanceOnTime: clocks(.acceptance, Self.onTime)
      case .checkRate: clocks(.check, Self.done)
      case .checkOnTime: clocks(.check, Self.onTime)
      case .filingRate: share("c.accepted_at", "c.filed_at IS NOT NULL")
      case .dispatchOnTime: clocks(.dispatch, Self.onTime)
      case .rightFirstTime: share("c.dispatched_at", "c.return_count = 0")
      case .handlingRate: clocks(.handling, Self.done)
      case .handlingOnTime: clocks(.handling, Self.onTime)
      case .handlingOnTimeOriginal: clocks(.handling, Self.onTimeOriginal)
      case .closingRate: clocks(.whole, Self.done)
      case .closingOnTime: clocks(.whole, Self.onTime)
      case .closingOnTimeOriginal: clocks(.whole, Self.onTimeOriginal)
      case .reworkRate: clocks(.whole, Self.isReworked)
      case .extensionRate: clocks(.handling, Self.isExtended)
      case .overdueOpenRate: clocks(.handling, "k.stopped_at IS NULL", isAny: true)
      case .firstContactRate: clocks(.firstContact, Self.onTime)
      case .resolvedRate: share("c.called_back_at", "c.is_resolved = 1")
      case .satisfiedRate:
        share("c.called_back_at", Self.isSatisfied, "c.satisfaction IS NOT NULL")
      case .mediated: settled(nil)
      case .settledRate: settled("m.outcome = 'settled'")
      case .writtenAgreements: settled(nil, "m.agreement = 'written'")
      case .oralAgreements: settled(nil, "m.agreement = 'oral'")
      case .agreedAmount:
        FigureRule(sumOf: "m.amount", whole: "\(scope.within("m.recorded_at")) AND m.amount > 0")
      case .handlingLateTime: late(.handling)
      case .closingLateTime: late(.whole)
      case .suspendedTime:
        FigureRule(
          minutesOf: .pauses, whole: scope.within("p.started_at"), from: "p.started_at",
          to: "COALESCE(p.ended_at, \(now))")
      }
    if let organisation = scope.organisation {
      if source == .findings {
        whole = "\(whole) AND x.organisation_id = \(organisation)"
      } else if !Self.timesHandling.contains(figure) {
        whole = "\(whole) AND \(CaseScope.led(by: organisation))"
      }
    }
    // What is excluded is in neither part of a rate, nor in what is read beside one.
    if measure == .rate || measure == .time || Self.besideRates.contains(figure) {
      whole = "\(whole) AND c.excluded_at IS NULL"
    }
    // What is merged is counted where it went on; as a report it was one.
    let countsReports: Set<CaseFigure> = [.reported, .valid, .repeatRate]
    if !countsReports.contains(figure) { whole = "\(whole) AND c.state <> 'merged'" }
  }

  private static let besideRates: Set<CaseFigure> = [
    .returned, .reworked, .returnTimes, .reworkTimes,
  ]

  /// The figures that count the clocks of handling.
  private static let timesHandling: Set<CaseFigure> = [
    .handlingRate, .handlingOnTime, .handlingOnTimeOriginal, .extensionRate, .overdueOpenRate,
    .handlingLateTime,
  ]

  private init(whole: SQL, part: SQL?, source: Source = .cases, isAny: Bool = false) {
    self.whole = whole
    self.part = part
    self.source = source
    self.isAny = isAny
    measure = part == nil ? .count : .rate
  }

  private init(minutesOf source: Source, whole: SQL, from start: SQL, to end: SQL) {
    self.whole = whole
    part = nil
    times = "(\(end) - \(start)) / 60000"
    self.source = source
    isAny = false
    measure = .time
  }

  private init(sumOf column: SQL, whole: SQL) {
    self.whole = whole
    part = nil
    times = column
    source = .mediations
    isAny = false
    measure = .amount
  }

  private static let isReturned: SQL = "c.return_count > 0"
  private static let isRepeat: SQL = """
    EXISTS (SELECT 1 FROM case_link AS l WHERE l.later_id = c.id AND l.relation = 'repeat')
    """
  private static let isReworked: SQL = "c.rework_count > 0"
  private static let isExtended: SQL = """
    ((k.level = 0 AND c.extension_count > 0) OR (k.level > 0 AND k.extensions <> ''))
    """

  private static func reworks(_ scope: FigureScope, now: Moment) -> FigureRule {
    FigureRule(
      whole: "\(due(.whole, scope, now: now)) AND \(isReworked)", part: nil, source: .clocks)
  }

  private static let done: SQL = "k.is_done = 1"
  private static let onTime: SQL = "k.is_done = 1 AND k.stopped_at <= k.due_at"
  private static func isLate(_ now: Moment) -> SQL { "COALESCE(k.stopped_at, \(now)) > k.due_at" }
  private static let onTimeOriginal: SQL = "k.is_done = 1 AND k.stopped_at <= k.original_due_at"
  /// Every answer that adds to the weighted sum.
  private static let isSatisfied: SQL = {
    let answers = CaseDesk.satisfactionWeights.indices.filter {
      CaseDesk.satisfactionWeights[$0] > 0
    }
    return "c.satisfaction IN \(list: answers.map { $0 + 1 })"
  }()

  /// A clock is due in the period by its deadline. One that is neither done nor past its deadline is
  /// in neither part; nor is one that ended undone (returned, withdrawn, void), or whose case is
  /// suspended. A first contact that was never made, though the case went on, was due; so was a check
  /// that was taken back when it was late already.
  private static func due(_ step: ClockStep, _ scope: FigureScope, now: Moment) -> SQL {
    let missed: SQL =
      switch step {
      case .firstContact:
        """
         OR (k.stopped_at IS NOT NULL AND c.state NOT IN ('void', 'transferred')
          AND NOT EXISTS (SELECT 1 FROM case_transfer AS w
            WHERE w.case_id = c.id AND w.sent_at = k.stopped_at))
        """
      case .check: " OR k.stopped_at > k.due_at"
      default: ""
      }
    return """
      k.step = \(step) AND \(scope.within("k.due_at"))\(level(of: step, scope))
        AND (k.is_done = 1 OR (k.stopped_at IS NULL AND k.due_at < \(now)
          AND c.state <> 'suspended')\(missed))
      """
  }

  private static func level(of step: ClockStep, _ scope: FigureScope) -> SQL {
    guard step == .handling else { return "" }
    guard let organisation = scope.organisation else { return " AND k.level = 0" }
    return """
       AND EXISTS (SELECT 1 FROM case_assignment AS a WHERE a.id = k.assignment_id
        AND a.organisation_id = \(organisation)
        AND NOT EXISTS (SELECT 1 FROM case_assignment AS p WHERE p.id = a.parent_id
          AND p.organisation_id = a.organisation_id))
      """
  }

  /// The cases that the figure is out of, each once, with whether or how often it counts, or its
  /// minutes: rows of `id`, `counts`.
  func cases(_ conditions: [SQL]) -> SQL {
    let part: SQL = times ?? "CASE WHEN \(part ?? "1 = 1") THEN 1 ELSE 0 END"
    let all = ([whole] + conditions).joined(" AND ")
    let counts: SQL =
      switch measure {
      case .time: "SUM(\(part))"
      case .count, .rate, .amount: isAny ? "MAX(\(part))" : "MIN(\(part))"
      }
    let joined: SQL
    switch source {
    case .cases: return "SELECT c.id, \(part) AS counts FROM case_file AS c WHERE \(all)"
    case .clocks: joined = "case_clock AS k JOIN case_file AS c ON c.id = k.case_id"
    case .findings: joined = "case_finding AS x JOIN case_file AS c ON c.id = x.case_id"
    case .transfers: joined = "case_transfer AS t JOIN case_file AS c ON c.id = t.case_id"
    case .mediations: joined = "case_mediation AS m JOIN case_file AS c ON c.id = m.case_id"
    case .pauses: joined = "case_pause AS p JOIN case_file AS c ON c.id = p.case_id"
    }
    return "SELECT c.id, \(counts) AS counts FROM \(joined) WHERE \(all) GROUP BY c.id"
  }
}
