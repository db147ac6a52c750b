import Base
import Foundation

/// The thread that writes: it commits together what waits together, as on SQLite.
///
/// One of all processes writes at a time: a transaction takes its turn with an advisory lock, first
/// of all. Two batches of some dozen writes would nearly always meet in some row and wait for each
/// other, or fail; so they wait once, at the start, and what a body has read is true until it
/// commits.
struct PostgresWriter {
  let line: PostgresLine
  let ids: IDSource
  let now: Now
  let log: StatementLog?
  /// Told after each commit that changed something, outside of every transaction.
  let committed: () -> Void

  /// `chengyun` in ASCII. The ledger's own default takes the same lock; see its migration.
  static let turn: Int64 = 0x6368_656E_6779_756E
  private static let mostTries = 5
  /// See `PostgresMark`.
  private let writer = Int64.random(in: .min ... .max)

  /// Each statement sees what was committed before it, so those after the turn see everything.
  static let begin = """
    BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(\(turn))
    """

  private enum Outcome {
    case committed([(any Error)?], hasChanged: Bool)
    /// One failed after it had changed rows, or after the server had refused a statement.
    case spoiled(any Error)
    /// Rolled back for a reason that may be gone the next time.
    case passing(any Error)
    case failed(any Error)
  }

  func commit(_ batch: [WriteJob]) {
    for attempt in 1...Self.mostTries {
      switch attempted(batch) {
      case .committed(let failures, let hasChanged):
        if hasChanged { committed() }
        for (job, failure) in zip(batch, failures) { job.finish(failure) }
        return
      case .spoiled where batch.count > 1:
        for job in batch { commit([job]) }
        return
      case .passing where attempt < Self.mostTries:
        Thread.sleep(forTimeInterval: Double(attempt) * 0.02)
      case .spoiled(let error), .passing(let error), .failed(let error):
        for job in batch { job.finish(error) }
        return
      }
    }
  }

  private func attempted(_ batch: [WriteJob]) -> Outcome {
    let link: PostgresLink
    do { link = try line.ready() } catch { return .failed(error) }
    do {
      try link.script(Self.begin)
    } catch {
      // Its turn did not come: that is no job's fault, and none is tried by itself.
      if case .spoiled(let error) = ended(link, with: error) { return .failed(error) }
      return .passing(error)
    }
    let connection = PostgresConnection(link, log: log)
    var failures: [(any Error)?] = []
    for job in batch {
      let before = connection.changes
      var failure: (any Error)?
      do {
        try job.body(Transaction(connection: connection, ids: ids, now: now()))
      } catch {
        failure = error
      }
      if !link.isSound || failure != nil && connection.changes != before {
        return ended(link, with: failure ?? link.failure?.error(at: link.shown))
      }
      failures.append(failure)
    }
    return finished(link, .committed(failures, hasChanged: connection.changes > 0))
  }

  /// Rolls back, and says what that means.
  private func ended(_ link: PostgresLink, with error: (any Error)?) -> Outcome {
    let isPassing = link.isLost || link.failure?.isPassing == true
    let error = error ?? Fault(.unavailable, "store.lost", ["path": link.shown])
    line.rollBack()
    return isPassing ? .passing(error) : .spoiled(error)
  }

  /// Commits; what was put and not answered yet goes along.
  private func finished(_ link: PostgresLink, _ committed: Outcome) -> Outcome {
    var mark: PostgresMark?
    do {
      if case .committed(_, hasChanged: true) = committed {
        let new = PostgresMark(of: writer)
        try new.put(link)
        mark = new
      }
      try link.put("COMMIT")
      guard try link.settle()?.command == "COMMIT" else {
        return .failed(Fault(.unavailable, "store.lost", ["path": link.shown]))
      }
      return committed
    } catch {
      // Without a mark nothing has changed, and all of it is run again.
      guard link.isLost, let mark else { return ended(link, with: error) }
      return fate(of: mark, committed, at: link.shown)
    }
  }

  /// The connection was lost while a commit was on its way: over a new one its mark is looked for.
  private func fate(of mark: PostgresMark, _ committed: Outcome, at path: String) -> Outcome {
    for _ in 0..<40 {
      line.rollBack()
      if let link = try? line.ready(), let isFound = try? mark.isFound(link) {
        return isFound ? committed : .passing(Fault(.unavailable, "store.lost", ["path": path]))
      }
      Thread.sleep(forTimeInterval: 0.25)
    }
    return .failed(Fault(.unavailable, "store.uncertain", ["path": path]))
  }
}
