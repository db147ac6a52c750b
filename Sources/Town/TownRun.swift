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
  private var queue = EventQueue<Act>()
  private var nextSweep: Moment
  private var steps = 0
  /// How many of the planned cases have been reported.
  private(set) var reported = 0
  /// How many of them are neither closed nor void.
  var open: Int { openCases.count }
  private var openCases: Set<Int> = []
  /// The entries of the ledger, once the town is built.
  private(set) var entries = 0
  private(set) var isAtEnd = false

  /// Seconds between two passes over what is due.
  private static let sweepInterval: Int64 = 30 * 60

  /// A step of one case.
  private struct Act: Sendable {
    let life: Int
    let step: Step
  }

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

  /// The town some steps later, or at its end.
  func advanced(by limit: Int, in tx: Transaction) throws -> TownRun {
    var run = self
    let last = run.steps + limit
    while run.steps < last, !run.isAtEnd { try run.step(in: tx) }
    return run
  }

  private mutating func step(in tx: Transaction) throws {
    steps += 1
    let report = reported < plan.cases.count ? plan.cases[reported].reportedAt : nil
    let next = min(report ?? nextSweep, queue.nextMoment ?? nextSweep, nextSweep)
    guard next <= today else { return try finish(in: tx.at(today, ids: ids)) }
    let present = tx.at(next, ids: ids)
    if next == nextSweep {
      try sweep.run(in: present)
      nextSweep = next + Self.sweepInterval
    } else if next == report {
      try beginNext(in: present)
    } else if let act = queue.next()?.event {
      try go(on: act, in: present)
    }
  }

  /// The last pass, at the very end, so that the next one finds nothing to do.
  private mutating func finish(in tx: Transaction) throws {
    try sweep.run(in: tx)
    try TownProjects(scene).make(in: tx)
    try ProjectSweep(desk: scene.projects).run(in: tx)
    entries = try LedgerSweep.seal(in: tx)
    isAtEnd = true
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

  private mutating func go(on act: Act, in tx: Transaction) throws {
    guard var life = lives.removeValue(forKey: act.life) else { return }
    let file = try life.take(act.step, scene, in: tx)
    schedule(&life, act.life, after: file, at: tx.now)
  }

  private mutating func schedule(
    _ life: inout Life, _ index: Int, after file: Case, at now: Moment
  ) {
    if file.state.isOpen { openCases.insert(index) } else { openCases.remove(index) }
    guard let (step, moment) = life.next(after: file, at: now, scene.hours) else { return }
    queue.add(Act(life: index, step: step), at: moment)
    lives[index] = life
  }
}
