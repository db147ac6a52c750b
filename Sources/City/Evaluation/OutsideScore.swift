import Base
import Foundation
import Store

/// A score that others gave, with their document.
public struct OutsideScore: Row, Equatable {
  /// What sort of judgement it is.
  public enum Kind: String, Storable, CaseIterable, Codable {
    /// 考核评价
    case assessment
    /// 满意度测评
    case satisfaction
    /// 第三方检查或评审
    case review
    case other
  }

  public let id: ID<OutsideScore>
  public let project: ID<Project>
  public let indicator: ID<ProjectIndicator>?
  public let kind: Kind
  /// Who gave it.
  public let giver: String
  public let score: PrintedNumber
  /// `分`, `%` …
  public let unit: String
  public let outOf: PrintedNumber
  /// What to compare it with, such as the mean of all that were scored.
  public let mean: PrintedNumber
  public let day: Day
  public let document: ID<ProjectAttachment>
  public let words: String
  public let by: ID<Person>?
  public let at: Moment

  static let columns: SQL = """
    id, project_id, indicator_id, kind, giver, score, unit, out_of, mean, given_on, attachment_id,
    words, brought_by, brought_at
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    project = try fields.next()
    indicator = try fields.next()
    kind = try fields.next()
    giver = try fields.next()
    score = try fields.next()
    unit = try fields.next()
    outOf = try fields.next()
    mean = try fields.next()
    day = try fields.next()
    document = try fields.next()
    words = try fields.next()
    by = try fields.next()
    at = try fields.next()
  }

  /// Above the mean, or below it.
  public var difference: Decimal? {
    guard let score = score.value, let mean = mean.value else { return nil }
    return score - mean
  }
}

/// A score from outside as it is handed in.
public struct OutsideScoreDraft: Equatable, Sendable {
  /// The indicator whose actual value it becomes.
  public var indicator: ID<ProjectIndicator>?
  public var kind = OutsideScore.Kind.assessment
  public var giver = ""
  public var score = PrintedNumber.none
  public var unit = "分"
  public var outOf = PrintedNumber.none
  public var mean = PrintedNumber.none
  public var day: Day?
  public var document: ID<ProjectAttachment>?
  public var words = ""

  public init() {}
}

/// The SQL of scores from outside.
enum OutsideScoreRows {
  static func all(of id: ID<Project>, in snapshot: some Querying) throws -> [OutsideScore] {
    try snapshot.all(
      """
      SELECT \(OutsideScore.columns) FROM project_outside_score WHERE project_id = \(id)
      ORDER BY id LIMIT 500
      """)
  }

  static func insert(
    _ draft: OutsideScoreDraft, as id: ID<OutsideScore>, of project: ID<Project>, on day: Day,
    document: ID<ProjectAttachment>, by person: ID<Person>?, in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO project_outside_score (id, project_id, indicator_id, kind, giver, score, unit,
        out_of, mean, given_on, attachment_id, words, brought_by, brought_at)
      VALUES (\(id), \(project), \(draft.indicator), \(draft.kind), \(draft.giver),
        \(draft.score), \(draft.unit), \(draft.outOf), \(draft.mean), \(day), \(document),
        \(draft.words), \(person), \(tx.now))
      """)
  }
}

extension ProjectDesk {
  /// The scores from outside of a project that `doer` was let see.
  public func outsideScores(
    of file: ProjectFile, in snapshot: some Querying
  ) throws -> [OutsideScore] {
    try OutsideScoreRows.all(of: file.project.id, in: snapshot)
  }

  /// Brings in a score that others gave. With an indicator it becomes that one's actual value, from
  /// outside with its document; its points are then for whoever edits the form.
  ///
  /// - Throws: `project.missing`, `project.stale`, what `ProjectFlow.require` throws (for attaching, and
  ///   with an indicator for editing), `input.invalid`.
  @discardableResult
  public func bring(
    _ draft: OutsideScoreDraft, to id: ID<Project>, revision: Int? = nil, by doer: Doer,
    in tx: Transaction
  ) throws -> ID<OutsideScore> {
    let move: ProjectMove = draft.indicator == nil ? .attach : .edit
    let file = try standing(for: move, on: id, revision: revision, by: doer, in: tx)
    let (draft, day, document) = try checked(draft, file, in: tx)
    let score: ID<OutsideScore> = tx.newID()
    try OutsideScoreRows.insert(
      draft, as: score, of: id, on: day, document: document, by: doer.person, in: tx)
    let payload = Payload().with("score", score).with("kind", draft.kind.rawValue)
      .with("indicator", draft.indicator)
    guard let indicator = draft.indicator else {
      try Ledger.append(
        "project.outside-score", about: .project, id.raw, by: doer.actor, payload: payload, in: tx)
      return score
    }
    var form = ProjectDraft(file)
    for index in form.indicators.indices where form.indicators[index].id == indicator {
      form.indicators[index].cells.actual = draft.score.text + draft.unit
      form.indicators[index].origin = .outside
      form.indicators[index].document = document
    }
    try write(form.indicators, of: file, by: doer, in: tx)
    try ProjectPartRows.note(.wrote, by: doer.person, in: id, tx)
    try finish(file.project, verb: "outside-score", payload, by: doer, in: tx)
    return score
  }

  private func checked(
    _ draft: OutsideScoreDraft, _ file: ProjectFile, in tx: Transaction
  ) throws -> (OutsideScoreDraft, Day, ID<ProjectAttachment>) {
    var draft = draft
    var faults: [Fault.Field] = []
    func line(_ field: String, _ text: String, _ limit: Int) throws -> String {
      try TextCheck.collect(&faults) { try TextCheck.line(field, text, atMost: limit) ?? "" }
        ?? text
    }
    draft.giver = try line("giver", draft.giver, 200)
    draft.unit = try line("unit", draft.unit, 20)
    draft.words = try line("words", draft.words, 2000)
    if draft.giver.isEmpty { faults.append(.init("giver", "value.missing")) }
    for (field, number, isNeeded) in [
      ("score", draft.score, true), ("outOf", draft.outOf, false), ("mean", draft.mean, false),
    ] {
      if number.isNone {
        if isNeeded { faults.append(.init(field, "value.missing")) }
      } else if number.value == nil || number.text.count > 30 {
        faults.append(.init(field, "number.unreadable"))
      } else if let value = number.value, value < 0 {
        faults.append(.init(field, "number.negative"))
      }
    }
    if let score = draft.score.value, let whole = draft.outOf.value, score > whole {
      faults.append(.init("score", "score.over", ["most": draft.outOf.text]))
    }
    if draft.score.isPercent { draft.unit = "" }
    if draft.day == nil { faults.append(.init("day", "value.missing")) }
    if let day = draft.day, day > today(tx.now) { faults.append(.init("day", "day.ahead")) }
    if let indicator = draft.indicator, !file.indicators.contains(where: { $0.id == indicator }) {
      faults.append(.init("indicator", "indicator.unknown"))
    }
    let there = try ProjectPartRows.attachments(file.project.id, in: tx).map(\.id)
    let document = draft.document.flatMap { there.contains($0) ? $0 : nil }
    if document == nil { faults.append(.init("document", "origin.document-missing")) }
    guard faults.isEmpty, let day = draft.day, let document else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    return (draft, day, document)
  }
}
