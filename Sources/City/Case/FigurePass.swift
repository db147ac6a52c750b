import Base
import Store

/// What is looked through once for all figures that are counted by it.
enum FigurePass: Hashable {
  /// `case_file AS c` alone: counts by the time of a step.
  case cases
  /// The same of what few cases have, by the column of its time, each of which has an index.
  case marked(String)
  /// `case_clock AS k` of one step that is due in the period.
  case clocks(ClockStep)
  /// `case_clock AS k` of supervisions that began in the period.
  case supervisions
  /// `case_finding AS x`.
  case findings
  /// `case_transfer AS t`.
  case transfers
  /// `case_mediation AS m`.
  case mediations
  /// `case_pause AS p`.
  case pauses

  /// Whether a case has one row in it.
  var isOfCases: Bool {
    switch self {
    case .cases, .marked: true
    default: false
    }
  }

  /// What stands behind `FROM`.
  var source: SQL {
    switch self {
    case .cases, .marked: "case_file AS c"
    case .clocks, .supervisions: "case_clock AS k JOIN case_file AS c ON c.id = k.case_id"
    case .findings: "case_finding AS x JOIN case_file AS c ON c.id = x.case_id"
    case .transfers: "case_transfer AS t JOIN case_file AS c ON c.id = t.case_id"
    case .mediations: "case_mediation AS m JOIN case_file AS c ON c.id = m.case_id"
    case .pauses: "case_pause AS p JOIN case_file AS c ON c.id = p.case_id"
    }
  }

  /// Which rows it looks at, for whoever leads them.
  func conditions(_ scope: FigureScope, now: Moment) -> [SQL] {
    rows(scope, now: now) + leaders(scope)
  }

  /// Which rows it looks at.
  func rows(_ scope: FigureScope, now: Moment) -> [SQL] {
    switch self {
    case .cases: []
    case .marked(let column): [scope.within("c.\(column)")]
    case .clocks(let step): [Self.due(step, scope, now: now)]
    case .supervisions: ["k.step = 'supervision'", scope.within("k.started_at")]
    case .findings: [scope.within("x.found_at")]
    case .transfers: [scope.within("t.sent_at")]
    case .mediations: [scope.within("m.recorded_at")]
    case .pauses: [scope.within("p.started_at")]
    }
  }

  /// Of handling each level has clocks of its own: whose counts, is decided by these.
  private func leaders(_ scope: FigureScope) -> [SQL] {
    switch self {
    case .clocks(.handling):
      guard scope.organisation != nil || scope.person != nil else { return ["k.level = 0"] }
      let whose = [
        scope.organisation.map {
          "a.organisation_id = \($0) AND \(Self.isNotPassedOnWithin)" as SQL
        },
        scope.person.map { "a.person_id = \($0)" as SQL },
      ].compactMap { $0 }
      return [
        """
        EXISTS (SELECT 1 FROM case_assignment AS a WHERE a.id = k.assignment_id
          AND \(whose.joined(" AND ")))
        """
      ]
    case .findings:
      // A finding is of an organisation; of a person it is by the case.
      return [
        scope.organisation.map { "x.organisation_id = \($0)" as SQL },
        scope.person.map { CaseScope.led(by: $0) },
      ].compactMap { $0 }
    default: return scope.led
    }
  }

  /// That a part did not come from its own organisation, which would count twice there.
  private static let isNotPassedOnWithin: SQL = """
    NOT EXISTS (SELECT 1 FROM case_assignment AS p WHERE p.id = a.parent_id
      AND p.organisation_id = a.organisation_id)
    """

  /// A clock is due in the period by its deadline, or by its case's filing. One that is neither done nor past its deadline is
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
      k.step = \(step) AND \(scope.within(time(of: step, scope.due)))
        AND (k.is_done = 1 OR (k.stopped_at IS NULL AND k.due_at < \(now)
          AND c.state <> 'suspended')\(missed))
      """
  }

  private static func time(of step: ClockStep, _ reading: DueReading) -> String {
    guard reading == .cohort else { return "k.due_at" }
    // What may happen to a case that nobody has filed is told of all reports.
    return switch step {
    case .acceptance, .check, .filing, .firstContact, .supervision: "c.reported_at"
    default: "c.filed_at"
    }
  }
}

extension FigurePass {
  /// Where one of a group stands in the rows of a pass: what is joined for it, its column, and what must
  /// hold.
  private struct Branch {
    var joined: SQL = ""
    let column: SQL
    var condition: SQL
  }

  /// The cases of a pass by who they are of: rows of `holder`, `id` and the columns. A case of several
  /// stands there once for each.
  func statement(
    by group: FigureGroup, _ columns: SQL, _ conditions: [SQL]
  ) -> SQL {
    branches(group).map { branch -> SQL in
      let all = (conditions + [branch.condition]).joined(" AND ")
      let grouped: SQL = isOfCases ? "" : " GROUP BY \(branch.column), c.id"
      return """
        SELECT \(branch.column) AS holder, c.id, \(columns) FROM \(source)\(branch.joined)
        WHERE \(all)\(grouped)
        """
    }.joined(" UNION ALL ")
  }

  private func branches(_ group: FigureGroup) -> [Branch] {
    if group == .area {
      return [
        Branch(
          column: "c.area_path", condition: self == .clocks(.handling) ? "k.level = 0" : "1 = 1")
      ]
    }
    let name: SQL = group == .organisation ? "organisation_id" : "person_id"
    switch self {
    case .clocks(.handling):
      return [
        Branch(
          joined: " JOIN case_assignment AS a ON a.id = k.assignment_id", column: "a.\(name)",
          condition: group == .organisation ? Self.isNotPassedOnWithin : "a.person_id IS NOT NULL")
      ]
    case .findings where group == .organisation:
      return [Branch(column: "x.organisation_id", condition: "x.organisation_id IS NOT NULL")]
    default:
      let named: SQL = "c.lead_\(name)"
      let below: SQL = """
         JOIN (SELECT DISTINCT a.case_id, a.\(name) AS holder FROM case_assignment AS a
          WHERE a.\(name) IS NOT NULL AND a.parent_id IS NOT NULL AND a.is_lead = 1
            AND a.ended_at IS NULL) AS b ON b.case_id = c.id
        """
      return [
        Branch(column: named, condition: "\(named) IS NOT NULL"),
        Branch(
          joined: below, column: "b.holder",
          condition: "(\(named) IS NULL OR \(named) <> b.holder)"),
      ]
    }
  }
}
