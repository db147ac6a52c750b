import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Open311 GeoReport v2, through the routes that are served.
@Suite struct Open311Tests {
  private static let base = "/open311/v2"

  /// A form as programs send it, without a session.
  private static func post(
    _ site: Visitor, _ values: [(String, String)], as format: String = "json",
    headers: [String: String] = [:]
  ) async throws -> WebAnswer {
    try await site.submit(
      "\(base)/requests.\(format)", values, headers: headers)
  }

  private static func report(_ key: String) -> [(String, String)] {
    [
      ("api_key", key), ("service_code", "T0001"), ("lat", "31.45"), ("long", "121.15"),
      ("description", "路面有坑 <b>&\n很深"), ("first_name", "三"), ("last_name", "张"),
      ("phone", "13800001234"),
    ]
  }

  @Test("discovery leads to the endpoint, in both formats")
  func discovery() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      let json = try await site.get("/open311/discovery.json").json()
      let endpoint = try #require(json["endpoints"]?.list.first)
      #expect(endpoint["url"]?.text?.hasSuffix("/open311/v2") == true)
      #expect(endpoint["formats"]?.list.compactMap(\.text) == ["text/xml", "application/json"])
      #expect(json["changeset"]?.text.flatMap { Moment($0) } != nil)
      let xml = try await site.get("/open311/discovery.xml")
      #expect(xml.header("Content-Type") == "text/xml; charset=utf-8")
      #expect(xml.text.hasPrefix(#"<?xml version="1.0" encoding="UTF-8"?>"#))
      #expect(xml.text.contains("<formats><format>text/xml</format><format>application/json"))
      #expect(try await site.get("/open311/discovery.yaml").status == 404)
    }
  }

  @Test("services are the kinds that residents may report, with what each asks")
  func services() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      let all = try await site.get("\(Self.base)/services.json").json().list
      let codes = all.compactMap { $0["service_code"]?.text }
      #expect(codes.contains("T0001"))
      #expect(!codes.contains { town.centre.kinds.catalogue[$0]?.mediated ?? true })
      for service in all {
        #expect(service["service_name"]?.text?.isEmpty == false)
        #expect(service["type"]?.text == "realtime" && service["metadata"]?.flag != nil)
      }
      let definition = try await site.get("\(Self.base)/services/H0402.json").json()
      #expect(definition["service_code"]?.text == "H0402")
      let source = try #require(definition["attributes"]?.list.first)
      #expect(source["datatype"]?.text == "singlevaluelist" && source["required"]?.flag == true)
      #expect(source["variable"]?.flag == true && source["order"]?.number == 1)
      #expect(source["values"]?.list.first?["key"]?.text?.isEmpty == false)
      let english = try await site.get(
        "\(Self.base)/services.xml", headers: ["Accept-Language": "en"])
      #expect(english.text.contains("<service_name>Noise"))
      let unknown = try await site.get("\(Self.base)/services/none.xml")
      #expect(unknown.status == 404)
      #expect(unknown.text.contains("<errors><error><code>404</code><description>service_code"))
    }
  }

  @Test("a report with a key becomes a case of a resident, and is told its number")
  func report() async throws {
    let town = try await WebTown()
    let key = try await town.token(.intake).secret
    try await town.visit { site in
      let answer = try await Self.post(site, Self.report(key))
      #expect(answer.status == 201)
      let number = try #require(
        try answer.json().list.first?["service_request_id"]?.text)
      let file = try await town.file(number: number)
      #expect(file.channel == .resident && file.title == "路面有坑 <b>&")
      let reporter = try await town.centre.database.read {
        try CaseNoteRows.reporter(file.id, in: $0)
      }
      #expect(reporter?.name == "张三" && reporter?.phone == "13800001234")
      let token = try await site.get("\(Self.base)/tokens/\(number).xml", by: .token(key))
      #expect(token.text.contains("<service_request_id>\(number)</service_request_id>"))
      // Its own reporter reads the texts, in both formats alike.
      let full = try await site.get("\(Self.base)/requests/\(number).xml", by: .token(key))
      #expect(full.text.contains("<description>路面有坑 &lt;b&gt;&amp;\n很深</description>"))
      #expect(full.text.contains("<status>open</status>"))
    }
  }

  @Test("sent again under the same key of idempotency it is the same request")
  func again() async throws {
    let town = try await WebTown()
    let key = try await town.token(.intake).secret
    let once = ["Idempotency-Key": "r-1"]
    try await town.visit { site in
      let first = try await Self.post(site, Self.report(key), headers: once)
      let second = try await Self.post(site, Self.report(key), headers: once)
      #expect(first.text == second.text)
      #expect(try await town.count("case_file") == 1)
    }
  }

  @Test("what is wrong is 400 with the parameter's own name; without a key it is 403")
  func wrong() async throws {
    let town = try await WebTown()
    let key = try await town.token(.intake).secret
    let reader = try await town.token(.roads).secret
    try await town.visit { site in
      func said(_ changes: [(String, String)]) async throws -> (Int, String) {
        let names = Set(changes.map(\.0))
        let answer = try await Self.post(
          site, Self.report(key).filter { !names.contains($0.0) } + changes.filter { !$0.1.isEmpty }
        )
        let first = try answer.json().list.first
        if answer.status >= 400 { #expect(first?["code"]?.whole == answer.status) }
        return (answer.status, first?["description"]?.text ?? "")
      }
      #expect(try await said([("api_key", "")]).0 == 403)
      #expect(try await said([("api_key", "cy_nobody")]).0 == 403)
      #expect(try await said([("api_key", reader)]).0 == 403)
      let code = try await said([("service_code", "")])
      #expect(code.0 == 400 && code.1.hasPrefix("service_code:"))
      #expect(try await said([("service_code", "none")]).0 == 404)
      let half = try await said([("long", "")])
      #expect(half.0 == 400 && half.1.hasPrefix("long:"))
      let nowhere = try await said([("lat", ""), ("long", "")])
      #expect(nowhere.0 == 400 && nowhere.1.hasPrefix("lat:"))
      let outside = try await said([("lat", "10")])
      #expect(outside.0 == 400 && outside.1.hasPrefix("lat:"))
      let attribute = try await said([("attribute[none]", "1")])
      #expect(attribute.0 == 400 && attribute.1.hasPrefix("attribute[none]:"))
      #expect(try await said([("jurisdiction_id", "elsewhere")]).0 == 404)
      #expect(try await said([("jurisdiction_id", "grid-centre")]).0 == 201)
      #expect(try await town.count("case_file") == 1, "nothing else was made")
      let inAddress = try await site.get("\(Self.base)/services.json?api_key=\(key)")
      #expect(inAddress.status == 400 && !inAddress.text.contains(key))
      let session = try await town.session(.intake)
      let forged = try await site.submit(
        "\(Self.base)/requests.json", Self.report("").filter { $0.0 != "api_key" }, by: session)
      #expect(forged.status == 403, "a browser's session is no key")
    }
  }

  @Test("everybody sees published cases roughly and without texts, and no confidential one")
  func published() async throws {
    let town = try await WebTown()
    var open = try town.published(0, title: "张三家门口的垃圾")
    open.latitude = 31.4567891
    open.place = "北横路1号302室"
    open.description = "电话 13800001234"
    open.reporter = Reporter(name: "张三", phone: "13800001234")
    let file = try await town.report(open)
    var confidential = open
    confidential.confidential = true
    _ = try await town.report(confidential)
    _ = try await town.report(WebTown.report("T0001"))
    try await town.visit { site in
      let answer = try await site.get("\(Self.base)/requests.json")
      for secret in ["张三", "302", "13800001234"] { #expect(!answer.text.contains(secret)) }
      let all = try answer.json().list
      #expect(all.compactMap { $0["service_request_id"]?.text } == [file.number])
      let one = try #require(all.first)
      #expect(one["lat"]?.number == 31.4568 && one["status"]?.text == "open")
      #expect(one["service_code"]?.text == file.kind)
      #expect(one["requested_datetime"]?.text.flatMap { Moment($0) } != nil)
      #expect(one["description"] == .null)
      let xml = try await site.get("\(Self.base)/requests/\(file.number).xml").text
      #expect(xml.contains("<lat>31.4568</lat>") && xml.contains("<description></description>"))
      let reader = try await town.token(.dispatcher)
      let whole = try await site.get("\(Self.base)/requests.json", by: reader)
      #expect(try whole.json().list.count == 3 && whole.text.contains("302"))
    }
  }

  @Test("lists are narrowed by number, service, status and time, and paged")
  func narrowed() async throws {
    let town = try await WebTown()
    let first = try await town.report(try town.published(0, title: "一"))
    town.clock.advance(seconds: 3_600)
    let second = try await town.report(try town.published(1, title: "二"))
    let reader = try await town.token(.dispatcher)
    try await town.make(.reject, on: second.id, by: .intake)
    try await town.visit { site in
      func numbers(_ query: String) async throws -> [String] {
        let answer = try await site.get("\(Self.base)/requests.json?\(query)", by: reader)
        #expect(answer.status == 200, "\(query)")
        return try answer.json().list.compactMap { $0["service_request_id"]?.text }
      }
      func same(_ query: String, _ expected: [String], _ why: Comment? = nil) async throws {
        let found = try await numbers(query)
        #expect(found == expected, why ?? "\(query)")
      }
      let both = [second.number, first.number]
      try await same("", both)
      try await same("service_code=&status=&start_date=", both, "empty is absent")
      try await same("service_code=\(second.kind)", [second.number])
      try await same("status=open", [first.number])
      try await same("status=closed", [second.number])
      try await same("status=open,closed", both)
      try await same("page_size=1", [second.number])
      try await same("page_size=1&page=2", [first.number])
      try await same("page_size=1&page=3", [])
      try await same(
        "service_request_id=\(first.number)&status=closed", [first.number],
        "numbers are all that counts")
      let between = SiteURL.encoded((first.reportedAt + 60).description)
      try await same("start_date=\(between)", [second.number])
      try await same("end_date=\(between)", [first.number])
      try await same("updated_after=\(between)", [second.number])
      for wrong in [
        "start_date=yesterday", "status=lost", "page=0", "page_size=1001",
        "start_date=2024-01-01T00:00:00Z&end_date=2024-06-01T00:00:00Z",
        "start_date=2024-06-01T00:00:00Z&end_date=2024-05-01T00:00:00Z",
      ] {
        #expect(try await site.get("\(Self.base)/requests.xml?\(wrong)").status == 400, "\(wrong)")
      }
    }
  }

  @Test("a photograph comes along where the key stands in the head")
  func media() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    let photo = FormFile(field: "media", bytes: SampleFile.png())
    let values = Self.report("").filter { $0.0 != "api_key" }
    try await town.visit { site in
      let nobody = try await site.upload(
        "\(Self.base)/requests.json", values, files: [photo], by: .nobody)
      #expect(nobody.status == 403)
      let sent = try await site.upload(
        "\(Self.base)/requests.json", values, files: [photo], by: token)
      #expect(sent.status == 201)
      #expect(try await town.count("case_attachment") == 1)
    }
  }
}

extension WebTown {
  /// A report of a published kind that answers the choices that the kind asks for.
  fileprivate func published(_ place: Int, title: String) throws -> CaseReport {
    let kinds = centre.kinds.catalogue.kinds.filter { kind in
      kind.published && kind.allows(.hotline)
        && kind.fields.allSatisfy { $0.stage != .report || !$0.required || !$0.choices.isEmpty }
    }
    let kind = try #require(kinds.dropFirst(place).first)
    var report = WebTown.report(kind.code, title: title)
    for field in kind.fields where field.stage == .report && field.required {
      let first = field.choices[0].code
      report.fields[field.code] = field.content == .choices ? .texts([first]) : .text(first)
    }
    return report
  }

  fileprivate func report(_ report: CaseReport) async throws -> Case {
    try await centre.cases.report(report, by: try await doer(.intake)).case
  }

  fileprivate func make(_ move: CaseMove, on id: ID<Case>, by who: Who) async throws {
    var input = MoveInput()
    input.text = "不属实"
    try await centre.cases.make(move, input, on: id, by: try await doer(who))
  }

  fileprivate func file(number: String) async throws -> Case {
    let id: Int64? = try await store.database.read {
      try $0.value("SELECT id FROM case_file WHERE number = \(number)")
    }
    return try await file(ID(try #require(id)))
  }
}
