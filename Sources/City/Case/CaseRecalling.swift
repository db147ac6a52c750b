import Base
import Store

extension CaseDesk {
  /// Opens what is known of a caller, so that nobody types it again: the personal data of the newest of
  /// their cases that `doer` may open. The opening is in the ledger, about that case.
  ///
  /// - Parameter phone: the telephone number that the caller names, however it is written.
  /// - Throws: `case.missing` where the number has no case that `doer` may open.
  public func recallCaller(_ phone: String, by doer: Doer) async throws -> Reporter {
    try doer.require(.caseReport)
    var filter = CaseFilter()
    filter.phone = self.phone(searched: phone)
    guard filter.phone != nil else { throw Fault.missing("case") }
    let known = filter
    return try await database.write { tx in
      let newest = try lines(known, limit: 1, by: doer, in: tx).lines.first
      guard let newest else { throw Fault.missing("case") }
      return try openReporter(of: newest.id, by: doer, in: tx)
    }
  }
}
