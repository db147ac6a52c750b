import Base
import Synchronization

/// The writers' turn, kept by a connection of its own.
final class PostgresHold: WriteHold {
  private let link: Mutex<PostgresLink?>

  private init(_ link: sending PostgresLink) { self.link = Mutex(link) }

  /// - Throws: `store.in-use` while another process of ours is connected.
  static func take(_ address: PostgresAddress) async throws -> PostgresHold {
    let link = try PostgresLink(address)
    // A connection that was just given up is still counted for a moment; that of a process that was
    // killed, until the server has done what it was told last.
    for _ in 0..<100 {
      let others = try link.script(
        """
        SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()
          AND (application_name = 'chengyun' OR application_name LIKE 'chengyun %')
          AND pid <> pg_backend_pid()
        """
      ).text
      if others == "0" {
        try link.script("SELECT pg_advisory_lock(\(PostgresWriter.turn))")
        return PostgresHold(link)
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw Fault(.conflict, "store.in-use", ["path": address.shown])
  }

  func release() { link.withLock { $0 = nil } }
}
