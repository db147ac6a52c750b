import Base
import Store
import TestSupport
import Testing

@testable import City

/// Random people who make random moves on random cases of a town; the same for the same seed.
///
/// Most moves are ones that may be made, so that cases come far; some are not, and must be refused.
struct CaseWalk {
  /// A step of the walk, and what came of it.
  struct Made {
    let id: ID<Case>
    let move: CaseMove
    let who: CaseTown.Who
    let wasAllowed: Bool
    let fault: Fault?
    /// The case before.
    let before: CaseView

    var from: CaseState { before.case.state }
  }

  static let people: [CaseTown.Who] = [
    .intake, .dispatcher, .duty, .leader, .villageLeader, .roads, .roadsMate, .roadsHead, .crew,
    .crewHead, .gang, .sanitation,
    .management, .committee, .patroller, .otherPatroller, .evaluator, .security,
  ]
  private static let units = [
    "roads", "sanitation", "city-management", "committee-1", "committee-2", "grid-centre", "patrol",
  ]
  private static let words = [
    "违规收停车费", "停车难", "路灯不亮", "窨井盖丢失", "垃圾堆放", "噪音扰民", "Wi-Fi 坏了", "3号楼漏水",
  ]

  let town: CaseTown
  var dice: SeededGenerator
  private(set) var ids: [ID<Case>] = []
  private var numbers: [ID<Case>: String] = [:]
  /// Everybody who was ever named as a reporter.
  private(set) var reporters: [Reporter] = []
  private var files = 0

  init(_ town: CaseTown, seed: UInt64) {
    self.town = town
    dice = SeededGenerator(seed: seed)
  }

  // MARK: - Reports

  /// A new case, reported by somebody who may.
  mutating func report() async throws {
    let (report, who) = randomReport()
    let file = try await town.report(report, by: who)
    ids.append(file.id)
    numbers[file.id] = file.number
    if !report.reporter.isEmpty { reporters.append(report.reporter) }
  }

  private mutating func randomReport() -> (CaseReport, CaseTown.Who) {
    let village = dice.number(in: 0...1)
    let who =
      dice.pick([.intake, .intake, .duty, .dispatcher, village == 0 ? .patroller : .otherPatroller])
      ?? CaseTown.Who.intake
    let isPatrol = who == .patroller || who == .otherPatroller
    var report = CaseTown.report(
      dice.pick(["T0001", "T0001", "T0001", "T0002", "T0003", "T0004", "T0004"]) ?? "T0001",
      isPatrol ? .patrol : .hotline, village: village,
      title: "\(dice.pick(Self.words) ?? "") \(ids.count)")
    report.description = dice.pick(Self.words) ?? ""
    if !isPatrol, dice.chance(0.15) {
      report.latitude = nil
      report.longitude = nil
      report.area = dice.chance(0.5) ? "T" : nil
    }
    report.confidential = dice.chance(0.2)
    if !isPatrol, dice.chance(0.8) { report.reporter = randomReporter() }
    return (report, who)
  }

  private mutating func randomReporter() -> Reporter {
    Reporter(
      name: (dice.pick(["欧阳", "诸葛", "端木", "令狐"]) ?? "") + "试\(dice.number(in: 100...999))",
      phone: "139\(dice.number(in: 10_000_000...99_999_999))",
      address: "虚构路\(dice.number(in: 1000...9999))弄")
  }

  // MARK: - Moves

  /// One move by one person on one case.
  mutating func step() async throws -> Made {
    let picked = dice.pick(ids)
    let id = try #require(picked)
    let view = try await town.view(id)
    let chosen = randomMove(on: view)
    var (who, move) = try #require(chosen)
    let allowed = CaseFlow.moves(on: view, by: town[who])
    if !allowed.contains(move), dice.chance(0.5), let other = dice.pick(allowed) { move = other }
    if dice.chance(0.9) { try await attachEvidence(to: view, for: move) }
    let input = randomInput(move, on: view)
    var fault: Fault?
    do {
      try await town.desk.make(move, input, on: id, by: town[who])
    } catch let refusal as Fault {
      fault = refusal
    }
    return Made(
      id: id, move: move, who: who,
      wasAllowed: allowed.contains(move) && view.isRead(by: town[who]),
      fault: fault, before: view)
  }

  /// Mostly one that may be made.
  private mutating func randomMove(on view: CaseView) -> (CaseTown.Who, CaseMove)? {
    if dice.chance(0.9) {
      let people = Self.people.shuffled(using: &dice)
      // Comments and corrections are possible nearly always and lead nowhere; others lead back or away.
      let rare: Set<CaseMove> = [
        .comment, .correct, .reject, .recordFinding, .link, .unlink, .merge, .transfer,
        .withdraw, .addParty, .removeParty,
      ]
      let table: Set<CaseMove> = [.addParty, .holdSession, .recordOutcome]
      let isRare = dice.chance(0.2)
      for who in people {
        let all = CaseFlow.moves(on: view, by: town[who])
        // Quarrels come to the table, or nobody would ever sit there.
        if view.case.state == .handling, dice.chance(0.5),
          let move = dice.pick(all.filter(table.contains))
        {
          return (who, move)
        }
        let moves = all.filter { rare.contains($0) == isRare }
        if let move = dice.pick(moves) { return (who, move) }
      }
    }
    guard let who = dice.pick(Self.people), let move = dice.pick(CaseMove.allCases) else {
      return nil
    }
    return (who, move)
  }

  private mutating func attachEvidence(to view: CaseView, for move: CaseMove) async throws {
    let stages: [CaseMove: CaseStage] = [.file: .report, .feedBack: .feedback, .close: .closing]
    guard let stage = stages[move], view.case.state.isOpen else { return }
    for rule in view.kind.evidence where rule.stage == stage {
      files += 1
      let blob = CaseTown.file("walk \(files)")
      try await town.desk.attach(
        NewAttachment(blob: blob, name: "f", subject: rule.subject), to: view.case.id, by: .command)
    }
  }

  private mutating func randomInput(_ move: CaseMove, on view: CaseView) -> MoveInput {
    var input = town.input(for: move, now: town.clock.now())
    // Now and then something is missing.
    if dice.chance(0.03) { return MoveInput() }
    switch move {
    case .file where view.case.area == nil: input.area = dice.pick(["V1", "V2", "T"])
    case .askCheck:
      input.person = dice.chance(0.3) ? town[.patroller].person : nil
      input.organisation =
        input.person != nil && dice.chance(0.5)
        ? nil
        : input.person != nil ? "patrol" : dice.pick(["patrol", "committee-1", "committee-2"])
    case .askExtension: input.limit = dice.pick([nil, "2 working-days", "8 working-days"]) ?? nil
    case .recordFinding: input.finding = dice.pick(CaseFinding.Kind.allCases)
    case .dispatch, .arbitrate:
      let units = Self.units.shuffled(using: &dice)
      input.organisation = units[0]
      input.helpers = Array(units[1...].prefix(dice.number(in: 0...2)))
    case .suspend:
      if view.kind.pauses.isEmpty { input.reason = "none" }
      input.until = town.clock.now() + Int64(dice.number(in: 1...10)) * 40_000
    case .passOn: randomTarget(&input, on: view)
    case .extendBelow:
      let last = view.clocks.last { $0.level > 0 && $0.stoppedAt == nil }?.dueAt
      let now = town.clock.now()
      input.until = max(last ?? now, now) + Int64(dice.number(in: 1...300)) * 60
    case .contact: input.reached = dice.chance(0.5)
    case .close: input.conditions = view.kind.closing.map(\.code)
    case .callBack:
      input.resolved = dice.chance(0.7)
      input.satisfaction = dice.pick([nil, 1, 2, 3, 4, 5]) ?? nil
    case .correct:
      input.title = "\(dice.pick(Self.words) ?? "") 更正\(dice.number(in: 0...99))"
      if dice.chance(0.3) { input.area = dice.pick(["V1", "V2"]) }
      if dice.chance(0.2) { input.kind = dice.pick(["T0001", "T0002", "T0003"]) }
    case .link:
      input.other = dice.pick(ids).flatMap { numbers[$0] }
      input.relation = dice.pick(CaseRelation.allCases)?.rawValue
    case .merge: input.other = dice.pick(ids).flatMap { numbers[$0] }
    case .unlink:
      let links = view.links.map { $0.other(than: view.case.id) }
      input.other = dice.pick(links.isEmpty ? ids : links).flatMap { numbers[$0] }
    case .addParty: input.side = dice.pick(CaseParty.Side.allCases)?.rawValue
    case .removeParty: input.party = dice.pick(view.mediation?.parties ?? [])?.id
    case .holdSession:
      input.heldAt = max(view.case.reportedAt, town.clock.now() + -3600)
      input.next = dice.chance(0.4) ? town.clock.now() + 86_400 : nil
    case .recordOutcome: randomOutcome(&input)
    default: break
    }
    return input
  }

  /// Some of it does not fit together.
  private mutating func randomOutcome(_ input: inout MoveInput) {
    input.outcome = dice.pick(MediationResult.Outcome.allCases)?.rawValue
    input.agreement =
      input.outcome == "settled" || dice.chance(0.2)
      ? dice.pick(MediationResult.Agreement.allCases)?.rawValue : nil
    guard input.agreement != nil, input.agreement != "none" else { return }
    input.facts = "为车位争执"
    input.terms = dice.chance(0.9) ? "各让一步" : nil
    input.amount = dice.chance(0.5) ? .text("\(dice.number(in: 1...99_999)).5") : nil
  }

  /// Mostly a level below, sometimes a person, sometimes nonsense.
  private mutating func randomTarget(_ input: inout MoveInput, on view: CaseView) {
    let now = town.clock.now()
    input.until = dice.chance(0.5) ? now + Int64(dice.number(in: 1...2000)) * 60 : nil
    input.organisation = dice.pick(["crew", "crew", "gang", "gang", "roads", "sanitation"])
    if dice.chance(0.2) {
      input.organisation = nil
      input.person = town[dice.pick([.roads, .roadsMate, .crew, .gang]) ?? .roads].person
    } else if input.organisation == "crew", dice.chance(0.3) {
      input.helpers = ["gang"]
    }
  }

  /// Lets some time pass, and what time asks for be done.
  mutating func pass() async throws {
    town.clock.advance(seconds: Int64(dice.number(in: 60...14_400)))
    if dice.chance(0.2) { try await CaseSweep(desk: town.desk).run() }
  }

  /// A town with cases that came far.
  static func town(
    cases: Int, steps: Int, seed: UInt64
  ) async throws -> CaseWalk {
    var walk = CaseWalk(try await CaseTown(), seed: seed)
    for _ in 0..<cases { try await walk.report() }
    for _ in 0..<steps {
      _ = try await walk.step()
      if walk.dice.chance(0.3) { try await walk.pass() }
    }
    return walk
  }
}
