import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Reporting a case over JSON, and every way to get it wrong.
@Suite struct ReportAPITests {
  /// A body that is right, with some keys replaced or, with nil, left out.
  static func body(_ changes: [String: String?] = [:]) -> String {
    var keys: [String: String] = [
      "kind": #""T0001""#, "channel": #""hotline""#, "title": #""路面有坑""#, "latitude": "31.45",
      "longitude": "121.15",
    ]
    for (key, value) in changes { keys[key] = value }
    return "{" + keys.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
      + "}"
  }

  @Test("a report with everything becomes a case with all of it, at its address")
  func complete() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      let answer = try await site.post(
        "/api/v1/cases",
        Self.body([
          "description": #""很深\n有水""#, "fields": #"{"count": 12.0}"#, "place": #""北横路 619 号""#,
          "coordinates": #""cgcs2000""#, "urgent": "true", "confidential": "false",
          "reporter": #"{"name": "张某", "phone": "+86 138-0000-1234", "address": "某处 3 号"}"#,
          "externalSource": #""city""#, "externalID": #""A-1""#,
          "reportedAt": #""2024-03-04T09:00:00+08:00""#, "dueAt": #""2024-03-09T00:00:00Z""#,
        ]), by: token)
      #expect(answer.status == 201)
      let made = try answer.json()
      let id = try #require(made["id"]?.text)
      #expect(answer.header("Location") == "/api/v1/cases/\(id)")
      #expect(made["number"]?.text == "240304-00001")
      #expect(made["state"]?.text == "reported")
      #expect(made["description"]?.text == "很深\n有水")
      #expect(made["isUrgent"]?.flag == true)
      #expect(made["reportedAt"]?.text == "2024-03-04T01:00:00Z")
      #expect(made["wholeDueAt"]?.text == "2024-03-09T00:00:00Z")
      #expect(made["revision"]?.whole == 1)
      let areas = try await site.get("/api/v1/areas", by: token).json()["areas"]?.list ?? []
      let area = areas.first { $0["code"]?.text == "V1" }
      #expect(made["area"] == area?["id"])
      let shown = try await site.get("/api/v1/cases/\(id)", by: token).json()
      #expect(shown["case"] == made)
      #expect(shown["fields"]?["count"]?.number == 12)
      #expect(shown["reporter"]?["phone"]?.text == "138****1234")
    }
  }

  @Test(
    "each missing or wrong field is named, with what is wrong with it",
    arguments: [
      (["kind": nil], "kind: value.missing"), (["channel": nil], "channel: value.missing"),
      (["title": nil], "title: value.missing"), (["title": #""  ""#], "title: value.missing"),
      (["kind": "7"], "kind: type.wrong"), (["kind": "null"], "kind: type.wrong"),
      (["title": "[]"], "title: type.wrong"), (["description": "{}"], "description: type.wrong"),
      (["latitude": #""31""#], "latitude: type.wrong"), (["urgent": "1"], "urgent: type.wrong"),
      (["reporter": #""张""#], "reporter: type.wrong"),
      (["reporter": #"{"phone": 1}"#], "reporter.phone: type.wrong"),
      (["reporter": #"{"telephone": "1"}"#], "reporter.telephone: key.unknown"),
      (["reporter": #"{"phone": "none"}"#], "reporter.phone: phone.unreadable"),
      (["fields": "[]"], "fields: type.wrong"),
      (["fields": #"{"count": {"n": 1}}"#], "fields.count: type.wrong"),
      (["fields": #"{"count": "many"}"#], "fields.count: value.number"),
      (["fields": #"{"size": 1}"#], "fields.size: value.unasked"),
      (["channel": #""fax""#], "channel: value.not-listed"),
      (["coordinates": #""bd09""#], "coordinates: value.not-listed"),
      (["reportedAt": #""yesterday""#], "reportedAt: value.instant"),
      (["dueAt": #""2024-03-05 10:00""#], "dueAt: value.instant"),
      (["kind": #""X""#], "kind: kind.unknown"), (["kind": #""""#], "kind: value.missing"),
      (["channel": #""sensor""#, "kind": #""T0002""#], "channel: kind.channel"),
      (["longitude": nil], "longitude: point.half"), (["latitude": nil], "latitude: point.half"),
      (["latitude": "91"], "latitude: point.range"),
      (["latitude": "30.5"], "latitude: point.outside"),
      (["area": #""nowhere""#], "area: area.unknown"),
      (["reportedAt": #""2024-03-04T09:36:00+08:00""#], "reportedAt: moment.future"),
      (["externalID": #""7""#], "externalSource: value.missing"),
      (["tittle": #""x""#], "tittle: key.unknown"),
      (["title": #""a\u0007b""#], "title: value.control"),
    ] as [([String: String?], String)])
  func wrong(_ changes: [String: String?], _ expected: String) async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      let answer = try await site.post(
        "/api/v1/cases", Self.body(changes), by: token, headers: ["Accept-Language": "en"])
      #expect(answer.status == 422)
      #expect(answer.header("Content-Type")?.hasPrefix("application/problem+json") == true)
      let problem = try answer.json()
      #expect(problem["type"]?.text == "urn:chengyun:fault:input.invalid")
      #expect(problem["status"]?.whole == 422)
      #expect(answer.wrong.contains(expected), "\(answer.wrong)")
      // Worded, with nothing left to fill in.
      for detail in problem["errors"]?.list.compactMap({ $0["detail"]?.text }) ?? [] {
        #expect(!detail.contains("{") && !detail.isEmpty, "\(detail)")
      }
    }
    #expect(try await town.count("case_file") == 0)
    #expect(try await town.count("case_reporter") == 0)
  }

  @Test("what would be right is said: the choices, the type, an example")
  func whatIsRight() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      func said(_ changes: [String: String?], of field: String) async throws -> String {
        let answer = try await site.post(
          "/api/v1/cases", Self.body(changes), by: token, headers: ["Accept-Language": "en"])
        return answer.said(of: field) ?? ""
      }
      #expect(try await said(["channel": #""fax""#], of: "channel").contains("hotline, patrol"))
      #expect(try await said(["coordinates": #""x""#], of: "coordinates").contains("gcj02"))
      #expect(try await said(["urgent": "1"], of: "urgent") == "It should be true or false")
      #expect(try await said(["title": "1"], of: "title") == "It should be a text")
      #expect(try await said(["dueAt": #""x""#], of: "dueAt").contains("2026-11-21T18:24:16+08:00"))
      #expect(try await said(["tittle": "1"], of: "tittle").contains("title"))
      #expect(
        try await said(["reporter": #"{"tel": "1"}"#], of: "reporter.tel")
          .contains("reporter.phone"))
      let long = "\"\(String(repeating: "字", count: 10_000))\""
      let tooLong = try await said(["description": long], of: "description")
      #expect(tooLong == "Too long: 10000 characters of at most 8000")
    }
  }

  @Test("all wrong fields are named at once")
  func together() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      let answer = try await site.post(
        "/api/v1/cases",
        Self.body([
          "kind": #""T0002""#, "title": #""""#, "latitude": "0", "reporter": #"{"phone": "x"}"#,
          "place": "\"\(String(repeating: "x", count: 301))\"",
        ]), by: token)
      #expect(
        Set(answer.wrong) == [
          "title: value.missing", "latitude: point.outside", "reporter.phone: phone.unreadable",
          "place: value.long", "fields.size: value.missing",
        ])
    }
  }

  /// Bodies that are no JSON object, and what is said of them.
  private static let broken: [(body: [UInt8], code: String)] = {
    let texts = [
      ("", "body.not-json"), ("{", "body.not-json"), ("{\"a\": 1 2}", "body.not-json"),
      ("kind=T0001", "body.not-json"), ("[]", "body.not-object"), ("null", "body.not-object"),
      ("\"x\"", "body.not-object"), ("7", "body.not-object"),
      (body(["title": "\"\\ud800\""]), "body.not-json"),
      (body(["latitude": "1e999"]), "body.not-json"),
      (String(repeating: "[", count: 100_000), "body.not-json"),
      (String(repeating: "{\"a\":", count: 40_000), "body.not-json"),
    ]
    let latin = Array("{\"title\": \"".utf8) + [0xFF, 0xFE] + Array("\"}".utf8)
    return texts.map { (Array($0.0.utf8), $0.1) } + [(latin, "body.not-utf-8")]
  }()

  @Test("what is no JSON object is refused as what it is", arguments: broken.indices)
  func notJSON(_ index: Int) async throws {
    let (body, code) = Self.broken[index]
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      let answer = try await site.send(.post, "/api/v1/cases", by: token, body: body)
      #expect(answer.status == 422)
      #expect(answer.code == code)
    }
    #expect(try await town.count("case_file") == 0)
  }

  @Test("a key that stands twice is refused, however it is spelled")
  func twice() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      for body in [
        #"{"kind": "T0001", "channel": "hotline", "title": "a", "title": "b"}"#,
        #"{"kind": "T0001", "channel": "hotline", "title": "a", "\u0074itle": "b"}"#,
      ] {
        let answer = try await site.post("/api/v1/cases", body, by: token)
        #expect(answer.status == 422)
        #expect(answer.wrong == ["title: key.twice"])
      }
      let inner = try await site.post(
        "/api/v1/cases",
        Self.body(["reporter": #"{"phone": "13800001234", "phone": "13900001234"}"#]), by: token)
      #expect(inner.wrong == ["reporter.phone: key.twice"])
    }
    #expect(try await town.count("case_file") == 0)
  }

  @Test("a deadline that lies before the report is refused, one at it is taken")
  func dueBeforeReport() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      let reported = #""2024-03-04T09:00:00+08:00""#
      for (due, wrong) in [
        (#""2024-03-04T08:59:59+08:00""#, ["dueAt: moment.before-report"]), (reported, []),
      ] {
        let answer = try await site.post(
          "/api/v1/cases", Self.body(["reportedAt": reported, "dueAt": due]), by: token)
        #expect(answer.wrong == wrong)
        #expect(answer.status == (wrong.isEmpty ? 201 : 422))
      }
    }
    #expect(try await town.count("case_file") == 1)
  }

  @Test("a body over its limit is refused, one at it is read")
  func large() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      func padded(to size: Int) -> [UInt8] {
        let body = Array(Self.body().utf8)
        return body + Array(repeating: UInt8(ascii: " "), count: size - body.count)
      }
      let over = try await site.send(.post, "/api/v1/cases", by: token, body: padded(to: 262_145))
      #expect(over.status == 413)
      #expect(over.code == "body.large")
      let at = try await site.send(.post, "/api/v1/cases", by: token, body: padded(to: 262_144))
      #expect(at.status == 201)
    }
    #expect(try await town.count("case_file") == 1)
  }

  @Test("a text of 10,000 characters has one answer, and emoji of many parts count as they are")
  func long() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      for (field, limit) in [("title", 200), ("description", 8000), ("place", 300)] {
        let over = "\"\(String(repeating: "字", count: limit + 1))\""
        let answer = try await site.post("/api/v1/cases", Self.body([field: over]), by: token)
        #expect(answer.wrong == ["\(field): value.long"])
        let at = "\"\(String(repeating: "字", count: limit))\""
        #expect(
          try await site.post("/api/v1/cases", Self.body([field: at]), by: token).status == 201)
      }
      let family = "\"\(String(repeating: "👨‍👩‍👧‍👦", count: 100))\""
      let answer = try await site.post("/api/v1/cases", Self.body(["title": family]), by: token)
      #expect(answer.wrong == ["title: value.long"])
    }
  }
}
