import Base
import Store

/// Taking a whole list of cases out of the house.
extension CaseDesk {
  /// The most cases of one export.
  public static let mostExported = 100_000
  /// Lines that are read at once.
  private static let exportedAtOnce = 1000

  /// Reads every line of a list in its order, some hundreds at a time, each as it is then. That it
  /// was taken out, by whom and how many, is entered in the ledger.
  ///
  /// - Parameters:
  ///   - total: told the number of lines before the first.
  ///   - lines: told the next lines; may throw to stop there.
  /// - Returns: how many there were.
  /// - Throws: `right.missing`; `export.too-many` beyond `most`.
  @discardableResult
  public func export(
    _ filter: CaseFilter, by doer: Doer, most: Int = mostExported,
    total: (Int) throws -> Void = { _ in }, lines: ([CaseLine]) throws -> Void
  ) async throws -> Int {
    try await export(by: doer, most: most, total: total, lines: lines) {
      try count(filter, upTo: most, by: doer, in: $0)
    } page: { cursor, limit, snapshot in
      try self.lines(filter, after: cursor, most: limit, by: doer, in: snapshot)
    }
  }

  /// The same of the cases behind a figure: those that count, or all that it is out of.
  ///
  /// - Throws: `right.missing`; `period.backwards`; `export.too-many` beyond `most`.
  @discardableResult
  public func export(
    of figure: CaseFigure, counting: Bool, _ scope: FigureScope, by doer: Doer, now: Moment,
    most: Int = mostExported, total: (Int) throws -> Void = { _ in },
    lines: ([CaseLine]) throws -> Void
  ) async throws -> Int {
    try await export(by: doer, most: most, total: total, lines: lines) {
      try count(of: figure, counting: counting, scope, by: doer, now: now, in: $0)
    } page: { cursor, limit, snapshot in
      try self.lines(
        of: figure, counting: counting, scope, after: cursor, most: limit, by: doer, now: now,
        in: snapshot)
    }
  }

  private func export(
    by doer: Doer, most: Int, total: (Int) throws -> Void, lines: ([CaseLine]) throws -> Void,
    count: @Sendable @escaping (Snapshot) throws -> Int,
    page: @Sendable @escaping (CaseCursor?, _ limit: Int, Snapshot) throws -> CaseLines
  ) async throws -> Int {
    let count = try await database.read { try count($0) }
    guard count <= most else {
      throw Fault(.tooLarge, "export.too-many", ["limit": String(most)])
    }
    try total(count)
    var taken = 0
    var cursor: CaseCursor?
    repeat {
      let after = cursor
      let page = try await database.read { try page(after, Self.exportedAtOnce, $0) }
      try lines(page.lines)
      taken += page.lines.count
      cursor = page.next
    } while cursor != nil && taken < most
    let whole = taken
    try await database.write { tx in
      let (kind, subject): (SubjectKind, Int64) =
        doer.person.map { (.person, $0.raw) } ?? (.town, 0)
      try Ledger.append(
        "cases.export", about: kind, subject, by: doer.actor,
        payload: Payload().with("count", Int64(whole)), in: tx)
    }
    return whole
  }
}
