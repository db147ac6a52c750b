import Base
import Store
import TestSupport
import Testing

@testable import City

/// Every sheet × move × state × person, against a table that was written from the rules and not from
/// the program's own.
@Suite struct SheetFlowTests {
  typealias Who = ProjectTown.Who

  struct Line {
    let kinds: [SheetKind]
    let move: SheetMove
    let from: [SheetState]
    let who: [Who]
    let to: SheetState?
  }

  static let makers: [Who] = [.writer, .mate, .above]
  /// Who reviews for finance and wrote nothing.
  static let finance: [Who] = [.mate, .above]
  static let department: [Who] = [.leader, .head]
  static let before: [SheetKind] = [.appraisal, .targets, .monitoring]

  static let table: [Line] = [
    Line(kinds: SheetKind.allCases, move: .edit, from: [.draft], who: makers, to: .draft),
    Line(kinds: SheetKind.allCases, move: .submit, from: [.draft], who: makers, to: .submitted),
    Line(kinds: SheetKind.allCases, move: .recall, from: [.submitted], who: makers, to: .draft),
    Line(kinds: [.targets], move: .review, from: [.submitted], who: department, to: .reviewed),
    Line(kinds: [.targets], move: .approve, from: [.reviewed], who: finance, to: .approved),
    Line(
      kinds: [.monitoring], move: .approve, from: [.submitted], who: department, to: .approved),
    Line(
      kinds: [.appraisal, .use], move: .approve, from: [.submitted], who: finance, to: .approved),
    Line(
      kinds: [.targets, .monitoring], move: .giveBack, from: [.submitted], who: department,
      to: .draft),
    Line(
      kinds: [.appraisal, .use], move: .giveBack, from: [.submitted], who: finance, to: .draft),
    Line(kinds: [.targets], move: .giveBack, from: [.reviewed], who: finance, to: .draft),
    Line(
      kinds: SheetKind.allCases, move: .reopen, from: [.approved, .waived], who: makers,
      to: .draft),
    Line(kinds: before, move: .waive, from: [.draft], who: makers, to: .waived),
  ]

  static let readers: [Who] = [.writer, .mate, .leader, .above, .head]
  static let refusals: Set<String> = [
    "right.missing", "sheet.move-not-now", "project.own-work",
  ]

  @Test(
    "each move on a sheet is made by those, and from where, the rules say; others change nothing",
    arguments: SheetKind.allCases)
  func everything(kind: SheetKind) async throws {
    for state in SheetState.allCases {
      if state == .reviewed && kind != .targets || state == .waived && kind == .use { continue }
      let town = try await ProjectTown()
      let id = try await town.project()
      let content = try await town.content(kind, id)
      if kind == .use { try await Self.publish(id, town) }
      try await town.bring(kind, of: id, to: state, content: content)
      for who in Who.allCases {
        for move in SheetMove.allCases {
          let line = Self.table.first {
            $0.kinds.contains(kind) && $0.move == move && $0.from.contains(state)
              && $0.who.contains(who)
          }
          let happened = try await Self.attempt(move, content, by: who, on: id, town)
          let what: Comment = "\(move.rawValue) of \(kind.rawValue) by \(who) when \(state)"
          if let line {
            #expect(happened.fault == nil, what)
            #expect(happened.state == line.to, what)
            #expect(happened.entries > 0, what)
          } else {
            #expect(happened.entries == 0, what)
            #expect(happened.state == state, what)
            if Self.readers.contains(who) {
              #expect(Self.refusals.contains(happened.fault?.code ?? "none"), what)
            } else {
              #expect(happened.fault?.code == "project.missing", what)
            }
          }
        }
      }
      let sheet = try await town.sheet(kind, id)
      for who in Self.readers {
        let offered = Self.table.filter {
          $0.kinds.contains(kind) && $0.from.contains(state) && $0.who.contains(who)
        }.map(\.move)
        #expect(
          Set(SheetFlow.moves(on: sheet, by: town[who])) == Set(offered), "\(kind) \(state) \(who)")
      }
    }
  }

  @Test(
    "what comes before the form stands still once the form is handed in; its use waits for it",
    arguments: SheetKind.allCases)
  func withTheForm(kind: SheetKind) async throws {
    for state in ProjectState.allCases where state != .discarded {
      let town = try await ProjectTown()
      let id = try await town.project(in: state)
      let content = SheetContent(kind)
      let isTime = kind == .use ? state == .published : state == .draft
      if isTime {
        try await town.desk.write(content, on: id, by: town[.writer])
        #expect(try await town.sheet(kind, id).rounds.count == 1)
      } else {
        let code = kind == .use ? "sheet.form-not-published" : "sheet.form-handed-in"
        await #expect(
          performing: { try await town.desk.write(content, on: id, by: town[.writer]) },
          throws: refusal(code))
        #expect(SheetFlow.moves(on: try await town.sheet(kind, id), by: town[.writer]).isEmpty)
      }
    }
  }

  @Test("a sheet that was handed in once is not waived, and a waiver wants its reason")
  func waiving() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    await #expect(
      performing: { try await town.desk.make(.waive, .appraisal, on: id, by: town[.above]) },
      throws: refusal("value.missing", field: "words"))
    #expect(try await town.sheet(.appraisal, id).rounds.isEmpty)
    try await town.bring(.appraisal, of: id, to: .submitted)
    try await town.desk.make(.recall, .appraisal, on: id, by: town[.writer])
    await #expect(
      performing: {
        try await town.desk.make(.waive, .appraisal, words: "不需要", on: id, by: town[.above])
      }, throws: refusal("sheet.submitted-before"))
  }

  @Test("a save over an older revision is refused, and of nobody's writing nothing is lost")
  func stale() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    var content = AppraisalContent()
    content.appraiser = "甲"
    try await town.desk.write(.appraisal(content), on: id, revision: 0, by: town[.writer])
    content.appraiser = "乙"
    let late = SheetContent.appraisal(content)
    await #expect(
      performing: {
        try await town.desk.write(late, on: id, revision: 0, by: town[.mate])
      }, throws: refusal("sheet.stale"))
    #expect(try await town.sheet(.appraisal, id).last?.content.appraisal?.appraiser == "甲")
    try await town.desk.write(late, on: id, revision: 1, by: town[.mate])
    #expect(try await town.sheet(.appraisal, id).revision == 2)
  }

  static func publish(_ id: ID<Project>, _ town: ProjectTown) async throws {
    let steps: [(ProjectMove, Who)] = [
      (.submit, .writer), (.reviewDepartment, .leader), (.reviewFinance, .above),
      (.publish, .writer),
    ]
    for (move, who) in steps {
      try await town.desk.make(move, words: "说明", on: id, by: town[who])
    }
  }

  struct Outcome {
    var fault: Fault?
    var state: SheetState?
    var entries = 0
  }

  /// Makes a move, looks, and takes it all back.
  private static func attempt(
    _ move: SheetMove, _ content: SheetContent, by who: Who, on id: ID<Project>,
    _ town: ProjectTown
  ) async throws -> Outcome {
    struct TakenBack: Error { let outcome: Outcome }
    do {
      try await town.database.write { tx in
        var outcome = Outcome()
        let before = try Ledger.entries(about: id.raw, in: tx).count
        do {
          if move == .edit {
            try town.desk.write(content, on: id, by: town[who], in: tx)
          } else {
            try town.desk.make(move, content.kind, words: "说明", on: id, by: town[who], in: tx)
          }
        } catch let fault as Fault {
          outcome.fault = fault
        }
        outcome.state = try town.desk.sheet(content.kind, of: id, by: .command, in: tx).state
        outcome.entries = try Ledger.entries(about: id.raw, in: tx).count - before
        throw TakenBack(outcome: outcome)
      }
      return Outcome()
    } catch let back as TakenBack {
      return back.outcome
    }
  }
}
