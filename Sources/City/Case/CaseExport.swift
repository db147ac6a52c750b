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
    let count = try await count(filter, upTo: most, by: doer)
    guard count <= most else {
      throw Fault(.tooLarge, "export.too-many", ["limit": String(most)])
    }
    try total(count)
    var taken = 0
    var cursor: CaseCursor?
    repeat {
      let after = cursor
      let page = try await database.read {
        try self.lines(filter, after: after, most: Self.exportedAtOnce, by: doer, in: $0)
      }
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
