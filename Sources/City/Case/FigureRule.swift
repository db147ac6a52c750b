import Base
import Store

/// How a figure is counted: by cases, by one step's clocks, or by suspensions. A case whose step was
/// due several times in the period counts once, with all their time.
///
/// Handling is timed at each level. Without an organisation the clocks of the case itself count, those of
/// what its own dispatcher sent; with one, those of what was sent to it, at whatever level, its own people apart: what is late
/// at the town may be in time at the unit.
struct FigureRule {
  let figure: CaseFigure
  /// What is looked through; figures of one pass are counted together.
  let pass: FigurePass
  /// Which rows of the pass the figure is out of, or for a count which are counted; nil for all of them.
  let own: SQL?
  /// What else must hold, as it does of most figures.
  let common: Set<Common>
  /// What of it counts; nil for a count.
  let part: SQL?
  /// How often a counted case counts, where that is not once; or the minutes of one row.
  let times: SQL?
  /// Whether one clock that counts is enough; otherwise all must.
  let isAny: Bool

  var measure: CaseFigure.Measure { figure.measure }

  init(_ figure: CaseFigure, _ scope: FigureScope, now: Moment) {
    let draft = Draft(figure, scope, now: now)
    self.figure = figure
    pass = draft.pass
    own = draft.whole
    part = draft.part
    times = draft.times
    isAny = draft.isAny
    var common: Set<Common> = []
    if [.rate, .time].contains(figure.measure) || Self.besideRates.contains(figure) {
      common.insert(.scored)
    }
    if !Self.countsReports.contains(figure) { common.insert(.unmerged) }
    self.common = common
  }

  /// A condition that most figures share.
  enum Common: CaseIterable {
    /// What is excluded is in neither part of a rate, nor in what is read beside one.
    case scored
    /// What is merged is counted where it went on; as a report it was one.
    case unmerged

    var condition: SQL {
      switch self {
      case .scored: "c.excluded_at IS NULL"
      case .unmerged: "c.state <> 'merged'"
      }
    }
  }

  /// Which rows the figure is out of, where some of what is common holds already; nil for all of them.
  func whole(where held: Set<Common> = []) -> SQL? {
    let rest = Common.allCases.filter { common.contains($0) && !held.contains($0) }
    let all = [own].compactMap { $0 } + rest.map(\.condition)
    return all.isEmpty ? nil : all.joined(" AND ")
  }

  private static let besideRates: Set<CaseFigure> = [
    .returned, .reworked, .returnTimes, .reworkTimes,
  ]
  private static let countsReports: Set<CaseFigure> = [.reported, .valid, .repeatRate]

  /// Whether, how often or for how many minutes a row counts.
  var counted: SQL { times ?? part.map { "CASE WHEN \($0) THEN 1 ELSE 0 END" } ?? "1" }

  /// Puts the rows of one case together.
  func gathered(_ rows: SQL) -> SQL {
    switch measure {
    case .time: "SUM(\(rows))"
    case .count, .rate, .amount: isAny ? "MAX(\(rows))" : "MIN(\(rows))"
    }
  }

  /// The cases that the figure is out of, each once, with whether or how often it counts, or its
  /// minutes: rows of `id`, `counts`.
  func cases(_ scope: FigureScope, now: Moment, _ conditions: [SQL]) -> SQL {
    let rows = ["1 = 1"] + pass.conditions(scope, now: now) + [whole()].compactMap { $0 }
    let all = (rows + conditions).joined(" AND ")
    guard !pass.isOfCases else {
      return "SELECT c.id, \(counted) AS counts FROM case_file AS c WHERE \(all)"
    }
    return """
      SELECT c.id, \(gathered(counted)) AS counts FROM \(pass.source) WHERE \(all) GROUP BY c.id
      """
  }
}

extension FigureRule {
  /// A rule in the making: what is particular to the figure.
  fileprivate struct Draft {
    let pass: FigurePass
    var whole: SQL?
    var part: SQL?
    var times: SQL?
    var isAny = false

    init(_ pass: FigurePass) { self.pass = pass }

    /// Counts by the time of a step.
    static func count(_ step: SQL, _ extra: SQL? = nil) -> Draft {
      var draft = Draft(.cases)
      draft.whole = extra.map { "\(step) AND \($0)" } ?? step
      return draft
    }

    static func share(_ step: SQL, _ part: SQL, _ extra: SQL? = nil) -> Draft {
      var draft = count(step, extra)
      draft.part = part
      return draft
    }

    static func clocks(_ step: ClockStep, _ part: SQL, isAny: Bool = false) -> Draft {
      var draft = Draft(.clocks(step))
      draft.part = part
      draft.isAny = isAny
      return draft
    }

    /// Cases of a pass that counts.
    static func some(_ pass: FigurePass, _ whole: SQL? = nil, times: SQL? = nil) -> Draft {
      var draft = Draft(pass)
      draft.whole = whole
      draft.times = times
      return draft
    }

    static func minutes(_ pass: FigurePass, _ whole: SQL? = nil, from: SQL, to: SQL) -> Draft {
      some(pass, whole, times: "(\(to) - \(from)) / 60000")
    }

    func counting(_ part: SQL) -> Draft {
      var draft = self
      draft.part = part
      return draft
    }

    func each(_ times: SQL) -> Draft {
      var draft = self
      draft.times = times
      return draft
    }
  }
}

extension FigureRule.Draft {
  fileprivate init(_ figure: CaseFigure, _ scope: FigureScope, now: Moment) {
    func at(_ column: String) -> SQL { scope.within("c.\(column)") }
    func late(_ step: ClockStep) -> Self {
      .minutes(
        .clocks(step), "COALESCE(k.stopped_at, \(now)) > k.due_at", from: "k.due_at",
        to: "COALESCE(k.stopped_at, \(now))")
    }
    func found(_ finding: CaseFinding.Kind) -> Self { .some(.findings, "x.finding = \(finding)") }
    self =
      switch figure {
      case .reported: .count(at("reported_at"))
      case .valid: .count(at("reported_at"), "c.state <> 'void'")
      case .accepted: .count(at("accepted_at"))
      case .checked: .some(.marked("checked_at"))
      case .checkDenied: .some(.marked("checked_at"), "c.check_result = 'denied'")
      case .filed: .count(at("filed_at"))
      case .dispatched: .count(at("dispatched_at"))
      case .handled: .count(at("handled_at"))
      case .closed: .count(at("closed_at"), "c.state = 'closed'")
      case .excluded: .some(.marked("excluded_at"))
      case .justifiedComplaints: found(.justifiedComplaint)
      case .lateReports: found(.late)
      case .omittedReports: found(.omitted)
      case .hiddenReports: found(.hidden)
      case .falseReports: found(.false)
      case .arbitrated: .some(.marked("arbitrated_at"))
      case .arbitrationOnTime: .clocks(.arbitration, Self.onTime)
      case .supervised: .some(.supervisions)
      case .transferred: .some(.transfers)
      case .supervisionOnTime: .clocks(.supervision, Self.onTime)
      case .repeatRate: .share(at("reported_at"), Self.isRepeat)
      case .returned: .count(at("dispatched_at"), Self.isReturned)
      case .returnTimes: .count(at("dispatched_at"), Self.isReturned).each("c.return_count")
      case .reworked: .some(.clocks(.whole), Self.isReworked)
      case .reworkTimes: .some(.clocks(.whole), Self.isReworked, times: "c.rework_count")
      case .acceptanceOnTime: .clocks(.acceptance, Self.onTime)
      case .checkRate: .clocks(.check, Self.done)
      case .checkOnTime: .clocks(.check, Self.onTime)
      case .filingRate: .share(at("accepted_at"), "c.filed_at IS NOT NULL")
      case .dispatchOnTime: .clocks(.dispatch, Self.onTime)
      case .rightFirstTime: .share(at("dispatched_at"), "c.return_count = 0")
      case .handlingRate: .clocks(.handling, Self.done)
      case .handlingOnTime: .clocks(.handling, Self.onTime)
      case .handlingOnTimeOriginal: .clocks(.handling, Self.onTimeOriginal)
      case .closingRate: .clocks(.whole, Self.done)
      case .closingOnTime: .clocks(.whole, Self.onTime)
      case .closingOnTimeOriginal: .clocks(.whole, Self.onTimeOriginal)
      case .reworkRate: .clocks(.whole, Self.isReworked)
      case .extensionRate: .clocks(.handling, Self.isExtended)
      case .overdueOpenRate: .clocks(.handling, "k.stopped_at IS NULL", isAny: true)
      case .firstContactRate: .clocks(.firstContact, Self.onTime)
      case .resolvedRate: .share(at("called_back_at"), "c.is_resolved = 1")
      case .satisfiedRate:
        .count(at("called_back_at"), "c.satisfaction IS NOT NULL").each(Self.satisfaction)
      case .mediated: .some(.mediations)
      case .settledRate: .some(.mediations).counting("m.outcome = 'settled'")
      case .writtenAgreements: .some(.mediations, "m.agreement = 'written'")
      case .oralAgreements: .some(.mediations, "m.agreement = 'oral'")
      case .agreedAmount: .some(.mediations, "m.amount > 0", times: "m.amount")
      case .handlingLateTime: late(.handling)
      case .closingLateTime: late(.whole)
      case .suspendedTime:
        .minutes(.pauses, from: "p.started_at", to: "COALESCE(p.ended_at, \(now))")
      }
  }

  private static let isReturned: SQL = "c.return_count > 0"
  private static let isRepeat: SQL = """
    EXISTS (SELECT 1 FROM case_link AS l WHERE l.later_id = c.id AND l.relation = 'repeat')
    """
  private static let isReworked: SQL = "c.rework_count > 0"
  private static let isExtended: SQL = """
    ((k.level = 0 AND c.extension_count > 0) OR (k.level > 0 AND k.extensions <> ''))
    """
  private static let done: SQL = "k.is_done = 1"
  private static let onTime: SQL = "k.is_done = 1 AND k.stopped_at <= k.due_at"
  private static let onTimeOriginal: SQL = "k.is_done = 1 AND k.stopped_at <= k.original_due_at"
  /// An answer's weight, in thousandths.
  private static let satisfaction: SQL = {
    let weights = CaseDesk.satisfactionWeights.enumerated().map { answer, weight in
      SQL(trusted: "WHEN \(answer + 1) THEN \(weight)")
    }
    return "CASE c.satisfaction \(weights.joined(" ")) ELSE 0 END"
  }()
}
