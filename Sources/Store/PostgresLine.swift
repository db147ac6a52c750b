import Base

/// A thread's one connection: made when it is first needed, and again when it was lost.
final class PostgresLine {
  private let address: PostgresAddress
  private let terms: PostgresLink.Terms
  private var link: PostgresLink?

  init(_ address: PostgresAddress, terms: PostgresLink.Terms) {
    self.address = address
    self.terms = terms
  }

  /// - Throws: `Fault` `store.unreachable`.
  func ready() throws -> PostgresLink {
    if let link, !link.isLost { return link }
    link = nil
    let new = try PostgresLink(address, terms: terms)
    link = new
    return new
  }

  /// Ends what is left of a transaction; what cannot be ended is thrown away.
  func rollBack() {
    guard let link else { return }
    // What was sent and then refused is of no more interest.
    _ = try? link.settle()
    if link.isLost {
      self.link = nil
    } else {
      do { try link.script("ROLLBACK") } catch { self.link = nil }
    }
  }
}
