import Base
import Store

extension Centre {
  /// How long a node keeps the right to sweep without using it, in seconds.
  public static let sweepLease: Int64 = 30
  static let sweepLeaseName = "sweep"

  /// Every pass that time asks for, by whichever node holds the lease: overdue clocks, ended
  /// suspensions, late steps of projects, old sessions and keys, documents that were read and left,
  /// orphaned files, and the ledger's seals.
  ///
  /// Each of their transactions looks at the lease. So a node that stood still in the middle of a pass
  /// while another took the lease, changes nothing when it goes on.
  ///
  /// - Parameters:
  ///   - holder: the name of this process, as leases know it.
  ///   - seconds: how long the lease lasts after each transaction.
  /// - Returns: whether this was the node that did it, to the end.
  @discardableResult
  public func sweep(as holder: String, lease seconds: Int64 = sweepLease) async throws -> Bool {
    guard
      let fence = try await Fence.take(
        Self.sweepLeaseName, holder: holder, for: seconds, in: database)
    else { return false }
    do {
      try await CaseSweep(desk: cases).run(through: fence)
      try await ProjectSweep(desk: projects).runIfDue(through: fence)
      _ = try await IdentityRetention.run(in: fence)
      // Files are no rows: a file is looked at again at the moment at which it is removed.
      try await BlobSweep(store: blobs, database: database).runIfDue()
      _ = try await LedgerSweep.run(in: database, holder: holder, leaseLength: seconds)
      return true
    } catch is Fence.Lost {
      // Another node goes on where this one was.
      return false
    }
  }

  /// Keeps a server's number among those that make ids its own.
  public func keepNode(_ number: Int) async throws {
    try await database.write { try NodeNumber.hold(number, in: $0) }
  }

  /// Gives the right to sweep back, so that another node need not wait for it.
  public func endSweeping(as holder: String) async throws {
    try await database.write { try Lease.giveUp(Self.sweepLeaseName, holder: holder, in: $0) }
  }
}
