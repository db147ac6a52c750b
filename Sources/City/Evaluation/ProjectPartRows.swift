import Base
import Foundation
import Store

/// All SQL of what hangs from a project: changes, versions, comments, files, hands, deadlines.
enum ProjectPartRows {
  static func changes(_ id: ID<Project>, in snapshot: some Querying) throws -> [BudgetChange] {
    try snapshot.all(
      """
      SELECT \(BudgetChange.columns) FROM project_budget_change WHERE project_id = \(id)
      ORDER BY id LIMIT 1000
      """)
  }

  static func insert(_ change: NewBudgetChange, of id: ID<Project>, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO project_budget_change (id, project_id, source, figure, amount_before,
        amount_after, origin, reason, effective_on, changed_by, changed_at)
      VALUES (\(tx.newID(BudgetChange.self)), \(id), \(change.row), \(change.column),
        \(change.before), \(change.after), \(change.origin), \(change.reason),
        \(change.effective), \(change.by), \(tx.now))
      """)
  }

  // MARK: - Versions

  static func versions(_ id: ID<Project>, in snapshot: some Querying) throws -> [ProjectVersion] {
    try snapshot.all(
      """
      SELECT \(ProjectVersion.columns) FROM project_version WHERE project_id = \(id)
      ORDER BY number LIMIT 200
      """)
  }

  static func freeze(_ form: EvaluationForm, of project: Project, in tx: Transaction) throws {
    try keep(form, as: project.version, of: project.id, by: project.submittedBy, in: tx)
  }

  /// Keeps a form as it is now under a number of its project.
  static func keep(
    _ form: EvaluationForm, as number: Int, of id: ID<Project>, by person: ID<Person>?,
    in tx: Transaction
  ) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let text = String(decoding: try encoder.encode(form), as: UTF8.self)
    try tx.run(
      """
      INSERT INTO project_version (id, project_id, number, form, submitted_by, submitted_at)
      VALUES (\(tx.newID(ProjectVersion.self)), \(id), \(number), \(text), \(person), \(tx.now))
      """)
  }

  // MARK: - Comments

  static func comments(_ id: ID<Project>, in snapshot: some Querying) throws -> [ProjectComment] {
    try snapshot.all(
      """
      SELECT \(ProjectComment.columns) FROM project_comment WHERE project_id = \(id)
      ORDER BY id LIMIT 1000
      """)
  }

  static func insert(
    _ comment: ID<ProjectComment>, _ body: String, on id: ID<Project>,
    indicator: ID<ProjectIndicator>?, with move: ProjectMove, by author: ID<Person>?,
    in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO project_comment (id, project_id, indicator_id, move, author_id, body, created_at)
      VALUES (\(comment), \(id), \(indicator), \(move), \(author), \(body), \(tx.now))
      """)
  }

  // MARK: - Files

  static func attachments(
    _ id: ID<Project>, in snapshot: some Querying
  ) throws -> [ProjectAttachment] {
    try snapshot.all(
      """
      SELECT \(ProjectAttachment.columns)
      FROM project_attachment AS a JOIN blob AS b ON b.digest = a.digest
      WHERE a.project_id = \(id) ORDER BY a.id
      """)
  }

  static func attachment(
    _ id: ID<ProjectAttachment>, in snapshot: some Querying
  ) throws -> ProjectAttachment? {
    try snapshot.first(
      """
      SELECT \(ProjectAttachment.columns)
      FROM project_attachment AS a JOIN blob AS b ON b.digest = a.digest WHERE a.id = \(id)
      """)
  }

  static func attach(
    _ blob: Blob, as attachment: ID<ProjectAttachment>, to id: ID<Project>,
    indicator: ID<ProjectIndicator>?, named name: String, by person: ID<Person>?,
    in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO project_attachment (id, project_id, indicator_id, digest, name, added_by,
        added_at)
      VALUES (\(attachment), \(id), \(indicator), \(blob.digest), \(name), \(person), \(tx.now))
      """)
  }

  // MARK: - Hands

  static func hands(
    of ids: [ID<Project>], in snapshot: some Querying
  ) throws -> [ID<Project>: [ProjectHand]] {
    let all: [ProjectHand] = try snapshot.all(
      """
      SELECT project_id, person_id, part FROM project_hand WHERE project_id IN \(list: ids)
      ORDER BY project_id, person_id, part
      """)
    return Dictionary(grouping: all, by: \.project)
  }

  /// Notes that somebody had a part; the house itself has none.
  static func note(
    _ part: ProjectPart, by person: ID<Person>?, in id: ID<Project>, _ tx: Transaction
  ) throws {
    guard let person else { return }
    try tx.run(
      """
      INSERT INTO project_hand (project_id, person_id, part, first_at)
      VALUES (\(id), \(person), \(part), \(tx.now))
      ON CONFLICT (project_id, person_id, part) DO NOTHING
      """)
  }

  static func names(
    of people: [ID<Person>], in snapshot: some Querying
  ) throws -> [ID<Person>: String] {
    var names: [ID<Person>: String] = [:]
    try snapshot.each("SELECT id, name FROM person WHERE id IN \(list: people)") { fields in
      let id: ID<Person> = try fields.next()
      names[id] = try fields.next()
    }
    return names
  }

  // MARK: - Deadlines

  static func deadlines(of year: Int, in snapshot: some Querying) throws -> [ProjectDeadline] {
    try snapshot.all(
      """
      SELECT \(ProjectDeadline.columns)
      FROM project_deadline AS d JOIN organisation AS o ON o.id = d.organisation_id
      WHERE d.year = \(year) ORDER BY o.path, d.phase
      """)
  }

  static func set(
    _ due: Day?, for phase: ProjectPhase, year: Int, of organisation: ID<Organisation>,
    in tx: Transaction
  ) throws {
    guard let due else {
      try tx.run(
        """
        DELETE FROM project_deadline WHERE organisation_id = \(organisation) AND year = \(year)
          AND phase = \(phase)
        """)
      return
    }
    try tx.run(
      """
      INSERT INTO project_deadline (organisation_id, year, phase, due_on)
      VALUES (\(organisation), \(year), \(phase), \(due))
      ON CONFLICT (organisation_id, year, phase) DO UPDATE SET due_on = excluded.due_on
      """)
  }
}

/// A change that is about to be written.
struct NewBudgetChange {
  let row: EvaluationBudgetRow.Name
  let column: EvaluationBudgetRow.Column
  let before: PrintedNumber
  let after: PrintedNumber
  let origin: FigureOrigin
  let reason: String
  let effective: Day
  let by: ID<Person>?
}
