import Base
import Store

/// Something that the use of a result asks to be put right (整改).
public struct Rectification: Row, Equatable {
  public let id: ID<Rectification>
  public let project: ID<Project>
  public let place: Int
  public let what: String
  public let responsible: String
  public let due: Day
  public let doneOn: Day?
  public let doneWords: String
  public let doneBy: ID<Person>?

  static let columns: SQL = """
    r.id, r.project_id, r.place, r.what, r.responsible, r.due_on, r.done_on, r.done_words, r.done_by
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    project = try fields.next()
    place = try fields.next()
    what = try fields.next()
    responsible = try fields.next()
    due = try fields.next()
    doneOn = try fields.next()
    doneWords = try fields.next()
    doneBy = try fields.next()
  }

  /// Nil of an item without an id or a day.
  init?(_ item: UseItem, of project: ID<Project>, place: Int) {
    guard let id = item.id, let due = item.due else { return nil }
    self.id = id
    self.project = project
    self.place = place
    what = item.what
    responsible = item.responsible
    self.due = due
    doneOn = nil
    doneWords = ""
    doneBy = nil
  }
}

/// All SQL of what is to be put right.
enum RectificationRows {
  static func all(of id: ID<Project>, in snapshot: some Querying) throws -> [Rectification] {
    try snapshot.all(
      """
      SELECT \(Rectification.columns) FROM project_rectification AS r
      WHERE r.project_id = \(id) ORDER BY r.place, r.id
      """)
  }

  static func find(
    _ id: ID<Rectification>, in snapshot: some Querying
  ) throws -> Rectification? {
    try snapshot.first(
      "SELECT \(Rectification.columns) FROM project_rectification AS r WHERE r.id = \(id)")
  }

  /// Those of some projects that are not done.
  static func open(
    of ids: [ID<Project>], in snapshot: some Querying
  ) throws -> [ID<Project>: [Rectification]] {
    let all: [Rectification] = try snapshot.all(
      """
      SELECT \(Rectification.columns) FROM project_rectification AS r
      WHERE r.project_id IN \(list: ids) AND r.done_on IS NULL ORDER BY r.due_on, r.id
      """)
    return Dictionary(grouping: all, by: \.project)
  }

  /// Those not done by their day of which the ledger says nothing yet.
  static func late(before day: Day, limit: Int, in tx: Transaction) throws -> [Rectification] {
    try tx.all(
      """
      SELECT \(Rectification.columns) FROM project_rectification AS r
      WHERE r.done_on IS NULL AND r.due_on < \(day) AND r.overdue_noted_at IS NULL
      ORDER BY r.due_on, r.id LIMIT \(limit)
      """)
  }

  /// False where another pass was faster.
  static func noteLate(_ id: ID<Rectification>, in tx: Transaction) throws -> Bool {
    try tx.run(
      """
      UPDATE project_rectification SET overdue_noted_at = \(tx.now)
      WHERE id = \(id) AND overdue_noted_at IS NULL
      """) == 1
  }

  static func insert(_ one: Rectification, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO project_rectification (id, project_id, place, what, responsible, due_on,
        done_words)
      VALUES (\(one.id), \(one.project), \(one.place), \(one.what), \(one.responsible),
        \(one.due), '')
      """)
  }

  /// Another day is watched over anew.
  static func update(_ one: Rectification, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE project_rectification SET place = \(one.place), what = \(one.what),
        responsible = \(one.responsible), due_on = \(one.due),
        overdue_noted_at = CASE WHEN due_on = \(one.due) THEN overdue_noted_at END
      WHERE id = \(one.id)
      """)
  }

  /// Marks it as done, or with nil as not done; false where it is so already.
  static func mark(
    _ id: ID<Rectification>, done day: Day?, _ words: String, by person: ID<Person>?,
    in tx: Transaction
  ) throws -> Bool {
    guard let day else {
      return try tx.run(
        """
        UPDATE project_rectification SET done_on = NULL, done_words = '', done_by = NULL
        WHERE id = \(id) AND done_on IS NOT NULL
        """) == 1
    }
    return try tx.run(
      """
      UPDATE project_rectification SET done_on = \(day), done_words = \(words),
        done_by = \(person)
      WHERE id = \(id) AND done_on IS NULL
      """) == 1
  }

  static func remove(_ id: ID<Rectification>, in tx: Transaction) throws {
    try tx.run("DELETE FROM project_rectification WHERE id = \(id)")
  }
}

extension ProjectDesk {
  /// What is to be put right of a project that `doer` was let see.
  public func rectifications(
    of file: ProjectFile, in snapshot: some Querying
  ) throws -> [Rectification] {
    try RectificationRows.all(of: file.project.id, in: snapshot)
  }

  /// One thing to be put right, if `doer` may read its project.
  ///
  /// - Throws: `rectification.missing`.
  public func rectification(
    _ id: ID<Rectification>, by doer: Doer, in snapshot: some Querying
  ) throws -> Rectification {
    guard let item = try RectificationRows.find(id, in: snapshot),
      let project = try ProjectRows.find(item.project, in: snapshot),
      project.isWithin(.projectRead, of: doer)
    else { throw Fault.missing("rectification") }
    return item
  }

  /// Marks something as put right, by those who edit the project; or as not, by those who review for
  /// finance there.
  ///
  /// - Parameters:
  ///   - day: when it was done; nil to take the mark away.
  ///   - words: what was done, or why the mark goes.
  /// - Throws: `rectification.missing`, `right.missing`, `rectification.marked` (conflict),
  ///   `input.invalid` for the day or the words.
  public func mark(
    _ id: ID<Rectification>, done day: Day?, words: String, by doer: Doer, in tx: Transaction
  ) throws {
    let item = try rectification(id, by: doer, in: tx)
    guard let project = try ProjectRows.find(item.project, in: tx) else {
      throw Fault.missing("rectification")
    }
    let right: Right = day == nil ? .projectApprove : .projectEdit
    guard project.isWithin(right, of: doer) else {
      throw Fault(.forbidden, "right.missing", ["right": right.rawValue])
    }
    guard let words = try TextCheck.text("words", words, atMost: ProjectDraftCheck.longestCell)
    else { throw Fault.invalid("words", "value.missing") }
    if let day, day > today(tx.now) { throw Fault.invalid("day", "day.ahead") }
    guard try RectificationRows.mark(id, done: day, words, by: doer.person, in: tx) else {
      throw Fault(.conflict, "rectification.marked")
    }
    try Ledger.append(
      day == nil ? "project.rectification-undone" : "project.rectification-done", about: .project,
      item.project.raw, by: doer.actor,
      payload: Payload().with("rectification", id).with("on", day?.description), in: tx)
  }
}
