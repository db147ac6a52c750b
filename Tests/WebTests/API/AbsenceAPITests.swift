import Base
import Testing

@testable import City
@testable import Web

/// Who is away, who stands in, and handing over, by the routes that are served.
@Suite struct AbsenceAPITests {
  private func named(_ town: WebTown) async throws -> ID<Case> {
    let id = try await town.bring(to: .filed)
    var input = MoveInput()
    input.organisation = "roads"
    input.person = try town.person(.roads)
    try await town.centre.cases.make(.dispatch, input, on: id, by: try await town.doer(.dispatcher))
    return id
  }

  @Test("an absence gives the substitute what the holder has, and its end takes it back at once")
  func standsIn() async throws {
    let town = try await WebTown()
    let id = try await named(town)
    let roads = try town.person(.roads)
    let sanitation = try town.person(.sanitation)
    let manager = try await town.token(.security)
    let substitute = try await town.session(.sanitation)
    try await town.visit { visitor in
      #expect(try await visitor.get("/cases/\(id)", by: substitute).status == 404)
      let made = try await visitor.post(
        "/api/v1/absences",
        """
        {"person":"\(roads)","from":"2024-03-04","until":"2024-03-06","substitute":"\(sanitation)"}
        """, by: manager)
      #expect(made.status == 201)
      let absence = try #require(made.value["id"]?.text)
      #expect(try await visitor.get("/cases/\(id)", by: substitute).status == 200)
      let desk = try await visitor.get("/desk", by: substitute)
      #expect(desk.text.contains("代 roads 某 办理"))
      let mine = try await visitor.get("/api/v1/me/absences", by: substitute)
      #expect(mine.value["absences"]?.list.count == 1)
      let taken = try await visitor.post("/api/v1/cases/\(id)/moves/take", by: substitute)
      #expect(taken.status == 200)
      let shown = try await visitor.get("/cases/\(id)", by: substitute)
      #expect(shown.text.contains("代 roads 某"))
      #expect(try await visitor.post("/api/v1/absences/\(absence)/end", by: manager).status == 204)
      #expect(try await visitor.get("/cases/\(id)", by: substitute).status == 404)
      let again = try await visitor.post("/api/v1/absences/\(absence)/end", by: manager)
      #expect(again.status == 409 && again.code == "absence.over")
    }
  }

  @Test("wrong days, people and substitutes are named; others' absences are for who manages people")
  func refused() async throws {
    let town = try await WebTown()
    let roads = try town.person(.roads)
    let manager = try await town.token(.security)
    let me = try await town.session(.roads)
    try await town.visit { visitor in
      func wrong(_ json: String, by caller: Caller) async throws -> [String] {
        try await visitor.post("/api/v1/absences", json, by: caller).wrong
      }
      #expect(try await wrong(#"{"from":"x","until":"2024-03-06"}"#, by: me) == ["from: value.day"])
      #expect(
        try await wrong(#"{"from":"2024-03-06","until":"2024-03-05"}"#, by: me)
          == ["until: absence.order"])
      #expect(
        try await wrong(#"{"person":"1","from":"2024-03-06","until":"2024-03-07"}"#, by: manager)
          == ["person: person.unknown"])
      #expect(
        try await visitor.post(
          "/api/v1/absences",
          #"{"person":"\#(try town.person(.sanitation))","from":"2024-03-06","until":"2024-03-07"}"#,
          by: me
        ).status == 403)
      #expect(try await visitor.get("/api/v1/absences", by: me).status == 403)
      #expect(
        try await visitor.get("/api/v1/people/\(roads)/work", by: manager).value["cases"]?.list
          .count
          == 0)
      let form = try await visitor.submit(
        "/absences", [("from", "2024-03-09"), ("until", "2024-03-05"), ("reason", "leave")], by: me)
      #expect(form.status == 422 && form.text.contains("截止日早于起始日"))
      let done = try await visitor.submit(
        "/absences", [("from", "2024-03-04"), ("until", "2024-03-05"), ("reason", "sick")], by: me)
      #expect(done.status == 303)
      #expect(try await visitor.get("/absences", by: me).text.contains("外出中"))
    }
  }

  @Test("a substitute who is barred is shown as such, and stands in no more")
  func goneSubstitute() async throws {
    let town = try await WebTown()
    let me = try await town.session(.roads)
    let roads = try town.person(.roads)
    let other = try town.person(.sanitation)
    let manager = try await town.token(.security)
    try await town.visit { visitor in
      let made = try await visitor.post(
        "/api/v1/absences",
        """
        {"person":"\(roads)","from":"2024-03-04","until":"2024-03-06","substitute":"\(other)"}
        """, by: manager)
      #expect(made.status == 201)
      func shown() async throws -> Bool? {
        let list = try await visitor.get("/api/v1/absences", by: manager)
        return list.value["absences"]?.list.first?["isSubstituteGone"]?.flag
      }
      #expect(try await shown() == false)
      #expect(try await visitor.post("/api/v1/people/\(other)/disable", by: manager).status == 200)
      #expect(try await shown() == true)
      let page = try await visitor.get("/absences", by: me)
      #expect(page.text.contains("已停用，无人代理"))
    }
    let acting = try await town.store.database.read {
      try PersonDesk.acting(
        for: roads, at: town.store.clock.now(), in: $0
      ).person
    }
    #expect(acting == nil, "their part falls to the organisation")
  }

  @Test("a hand-over says of each case who has it now: the person, or the organisation")
  func handedOver() async throws {
    let town = try await WebTown()
    let id = try await named(town)
    let roads = try town.person(.roads)
    let manager = try await town.token(.security)
    let uri = "/api/v1/people/\(roads)/hand-over"
    try await town.visit { visitor in
      let elsewhere = try await visitor.post(
        uri, #"{"to":"\#(try town.person(.sanitation))"}"#, by: manager)
      let line = elsewhere.value["cases"]?.list.first
      #expect(line?["id"]?.text == "\(id)" && line?["to"] == nil)
      #expect(line?["organisations"]?.list.map(\.text) == ["roads"])
    }
  }

  @Test("who leaves with open work is refused until it says to whom it goes; one action does both")
  func leaves() async throws {
    let town = try await WebTown()
    let id = try await named(town)
    let roads = try town.person(.roads)
    let manager = try await town.session(.security)
    try await town.visit { visitor in
      let refused = try await visitor.post("/api/v1/people/\(roads)/disable", by: manager)
      #expect(refused.status == 409 && refused.code == "person.has-work")
      let page = try await visitor.get("/absences/work?person=roads", by: manager)
      let file = try await town.file(id)
      #expect(page.text.contains(file.number) && !page.text.contains(file.title))
      let strange = try await visitor.post(
        "/api/v1/people/\(roads)/disable", #"{"handOverTo":"nobody"}"#, by: manager)
      #expect(strange.wrong == ["handOverTo: value.id"])
      let left = try await visitor.submit(
        "/people/\(roads)/hand-over", [("to", ""), ("leaves", "yes")], by: manager)
      #expect(left.status == 303)
      #expect(try await town.verbs(about: id).last == "case.hand-over")
      let after = try await visitor.get("/absences/work?person=roads", by: manager)
      #expect(after.text.contains("已停用") && after.text.contains("名下没有未办结的案件"))
      let person = try await visitor.get("/api/v1/people/\(roads)", by: manager)
      #expect(person.value["disabledAt"] != nil)
      let limited = try await visitor.send(
        .patch, "/api/v1/people/\(try town.person(.sanitation))",
        json: #"{"validUntil":"2024-03-31"}"#, by: manager)
      #expect(limited.value["validUntil"]?.text == "2024-03-31")
    }
  }
}
