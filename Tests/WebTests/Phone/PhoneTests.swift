import Base
import Foundation
import Testing

@testable import City
@testable import Web

/// What the phone of a patroller takes along, and what it sends.
@Suite struct PhoneTests {
  private static let before = FormFile(field: "attachments", bytes: SampleFile.png())
  private static let after = FormFile(field: "spot.attachments", bytes: SampleFile.png(width: 9))

  /// What passed on a phone, by its clock.
  struct Waited: Sendable {
    let made: Int64
    let sent: Int64
    let hours: Int64
  }

  /// A report as the phone sends it, one hour after it was made by the phone's clock.
  private static func values(
    _ changes: [String: String?] = [:], key: String = "6f1c1de2-0d4c-4b52-9f21-0a0a0a0a0a01"
  ) -> [(String, String)] {
    var values: [String: String?] = [
      "submission": key, "made": "1709500000000", "sent": "1709503600000", "kind": "T0002",
      "channel": "patrol", "title": "井盖松动", "latitude": "31.45", "longitude": "121.15",
      "accuracy": "12", "fields.size": "3", "place": "北横路 18 弄",
    ]
    values.merge(changes) { $1 }
    return values.compactMap { name, value in value.map { (name, $0) } }
      .sorted { $0.0 < $1.0 }
  }

  @Test("sent twice, and again after the key of a form is forgotten, it arrives once")
  func once() async throws {
    let town = try await WebTown()
    let first = try await town.visit { site in
      let session = try await town.session(.patroller)
      let made = try await site.upload(
        "/m/reports", Self.values(), files: [Self.before], by: session)
      #expect(made.status == 201)
      #expect(made.value["url"]?.text?.hasPrefix("/cases/") == true)
      let again = try await site.upload(
        "/m/reports", Self.values(["sent": "1709510000000"]), files: [Self.before], by: session)
      #expect(again.status == 200)
      #expect(again.value == made.value)
      return made.value
    }
    town.clock.advance(seconds: 20 * 86_400)
    try await town.centre.sweep(as: "test")
    try await town.visit { site in
      let session = try await town.session(.patroller)
      let late = try await site.upload(
        "/m/reports", Self.values(), files: [Self.before], by: session)
      #expect(late.status == 200)
      #expect(late.value == first)
    }
    #expect(try await town.count("case_file") == 1)
    #expect(try await town.count("case_attachment") == 1)
  }

  @Test("sent by two connections at once it arrives once")
  func atOnce() async throws {
    let town = try await WebTown()
    let session = try await town.session(.patroller)
    let answers = try await town.visit { site in
      try await withThrowingTaskGroup(of: WebAnswer.self) { group in
        for _ in 0..<6 {
          group.addTask {
            try await site.upload("/m/reports", Self.values(), files: [Self.before], by: session)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(Set(answers.compactMap { $0.value["number"]?.text }).count == 1)
    #expect(answers.map(\.status).sorted() == [200, 200, 200, 200, 200, 201])
    #expect(try await town.count("case_file") == 1)
  }

  @Test("the same key of another person is another report, and tells nothing of the first")
  func otherPerson() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      let one = try await site.upload(
        "/m/reports", Self.values(), files: [Self.before], by: try await town.session(.patroller))
      let other = try await site.upload(
        "/m/reports", Self.values(["longitude": "121.25"]), files: [Self.before],
        by: try await town.session(.otherPatroller))
      #expect(one.status == 201 && other.status == 201)
      #expect(one.value != other.value)
    }
  }

  @Test(
    "what passed on the phone counts and not what its clock says: forwards, backwards, for ever",
    arguments: [
      Waited(made: 1_709_500_000_000, sent: 1_709_503_600_000, hours: 1),
      // A day ahead and a day behind, the same hour passed.
      Waited(made: 1_709_586_400_000, sent: 1_709_590_000_000, hours: 1),
      Waited(made: 1_709_413_600_000, sent: 1_709_417_200_000, hours: 1),
      // It was set back meanwhile.
      Waited(made: 1_709_586_400_000, sent: 1_709_503_600_000, hours: 0),
      Waited(made: 0, sent: 1_709_503_600_000, hours: 30 * 24),
      Waited(made: .min, sent: .max, hours: 0),
    ])
  func clock(_ waited: Waited) async throws {
    let town = try await WebTown()
    let session = try await town.session(.patroller)
    try await town.visit { site in
      let values = Self.values(["made": String(waited.made), "sent": String(waited.sent)])
      let answer = try await site.upload("/m/reports", values, files: [Self.before], by: session)
      #expect(answer.status == 201)
    }
    let times: [Moment] = try await town.store.database.read {
      try $0.column("SELECT reported_at FROM case_file")
    }
    #expect(times == [town.clock.now() + -waited.hours * 3600])
  }

  @Test("what was handled on the spot was closed then, and not when the network came back")
  func onTheSpot() async throws {
    let town = try await WebTown()
    let session = try await town.session(.patroller)
    try await town.visit { site in
      let values = Self.values(["channel": "self", "spot": "true", "text": "已当场扶正"])
      let half = try await site.upload("/m/reports", values, files: [Self.before], by: session)
      #expect(half.status == 422)
      #expect(half.wrong == ["spot.attachments: evidence.missing"])
      let whole = try await site.upload(
        "/m/reports", values, files: [Self.before, Self.after], by: session)
      #expect(whole.status == 201)
    }
    let then = town.clock.now() + -3600
    let times: [Moment] = try await town.store.database.read {
      try $0.column(
        """
        SELECT closed_at FROM case_file UNION ALL SELECT stopped_at FROM case_clock
        UNION ALL SELECT occurred_at FROM ledger_entry WHERE verb IN ('case.report', 'case.close')
        """)
    }
    #expect(times.count >= 4 && times.allSatisfy { $0 == then }, "\(times)")
  }

  @Test("what is wrong is named at its field, and a place outside by its coordinates")
  func wrong() async throws {
    let town = try await WebTown()
    let session = try await town.session(.patroller)
    try await town.visit { site in
      func send(_ changes: [String: String?], _ files: [FormFile] = [Self.before]) async throws
        -> WebAnswer
      { try await site.upload("/m/reports", Self.values(changes), files: files, by: session) }
      let outside = try await send(["latitude": "22.5", "longitude": "114.05"])
      #expect(outside.status == 422 && outside.wrong == ["latitude: point.outside"])
      #expect(outside.said(of: "latitude")?.contains("22.50000") == true)
      let elsewhere = try await send(["longitude": "121.25"])
      #expect(elsewhere.status == 403 && elsewhere.code == "area.not-yours")
      let missing = try await send(["submission": "x", "made": nil, "sent": "now"])
      #expect(
        missing.wrong == [
          "submission: value.missing", "made: value.missing", "sent: value.missing",
        ])
      #expect(try await send(["channel": "hotline"]).wrong == ["channel: value.choice"])
      #expect(try await send(["title": nil]).wrong == ["title: value.missing"])
      #expect(try await send(["latitude": "北"]).wrong == ["latitude: value.number"])
      let many = (1...10).map { FormFile(field: "attachments", bytes: SampleFile.png(width: $0)) }
      #expect(try await send([:], many).wrong == ["attachments: photos.many"])
      let page = FormFile(field: "attachments", name: "x.svg", bytes: SampleFile.svg)
      let hostile = try await send([:], [page])
      #expect(hostile.status == 422 && !hostile.text.contains("<script>"))
    }
    #expect(try await town.count("case_file") == 0)
  }

  @Test("without a session, without proof and without the right nothing is taken")
  func guarded() async throws {
    let town = try await WebTown()
    let session = try await town.session(.patroller)
    try await town.visit { site in
      let nobody = try await site.upload(
        "/m/reports", Self.values(), files: [Self.before], by: .nobody)
      #expect(nobody.status == 401 && nobody.code == "sign-in.needed")
      #expect(try await site.get("/m/data").code == "sign-in.needed")
      let foreign = try await site.submit("/m/reports", Self.values(), by: session, csrf: "wrong")
      #expect(foreign.status == 403 && foreign.code == "csrf.missing")
      for who in [WebTown.Who.roads, .audit] {
        let other = try await town.session(who)
        let sent = try await site.upload(
          "/m/reports", Self.values(), files: [Self.before], by: other)
        #expect(sent.status == 403 && sent.code == "right.missing")
        #expect(try await site.get("/m/data", by: other).status == 403)
        #expect(try await site.get("/m", by: other).status == 403)
      }
    }
    #expect(try await town.count("case_file") == 0)
  }

  @Test("it takes its kinds along, what comes often first, its areas, and what waits for it")
  func data() async throws {
    let town = try await WebTown()
    let session = try await town.session(.patroller)
    let id = try await town.bring(to: .handled)
    try await town.visit { site in
      _ = try await site.upload("/m/reports", Self.values(), files: [Self.before], by: session)
      let answer = try await site.get("/m/data", by: session, headers: ["Accept-Language": "zh"])
      #expect(answer.status == 200 && answer.header("Cache-Control") == "no-store")
      let data = answer.value
      #expect(data["recent"]?.list.compactMap(\.text) == ["T0002"])
      let kinds = data["kinds"]?.list ?? []
      let plain = try #require(kinds.first { $0["code"]?.text == "T0002" })
      #expect(plain["channels"]?.list.compactMap(\.text) == ["patrol", "self"])
      #expect(plain["before"]?.whole == 1 && plain["after"]?.whole == 1)
      #expect(plain["fields"]?[0]?["code"]?.text == "size")
      #expect(kinds.allSatisfy { $0["code"]?.text?.hasPrefix("H") == false })
      #expect(data["areas"]?.list.compactMap { $0["code"]?.text } == ["V1"])
      #expect(data["areas"]?[0]?["boundary"]?[0]?.list.count == 5)
      let task = try #require(data["tasks"]?[0])
      #expect(task["url"]?.text == "/cases/\(id)")
      #expect(task["latitude"]?.number == 31.45)
      let other = try await site.get("/m/data", by: try await town.session(.otherPatroller))
      #expect(other.value["recent"]?.list == [])
      #expect(other.value["tasks"]?.list == [])
    }
  }

  @Test("what others reported in the grids comes after one's own, and nothing from elsewhere")
  func nearby() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      let own = try await town.session(.patroller)
      let other = try await town.session(.otherPatroller)
      _ = try await site.upload(
        "/m/reports", Self.values(["longitude": "121.25"]), files: [Self.before], by: other)
      #expect(try await site.get("/m/data", by: own).value["nearby"]?.list == [])
      let colleague = try await town.doer(.duty)
      _ = try await town.centre.cases.report(WebTown.report("T0001", .patrol), by: colleague)
      let data = try await site.get("/m/data", by: own).value
      #expect(data["recent"]?.list == [])
      #expect(data["nearby"]?.list.compactMap(\.text) == ["T0001"])
    }
  }

  @Test("the page, the script that keeps it and its manifest are there, and fit one another")
  func shell() async throws {
    let town = try await WebTown()
    let session = try await town.session(.patroller)
    try await town.visit { site in
      let page = try await site.get("/m", by: session)
      #expect(page.status == 200)
      #expect(page.text.contains("href=\"/m/manifest.webmanifest\""))
      #expect(page.text.contains("href=\"/m\""), "the tab bar leads there")
      let desk = try await site.get("/desk", by: try await town.session(.dispatcher))
      #expect(!desk.text.contains("href=\"/m\""))
      let worker = try await site.get("/worker.js")
      #expect(worker.header("Content-Type") == "text/javascript; charset=utf-8")
      #expect(worker.header("Cache-Control") == "no-cache")
      let manifest = try await site.get("/m/manifest.webmanifest")
      #expect(manifest.value["start_url"]?.text == "/m")
      let icon = try #require(manifest.value["icons"]?[0]?["src"]?.text)
      #expect(try await site.get(icon).status == 200)
      let scripts = page.text.matches(of: /(?:src|href)="(\/assets\/[^"#]+)/).map { String($0.1) }
      var weight = page.bytes.count
      for address in Set(scripts) { weight += try await site.get(address).bytes.count }
      #expect(weight < 200_000, "the whole page has \(weight) bytes")
    }
  }
}
