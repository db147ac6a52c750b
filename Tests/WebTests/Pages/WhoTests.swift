import Testing

@testable import City
@testable import Web

/// Who gets this? On the page and over the API.
@Suite struct WhoTests {
  private func town() async throws -> WebTown {
    let town = try await WebTown()
    let draft = ResponsibilityDraft(organisation: "roads")
    try await ResponsibilityDesk(town.centre.database).set(draft, by: .command)
    return town
  }

  @Test("the page tells who leads and by which rule; the form of a dispatch leads there")
  func page() async throws {
    let town = try await town()
    let id = try await town.bring(to: .filed)
    let kind = try await town.file(id).kind
    let dispatcher = try await town.session(.dispatcher)
    try await town.visit { site in
      let empty = try await site.get("/who", by: dispatcher)
      #expect(empty.status == 200)
      #expect(!empty.text.contains("<tbody>"))
      let file = try await site.get("/cases/\(id)", by: dispatcher)
      #expect(file.text.contains("href=\"/who?kind=\(kind)&amp;area=V1\""))
      let page = try await site.get("/who?kind=\(kind)&area=V1", by: dispatcher)
      #expect(page.status == 200)
      #expect(page.text.contains("承办</h2>"))
      #expect(page.text.contains("采用：主办"))
      #expect(try await site.get("/who?kind=none", by: dispatcher).status == 422)
      #expect(try await site.get("/who?kind=\(kind)&area=none", by: dispatcher).status == 422)
    }
  }

  @Test("over the API it is told by codes, for an area or a point, and what is wrong by its name")
  func api() async throws {
    let town = try await town()
    let id = try await town.bring(to: .filed)
    let kind = try await town.file(id).kind
    let token = try await town.token(.dispatcher)
    try await town.visit { site in
      let uri = "/api/v1/responsibilities/who?kind=\(kind)"
      let answer = try await site.get("\(uri)&area=V1", by: token)
      #expect(answer.status == 200)
      #expect(try answer.json()["lead"]?.text?.isEmpty == false)
      #expect(try answer.json()["area"]?.text == "V1")
      #expect(
        try answer.json()["rules"]?.list.contains { $0["outcome"]?.text == "decides" } == true)
      let far = try await site.get("\(uri)&latitude=1&longitude=1", by: token)
      #expect(far.status == 200)
      #expect(try far.json()["area"]?.text == nil)
      for wrong in ["&latitude=x&longitude=1", "&latitude=1", "&area=none"] {
        #expect(try await site.get(uri + wrong, by: token).status == 422)
      }
      #expect(try await site.get("/api/v1/responsibilities/who", by: token).status == 422)
    }
  }
}
