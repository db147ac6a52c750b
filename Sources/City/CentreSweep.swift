import Base
import Store

extension Centre {
  /// Every pass that time asks for, by whichever node holds the lease: overdue clocks, ended
  /// suspensions, old sessions and keys, orphaned files, and the ledger's seals.
  ///
  /// - Parameter holder: the name of this process, as leases know it.
  public func sweep(as holder: String) async throws {
    let lease = try await database.write {
      try Lease.take("sweep", holder: holder, for: 60, in: $0)
    }
    guard lease != nil else { return }
    try await CaseSweep(desk: cases).run()
    _ = try await IdentityRetention.run(in: database)
    try await FormReadingSweep.run(in: database)
    try await BlobSweep(store: blobs, database: database).runIfDue()
    _ = try await LedgerSweep.run(in: database, holder: holder)
  }
}
