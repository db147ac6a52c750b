import Base
import Crypto
import Store
import TestSupport
import Testing

@testable import City

extension CaseTown {
  /// A kind that goes through every step, sent by hand.
  static let everyStep: CaseKind = {
    var kind = CaseKind(
      code: "T0001", in: CaseClass(code: "T", name: "试验"), name: "每一步都有")
    kind.clocks = clocks([
      .acceptance: "2 working-hours", .check: "4 hours", .filing: "2 working-hours",
      .dispatch: "2 working-hours",
      .arbitration: "1 working-day", .firstContact: "1 working-day", .handling: "5 working-days",
      .verification: "1 working-day", .callBack: "3 working-days", .closing: "1 working-day",
      .whole: "8 working-days",
    ])
    kind.pauses = [PauseReason(code: "wait", name: "等待")]
    kind.extensions = ExtensionRule(
      count: 2, limit: limit("3 working-days"), most: limit("10 working-days"))
    kind.evidence = [EvidenceRule(.after, at: .feedback)]
    kind.closing = [
      ClosingCondition(code: "tidy", text: "整洁"), ClosingCondition(code: "told", text: "已告知"),
    ]
    kind.fields = [
      field("count", .number), field("cause", .text, at: .feedback),
      field("bill", .number, at: .closing),
    ]
    kind.verified = true
    kind.contactedFirst = true
    kind.findings = true
    kind.calledBack = true
    return kind
  }()

  /// A kind with nothing but clocks, not verified, that patrollers may settle on the spot.
  static let plain: CaseKind = {
    var kind = CaseKind(code: "T0002", in: CaseClass(code: "T", name: "试验"), name: "简单")
    kind.clocks = clocks([
      .acceptance: "30 minutes", .filing: "1 hour", .dispatch: "1 hour",
      .handling: "2 working-days", .closing: "1 working-day", .whole: "4 working-days",
      .supervision: "1 working-day",
    ])
    kind.evidence = [EvidenceRule(.before, at: .report), EvidenceRule(.after, at: .feedback)]
    kind.onTheSpot = true
    return kind
  }()

  /// The same as the plain one, and looked at on the spot before it is filed.
  static let checked: CaseKind = {
    var kind = plain
    kind.code = "T0003"
    kind.name = "先核实"
    kind.checkedBeforeFiling = true
    kind.clocks[.check] = KindClock(limit("2 hours"), calendar: "china")
    kind.evidence = []
    return kind
  }()

  /// A kind that goes through every step, and is settled at the mediators' table.
  static let mediated: CaseKind = {
    var kind = everyStep
    kind.code = "T0004"
    kind.name = "调解"
    kind.mediated = true
    return kind
  }()

  /// Read once for all towns: it is long.
  private static let shipped = Result {
    try Catalogue.read(Catalogue.shippedFiles, knowing: CatalogueSamples.names)
  }

  static func catalogue() throws -> Catalogue {
    try Catalogue(shipped.get().kinds + [everyStep, plain, checked, mediated])
  }

  static func limit(_ text: String) -> TimeLimit {
    TimeLimit(text) ?? .minute
  }

  private static func clocks(_ limits: [ClockStep: String]) -> [ClockStep: KindClock] {
    limits.mapValues { KindClock(limit($0), calendar: "china") }
  }

  private static func field(
    _ code: String, _ content: CaseField.Content, at stage: CaseStage = .report
  ) -> CaseField {
    var field = CaseField(code: code, name: code, content)
    field.stage = stage
    return field
  }

  // MARK: - Reports

  /// A report in the first or the second village.
  static func report(
    _ kind: String = "T0001", _ channel: Channel = .hotline, village: Int = 0,
    title: String = "路面有一个大坑"
  ) -> CaseReport {
    SmallTown.report(kind, channel, village: village, title: title)
  }

  /// A photograph or paper; the same name is the same file.
  static func file(_ name: String = "a") -> Blob {
    Blob(
      digest: SHA256.hash(data: Array(name.utf8)).hexadecimal, size: name.utf8.count,
      mediaType: "image/jpeg")
  }

  /// What a move of `T0001` needs, all of it right.
  func input(for move: CaseMove, now: Moment) -> MoveInput {
    var input = MoveInput(text: "说明 \(move.rawValue)")
    switch move {
    case .askCheck:
      input.organisation = "patrol"
      input.person = self[.patroller].person
    case .recordFinding: input.finding = .late
    case .dispatch, .arbitrate:
      input.organisation = "roads"
      input.helpers = ["sanitation"]
    case .feedBack:
      input.factFinding = "属实"
      input.claimFinding = "合理"
    case .suspend:
      input.reason = "wait"
      input.until = now + 3 * 86_400
      input.approver = self[.leader].person
    case .passOn:
      input.organisation = "crew"
      input.until = now + 3600
    case .extendBelow: input.until = now + 7200
    case .supervise: input.until = now + 86_400
    case .contact: input.reached = true
    case .close: input.conditions = ["tidy", "told"]
    case .callBack:
      input.resolved = true
      input.satisfaction = 5
    case .correct: input.title = "更正后的标题"
    case .link: input.relation = CaseRelation.related.rawValue
    case .transfer:
      input.direction = TransferDirection.upper.rawValue
      input.platform = "区城运中心"
    case .addParty:
      input.side = CaseParty.Side.applicant.rawValue
      input.name = "欧阳试"
      input.phone = "13900001111"
    case .holdSession:
      input.heldAt = now
      input.place = "平安客厅"
      input.mediators = "老娘舅"
      input.present = "双方"
    case .recordOutcome: input.outcome = MediationResult.Outcome.withdrawn.rawValue
    default: break
    }
    return input
  }

  // MARK: - Moves

  /// Makes a move of `T0001` with all that it needs.
  @discardableResult
  func make(
    _ move: CaseMove, by who: Who, on id: ID<Case>, _ change: (inout MoveInput) -> Void = { _ in },
    in tx: Transaction
  ) throws -> Case {
    var input = input(for: move, now: tx.now)
    if move == .passOn, who == .crewHead { input.organisation = "gang" }
    change(&input)
    return try desk.make(move, input, on: id, by: self[who], in: tx)
  }

  /// The same in a transaction of its own.
  @discardableResult
  func make(
    _ move: CaseMove, by who: Who, on id: ID<Case>,
    _ change: @escaping @Sendable (inout MoveInput) -> Void = { _ in }
  ) async throws -> Case {
    try await database.write { try make(move, by: who, on: id, change, in: $0) }
  }

  @discardableResult
  func attach(
    _ subject: EvidenceRule.Subject, to id: ID<Case>, by who: Who, named name: String = "a"
  ) async throws -> ID<CaseAttachment> {
    try await database.write { tx in
      try desk.attach(
        CaseTown.file(name), named: name, as: subject, to: id, by: self[who], in: tx)
    }
  }

  func report(_ report: CaseReport = CaseTown.report(), by who: Who = .intake) async throws
    -> Case
  {
    try await database.write { try desk.report(report, by: self[who], in: $0) }
  }

  /// A figure of March 2024 as `1/2`, of a unit or of all.
  func figure(_ figure: CaseFigure, of code: String?) async throws -> String {
    let march = FigureScope(
      from: try Self.at("2024-03-01 00:00"), before: try Self.at("2024-04-01 00:00"))
    return try await database.read { snapshot in
      var scope = march
      scope.organisation = try code.flatMap {
        try parties.value(in: snapshot).organisation(code: $0)?.id
      }
      let values = try desk.figures(scope, by: .command, now: clock.now(), in: snapshot)
      let value = values.first { $0.figure == figure }
      return "\(value?.numerator ?? -1)/\(value?.denominator ?? -1)"
    }
  }

  func view(_ id: ID<Case>) async throws -> CaseView {
    try await database.read { try desk.view(id, by: .command, in: $0) }
  }

  /// The fault that something ends in; nil when it succeeds.
  func fault(_ body: () async throws -> Void) async throws -> Fault? {
    do {
      try await body()
      return nil
    } catch let fault as Fault {
      return fault
    }
  }

  // MARK: - Everything about a case

  func dump(_ id: ID<Case>, in snapshot: some Querying) throws -> CaseDump {
    let view = try #require(try desk.load(id, in: snapshot))
    return CaseDump(
      file: view.case, parts: view.parts, clocks: view.clocks, pauses: view.pauses,
      extensions: view.extensions, notes: try CaseNoteRows.notes(id, in: snapshot),
      attachments: try CaseNoteRows.attachments(id, in: snapshot).map(\.id),
      queue: try snapshot.column(
        "SELECT queue_at FROM case_assignment WHERE case_id = \(id) ORDER BY id"),
      ledger: try snapshot.value("SELECT COUNT(*) FROM ledger_entry") ?? 0,
      found: try CaseNoteRows.isFound(view.case, in: snapshot), mediation: view.mediation)
  }
}

/// Everything that is stored about a case, to see whether any of it changed.
struct CaseDump: Equatable {
  let file: Case
  let parts: [CaseAssignment]
  let clocks: [CaseClock]
  let pauses: [CasePause]
  let extensions: [CaseExtension]
  let notes: [CaseNote]
  let attachments: [ID<CaseAttachment>]
  let queue: [Int64]
  let ledger: Int
  let found: Bool
  let mediation: Mediation?
}

extension CaseNoteRows {
  /// Whether a case is found by the words of its own title.
  static func isFound(_ file: Case, in snapshot: some Querying) throws -> Bool {
    guard let words = SearchWords(query: file.title) else { return false }
    return try snapshot.value(
      "SELECT 1 FROM \(SQL.matching(search, words)) AS hit WHERE hit.id = \(file.id)", as: Int.self)
      != nil
  }
}

extension TimeLimit {
  /// For texts that cannot be read, so that tests need not unwrap.
  fileprivate static let minute: TimeLimit = {
    guard let limit = TimeLimit(.minutes(1)) else { preconditionFailure("a minute is a limit") }
    return limit
  }()
}
