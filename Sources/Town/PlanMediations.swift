import Base
import City

/// What is brought to the mediators' table: exactly as many as the volume says, with exactly its agreements
/// and its money.
extension PlanDraft {
  mutating func addMediations() {
    var dice = SeededGenerator(seed: frame.seed, for: "plan.mediations")
    let volume = frame.volume.mediations
    let counted = frame.rhythm(.office) { isCounted($0) }
    for settlement in settlements(volume, &dice) { add(settlement, counted, &dice) }
    guard isYear else { return }
    // The two months that the report leaves out, at the same rate; there not everybody agrees.
    let others = frame.rhythm(.office) { !isCounted($0) && !isEdge($0) }
    let share = others.total / counted.total
    for _ in 0..<Int((Double(volume.all) * share).rounded()) {
      var settlement = PlannedCase.Settlement()
      settlement.outcome = dice.pick([.settled, .unsettled, .withdrawn]) ?? .settled
      if settlement.outcome == .settled {
        settlement.agreement = dice.pick([.written, .oral]) ?? .oral
      }
      settlement.sessions = settlement.outcome == .withdrawn ? 0 : dice.number(in: 1...3)
      add(settlement, others, &dice)
    }
  }

  private mutating func add(
    _ settlement: PlannedCase.Settlement, _ rhythm: Rhythm, _ dice: inout SeededGenerator
  ) {
    let isAgreed = settlement.agreement != .none || settlement.outcome != .settled
    let mix = isAgreed ? KindMix.agreed : KindMix.answered
    add(mix.kind(in: 1, &dice), .mediation, at: rhythm.moment(&dice), &dice) {
      $0.settlement = settlement
    }
  }

  /// In some order; most agreements are about money, and most sums are small.
  private func settlements(
    _ volume: TownVolume.Mediations, _ dice: inout SeededGenerator
  ) -> [PlannedCase.Settlement] {
    let agreements =
      [MediationResult.Agreement](repeating: .written, count: volume.written)
      + [MediationResult.Agreement](repeating: .oral, count: volume.oral)
      + [MediationResult.Agreement](
        repeating: .none, count: volume.all - volume.written - volume.oral)
    var sums = amounts(volume.amount, among: (volume.written + volume.oral) * 3 / 4, &dice)
    return agreements.map { agreement in
      var settlement = PlannedCase.Settlement(agreement: agreement)
      if agreement != .none {
        settlement.amount = sums.popLast()
        settlement.sessions = dice.number(in: 1...3)
      }
      return settlement
    }
  }

  /// Parts of a sum in hundreds; the last part takes what is left. Many small ones, few large.
  private func amounts(
    _ whole: Int, among count: Int, _ dice: inout SeededGenerator
  ) -> [Int] {
    guard count > 0 else { return [] }
    let weights = (0..<count).map { _ in
      let share = dice.fraction()
      return 0.02 + share * share * share * share
    }
    let all = weights.reduce(0, +)
    var parts = weights.map { max(1, Int(Double(whole) * $0 / all / 100)) * 100 }
    let rest = whole - parts.reduce(0, +)
    if let largest = parts.indices.max(by: { parts[$0] < parts[$1] }) { parts[largest] += rest }
    return parts
  }

  private var isYear: Bool { frame.volume.days > 300 }

  /// January to October: what comes up later than the eighteenth may be settled in November. Of a shorter
  /// time the days that are long enough ago.
  private func isCounted(_ day: Day) -> Bool {
    guard isYear else { return day <= frame.today.local(in: frame.zone).day + -7 }
    let (_, month, date) = day.parts
    return month < 10 || (month == 10 && date <= 18)
  }

  /// Days of which it is not sure in which month they are settled.
  private func isEdge(_ day: Day) -> Bool {
    let (_, month, date) = day.parts
    return (month == 10 || month == 12) && date > 18
  }
}
