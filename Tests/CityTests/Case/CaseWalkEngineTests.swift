import Base
import Crypto
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// The same random moves on every engine that this machine has. `CHENGYUN_WALK_MOVES` says how many;
/// `make walk` makes 100,000.
@Suite struct CaseWalkEngineTests {
  private static let moves =
    ProcessInfo.processInfo.environment["CHENGYUN_WALK_MOVES"].flatMap(Int.init) ?? 1200

  @Test("random moves end in the same state on every engine, and nothing that must hold is broken")
  func engines() async throws {
    var states: [Engine: WalkState] = [:]
    for engine in Engine.all { states[engine] = try await Self.walk(on: engine) }
    let first = try #require(states[.sqlite])
    for engine in Engine.all {
      let state = try #require(states[engine])
      #expect(state.digest == first.digest, "\(engine)")
      // Where they part, the first case that differs says how.
      let differing = zip(state.cases, first.cases).first { $0 != $1 }
      #expect(differing == nil, "\(engine)")
      #expect(state.made == first.made && state.made > Self.moves / 2, "\(engine)")
    }
  }

  /// What is left of a walk, without ids and secrets.
  private struct WalkState {
    var cases: [String]
    var made: Int
    var digest: String {
      SHA256.hash(data: Data(cases.joined(separator: "\n").utf8)).hexadecimal
    }
  }

  private static func walk(on engine: Engine) async throws -> WalkState {
    var walk = CaseWalk(try await CaseTown(engine: engine), seed: 20_240_311)
    var watch = WalkWatch()
    var made = 0
    for number in 0..<moves {
      if number % 40 == 0 { try await walk.report() }
      let step = try await walk.step()
      if step.fault == nil { made += 1 }
      try await watch.look(at: step, walk.town)
      if walk.dice.chance(0.2) { try await walk.pass() }
    }
    for id in walk.ids { watch.check(try await walk.town.view(id), "\(engine) at the end") }
    try await watch.checkSums(walk.town)
    return WalkState(cases: try await lines(of: walk), made: made)
  }

  /// A line for each case: where it stands, who has it and until when, and all that was ever done.
  private static func lines(of walk: CaseWalk) async throws -> [String] {
    var lines: [String] = []
    for id in walk.ids {
      let view = try await walk.town.view(id)
      let file = view.case
      let parts = view.parts.map {
        "\($0.organisationPath) \($0.state) \($0.isLead) \(view.level(of: $0)) \(said($0.dueAt))"
      }
      let clocks = view.clocks.map {
        "\($0.step) \($0.level) \($0.startedAt) \(said($0.dueAt)) \(said($0.stoppedAt)) \($0.isDone)"
      }
      let verbs = try await walk.town.database.read {
        try Ledger.entries(about: id.raw, limit: 100_000, in: $0).map(\.verb)
      }
      let counts = [file.revision, file.returnCount, file.reworkCount, file.reopenCount]
      let table = view.mediation.map {
        "\($0.parties.count) \($0.sessions.count) \(said($0.result?.recordedAt))"
      }
      lines.append(
        "\(file.number) \(file.kind) \(file.state) \(file.title) \(counts) \(said(file.dueAt)) "
          + "\(said(file.closedAt)) \(parts) \(clocks) \(table ?? "-") \(verbs)")
    }
    return lines
  }

  private static func said(_ moment: Moment?) -> String { moment.map { "\($0)" } ?? "-" }
}

/// What must hold of every case along a walk.
struct WalkWatch {
  /// What each merged case was before.
  private var merged: [ID<Case>: Standing] = [:]

  /// What parting must put back.
  private struct Standing: Equatable {
    let state: CaseState
    let parts: [String]
    let clocks: [CaseClock]
    let asked: Int

    init(_ view: CaseView) {
      state = view.case.state
      parts = view.parts.map { "\($0.id) \($0.state) \($0.endedAt == nil)" }
      // How much time is left is computed anew where a calendar or a pause says so; here none does.
      clocks = view.clocks
      asked = view.extensions.count { $0.decidedAt == nil }
    }
  }

  mutating func look(at step: CaseWalk.Made, _ town: CaseTown) async throws {
    let view = try await town.view(step.id)
    let what = Comment(rawValue: "\(step.move.rawValue) by \(step.who)")
    check(view, what)
    if step.fault == nil, step.move == .merge { merged[step.id] = Standing(step.before) }
    if step.fault == nil, step.move == .unmerge, let before = merged.removeValue(forKey: step.id) {
      #expect(Standing(view) == before, what)
    }
  }

  /// Nobody has it only where nobody should; and no level is due after the one above it.
  func check(_ view: CaseView, _ what: Comment) {
    let current = view.assignments.filter(\.isCurrent)
    let state = view.case.state == .suspended ? view.case.resumeState : view.case.state
    if state == .dispatched || state == .handling {
      #expect(current.contains { $0.isPending }, what)
      #expect(current.count { $0.isLead && $0.parent == nil } == 1, what)
    }
    if view.case.state == .checking { #expect(view.checks.contains { $0.isPending }, what) }
    for clock in view.clocks {
      guard let above = view.clocks.first(where: { $0.id == clock.within }),
        clock.stoppedAt == nil, let bound = above.dueAt, let due = clock.dueAt,
        // Where the level above was late already, nothing bounds.
        bound >= clock.startedAt
      else { continue }
      #expect(due <= bound, what)
    }
  }

  /// Over areas and over kinds every count adds up to the whole.
  func checkSums(_ town: CaseTown) async throws {
    let now = town.clock.now()
    let whole = FigureScope(from: try CaseTown.at("2024-03-01 00:00"), before: now + 1)
    func counts(_ change: (inout FigureScope) -> Void) async throws -> [Int] {
      var scope = whole
      change(&scope)
      let asked = scope
      return try await town.database.read {
        try town.desk.figures(asked, by: .command, now: now, in: $0).map(\.numerator)
      }
    }
    func sum(_ parts: [[Int]]) -> [Int] {
      parts.reduce([Int](repeating: 0, count: CaseFigure.allCases.count)) { sum, part in
        zip(sum, part).map(+)
      }
    }
    let all = try await counts { _ in }
    var byChannel: [[Int]] = []
    for channel in Channel.allCases { byChannel.append(try await counts { $0.channel = channel }) }
    #expect(sum(byChannel) == all)
    var byKind: [[Int]] = []
    for kind in ["T0001", "T0002", "T0003", "T0004"] {
      byKind.append(try await counts { $0.kind = kind })
    }
    #expect(sum(byKind) == all)
  }
}
