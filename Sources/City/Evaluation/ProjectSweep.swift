import Base
import Store

/// What time does to projects: that a step of the year was not done by its day is entered in the
/// ledger, once for each day that was set. Run twice, the second pass changes nothing.
public struct ProjectSweep: Sendable {
  /// Projects, or things to be put right, of one transaction.
  static let batch = 200
  /// Seconds between two passes of all processes together: days pass slowly.
  static let patience: Int64 = 600
  private static let counter = "project-sweep"

  private let desk: ProjectDesk

  public init(desk: ProjectDesk) { self.desk = desk }

  /// Looks through all projects, every ten minutes for all processes together, and deletes what was
  /// read and waits for nobody any more.
  ///
  /// - Parameter writing: a fence before the database; nil for none.
  /// - Returns: how many entries were made.
  @discardableResult
  public func runIfDue(through writing: (any Writing)? = nil) async throws -> Int {
    let isDue = try await (writing ?? desk.database).write { tx in
      guard try Pace.isDue(Self.counter, every: Self.patience, in: tx) else { return false }
      try FormReadingSweep.run(in: tx)
      return true
    }
    return isDue ? try await run(through: writing) : 0
  }

  /// Looks through all projects now.
  ///
  /// - Returns: how many entries were made.
  @discardableResult
  public func run(through writing: (any Writing)? = nil) async throws -> Int {
    let writing = writing ?? desk.database
    var total = 0
    while true {
      let noted = try await writing.write { try noteItems(in: $0) }
      total += noted
      if noted < Self.batch { break }
    }
    var after: ID<Project>?
    repeat {
      let from = after
      let (noted, last) = try await writing.write { try noteSteps(after: from, in: $0) }
      total += noted
      after = last
    } while after != nil
    return total
  }

  /// The same in one transaction: for clocks that are simulated.
  @discardableResult
  public func run(in tx: Transaction) throws -> Int {
    var total = 0
    while true {
      let noted = try noteItems(in: tx)
      total += noted
      if noted < Self.batch { break }
    }
    var after: ID<Project>?
    repeat {
      let (noted, last) = try noteSteps(after: after, in: tx)
      total += noted
      after = last
    } while after != nil
    return total
  }

  private func noteItems(in tx: Transaction) throws -> Int {
    let today = desk.today(tx.now)
    var noted = 0
    for item in try RectificationRows.late(before: today, limit: Self.batch, in: tx) {
      guard DueDay(item.due, desk.calendar).day < today,
        try RectificationRows.noteLate(item.id, in: tx)
      else { continue }
      try Ledger.append(
        "project.overdue", about: .project, item.project.raw, by: .sweep(.clocks),
        payload: Payload().with("rectification", item.id).with("due", item.due.description),
        in: tx)
      noted += 1
    }
    return noted
  }

  /// One batch of projects in the order of their ids.
  private func noteSteps(
    after: ID<Project>?, in tx: Transaction
  ) throws -> (noted: Int, last: ID<Project>?) {
    let today = desk.today(tx.now)
    let years = try OverdueRows.years(before: today, in: tx)
    guard !years.isEmpty else { return (0, nil) }
    let projects = try OverdueRows.projects(
      of: years, after: after, limit: Self.batch, in: tx)
    let sheets = try SheetRows.standings(of: projects.map(\.id), in: tx)
    var all: [Int: [ProjectDeadline]] = [:]
    for year in Set(projects.map(\.year)) {
      all[year] = try ProjectPartRows.deadlines(of: year, in: tx)
    }
    var noted = 0
    for project in projects {
      let life = ProjectLife(
        project, sheets: sheets[project.id] ?? [], deadlines: all[project.year] ?? [],
        calendar: desk.calendar)
      for step in life.steps where step.isOverdue(today) {
        guard let due = step.due, try OverdueRows.note(project.id, step.phase, due.given, in: tx)
        else { continue }
        try Ledger.append(
          "project.overdue", about: .project, project.id.raw, by: .sweep(.clocks),
          payload: Payload().with("phase", step.phase.rawValue)
            .with("due", due.given.description), in: tx)
        noted += 1
      }
    }
    return (noted, projects.count == Self.batch ? projects.last?.id : nil)
  }
}

/// The SQL of what was not done in time.
enum OverdueRows {
  /// The years of which some day has passed.
  static func years(before day: Day, in snapshot: some Querying) throws -> [Int] {
    try snapshot.column(
      "SELECT DISTINCT year FROM project_deadline WHERE due_on < \(day) ORDER BY year")
  }

  static func projects(
    of years: [Int], after: ID<Project>?, limit: Int, in snapshot: some Querying
  ) throws -> [Project] {
    try snapshot.all(
      """
      SELECT \(Project.columns) FROM project AS p JOIN organisation AS o ON o.id = p.organisation_id
      WHERE p.state <> 'discarded' AND p.year IN \(list: years)
        AND p.id > \(after ?? ID(0)) ORDER BY p.id LIMIT \(limit)
      """)
  }

  /// False where it is noted already.
  static func note(
    _ id: ID<Project>, _ phase: ProjectPhase, _ due: Day, in tx: Transaction
  ) throws -> Bool {
    try tx.run(
      """
      INSERT INTO project_overdue (project_id, phase, due_on, noted_at)
      VALUES (\(id), \(phase), \(due), \(tx.now))
      ON CONFLICT (project_id, phase, due_on) DO NOTHING
      """) == 1
  }
}
