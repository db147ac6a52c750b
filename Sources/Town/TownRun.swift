import Base
import City
import Store

/// The town in the middle of its year: what has come up, and what is next. A value, so that the
/// transaction that moves it on may be run again.
struct TownRun: Sendable {
  private let scene: TownScene
  private let plan: TownPlan
  private let seed: UInt64
  private let today: Moment
  private let ids: IDSource
  private let sweep: CaseSweep
  private let shelf: KindShelf

  private var lives: [Int: Life] = [:]
  private var queue = EventQueue<(life: Int, step: Step)>()
  private var reported = 0
  private var nextSweep: Moment
  private(set) var steps = 0

  /// Seconds between two passes over what is due.
  private static let sweepInterval: Int64 = 30 * 60

  init(
    _ scene: TownScene, plan: TownPlan, seed: UInt64, today: Moment, ids: IDSource,
    shelf: KindShelf
  ) {
    self.scene = scene
    self.plan = plan
    self.seed = seed
    self.today = today
    self.ids = ids
    self.shelf = shelf
    sweep = CaseSweep(desk: scene.desk)
    nextSweep = plan.start + Self.sweepInterval
  }

  /// How many of the planned cases have been reported.
  var progress: (done: Int, of: Int) { (reported, plan.cases.count) }

  /// Moves the town on by some steps, or to the end; false at the end.
  mutating func advance(steps limit: Int, in tx: Transaction) throws -> Bool {
    let last = steps + limit
    while steps < last {
      let report = reported < plan.cases.count ? plan.cases[reported].reportedAt : nil
      let life = queue.nextMoment
      guard let next = [report, life, nextSweep].compactMap({ $0 }).min(), next <= today else {
        return try finish(in: tx)
      }
      steps += 1
      let present = tx.at(next, ids: ids)
      if next == nextSweep {
        try sweep.run(in: present)
        nextSweep = next + Self.sweepInterval
      } else if next == report {
        try beginNext(in: present)
      } else if let event = queue.next()?.event {
        try go(on: event.life, event.step, in: present)
      }
    }
    return true
  }

  /// The last pass, at the very end, so that the next one finds nothing to do.
  private func finish(in tx: Transaction) throws -> Bool {
    let present = tx.at(today, ids: ids)
    try sweep.run(in: present)
    try LedgerSweep.seal(in: present)
    return false
  }

  private mutating func beginNext(in tx: Transaction) throws {
    let index = reported
    reported += 1
    let planned = plan.cases[index]
    guard let kind = shelf.current(planned.kind)?.1 else { return }
    let dice = SeededGenerator(seed: seed &+ UInt64(index), for: "life")
    var life = Life(planned, kind: kind, dice: dice)
    let file = try life.begin(serial: index + 1, scene, in: tx)
    schedule(&life, index, after: file, at: tx.now)
  }

  private mutating func go(on index: Int, _ step: Step, in tx: Transaction) throws {
    guard var life = lives.removeValue(forKey: index) else { return }
    let file = try life.take(step, scene, in: tx)
    schedule(&life, index, after: file, at: tx.now)
  }

  private mutating func schedule(
    _ life: inout Life, _ index: Int, after file: Case, at now: Moment
  ) {
    guard let (step, moment) = life.next(after: file, at: now, scene.hours) else { return }
    queue.add((life: index, step: step), at: moment)
    lives[index] = life
  }
}
