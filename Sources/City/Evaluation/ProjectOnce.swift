import Base
import Store

extension ProjectDesk {
  /// Does something to a project in a transaction of its own, once for each key: what is sent again the
  /// same, such as by a second click, changes nothing more.
  ///
  /// A key that comes with something else, such as a page that was gone back to and changed, stands for
  /// the first only; then `act` finds out itself whether it may still be done.
  ///
  /// - Parameter key: nil where the caller has none.
  public func once(
    _ key: RequestKey?, on id: ID<Project>, by doer: Doer,
    _ act: @escaping @Sendable (Transaction) throws -> Void
  ) async throws {
    try await database.write { tx in
      guard let key, let person = doer.person else { return try act(tx) }
      do {
        let known = try Idempotency.subject(
          for: key.text, digest: key.digest, by: person, in: tx)
        guard known == nil else { return }
      } catch let fault as Fault where fault.code == "idempotency.conflict" {
        return try act(tx)
      }
      try act(tx)
      try Idempotency.remember(
        id.raw, for: key.text, digest: key.digest, by: person, in: tx)
    }
  }
}
