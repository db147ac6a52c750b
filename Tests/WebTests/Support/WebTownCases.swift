import Base
import Foundation
import Store
import TestSupport

@testable import City
@testable import Web

extension WebTown {
  /// Where a case of `T0001` stands; the unit of roads leads, sanitation helps.
  enum Situation: String, CaseIterable, Sendable {
    case reported, accepted, filed, dispatched, handling, handled, verified, closed
  }

  /// What was done on the way to a situation, and by whom.
  private static let way: [(Situation, CaseMove, Who)] = [
    (.accepted, .accept, .intake), (.filed, .file, .intake), (.dispatched, .dispatch, .dispatcher),
    (.handling, .take, .roads), (.handling, .take, .sanitation),
    (.handled, .feedBack, .sanitation), (.handled, .feedBack, .roads),
    (.verified, .verify, .dispatcher), (.closed, .close, .dispatcher),
  ]

  /// A case in a situation, brought there by the desk.
  func bring(to situation: Situation, _ report: CaseReport = WebTown.report()) async throws
    -> ID<Case>
  {
    let desk = centre.cases
    let id = try await desk.report(report, by: try await doer(.intake)).id
    let last = Situation.allCases.firstIndex(of: situation) ?? 0
    for (end, move, who) in Self.way where (Situation.allCases.firstIndex(of: end) ?? 0) <= last {
      var files: [NewAttachment] = []
      if move == .feedBack, who == .roads {
        files = [NewAttachment(blob: try photo(), name: "after.png", subject: .after)]
      }
      try await desk.make(
        move, Self.input(for: move), attaching: files, on: id, revision: nil,
        by: try await doer(who))
    }
    return id
  }

  /// A photograph, kept.
  func photo(width: Int = 4) throws -> Blob {
    try centre.blobs.keep(SampleFile.png(width: width, height: 4))
  }

  /// What a move needs on the way.
  private static func input(for move: CaseMove) -> MoveInput {
    var input = MoveInput(text: "说明 \(move.rawValue)")
    switch move {
    case .dispatch:
      input.organisation = "roads"
      input.helpers = ["sanitation"]
    case .feedBack:
      input.factFinding = "属实"
      input.claimFinding = "合理"
    case .close: input.conditions = ["tidy"]
    default: break
    }
    return input
  }

  /// A report in the first or the second village.
  static func report(
    _ kind: String = "T0001", _ channel: Channel = .hotline, village: Int = 0,
    title: String = "路面有一个大坑"
  ) -> CaseReport {
    SmallTown.report(kind, channel, village: village, title: title)
  }

  // MARK: - The catalogue

  /// Read once for all towns: it is long.
  private static let shipped = Result {
    try Catalogue.read(Catalogue.shippedFiles, knowing: Centre.knownNames)
  }

  static func catalogue() throws -> Catalogue {
    try Catalogue(shipped.get().kinds + [everyStep, plain, checked, mediated])
  }

  /// Goes through every step, sent by hand.
  private static let everyStep: CaseKind = {
    var kind = CaseKind(
      code: "T0001", in: CaseClass(code: "T", name: "试验"), name: "每一步都有")
    kind.clocks = clocks([
      .acceptance: "2 working-hours", .filing: "2 working-hours", .dispatch: "2 working-hours",
      .firstContact: "1 working-day", .handling: "5 working-days",
      .verification: "1 working-day", .callBack: "3 working-days", .closing: "1 working-day",
      .whole: "8 working-days",
    ])
    kind.pauses = [PauseReason(code: "wait", name: "等待")]
    if let limit = TimeLimit("3 working-days") {
      kind.extensions = ExtensionRule(count: 2, limit: limit)
    }
    kind.evidence = [EvidenceRule(.after, at: .feedback)]
    kind.closing = [ClosingCondition(code: "tidy", text: "整洁")]
    kind.fields = [
      field("count", .number), field("secret", .text, personal: true),
      field("cause", .text, at: .feedback), field("bill", .number, at: .closing),
    ]
    kind.verified = true
    kind.contactedFirst = true
    kind.findings = true
    kind.calledBack = true
    return kind
  }()

  /// The same, settled at the mediators' table.
  private static let mediated: CaseKind = {
    var kind = everyStep
    kind.code = "T0004"
    kind.name = "调解"
    kind.mediated = true
    return kind
  }()

  /// Asks for a field, and may be settled on the spot.
  private static let plain: CaseKind = {
    var kind = CaseKind(code: "T0002", in: CaseClass(code: "T", name: "试验"), name: "简单")
    kind.clocks = clocks([.handling: "2 working-days", .whole: "4 working-days"])
    kind.evidence = [EvidenceRule(.before, at: .report), EvidenceRule(.after, at: .feedback)]
    kind.fields = [field("size", .number, required: true)]
    kind.channels = [.patrol, .own, .hotline]
    kind.onTheSpot = true
    return kind
  }()

  /// Looked at on the spot before it is filed.
  private static let checked: CaseKind = {
    var kind = CaseKind(code: "T0003", in: CaseClass(code: "T", name: "试验"), name: "先核实")
    kind.clocks = clocks([.check: "2 hours", .handling: "2 working-days", .whole: "4 working-days"])
    kind.checkedBeforeFiling = true
    return kind
  }()

  private static func clocks(_ limits: [ClockStep: String]) -> [ClockStep: KindClock] {
    limits.compactMapValues { text in
      TimeLimit(text).map { KindClock($0, calendar: "china") }
    }
  }

  private static func field(
    _ code: String, _ content: CaseField.Content, at stage: CaseStage = .report,
    required: Bool = false, personal: Bool = false
  ) -> CaseField {
    var field = CaseField(code: code, name: code, content)
    field.stage = stage
    field.required = required
    field.personal = personal
    return field
  }
}
