import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Two cases that belong together, on pages and over the API.
@Suite struct CompanyFormTests {
  @Test("cases are linked by number, shown on both pages, and parted by one button")
  func links() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handling)
    let other = try await town.bring(to: .reported, WebTown.report(title: "坑还在<b>"))
    let number = try await town.file(other).number
    let session = try await town.session(.dispatcher)
    try await town.visit { site in
      let unknown = try await site.submit(
        "/cases/\(id)/link", [("other", "990101-99999"), ("relation", "repeat")], by: session)
      #expect(unknown.status == 422 && unknown.text.contains("没有编号为“990101-99999”的案件"))
      let made = try await site.submit(
        "/cases/\(id)/link", [("other", " \(number) "), ("relation", "repeat")], by: session)
      #expect(made.status == 303)
      let here = try await site.get("/cases/\(id)", by: session).text
      #expect(here.contains("被重复反映") && here.contains("/cases/\(other)"))
      #expect(here.contains("坑还在&lt;b&gt;") && here.contains("与 \(number) 关联（重复投诉）"))
      let there = try await site.get("/cases/\(other)", by: session).text
      #expect(there.contains("重复反映") && there.contains("/cases/\(id)"))
      let again = try await site.submit(
        "/cases/\(id)/link", [("other", number), ("relation", "related")], by: session)
      #expect(again.status == 422 && again.text.contains("已与 \(number) 关联"))
      let parted = try await site.submit("/cases/\(id)/unlink", [("other", number)], by: session)
      #expect(parted.status == 303)
      let twice = try await site.submit("/cases/\(id)/unlink", [("other", number)], by: session)
      #expect(twice.status == 409)
    }
    #expect(try await town.verbs(about: other).suffix(2) == ["case.linked", "case.unlinked"])
  }

  @Test("what may be the same is shown with its reasons, and merged or linked by one button")
  func same() async throws {
    let town = try await WebTown()
    let first = try await town.bring(to: .handling)
    let second = try await town.bring(to: .reported)
    let number = try await town.file(first).number
    let intake = try await town.session(.intake)
    let session = try await town.session(.dispatcher)
    let roads = try await town.session(.roads)
    try await town.visit { site in
      let asked = try await site.get("/cases/\(second)", by: intake).text
      #expect(asked.contains("可能是同一件") && asked.contains("相距 0 米"))
      #expect(asked.contains("标为重复投诉") && !asked.contains("合并到该案件"))
      let offered = try await site.get("/cases/\(second)", by: session).text
      #expect(offered.contains("合并到该案件"))
      #expect(!(try await site.get("/cases/\(first)", by: roads).text.contains("可能是同一件")))
      let revision = try await town.file(first).revision
      let stale = try await site.submit(
        "/cases/\(second)/merge", [("other", number), ("otherRevision", "\(revision - 1)")],
        by: session)
      #expect(stale.status == 409 && stale.text.contains("案件 \(number) 刚被他人更新"))
      let merged = try await site.submit(
        "/cases/\(second)/merge", [("other", number), ("otherRevision", "\(revision)")],
        by: session)
      #expect(merged.status == 303)
      let page = try await site.get("/cases/\(second)", by: session).text
      #expect(page.contains("已合并到") && page.contains("/cases/\(first)"))
      #expect(!page.contains("可能是同一件"))
      let target = try await site.get("/cases/\(first)", by: roads).text
      #expect(target.contains("并入本案的反映") && target.contains("这些反映人也要回访"))
      #expect(!target.contains("href=\"/cases/\(second)\""), "roads may not read it by itself")
      let parted = try await site.submit("/cases/\(second)/unmerge", [], by: session)
      #expect(parted.status == 303)
    }
    #expect(try await town.file(second).state == .reported)
  }

  @Test("whoever takes a report down is told what may be the same, in what they may read")
  func whileTyping() async throws {
    let town = try await WebTown()
    let first = try await town.bring(to: .handling)
    let intake = try await town.session(.intake)
    let typed = WebTown.report(title: "路面大坑很危险")
    let point = [
      ("latitude", typed.latitude.map { "\($0)" } ?? ""),
      ("longitude", typed.longitude.map { "\($0)" } ?? ""),
    ]
    let matter = [("channel", "hotline"), ("kind", typed.kind)]
    let title = [("title", typed.title)]
    try await town.visit { site in
      func same(_ fields: [(String, String)]) async throws -> [JSONValue] {
        let answer = try await site.submit("/cases/new/beside", matter + fields, by: intake)
        #expect(answer.status == 200)
        return try #require(try answer.json()["same"]?.list)
      }
      let found = try await same(title + point)
      #expect(found.map { $0["url"]?.text } == ["/cases/\(first)"])
      #expect(found.first?["why"]?.list.compactMap(\.text).contains("同类") == true)
      #expect(try await same(point).isEmpty, "nothing is said yet")
      #expect(try await same(title).isEmpty, "nobody knows where")
      #expect(try await same(title + [("latitude", "31."), ("longitude", "x")]).isEmpty)
      let unproven = try await site.submit(
        "/cases/new/beside", matter + title + point, by: intake, csrf: "x")
      #expect(unproven.status == 403)
    }
  }

  @Test(
    "beside a report stand the caller's cases, masked, and what happened at the place; so by the API"
  )
  func beside() async throws {
    let town = try await WebTown()
    var report = WebTown.report()
    report.place = "云浦路 8 弄"
    report.reporter = Reporter(name: "张三", phone: "13800001234", address: "北横路1号")
    let kind = report.kind
    let first = try await town.bring(to: .reported, report)
    let intake = try await town.session(.intake)
    let token = try await town.token(.intake)
    let fields = [
      ("channel", "hotline"), ("kind", kind), ("place", "云浦路8弄"),
      ("reporter.phone", "138 0000 1234"),
    ]
    try await town.visit { site in
      let answer = try await site.submit("/cases/new/beside", fields, by: intake)
      #expect(answer.status == 200 && !answer.text.contains("张三"))
      let beside = try answer.json()
      #expect(beside["caller"]?["said"]?.text == "张** 138****1234：共 1 件")
      #expect(beside["here"]?.list.map { $0["url"]?.text } == ["/cases/\(first)"])
      let places = try await site.submit("/cases/new/places", [("place", "云浦")], by: intake)
      #expect(try places.json()["places"]?.list.first?["name"]?.text == "云浦路 8 弄")
      let known = try await site.submit("/cases/new/caller", fields, by: intake).json()
      #expect(known["name"]?.text == "张三" && known["address"]?.text == "北横路1号")
      let nobody = try await site.submit(
        "/cases/new/caller", [("reporter.phone", "13900000000")], by: intake)
      #expect(nobody.status == 404)
      let earlier = try await site.post(
        "/api/v1/cases/earlier",
        """
        {"kind": "\(kind)", "channel": "hotline", "title": "", "place": "云浦路8弄",
        "reporter": {"phone": "13800001234"}}
        """, by: token)
      #expect(earlier.status == 200 && !earlier.text.contains("13800001234"))
      #expect(try earlier.json()["caller"]?["reporter"]?["phone"]?.text == "138****1234")
      #expect(try earlier.json()["here"]?.list.first?["id"]?.text == first.description)
      let found = try await site.post("/api/v1/places/search", #"{"text": "云浦"}"#, by: token)
      #expect(try found.json()["places"]?.list.count == 1)
      let outside = try await site.post(
        "/api/v1/places/search", #"{"text": "云浦"}"#, by: try await town.token(.roads))
      #expect(outside.status == 403)
    }
  }

  @Test("the API says the same: duplicates, links, and what was merged")
  func api() async throws {
    let town = try await WebTown()
    let first = try await town.bring(to: .handling)
    let second = try await town.bring(to: .reported)
    let number = try await town.file(first).number
    let token = try await town.token(.dispatcher)
    let outsider = try await town.token(.roads)
    try await town.visit { site in
      let address = "/api/v1/cases/\(second)"
      let found = try await site.get("\(address)/duplicates", by: token).json()["duplicates"]?.list
      #expect(found?.count == 1)
      #expect(found?.first?["case"]?["id"]?.text == first.description)
      #expect(try await site.get("\(address)/duplicates", by: outsider).status == 404)
      let typed = WebTown.report(title: "路面大坑")
      func asked(_ kind: String, by token: Caller) async throws -> WebAnswer {
        try await site.post(
          "/api/v1/cases/duplicates",
          """
          {"kind": "\(kind)", "channel": "hotline", "title": "\(typed.title)",
          "latitude": \(typed.latitude ?? 0), "longitude": \(typed.longitude ?? 0)}
          """, by: token)
      }
      let before = try await asked(typed.kind, by: try await town.token(.intake))
      #expect(try before.json()["duplicates"]?.list.count == 2)
      let unknown = try await asked("X", by: try await town.token(.intake))
      #expect(unknown.status == 422 && unknown.wrong == ["kind: kind.unknown"])
      #expect(try await asked(typed.kind, by: outsider).status == 403)
      let lacking = try await site.post("\(address)/moves/link", by: token)
      #expect(lacking.wrong == ["relation: value.missing", "other: value.missing"])
      let linked = try await site.post(
        "\(address)/moves/link", #"{"other": "\#(number)", "relation": "repeat"}"#, by: token)
      #expect(linked.status == 200)
      let shown = try await site.get(address, by: token).json()
      #expect(shown["links"]?.list.first?["relation"]?.text == "repeat")
      #expect(shown["links"]?.list.first?["isEarlier"]?.flag == true)
      #expect(
        try await site.get("\(address)/duplicates", by: token).json()["duplicates"]?.list == [])
      let merged = try await site.post(
        "\(address)/moves/merge", #"{"other": "\#(number)"}"#, by: token)
      #expect(try merged.json()["state"]?.text == "merged")
      let part = try await site.get(address, by: token).json()
      #expect(part["mergedInto"]?["number"]?.text == number)
      let whole = try await site.get("/api/v1/cases/\(first)", by: outsider).json()
      #expect(whole["merged"]?.list.first?["case"]?["id"]?.text == second.description)
      let listed = try await site.get("/api/v1/cases?state=merged", by: token).json()
      #expect(listed["cases"]?.list.count == 1)
      let again = try await site.post(
        "\(address)/moves/merge", #"{"other": "\#(number)"}"#, by: token)
      #expect(again.status == 409)
      #expect(try await site.post("\(address)/moves/unmerge", by: token).status == 200)
    }
    #expect(try await town.file(second).state == .reported)
  }
}
