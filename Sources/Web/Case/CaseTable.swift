import Base
import City
import Paper

/// A list of cases as a table that people open in a spreadsheet. Who reported a case is not in it.
public struct CaseTable: Sendable {
  /// How much of a table is made.
  public struct Progress: Sendable {
    public let done: Int
    public let total: Int
  }

  private let centre: Centre
  private let around: Surroundings
  private let wording: Wording

  public init(_ centre: Centre, _ wording: Wording) async throws {
    self.centre = centre
    self.wording = wording
    around = try await centre.surroundings()
  }

  /// The list that the names and values of the API's `GET /api/v1/cases` narrow.
  ///
  /// - Throws: `input.invalid` naming what is wrong.
  public static func filter(_ values: [String: String], _ centre: Centre) async throws -> CaseFilter
  {
    try await Query(values).filter(centre)
  }

  /// Writes a file of every case of a list that `doer` may see.
  ///
  /// - Parameter progress: told before the first line and after each few hundred.
  /// - Returns: how many cases there are in it.
  /// - Throws: `right.missing`, `export.too-many`, `table.unwritable`.
  @discardableResult
  public func write(
    _ filter: CaseFilter, as format: TableWriter.Format, to path: String, by doer: Doer,
    progress: (Progress) throws -> Void = { _ in }
  ) async throws -> Int {
    try await write(.list(filter), as: format, to: path, by: doer, progress)
  }

  /// Writes a file of the cases behind a figure: those that count, or all that it is out of.
  ///
  /// - Throws: `right.missing`, `period.backwards`, `export.too-many`, `table.unwritable`.
  @discardableResult
  public func write(
    _ figure: CaseFigure, counting: Bool, _ scope: FigureScope, as format: TableWriter.Format,
    to path: String, by doer: Doer, progress: (Progress) throws -> Void = { _ in }
  ) async throws -> Int {
    try await write(
      .figure(figure, counting: counting, scope), as: format, to: path, by: doer, progress)
  }

  /// Which cases a table is of.
  private enum Source {
    case list(CaseFilter)
    case figure(CaseFigure, counting: Bool, FigureScope)
  }

  private func write(
    _ source: Source, as format: TableWriter.Format, to path: String, by doer: Doer,
    _ progress: (Progress) throws -> Void
  ) async throws -> Int {
    let table = try TableWriter(
      path: path, as: format, name: wording.text("queue.title"),
      columns: Self.columns.map { .init(wording.text("export.\($0.name)"), width: $0.width) })
    var done = 0
    var whole = 0
    func begin(_ total: Int) throws {
      whole = total
      try progress(Progress(done: 0, total: total))
    }
    func add(_ lines: [CaseLine]) throws {
      try table.write(lines.map(row))
      done += lines.count
      try progress(Progress(done: done, total: max(done, whole)))
    }
    let count =
      switch source {
      case .list(let filter):
        try await centre.cases.export(filter, by: doer, total: begin, lines: add)
      case .figure(let figure, let counting, let scope):
        try await centre.cases.export(
          of: figure, counting: counting, scope, by: doer, now: around.now, total: begin,
          lines: add)
      }
    try table.finish()
    return count
  }

  private static let columns: [(name: String, width: Int)] = [
    ("number", 14), ("name", 40), ("kind", 16), ("channel", 12), ("area", 30), ("place", 30),
    ("unit", 20), ("state", 10), ("urgent", 8), ("reported", 17), ("due", 17), ("wholeDue", 17),
    ("closed", 17), ("onTime", 10), ("longitude", 12), ("latitude", 12),
  ]

  private func row(_ line: CaseLine) -> [TableWriter.Cell] {
    [
      .text(line.number), .text(line.title), .text(wording.text(around.kind(line.kind))),
      .text(wording.text("channel.\(line.channel.rawValue)")),
      .text(around.lineage(line.area).joined(separator: " / ")), .text(line.place),
      .text(line.leadOrganisation.flatMap { around.parties[$0]?.name } ?? ""),
      .text(wording.text("case.state.\(line.state.rawValue)")),
      .text(line.isUrgent ? wording.text("export.yes") : ""), moment(line.reportedAt),
      moment(line.dueAt), moment(line.wholeDueAt), moment(line.closedAt), onTime(line),
      coordinate(line.longitude), coordinate(line.latitude),
    ]
  }

  private func moment(_ moment: Moment?) -> TableWriter.Cell {
    moment.map { .moment($0.local(in: around.zone)) } ?? .empty
  }

  /// Of what is closed; nothing is said of what never had a deadline.
  private func onTime(_ line: CaseLine) -> TableWriter.Cell {
    guard line.state == .closed, let closed = line.closedAt, let due = line.wholeDueAt else {
      return .empty
    }
    return .text(wording.text(closed <= due ? "export.yes" : "export.no"))
  }

  /// To the centimetre, which is finer than any map and keeps it a number in every spreadsheet.
  private func coordinate(_ degrees: Double?) -> TableWriter.Cell {
    degrees.map { .decimal("\(($0 * 1e7).rounded() / 1e7)") } ?? .empty
  }
}
