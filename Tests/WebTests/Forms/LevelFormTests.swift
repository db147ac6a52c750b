import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City
@testable import Web

/// Passing on, taking back and giving time, by the page's forms and over JSON.
@Suite struct LevelFormTests {
  /// A town in which the unit of roads has a crew, and one of roads may send to it.
  private struct Crew {
    let town: WebTown
    /// Of roads, who may handle and dispatch there, by the pages.
    let head: Caller
    /// Of the crew, over the API.
    let crew: Caller
    let worker: ID<Person>

    init() async throws {
      town = try await WebTown()
      let (roads, crew, worker) = try await town.store.database.write { tx in
        try SmallTown.organisation("crew", .unit, below: "roads", in: tx)
        let roads = try #require(try OrganisationRows.organisation(code: "roads", in: tx))
        let crew = try #require(try OrganisationRows.organisation(code: "crew", in: tx))
        let worker = try PersonDesk.add(
          NewPerson(
            signIn: "crew01", facts: PersonFacts(name: "队员 某", organisation: crew.id),
            grants: [Grant(role: .handler, organisationPath: crew.path)]), by: .command, in: tx)
        return (roads, crew, worker)
      }
      self.worker = worker
      let people = town.centre.identity.people
      try await people.grant(
        Grant(role: .dispatcher, organisationPath: roads.path), to: try town.person(.roads),
        by: .command)
      #expect(crew.path.hasPrefix(roads.path))
      head = try await town.session(.roads)
      let request = TokenRequest(
        person: worker, name: "test", rights: [.caseRead, .caseHandle],
        expiresAt: town.clock.now() + 86_400)
      self.crew = .token(try await town.centre.identity.tokens.add(request, by: .command).text)
    }
  }

  @Test("a unit passes on by the page's form, its crew answers, and the unit takes the answer over")
  func passOn() async throws {
    let crew = try await Crew()
    let town = crew.town
    let id = try await town.bring(to: .handling)
    var reached = MoveInput(text: "已说明")
    reached.reached = true
    try await town.centre.cases.make(.contact, reached, on: id, by: try await town.doer(.intake))
    try await town.visit { site in
      let page = try await site.get("/cases/\(id)", by: crew.head)
      #expect(page.text.contains("action=\"/cases/\(id)/pass-on\""))
      #expect(page.text.contains("value=\"crew\"") && !page.text.contains("value=\"market\""))
      let wrong = try await site.submit(
        "/cases/\(id)/pass-on", [("organisation", "crew"), ("until", "2024-04-30T12:00")],
        by: crew.head)
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("晚于本级期限"), "both times are named")
      #expect(wrong.text.contains("03-11 17:30") || wrong.text.contains("3月11日"))
      let sent = try await site.submit(
        "/cases/\(id)/pass-on",
        [("organisation", "crew"), ("until", "2024-03-06T12:00"), ("text", "请三天内修好")],
        by: crew.head)
      #expect(sent.status == 303 && sent.header("Location") == "/cases/\(id)")
      let waits = try await site.get("/cases/\(id)", by: crew.head)
      for text in ["已转派，待反馈", "由 roads 转派", "roads 转派给 crew", "请三天内修好"] {
        #expect(waits.text.contains(text), "\(text)")
      }
      #expect(waits.text.contains("action=\"/cases/\(id)/withdraw\""))
      #expect(waits.text.contains("action=\"/cases/\(id)/extend-below\""))
      #expect(!waits.text.contains("action=\"/cases/\(id)/feed-back\""))
      let more = try await site.submit(
        "/cases/\(id)/extend-below", [("until", "2024-03-07T12:00")], by: crew.head)
      #expect(more.status == 303)

      // The crew's list has the crew's deadline.
      let list = try await site.get("/api/v1/cases?sort=due", by: crew.crew).json()
      #expect(list["cases"]?.list.first?["dueAt"]?.text == "2024-03-07T04:00:00Z")
      let detail = try await site.get("/api/v1/cases/\(id)", by: crew.crew).json()
      let parts = try #require(detail["assignments"]?.list)
      #expect(parts.map { $0["state"]?.text } == ["passed", "taken", "sent"])
      #expect(parts.last?["parent"]?.text == parts.first?["id"]?.text)
      let clocks = detail["clocks"]?.list.filter { $0["step"]?.text == "handling" }
      #expect(clocks?.map { $0["level"]?.whole } == [0, 1])
      _ = try await site.post("/api/v1/cases/\(id)/moves/take", by: crew.crew)
    }
    try await town.centre.cases.attach(
      NewAttachment(blob: try town.photo(), name: "a", subject: .after), to: id, by: .command)
    try await town.visit { site in
      let done = try await site.post(
        "/api/v1/cases/\(id)/moves/feed-back",
        #"{"text": "已换井盖", "factFinding": "井盖缺失", "claimFinding": "合理"}"#, by: crew.crew)
      #expect(done.status == 200)
      let page = try await site.get("/cases/\(id)", by: crew.head)
      let form = page.text.components(separatedBy: "action=\"/cases/\(id)/feed-back\"").last
      #expect(form?.contains(">已换井盖<") == true && form?.contains(">井盖缺失<") == true)
    }
  }

  @Test("over JSON: to a person, back with a reason, and every refusal names its field")
  func api() async throws {
    let crew = try await Crew()
    let town = crew.town
    let id = try await town.bring(to: .handling)
    try await town.visit { site in
      let uri = "/api/v1/cases/\(id)/moves"
      for (json, code) in [
        (#"{"organisation": "market"}"#, "organisation.not-below"),
        (#"{"organisation": "roads"}"#, "organisation.in-chain"),
        (#"{"organisation": "nobody"}"#, "organisation.unknown"),
        (#"{"organisation": "crew", "until": "2024-03-04T00:00:00Z"}"#, "moment.past"),
        (#"{"organisation": "crew", "until": "2024-03-20T00:00:00Z"}"#, "until.after-own"),
        ("{}", "value.missing"),
      ] {
        let answer = try await site.post(uri + "/pass-on", json, by: crew.head)
        #expect(answer.status == 422, "\(json)")
        #expect(try answer.json()["errors"]?.list.map { $0["code"]?.text } == [code], "\(json)")
      }
      let sent = try await site.post(
        uri + "/pass-on", #"{"organisation": "crew", "person": "\#(crew.worker)"}"#, by: crew.head)
      #expect(sent.status == 200)
      let timed = try await site.get("/cases/\(id)", by: crew.head)
      #expect(timed.text.contains("crew · 队员 某"), "a clock says whose it is")
      #expect(!timed.text.contains("已终止、不再计的时限"))
      let offered = try await site.get("/api/v1/cases/\(id)", by: crew.head).json()["moves"]?.list
      #expect(offered?.compactMap(\.text).contains("withdraw") == true)
      #expect(offered?.compactMap(\.text).contains("pass-on") == false)
      #expect(try await site.post(uri + "/withdraw", "{}", by: crew.head).status == 422)
      let stranger = try await site.post(uri + "/withdraw", #"{"text": "x"}"#, by: crew.crew)
      #expect(stranger.status == 403)
      let back = try await site.post(uri + "/withdraw", #"{"text": "另派"}"#, by: crew.head)
      #expect(back.status == 200)
      #expect(try await site.get("/api/v1/cases/\(id)", by: crew.crew).status == 404)
      let page = try await site.get("/cases/\(id)", by: crew.head)
      #expect(page.text.contains("roads 收回转派") && page.text.contains("另派"))
      #expect(page.text.contains("已终止、不再计的时限"), "what was taken back is folded")
      let english = try await site.get(
        "/cases/\(id)", by: crew.head, headers: ["Accept-Language": "en"])
      #expect(english.text.contains("took back what it had passed on"))
    }
  }
}
