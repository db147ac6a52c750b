import Base
import Store

extension LedgerDesk {
  /// What somebody typed as a subject of entries: an id, or the number of a case.
  ///
  /// - Throws: `input.invalid` with `ledger.subject-unknown`.
  public func subject(_ text: String) async throws -> Int64 {
    if let file = try await database.read({ try CaseRows.find(number: text, in: $0) }) {
      return file.id.raw
    }
    guard let id = Int64(text), id >= 0 else {
      throw Fault.invalid("subject", "ledger.subject-unknown", ["value": text.brief])
    }
    return id
  }
}
