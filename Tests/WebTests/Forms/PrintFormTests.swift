import Base
import Foundation
import Testing

@testable import City
@testable import Web

/// Forms as documents, from the pages.
@Suite struct PrintFormTests {
  private func made(_ town: WebTown, _ names: [String]) async throws -> [ID<Project>] {
    let evaluator = try await town.doer(.evaluator)
    let owner = try await town.owner()
    var ids: [ID<Project>] = []
    for name in names {
      var draft = ProjectDraft.sample
      draft.name = name
      ids.append(
        try await town.centre.projects.add(draft, year: 2024, for: owner.id, by: evaluator))
    }
    return ids
  }

  @Test("a form is had as .docx, .xlsx and HTML by those who read it, and read back")
  func one() async throws {
    let town = try await WebTown()
    let id = try await made(town, ["河道/巡查"])[0]
    let leader = try await town.session(.leader)
    let dispatcher = try await town.session(.dispatcher)
    try await town.visit { site in
      for format in ["docx", "xlsx"] {
        let answer = try await site.get("/projects/\(id)/print?as=\(format)", by: leader)
        #expect(answer.status == 200)
        #expect(answer.header("Content-Disposition")?.hasPrefix("attachment; ") == true)
        let forms = try EvaluationReading.read(answer.bytes, named: "x")
        #expect(forms.map(\.project) == ["河道/巡查"])
      }
      let html = try await site.get("/projects/\(id)/print?as=html", by: leader)
      #expect(html.text.contains("河道/巡查"))
      #expect(html.header("Content-Security-Policy")?.contains("sandbox") == true)
      #expect(try await site.get("/projects/\(id)/print?as=html", by: dispatcher).status == 404)
      #expect(try await site.get("/projects/\(id)/print?as=exe", by: leader).status == 422)
      #expect(try await site.get("/published/\(id)/print?as=html").status == 404)
      let page = try await site.get("/projects/\(id)", by: leader)
      #expect(page.text.contains("/projects/\(id)/print?as=docx"))
    }
  }

  @Test("a list is one document behind its contents, which is no form of its own")
  func list() async throws {
    let town = try await WebTown()
    _ = try await made(town, ["甲项目", "乙项目", "丙项目"])
    let leader = try await town.session(.leader)
    try await town.visit { site in
      for format in ["docx", "xlsx"] {
        let answer = try await site.get("/projects/print?year=2024&as=\(format)", by: leader)
        #expect(answer.status == 200)
        let forms = try EvaluationReading.read(answer.bytes, named: "x")
        #expect(forms.map(\.project) == ["甲项目", "乙项目", "丙项目"])
      }
      let html = try await site.get("/projects/print?year=2024&text=乙&as=html", by: leader)
      #expect(html.text.contains("乙项目") && !html.text.contains("甲项目"))
      #expect(html.text.contains("href=\"#sheet-1\""))
      #expect(try await site.get("/projects/print?year=2019&as=html", by: leader).status == 404)
    }
  }

  @Test("only so many are made at a time")
  func gate() async throws {
    let gate = Gate("print.runs", most: 2)
    try await gate.pass {
      try await gate.pass {
        _ = await #expect(throws: Fault(.unavailable, "print.runs", ["seconds": "10"])) {
          try await gate.pass {}
        }
      }
      // One has ended.
      try await gate.pass {}
    }
  }
}
