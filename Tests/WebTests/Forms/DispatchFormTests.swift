import Base
import City
import Foundation
import Store
import TestSupport
import Testing

@testable import City
@testable import Web

/// The dispatcher's desk and the unit's, by their pages and over JSON.
@Suite struct DispatchFormTests {
  private func rule(_ organisation: String, _ town: WebTown) async throws {
    var draft = ResponsibilityDraft(kindPrefix: "T0001", organisation: organisation, person: nil)
    draft.areaPath = ""
    let rule = draft
    try await town.store.database.write { try ResponsibilityDesk.set(rule, by: .command, in: $0) }
  }

  private func submission(_ page: String) throws -> String {
    let mark = #"name="submission" value=""#
    let rest = try #require(page.range(of: mark)).upperBound
    return String(page[rest...].prefix { $0 != "\"" })
  }

  @Test("one click sends a case where the page said; a second one does nothing twice")
  func sends() async throws {
    let town = try await WebTown()
    try await rule("market", town)
    let ids = [try await town.bring(to: .filed), try await town.bring(to: .filed)]
    let caller = try await town.session(.dispatcher)
    try await town.visit { visitor in
      let desk = try await visitor.get("/dispatch", by: caller)
      #expect(desk.status == 200)
      for id in ids {
        #expect(desk.text.contains(#"name="one" value="\#(id)@market""#))
        #expect(desk.text.contains("/cases/\(id)#move-dispatch"))
      }
      let form = [
        ("move", "dispatch"), ("back", "dispatch"), ("submission", try submission(desk.text)),
      ]
      let sent = try await visitor.submit(
        "/batch/do", form + [("cases", "\(ids[1])@market"), ("one", "\(ids[0])@market")],
        by: caller)
      #expect(sent.status == 303 && sent.header("Location") == "/dispatch")
      #expect(try await town.file(ids[0]).state == .dispatched)
      #expect(try await town.file(ids[1]).state == .filed, "what is only ticked stays")
      let entries = try await town.count("ledger_entry")
      let again = try await visitor.submit(
        "/batch/do", form + [("one", "\(ids[0])@market")], by: caller)
      #expect(again.status == 303)
      #expect(try await town.count("ledger_entry") == entries)
      let rest = try await visitor.get("/dispatch", by: caller)
      #expect(!rest.text.contains("\(ids[0])@market") && rest.text.contains("\(ids[1])@market"))
    }
  }

  @Test("of many what failed is told with its reason and the way back to the desk")
  func many() async throws {
    let town = try await WebTown()
    try await rule("market", town)
    let ids = [
      try await town.bring(to: .filed), try await town.bring(to: .filed),
      try await town.bring(to: .filed),
    ]
    let caller = try await town.session(.dispatcher)
    var roads = MoveInput()
    roads.organisation = "roads"
    try await town.centre.cases.make(
      .dispatch, roads, on: ids[2], by: try await town.doer(.duty))
    try await town.visit { visitor in
      let form = ids.map { ("cases", "\($0)@\($0 == ids[1] ? "roads" : "market")") }
      let sent = try await visitor.submit(
        "/batch/do",
        form + [("move", "dispatch"), ("back", "dispatch"), ("submission", "s")], by: caller)
      let done = try await visitor.get(try #require(sent.header("Location")), by: caller)
      #expect(done.status == 200 && done.text.contains("已办理 1 件"))
      #expect(done.text.contains("2 件未办理") && done.text.contains("现在的规则指向 market"))
      #expect(done.text.contains(#"href="/dispatch""#))
      #expect(try await town.file(ids[0]).leadOrganisation != nil)
      #expect(try await town.file(ids[1]).state == .filed)
    }
  }

  @Test("only who dispatches has the desk; it is in nobody else's navigation")
  func rights() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .dispatched)
    for who in [WebTown.Who.intake, .roads, .leader, .evaluator, .system] {
      let caller = try await town.session(who)
      try await town.visit { visitor in
        for path in ["/dispatch", "/api/v1/dispatch", "/api/v1/loads"] {
          #expect(try await visitor.get(path, by: caller).status == 403, "\(who) \(path)")
        }
        let form = try await visitor.get("/dispatch/\(id)", by: caller)
        #expect([403, 404].contains(form.status), "\(who)")
        let desk = try await visitor.get("/desk", by: caller)
        #expect(!desk.text.contains(#"href="/dispatch""#))
      }
    }
    let duty = try await town.session(.duty)
    try await town.visit { visitor in
      #expect(try await visitor.get("/dispatch?sort=nothing", by: duty).status == 200)
      let desk = try await visitor.get("/desk", by: duty)
      #expect(desk.text.contains(#"href="/dispatch""#))
    }
  }

  @Test("a case is taken back and sent elsewhere by one form; what is missing is told beside it")
  func elsewhere() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .dispatched)
    let caller = try await town.session(.dispatcher)
    try await town.visit { visitor in
      let page = try await visitor.get("/dispatch/\(id)", by: caller)
      #expect(page.status == 200 && page.text.contains(#"value="market""#))
      #expect(!page.text.contains(#"<option value="roads""#), "who has it is not elsewhere")
      let revision = try await town.file(id).revision
      let empty = try await visitor.submit(
        "/dispatch/\(id)", [("organisation", "market"), ("revision", "\(revision)")], by: caller)
      #expect(empty.status == 422 && empty.text.contains("error-summary"))
      #expect(empty.text.contains(#"<option value="market" selected"#), "what was chosen stays")
      let stale = try await visitor.submit(
        "/dispatch/\(id)", [("organisation", "market"), ("text", "派错"), ("revision", "1")],
        by: caller)
      #expect(stale.status == 409)
      #expect(try await town.file(id).revision == revision)
      let sent = try await visitor.submit(
        "/dispatch/\(id)",
        [("organisation", "market"), ("text", "派错了单位"), ("revision", "\(revision)")],
        by: caller)
      #expect(sent.status == 303 && sent.header("Location") == "/dispatch")
      #expect(try await town.file(id).state == .dispatched)
      let filed = try await town.bring(to: .filed)
      #expect(try await visitor.get("/dispatch/\(filed)", by: caller).status == 409)
    }
  }

  @Test("a number of the loads opens as many cases, on the page and over JSON")
  func loads() async throws {
    let town = try await WebTown()
    for _ in 0..<3 { _ = try await town.bring(to: .dispatched) }
    _ = try await town.bring(to: .handling)
    let session = try await town.session(.dispatcher)
    let caller = try await town.token(.dispatcher)
    try await town.visit { visitor in
      let page = try await visitor.get("/dispatch?sort=sent", by: session)
      #expect(page.text.contains(#"href="/cases?unit=roads&amp;part=sent""#))
      #expect(
        page.text.contains(#"aria-sort="descending"><a class="sort" href="/dispatch?sort=sent""#))
      let list = try await visitor.get("/cases?unit=roads&part=sent", by: session)
      #expect(list.text.components(separatedBy: #"name="cases" value="#).count == 4)
      let loads = try await visitor.get("/api/v1/loads", by: caller).value["loads"]?.list ?? []
      for load in loads {
        let code = try #require(load["organisation"]?.text)
        for (part, more) in [("open", ""), ("sent", ""), ("taken", ""), ("returned", "")] {
          let cases = try await visitor.get(
            "/api/v1/cases?organisation=\(code)&part=\(part)\(more)", by: caller)
          #expect(cases.value["cases"]?.list.count == load[part]?.whole, "\(code) \(part)")
        }
        let soon = try await visitor.get(
          "/api/v1/cases?organisation=\(code)&part=open&clock=day", by: caller)
        #expect(soon.value["cases"]?.list.count == load["soon"]?.whole)
      }
      #expect(loads.count == 2)
      let wrong = try await visitor.get("/api/v1/cases?part=mine", by: caller)
      #expect(wrong.wrong == ["part: value.unknown"])
    }
  }

  @Test("over JSON each case comes with who gets it and why it is back")
  func overJSON() async throws {
    let town = try await WebTown()
    try await rule("market", town)
    let id = try await town.bring(to: .dispatched)
    try await town.centre.cases.make(
      .giveBack, MoveInput(text: "不属本单位"), on: id, by: try await town.doer(.roads))
    let caller = try await town.token(.dispatcher)
    try await town.visit { visitor in
      let board = try await visitor.get("/api/v1/dispatch?limit=10", by: caller).value
      let first = try #require(board["cases"]?.list.first)
      #expect(board["total"]?.whole == 1 && first["case"]?["id"]?.text == id.description)
      #expect(first["gets"]?["lead"]?.text == "market")
      #expect(first["back"]?["move"]?.text == "return")
      #expect(first["back"]?["organisation"]?.text == "roads")
      #expect(first["back"]?["text"]?.text == "不属本单位")
      let wrong = try await visitor.get("/api/v1/dispatch?limit=0", by: caller)
      #expect(wrong.wrong == ["limit: value.range"])
    }
  }

  @Test("a unit takes one from its desk by a click, and several that are ticked")
  func takes() async throws {
    let town = try await WebTown()
    var ids: [ID<Case>] = []
    for _ in 0..<3 { ids.append(try await town.bring(to: .dispatched)) }
    let caller = try await town.session(.roads)
    try await town.visit { [ids] visitor in
      let desk = try await visitor.get("/desk", by: caller)
      #expect(desk.text.components(separatedBy: #"name="one" value="#).count == 4)
      let form = [
        ("move", "take"), ("back", "desk"), ("submission", try submission(desk.text)),
      ]
      let one = try await visitor.submit(
        "/batch/do", form + [("one", ids[0].description)], by: caller)
      #expect(one.status == 303 && one.header("Location") == "/desk")
      let parts = { (id: ID<Case>) in
        try await town.count("case_assignment WHERE case_id = \(id) AND state = 'taken'")
      }
      #expect(try await parts(ids[0]) == 1)
      let both = try await visitor.submit(
        "/batch/do", form + ids.dropFirst().map { ("cases", $0.description) }, by: caller)
      let two = try await visitor.get(try #require(both.header("Location")), by: caller)
      #expect(two.status == 200 && two.text.contains("已办理 2 件"))
      #expect(two.text.contains(#"href="/desk""#))
      for id in ids { #expect(try await parts(id) == 1, "and not that of who helps") }
      let again = try await visitor.get("/desk", by: caller)
      #expect(!again.text.contains(#"name="one""#))
    }
    let leader = try await town.session(.leader)
    try await town.visit { [ids] visitor in
      let may = try await visitor.submit(
        "/batch/do", [("move", "take"), ("back", "desk"), ("one", ids[0].description)], by: leader)
      #expect(may.status == 403)
    }
  }

  @Test(
    "those who have a case together read what the others fed back, with the photos; others do not")
  func together() async throws {
    let town = try await WebTown()
    var report = WebTown.report()
    report.confidential = true
    report.reporter = Reporter(name: "欧阳试", phone: "13900001111")
    let id = try await town.bring(to: .handling, report)
    let photo = NewAttachment(blob: try town.photo(), name: "swept.png", subject: .after)
    try await town.centre.cases.make(
      .feedBack, MoveInput(text: "已清扫，剩路面待修"), attaching: [photo], on: id, revision: nil,
      by: try await town.doer(.sanitation))
    let roads = try await town.session(.roads)
    let other = try await town.session(.otherPatroller)
    try await town.visit { visitor in
      let page = try await visitor.get("/cases/\(id)", by: roads)
      #expect(page.text.contains(#"<p class="part-words">已清扫，剩路面待修</p>"#))
      #expect(page.text.contains(#"class="part-photos""#) && page.text.contains("我的"))
      let photos = try await town.store.database.read { try CaseNoteRows.attachments(id, in: $0) }
      let address = "/attachments/\(try #require(photos.first?.id))"
      #expect(page.text.contains(#"<a href="\#(address)">"#))
      #expect(try await visitor.get(address, by: roads).status == 200)
      #expect(!page.text.contains("欧阳试") && !page.text.contains("13900001111"))
      #expect(
        !page.text.contains("/open-reporter"), "a confidential caller is opened by who takes calls")
      #expect(try await visitor.get("/cases/\(id)", by: other).status == 404)
      #expect(try await visitor.get(address, by: other).status == 404)
    }
  }

  @Test("a unit splits its part among its people by the form, who then have a part each")
  func splits() async throws {
    let town = try await WebTown()
    let roads = try #require(
      try await town.store.database.read {
        try OrganisationRows.organisation(code: "roads", in: $0)
      })
    let mates = try await town.store.database.write { tx in
      try ["甲", "乙", "丙"].enumerated().map { index, name in
        try PersonDesk.add(
          NewPerson(
            signIn: "mate\(index)", facts: PersonFacts(name: name, organisation: roads.id),
            grants: [Grant(role: .handler, organisationPath: roads.path)]), by: .command, in: tx)
      }
    }
    try await town.centre.identity.people.grant(
      Grant(role: .dispatcher, organisationPath: roads.path), to: try town.person(.roads),
      by: .command)
    let id = try await town.bring(to: .handling)
    let caller = try await town.session(.roads)
    try await town.visit { visitor in
      let page = try await visitor.get("/cases/\(id)", by: caller)
      #expect(
        page.text.components(separatedBy: #"name="people""#).count == 5, "all who may, and oneself")
      let wrong = try await visitor.submit(
        "/cases/\(id)/pass-on", [("people", "x")], by: caller)
      #expect(wrong.status == 422)
      let sent = try await visitor.submit(
        "/cases/\(id)/pass-on", mates.prefix(2).map { ("people", $0.description) }, by: caller)
      #expect(sent.status == 303)
      let after = try await visitor.get("/cases/\(id)", by: caller)
      for name in ["甲", "乙"] { #expect(after.text.contains("\(name) · 待接单"), "\(name)") }
      #expect(after.text.contains("转派给 roads、甲、乙"))
    }
    let parts = try await town.store.database.read {
      try town.centre.cases.view(id, by: .command, in: $0).assignments.filter { $0.parent != nil }
    }
    #expect(parts.map(\.person) == Array(mates.prefix(2)))
  }
}
