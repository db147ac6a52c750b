import Base

/// One of the threads that read: each has a connection and takes one read after the other.
struct PostgresReader {
  let line: PostgresLine
  let log: StatementLog?
  /// How often one is tried, when connections are lost or a standby takes rows away from under it.
  private static let mostTries = 3

  func serve(_ job: ReadJob) {
    for attempt in 1...Self.mostTries {
      guard let failure = attempted(job) else { return }
      if attempt == Self.mostTries || !failure.mayPass { return job.finish(failure.error) }
    }
  }

  private struct Failure {
    let error: any Error
    let mayPass: Bool
  }

  /// Nil when the job has been told that it is done.
  private func attempted(_ job: ReadJob) -> Failure? {
    let link: PostgresLink
    do { link = try line.ready() } catch { return Failure(error: error, mayPass: false) }
    do {
      // It goes along with the first statement, so that nobody waits for it.
      try link.put("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
      try job.body(Snapshot(connection: PostgresConnection(link, log: log)))
    } catch {
      let mayPass = link.isLost || link.failure?.isPassing == true
      line.rollBack()
      return Failure(error: error, mayPass: mayPass)
    }
    // What was read is as good before the snapshot is let go as after.
    job.finish(nil)
    line.rollBack()
    return nil
  }
}
