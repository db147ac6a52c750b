import Base
import Store

/// All SQL of sheets and of what hangs from them.
enum SheetRows {
  static func rounds(
    of project: ID<Project>, _ kind: SheetKind, in snapshot: some Querying
  ) throws -> [ProjectSheet] {
    try snapshot.all(
      """
      SELECT \(ProjectSheet.columns) FROM project_sheet AS s
      WHERE s.project_id = \(project) AND s.kind = \(kind) ORDER BY s.round
      """)
  }

  /// Every round of every sheet of some projects.
  static func rounds(
    of projects: [ID<Project>], in snapshot: some Querying
  ) throws -> [ID<Project>: [ProjectSheet]] {
    let all: [ProjectSheet] = try snapshot.all(
      """
      SELECT \(ProjectSheet.columns) FROM project_sheet AS s
      WHERE s.project_id IN \(list: projects) ORDER BY s.project_id, s.kind, s.round
      """)
    return Dictionary(grouping: all, by: \.project)
  }

  static func insert(_ sheet: ProjectSheet, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO project_sheet (id, project_id, kind, round, state, content, reason, version,
        revision, created_at, updated_at)
      VALUES (\(sheet.id), \(sheet.project), \(sheet.kind), \(sheet.round), \(sheet.state),
        \(try sheet.content.json), \(sheet.reason), \(sheet.version), \(sheet.revision),
        \(sheet.createdAt), \(sheet.updatedAt))
      """)
  }

  /// Writes everything that may change, if nobody else has since `revision`; false if somebody has.
  static func update(_ sheet: ProjectSheet, from revision: Int, in tx: Transaction) throws -> Bool {
    try tx.run(
      """
      UPDATE project_sheet SET state = \(sheet.state), content = \(try sheet.content.json),
        reason = \(sheet.reason), version = \(sheet.version), revision = \(sheet.revision),
        updated_at = \(sheet.updatedAt), submitted_by = \(sheet.submittedBy),
        submitted_at = \(sheet.submittedAt), settled_by = \(sheet.settledBy),
        settled_at = \(sheet.settledAt)
      WHERE id = \(sheet.id) AND revision = \(revision)
      """) == 1
  }

  // MARK: - Hands

  static func hands(
    of sheets: [ID<ProjectSheet>], in snapshot: some Querying
  ) throws -> [SheetHand] {
    try snapshot.all(
      """
      SELECT sheet_id, person_id, part FROM project_sheet_hand WHERE sheet_id IN \(list: sheets)
      ORDER BY sheet_id, person_id, part
      """)
  }

  /// Notes that somebody had a part; the house itself has none.
  static func note(
    _ part: ProjectPart, by person: ID<Person>?, in sheet: ID<ProjectSheet>, _ tx: Transaction
  ) throws {
    guard let person else { return }
    try tx.run(
      """
      INSERT INTO project_sheet_hand (sheet_id, person_id, part, first_at)
      VALUES (\(sheet), \(person), \(part), \(tx.now))
      ON CONFLICT (sheet_id, person_id, part) DO NOTHING
      """)
  }

  // MARK: - Words

  static func words(
    of sheets: [ID<ProjectSheet>], in snapshot: some Querying
  ) throws -> [SheetWord] {
    try snapshot.all(
      """
      SELECT \(SheetWord.columns) FROM project_sheet_word AS w
      WHERE w.sheet_id IN \(list: sheets) ORDER BY w.id LIMIT 1000
      """)
  }

  static func say(
    _ body: String, with move: SheetMove, on sheet: ID<ProjectSheet>, by author: ID<Person>?,
    in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO project_sheet_word (id, sheet_id, move, author_id, body, created_at)
      VALUES (\(tx.newID(SheetWord.self)), \(sheet), \(move), \(author), \(body), \(tx.now))
      """)
  }
}
