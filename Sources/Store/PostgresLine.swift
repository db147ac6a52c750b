import Base

/// A thread's one connection: made when it is first needed, and again when it was lost.
final class PostgresLine {
  private let address: PostgresAddress
  private let patience: PostgresLink.Patience
  private var link: PostgresLink?

  init(_ address: PostgresAddress, patience: PostgresLink.Patience) {
    self.address = address
    self.patience = patience
  }

  /// - Throws: `Fault` `store.unreachable`.
  func ready() throws -> PostgresLink {
    if let link, !link.isLost { return link }
    link = nil
    let new = try PostgresLink(address, patience: patience)
    link = new
    return new
  }

  /// Ends what is left of a transaction; what cannot be ended is thrown away.
  func rollBack() {
    guard let link else { return }
    if link.isLost {
      self.link = nil
    } else {
      do { try link.script("ROLLBACK") } catch { self.link = nil }
    }
  }
}
