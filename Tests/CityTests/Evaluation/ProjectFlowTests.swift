import Base
import Store
import TestSupport
import Testing

@testable import City

/// Every move × state × person, against a table that was written from the rules and not from the
/// program's own.
@Suite struct ProjectFlowTests {
  typealias Who = ProjectTown.Who

  struct Line {
    let move: ProjectMove
    let from: [ProjectState]
    let who: [Who]
    let to: ProjectState?
  }

  static let evaluators: [Who] = [.writer, .mate, .above]
  static let readers: [Who] = [.writer, .mate, .leader, .above, .head]
  static let states = ProjectState.allCases.filter { $0 != .discarded }

  static let table: [Line] = [
    Line(move: .edit, from: [.draft], who: evaluators, to: .draft),
    Line(
      move: .attach, from: states.filter { $0 != .published }, who: evaluators, to: nil),
    Line(move: .submit, from: [.draft], who: evaluators, to: .submitted),
    Line(move: .recall, from: [.submitted], who: evaluators, to: .draft),
    Line(
      move: .reviewDepartment, from: [.submitted], who: [.leader, .head], to: .departmentReviewed),
    // The writer wrote it: four eyes.
    Line(
      move: .reviewFinance, from: [.departmentReviewed], who: [.mate, .above],
      to: .financeReviewed),
    Line(move: .giveBack, from: [.submitted], who: [.leader, .head], to: .draft),
    Line(
      move: .giveBack, from: [.departmentReviewed, .financeReviewed], who: [.mate, .above],
      to: .draft),
    Line(move: .publish, from: [.financeReviewed], who: evaluators, to: .published),
    Line(move: .discard, from: [.draft], who: evaluators, to: .discarded),
    Line(move: .comment, from: states, who: readers, to: nil),
  ]

  static let refusals: Set<String> = [
    "right.missing", "project.move-not-now", "project.own-work",
  ]

  @Test("each move is made by those, and from where, the rules say; all others change nothing")
  func everything() async throws {
    for state in Self.states {
      let town = try await ProjectTown()
      let id = try await town.project(in: state)
      for who in Who.allCases {
        for move in ProjectMove.allCases {
          let line = Self.table.first {
            $0.move == move && $0.from.contains(state) && $0.who.contains(who)
          }
          let happened = try await Self.attempt(move, by: who, on: id, town)
          let what: Comment = "\(move.rawValue) by \(who) when \(state)"
          if let line {
            #expect(happened.fault == nil, what)
            #expect(happened.state == line.to ?? state, what)
            #expect(happened.entries == 1, what)
          } else if Self.readers.contains(who) {
            #expect(Self.refusals.contains(happened.fault?.code ?? "none"), what)
            #expect(happened.entries == 0, what)
          } else {
            #expect(happened.fault?.code == "project.missing", what)
            #expect(happened.entries == 0, what)
          }
        }
      }
    }
  }

  @Test("what a page offers is what can be done, and nothing else")
  func offered() async throws {
    for state in Self.states {
      let town = try await ProjectTown()
      let file = try await town.file(try await town.project(in: state))
      for who in Self.readers {
        let expected = Self.table.filter { line in
          line.from.contains(state) && line.who.contains(who)
        }.map(\.move)
        #expect(
          Set(ProjectFlow.moves(on: file, by: town[who])) == Set(expected), "\(who) when \(state)")
      }
    }
  }

  @Test("who reviewed for the department does not review for finance; nor who only handed in")
  func fourEyes() async throws {
    let town = try await ProjectTown()
    let id = try await town.desk.add(
      ProjectTown.draft(), year: 2024, for: town.first, by: town[.writer])
    try await town.desk.make(.submit, on: id, by: town[.mate])
    let both = Doer(
      person: try #require(town[.above].person),
      grants: [
        Grant(role: .leader, organisationPath: "district/"),
        Grant(role: .evaluator, organisationPath: "district/"),
      ])
    try await town.desk.make(.reviewDepartment, on: id, by: both)
    for doer in [both, town[.writer], town[.mate]] {
      await #expect(
        performing: { try await town.desk.make(.reviewFinance, on: id, by: doer) },
        throws: refusal("project.own-work"))
    }
  }

  @Test("a draft that was handed in once is not thrown away, nor a total that has parts")
  func discarding() async throws {
    let town = try await ProjectTown()
    let id = try await town.project(in: .submitted)
    try await town.desk.make(.recall, on: id, by: town[.writer])
    await #expect(
      performing: { try await town.desk.make(.discard, on: id, by: town[.writer]) },
      throws: refusal("project.submitted-before"))
    let total = try await town.project(named: "合计")
    var part = ProjectTown.draft("部分")
    part.parent = total
    try await town.desk.add(part, year: 2024, for: town.first, by: town[.writer])
    await #expect(
      performing: { try await town.desk.make(.discard, on: total, by: town[.writer]) },
      throws: refusal("project.has-parts"))
  }

  struct Outcome {
    var fault: Fault?
    var state: ProjectState?
    var entries = 0
  }

  /// Makes a move, looks, and takes it all back.
  private static func attempt(
    _ move: ProjectMove, by who: Who, on id: ID<Project>, _ town: ProjectTown
  ) async throws -> Outcome {
    struct TakenBack: Error { let outcome: Outcome }
    do {
      try await town.database.write { tx in
        var outcome = Outcome()
        let before = try Ledger.entries(about: id.raw, in: tx).count
        do {
          switch move {
          case .edit: try town.desk.edit(id, ProjectTown.draft(), by: town[who], in: tx)
          case .attach:
            try town.desk.attach(ProjectTown.paper(), named: "a", to: id, by: town[who], in: tx)
          default: try town.desk.make(move, words: "说明", on: id, by: town[who], in: tx)
          }
        } catch let fault as Fault {
          outcome.fault = fault
        }
        outcome.state = try ProjectRows.find(id, in: tx)?.state
        outcome.entries = try Ledger.entries(about: id.raw, in: tx).count - before
        throw TakenBack(outcome: outcome)
      }
      return Outcome()
    } catch let back as TakenBack {
      return back.outcome
    }
  }
}
