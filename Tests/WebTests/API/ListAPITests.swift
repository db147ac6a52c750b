import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Lists of cases over JSON: what narrows them, how they are ordered, and paging.
@Suite struct ListAPITests {
  /// The titles of a list.
  private func titles(_ uri: String, _ site: Visitor, _ caller: Caller) async throws -> [String] {
    let answer = try await site.get(uri, by: caller)
    #expect(answer.status == 200, "\(uri): \(answer.text)")
    return try answer.json()["cases"]?.list.compactMap { $0["title"]?.text } ?? []
  }

  /// Cases that differ in all that a list is narrowed by.
  private func town() async throws -> (town: WebTown, numbers: [String: String]) {
    let town = try await WebTown()
    var numbers: [String: String] = [:]
    func bring(_ situation: WebTown.Situation, _ report: CaseReport) async throws {
      let id = try await town.bring(to: situation, report)
      numbers[report.title] = try await town.file(id).number
      town.clock.advance(seconds: 600)
    }
    var call = WebTown.report(title: "违规收停车费 甲")
    call.reporter = Reporter(name: "张某", phone: "13800001234")
    try await bring(.reported, call)
    town.clock.advance(seconds: 86_400)
    try await bring(.filed, WebTown.report("T0001", .resident, village: 1, title: "路灯不亮"))
    try await bring(.handling, WebTown.report(title: "a+b 100% 路面"))
    try await bring(.closed, WebTown.report(title: "已经办结"))
    var plain = WebTown.report("T0002", .hotline, title: "简单")
    plain.fields = ["size": .number(2)]
    try await bring(.reported, plain)
    return (town, numbers)
  }

  @Test("every parameter narrows the list to what it says, and several narrow together")
  func filters() async throws {
    let (town, numbers) = try await town()
    let token = try await town.token(.duty)
    let all = ["简单", "已经办结", "a+b 100% 路面", "路灯不亮", "违规收停车费 甲"]
    let number = try #require(numbers["路灯不亮"])
    let expected: [(String, [String])] = [
      ("", all), ("limit=200&sort=newest", all), ("state=filed", ["路灯不亮"]),
      ("state=handling,closed", ["已经办结", "a+b 100% 路面"]), ("kind=T0002", ["简单"]),
      ("kind=H0501", []), ("channel=resident", ["路灯不亮"]), ("area=V2", ["路灯不亮"]),
      ("area=T", all), ("organisation=roads", ["已经办结", "a+b 100% 路面"]),
      ("organisation=market", []), ("to=2024-03-04", ["违规收停车费 甲"]),
      ("from=2024-03-05", all.dropLast()), ("from=2024-03-05&to=2024-03-05", all.dropLast()),
      ("clock=overdue", ["路灯不亮", "违规收停车费 甲"]), ("clock=overdue&area=V1", ["违规收停车费 甲"]),
      ("text=\(SiteURL.encoded("停车"))", ["违规收停车费 甲"]),
      ("text=\(number)", ["路灯不亮"]),
      ("text=\(SiteURL.encoded("路面 100"))", ["a+b 100% 路面"]),
      ("text=\(SiteURL.encoded("路面"))+100", ["a+b 100% 路面"]), ("text=\(SiteURL.encoded("无此"))", []),
      ("state=&kind=&text=&from=&cursor=", all), ("nonsense=1", all),
      ("sort=due&state=filed", ["路灯不亮"]), ("sort=due&text=\(SiteURL.encoded("路灯"))", ["路灯不亮"]),
    ]
    town.clock.advance(seconds: 6 * 3600)
    try await town.visit { site in
      for (query, titles) in expected {
        let found = try await self.titles("/api/v1/cases?\(query)", site, token)
        #expect(found == titles, "\(query)")
      }
      let due = try await self.titles("/api/v1/cases?sort=due", site, token)
      #expect(Set(due) == Set(all).subtracting(["已经办结"]), "only open cases have a deadline")
      #expect(due.first == "违规收停车费 甲")
    }
  }

  @Test(
    "a parameter that cannot be read is named, with what would be right",
    arguments: [
      ("state=open", "state: value.unknown", "dispatched"),
      ("state=filed,open", "state: value.unknown", "filed"),
      ("channel=fax", "channel: value.unknown", "hotline"),
      ("clock=late", "clock: value.unknown", "overdue, hour, soon, day"),
      ("part=mine", "part: value.unknown", "open, sent, taken, returned"),
      ("sort=oldest", "sort: value.unknown", "newest, due"),
      ("kind=T9", "kind: kind.unknown", "T9"), ("area=X", "area: area.unknown", "X"),
      ("organisation=X", "organisation: organisation.unknown", "X"),
      ("from=04.03.2024", "from: value.day", "2026-11-21"),
      ("to=2024-02-30", "to: value.day", "2024-02-30"), ("limit=0", "limit: value.range", "200"),
      ("limit=201", "limit: value.range", "200"), ("limit=ten", "limit: value.range", "1"),
      ("state=filed&state=closed", "state: value.repeated", "commas"),
      ("area=V1&area=V2", "area: value.repeated", "twice"),
      ("text=13800001234", "text: phone.in-address", "/api/v1/phone-digests"),
      ("text=%2B86+138-0000-1234", "text: phone.in-address", "phone"),
      ("phone=13800001234", "phone: phone.digest", "64"),
      ("phone=+" + String(repeating: "0", count: 63), "phone: phone.digest", "64"),
      ("cursor=x", "cursor: cursor.unreadable", "next"),
      ("cursor=n.1", "cursor: cursor.unreadable", "previous"),
      ("cursor=n.99999999999999999999.1", "cursor: cursor.unreadable", "next"),
    ])
  func wrong(_ query: String, _ expected: String, _ said: String) async throws {
    let town = try await WebTown()
    let token = try await town.token(.duty)
    try await town.visit { site in
      let answer = try await site.get(
        "/api/v1/cases?\(query)", by: token, headers: ["Accept-Language": "en"])
      #expect(answer.status == 422)
      #expect(answer.wrong == [expected])
      let field = String(expected.prefix { $0 != ":" })
      #expect(answer.said(of: field)?.contains(said) == true, "\(answer.text)")
    }
  }

  private func digest(_ phone: String, _ site: Visitor, _ caller: Caller) async throws -> String {
    let answer = try await site.post(
      "/api/v1/phone-digests", #"{"phone": "\#(phone)"}"#, by: caller)
    return try #require(try answer.json()["phone"]?.text)
  }

  @Test("a telephone number is asked for by its digest, however it is written")
  func phones() async throws {
    let (town, numbers) = try await town()
    let duty = try await town.token(.duty)
    try await town.visit { site in
      let digest = try await digest("13800001234", site, duty)
      #expect(!digest.contains("1380000"))
      #expect(try await self.digest("+86 138-0000-1234", site, duty) == digest)
      #expect(try await titles("/api/v1/cases?phone=\(digest)", site, duty) == ["违规收停车费 甲"])
      #expect(try await titles("/api/v1/cases?phone=\(digest)&area=V2", site, duty) == [])
      let other = try await self.digest("13800001235", site, duty)
      #expect(try await titles("/api/v1/cases?phone=\(other)", site, duty) == [])
      for text in ["", "违规", try #require(numbers["路灯不亮"]), "123456"] {
        let answer = try await site.post(
          "/api/v1/phone-digests", #"{"phone": "\#(text)"}"#, by: duty)
        #expect(answer.wrong == ["phone: phone.unreadable"], "\(text)")
      }
    }
  }

  @Test("a text that is too long to look for is named")
  func longText() async throws {
    let town = try await WebTown()
    let token = try await town.token(.duty)
    try await town.visit { site in
      let text = SiteURL.encoded(String(repeating: "车", count: 501))
      let answer = try await site.get("/api/v1/cases?text=\(text)", by: token)
      #expect(answer.wrong == ["text: value.long"])
    }
  }

  @Test("nobody sees in a list what is not theirs to see")
  func scope() async throws {
    let (town, numbers) = try await town()
    let village = try await town.token(.villageLeader)
    let roads = try await town.token(.roads)
    let evaluator = try await town.token(.evaluator)
    let leader = try await town.token(.leader)
    let other = try #require(numbers["违规收停车费 甲"])
    try await town.visit { site in
      #expect(try await titles("/api/v1/cases", site, village) == ["路灯不亮"])
      #expect(try await titles("/api/v1/cases?area=V1", site, village) == [])
      #expect(try await titles("/api/v1/cases?text=\(other)", site, village) == [])
      let digest = try await digest("13800001234", site, try await town.token(.duty))
      #expect(try await titles("/api/v1/cases?phone=\(digest)", site, leader) == [])
      let asked = try await site.post(
        "/api/v1/phone-digests", #"{"phone": "13800001234"}"#, by: leader)
      #expect(asked.code == "right.missing")
      let own = try await titles("/api/v1/cases", site, roads)
      #expect(own == ["已经办结", "a+b 100% 路面"])
      let refused = try await site.get("/api/v1/cases", by: evaluator)
      #expect(refused.code == "right.missing")
    }
  }

  @Test("who has the right to a kind's list sees cases of kinds that are no longer in force")
  func retiredKind() async throws {
    let (town, _) = try await town()
    let token = try await town.token(.duty)
    let remaining = try WebTown.catalogue().kinds.filter { $0.code != "T0002" }
    try await CatalogueDesk(database: town.store.database, shelf: town.centre.kinds)
      .install(try Catalogue(remaining), by: .command)
    try await town.visit { site in
      #expect(try await titles("/api/v1/cases?kind=T0002", site, token) == ["简单"])
      let report = try await site.post(
        "/api/v1/cases", #"{"kind": "T0002", "channel": "hotline", "title": "x"}"#, by: token)
      #expect(report.wrong == ["kind: kind.unknown"])
    }
  }
}
