import Base
import Store
import TestSupport
import Testing

@testable import City

@Suite struct OutsideScoreTests {
  private func draft(_ document: ID<ProjectAttachment>?) -> OutsideScoreDraft {
    var draft = OutsideScoreDraft()
    draft.giver = "区城运中心"
    draft.score = "89"
    draft.outOf = "100"
    draft.mean = "86.61"
    draft.day = Day("2025-01-06")
    draft.document = document
    return draft
  }

  private func bring(
    _ draft: OutsideScoreDraft, _ id: ID<Project>, _ town: ProjectTown,
    _ who: ProjectTown.Who = .writer
  ) async throws {
    try await town.database.write { try town.desk.bring(draft, to: id, by: town[who], in: $0) }
  }

  @Test("a score comes in with who gave it, its day and its document, or not at all")
  func complete() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    let document = try await town.paper(on: id)
    let wrong: [(String, String, (inout OutsideScoreDraft) -> Void)] = [
      ("document", "origin.document-missing", { $0.document = nil }),
      ("document", "origin.document-missing", { $0.document = ID(7) }),
      ("giver", "value.missing", { $0.giver = " " }),
      ("score", "value.missing", { $0.score = "" }),
      ("score", "number.unreadable", { $0.score = "优秀" }),
      ("score", "score.over", { $0.score = "101" }),
      ("day", "value.missing", { $0.day = nil }),
      ("day", "day.ahead", { $0.day = Day("2025-01-11") }),
      ("indicator", "indicator.unknown", { $0.indicator = ID(7) }),
    ]
    for (field, code, spoil) in wrong {
      var bad = draft(document)
      spoil(&bad)
      let spoilt = bad
      await #expect(
        performing: { try await bring(spoilt, id, town) }, throws: refusal(code, field: field))
    }
    let good = draft(document)
    await #expect(
      performing: { try await bring(good, id, town, .leader) }, throws: refusal("right.missing"))
    try await bring(good, id, town)
    let file = try await town.file(id)
    let scores = try await town.database.read { try town.desk.outsideScores(of: file, in: $0) }
    #expect(scores.map { "\($0.difference ?? 0)" } == ["2.39"])
    #expect(file.project.revision == 1, "a score of the project as a whole changes no form")
  }

  @Test("for an indicator it is the actual value, from outside with its document")
  func indicator() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    let document = try await town.paper(on: id)
    var score = draft(document)
    score.indicator = try await town.file(id).indicators[4].id
    score.kind = .satisfaction
    score.score = "92.5%"
    score.outOf = .none
    try await bring(score, id, town, .mate)
    let file = try await town.file(id)
    #expect(file.indicators[4].cells.actual == "92.5%")
    #expect(file.indicators[4].source.origin == .outside)
    #expect(file.indicators[4].source.document == document)
    #expect(file.project.revision == 2)
    try await town.desk.make(.submit, on: id, by: town[.writer])
    let late = score
    await #expect(
      performing: { try await bring(late, id, town) }, throws: refusal("project.move-not-now"))
  }
}
