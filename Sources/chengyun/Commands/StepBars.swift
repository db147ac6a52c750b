/// A bar for each step of something long.
final class StepBars<Step: CaseIterable & Hashable & Sendable>: Sendable {
  private let bars = Dictionary(
    uniqueKeysWithValues: Step.allCases.map { ($0, ProgressBar()) })

  func show(_ step: Step, _ done: Int, of total: Int, _ note: String) {
    bars[step]?.show(done, of: total, note)
    if done == total { bars[step]?.end() }
  }
}
