import Base
import Store

@testable import City

/// Two cases of the town.
extension CaseTown {
  /// The number for a move that needs another case: of the one that it is linked with, or of a new
  /// one; nil for all other moves.
  func other(for move: CaseMove, of id: ID<Case>, in tx: Transaction) throws -> String? {
    switch move {
    case .unlink:
      let link = try CaseLinkRows.links(of: id, in: tx).first
      guard let link else { return try newOther(in: tx) }
      return try CaseRows.find(link.other(than: id), in: tx)?.number
    case .link, .merge: return try newOther(in: tx)
    default: return nil
    }
  }

  private func newOther(in tx: Transaction) throws -> String {
    try desk.report(CaseTown.report(title: "另一件"), by: self[.intake], in: tx).number
  }

  func detail(_ id: ID<Case>, by who: Who) async throws -> CaseDetail {
    try await desk.detail(of: id, by: self[who])
  }

  /// The verbs of a case's timeline.
  func verbs(_ id: ID<Case>) async throws -> [String] {
    try await database.read { try Ledger.entries(about: id.raw, in: $0).map(\.verb) }
  }
}
