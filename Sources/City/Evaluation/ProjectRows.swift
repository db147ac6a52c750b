import Base
import Store

/// All SQL of a project's own row, its budget and its indicators.
enum ProjectRows {
  private static let from: SQL =
    "FROM project AS p JOIN organisation AS o ON o.id = p.organisation_id"

  static func insert(_ new: NewProjectRow, id: ID<Project>, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO project (id, year, organisation_id, parent_id, name, department, unit, sector,
        money_unit, state, goal, result, total_weight, total_score, grade, source, ordinal,
        copied_from, version, created_by, created_at, revision, updated_at)
      VALUES (\(id), \(new.year), \(new.organisation), \(new.parent), \(new.form.project),
        \(new.form.department), \(new.form.unit), \(new.sector), \(new.form.moneyUnit),
        \(ProjectState.draft), \(new.form.goal), \(new.form.result), \(new.form.total.weight),
        \(new.form.total.score), \(new.form.grade), \(new.source), \(new.ordinal),
        \(new.copiedFrom), 0, \(new.by), \(tx.now), 1, \(tx.now))
      """)
  }

  /// Writes everything that may change, if nobody else has since `revision`; false if somebody has.
  static func update(_ project: Project, from revision: Int, in tx: Transaction) throws -> Bool {
    try tx.run(
      """
      UPDATE project SET parent_id = \(project.parent), name = \(project.name),
        department = \(project.department), unit = \(project.unit), sector = \(project.sector),
        money_unit = \(project.moneyUnit), state = \(project.state), goal = \(project.goal),
        result = \(project.result), total_weight = \(project.total.weight),
        total_score = \(project.total.score), grade = \(project.grade),
        version = \(project.version), submitted_by = \(project.submittedBy),
        submitted_at = \(project.submittedAt), published_at = \(project.publishedAt),
        revision = \(project.revision), updated_at = \(project.updatedAt)
      WHERE id = \(project.id) AND revision = \(revision)
      """) == 1
  }

  static func find(_ id: ID<Project>, in snapshot: some Querying) throws -> Project? {
    try snapshot.first("SELECT \(Project.columns) \(from) WHERE p.id = \(id)")
  }

  /// The one that a body has under a name in a year.
  static func find(
    named name: String, year: Int, of organisation: ID<Organisation>, in snapshot: some Querying
  ) throws -> ID<Project>? {
    try snapshot.value(
      """
      SELECT id FROM project WHERE organisation_id = \(organisation) AND year = \(year)
        AND name = \(name) AND state <> 'discarded'
      """)
  }

  /// Those that fulfil a condition on `project AS p` and `organisation AS o`, a body's together.
  static func all(
    where condition: SQL, limit: Int, in snapshot: some Querying
  ) throws -> [Project] {
    try snapshot.all(
      """
      SELECT \(Project.columns) \(from)
      WHERE p.state <> 'discarded' AND \(condition) ORDER BY o.path, p.year, p.id LIMIT \(limit)
      """)
  }

  static func hasParts(_ id: ID<Project>, in snapshot: some Querying) throws -> Bool {
    try snapshot.value(
      "SELECT id FROM project WHERE parent_id = \(id) AND state <> 'discarded' LIMIT 1",
      as: Int64.self) != nil
  }

  /// The years that a condition's projects have, the latest first.
  static func years(where condition: SQL, in snapshot: some Querying) throws -> [Int] {
    try snapshot.column(
      """
      SELECT DISTINCT p.year \(from) WHERE p.state <> 'discarded' AND \(condition)
      ORDER BY p.year DESC
      """)
  }

  /// Changes when any form of a body's year does.
  static func stamp(
    of organisation: ID<Organisation>, year: Int, in snapshot: some Querying
  ) throws -> FindingStamp {
    try snapshot.first(
      """
      SELECT COUNT(*), COALESCE(SUM(revision), 0), COALESCE(MAX(updated_at), 0),
        COALESCE(MAX(id), 0)
      FROM project WHERE organisation_id = \(organisation) AND year = \(year)
        AND state <> 'discarded'
      """) ?? FindingStamp()
  }

  // MARK: - Budget

  static func budgets(
    of ids: [ID<Project>], in snapshot: some Querying
  ) throws -> [ID<Project>: EvaluationBudget] {
    var found: [ID<Project>: EvaluationBudget] = [:]
    try snapshot.each(
      """
      SELECT project_id, source, opening, adjusted, executed, weight, rate, score
      FROM project_budget WHERE project_id IN \(list: ids)
      """
    ) { fields in
      let id: ID<Project> = try fields.next()
      let name: EvaluationBudgetRow.Name = try fields.next()
      var row = EvaluationBudgetRow()
      for column in EvaluationBudgetRow.Column.allCases { row[column] = try fields.next() }
      found[id, default: EvaluationBudget()][name] = row
    }
    return found
  }

  static func write(_ budget: EvaluationBudget, of id: ID<Project>, in tx: Transaction) throws {
    for name in EvaluationBudgetRow.Name.allCases {
      let row = budget[name]
      try tx.run(
        """
        INSERT INTO project_budget (project_id, source, opening, adjusted, executed, weight, rate,
          score)
        VALUES (\(id), \(name), \(row.opening), \(row.adjusted), \(row.executed), \(row.weight),
          \(row.rate), \(row.score))
        ON CONFLICT (project_id, source) DO UPDATE SET opening = excluded.opening,
          adjusted = excluded.adjusted, executed = excluded.executed, weight = excluded.weight,
          rate = excluded.rate, score = excluded.score
        """)
    }
  }

  // MARK: - Indicators

  static func indicators(
    of ids: [ID<Project>], in snapshot: some Querying
  ) throws -> [ID<Project>: [ProjectIndicator]] {
    let all: [ProjectIndicator] = try snapshot.all(
      """
      SELECT \(ProjectIndicator.columns) FROM project_indicator AS i
      WHERE i.project_id IN \(list: ids) ORDER BY i.project_id, i.place, i.id
      """)
    return Dictionary(grouping: all, by: \.project)
  }

  static func insert(_ indicator: ProjectIndicator, in tx: Transaction) throws {
    let cells = indicator.cells
    try tx.run(
      """
      INSERT INTO project_indicator (id, project_id, place, level1, level2, name, target, actual,
        weight, score, reason, remedy, direction, origin, origin_by, origin_at,
        origin_attachment_id)
      VALUES (\(indicator.id), \(indicator.project), \(indicator.place), \(cells.level1),
        \(cells.level2), \(cells.name), \(cells.target), \(cells.actual), \(cells.weight),
        \(cells.score), \(cells.reason), \(indicator.remedy), \(indicator.direction),
        \(indicator.source.origin), \(indicator.source.by), \(indicator.source.at),
        \(indicator.source.document))
      """)
  }

  static func update(_ indicator: ProjectIndicator, in tx: Transaction) throws {
    let cells = indicator.cells
    try tx.run(
      """
      UPDATE project_indicator SET place = \(indicator.place), level1 = \(cells.level1),
        level2 = \(cells.level2), name = \(cells.name), target = \(cells.target),
        actual = \(cells.actual), weight = \(cells.weight), score = \(cells.score),
        reason = \(cells.reason), remedy = \(indicator.remedy),
        direction = \(indicator.direction), origin = \(indicator.source.origin),
        origin_by = \(indicator.source.by), origin_at = \(indicator.source.at),
        origin_attachment_id = \(indicator.source.document)
      WHERE id = \(indicator.id)
      """)
  }

  /// Its evidence and what was said about it stay with the project as a whole.
  static func remove(_ id: ID<ProjectIndicator>, in tx: Transaction) throws {
    try tx.run("UPDATE project_attachment SET indicator_id = NULL WHERE indicator_id = \(id)")
    try tx.run("UPDATE project_comment SET indicator_id = NULL WHERE indicator_id = \(id)")
    try tx.run("DELETE FROM project_indicator WHERE id = \(id)")
  }
}

/// What a new project's row says.
struct NewProjectRow {
  let year: Int
  let organisation: ID<Organisation>
  var parent: ID<Project>?
  let form: EvaluationForm
  var sector: String?
  var source: String?
  var ordinal: Int?
  var copiedFrom: ID<Project>?
  let by: ID<Person>?
}
