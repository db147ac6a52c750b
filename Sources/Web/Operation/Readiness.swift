import Base
import City
import Foundation
import Synchronization

/// Whether this process should be sent requests: its parts are tried out, at most once a second
/// whoever asks.
final class Readiness: Sendable {
  /// What must be well, each with `ok` or the code of what is not.
  struct Report: Encodable, Equatable, Sendable {
    var database = "ok"
    var schema = "ok"
    var files = "ok"
    var process = "ok"

    var isReady: Bool { [database, schema, files, process].allSatisfy { $0 == "ok" } }
  }

  private struct State {
    var report: Report?
    var at: ContinuousClock.Instant?
    var begun: ContinuousClock.Instant?
    var isStopping = false
  }

  private let centre: Centre
  private let freshFor: Duration
  private let patience: Duration
  private let state = Mutex(State())

  /// - Parameters:
  ///   - freshFor: for so long an answer is given again.
  ///   - patience: what takes longer is not well.
  init(
    centre: Centre, freshFor: Duration = .seconds(1), patience: Duration = .seconds(3)
  ) {
    self.centre = centre
    self.freshFor = freshFor
    self.patience = patience
  }

  /// From now on it is to be sent nothing more.
  func stop() { state.withLock { $0.isStopping = true } }

  func report() async -> Report {
    let now = ContinuousClock.now
    let (known, mayBegin, isStopping) = state.withLock { state in
      let isFresh = state.at.map { now - $0 < freshFor } ?? false
      let mayBegin = !isFresh && state.begun == nil
      if mayBegin { state.begun = now }
      return (isFresh ? state.report : nil, mayBegin, state.isStopping)
    }
    var report = known
    if report == nil {
      report = mayBegin ? await within(patience) { await self.tried() } : await newer(than: now)
    }
    // One that was begun and does not end: nobody begins another.
    var answer = report ?? Report(database: "slow")
    if isStopping { answer.process = "stopping" }
    return answer
  }

  /// What somebody else is finding out.
  private func newer(than start: ContinuousClock.Instant) async -> Report? {
    let begun = state.withLock(\.begun) ?? start
    while ContinuousClock.now - begun < patience {
      if let report = state.withLock({ $0.begun == nil ? $0.report : nil }) { return report }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return nil
  }

  private func tried() async -> Report {
    var report = Report()
    do {
      if try await !centre.missingSchema().isEmpty { report.schema = "behind" }
      try await centre.tryWriting()
    } catch {
      report.database = (error as? Fault)?.code ?? "failed"
    }
    do { try centre.blobs.tryOut() } catch { report.files = "unwritable" }
    let found = report
    state.withLock {
      $0.report = found
      $0.at = .now
      $0.begun = nil
    }
    return found
  }
}
