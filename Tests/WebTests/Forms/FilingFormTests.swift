import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Filing a case by the form of the page.
@Suite struct FilingFormTests {
  private static let values = [
    ("channel", "hotline"), ("kind", "T0002"), ("title", "井盖 <b>松动</b>"),
    ("description", "车过有响声\r\n夜里尤其"), ("place", "北横路 & 南横路"), ("latitude", "31.45"),
    ("longitude", "121.15"), ("fields.size", "3"), ("urgent", "on"), ("submission", "s-1"),
    ("reporter.name", "张某"), ("reporter.phone", "138-0000-1234"),
  ]

  private static func values(_ changes: [String: String?]) -> [(String, String)] {
    let kept = values.filter { changes[$0.0] == nil }
    return kept + changes.compactMap { key, value in value.map { (key, $0) } }
  }

  private static let photo = FormFile(field: "photos", bytes: SampleFile.png())

  @Test("with a photo it makes a case, once, however often it is sent")
  func doubleSubmit() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    let other = try await town.session(.duty)
    try await town.visit { site in
      let first = try await site.upload("/cases", Self.values, files: [Self.photo], by: session)
      #expect(first.status == 303)
      let address = try #require(first.header("Location"))
      #expect(address.hasPrefix("/cases/"))
      let second = try await site.upload("/cases", Self.values, files: [Self.photo], by: session)
      #expect(second.header("Location") == address)
      #expect(try await town.count("case_file") == 1)
      #expect(try await town.count("case_attachment") == 1)
      let page = try await site.get(address, by: session)
      #expect(page.status == 200)
      #expect(page.text.contains("井盖 &lt;b&gt;松动&lt;/b&gt;"))
      #expect(page.text.contains("北横路 &amp; 南横路"))
      #expect(!page.text.contains("<b>松动"))
      #expect(page.text.contains("/attachments/"))
      let theirs = try await site.upload("/cases", Self.values, files: [], by: other)
      #expect(theirs.header("Location") != address, "a key is a person's own")
      #expect(try await town.count("case_file") == 2)
    }
  }

  @Test("sent again with another answer, nothing is lost and nothing made until it is sent as new")
  func amended() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    try await town.visit { site in
      let first = try await site.submit("/cases", Self.values, by: session)
      #expect(first.status == 303)
      let amended = Self.values(["place": "改正后的地址"])
      let second = try await site.submit("/cases", amended, by: session)
      #expect(second.status == 409)
      #expect(second.text.contains("改正后的地址"))
      #expect(try await town.count("case_file") == 1)
      let key = try #require(second.text.firstMatch(of: /name="submission" value="([^"]+)"/)?.1)
      #expect(key != "s-1")
      let third = try await site.submit(
        "/cases", Self.values(["place": "改正后的地址", "submission": String(key)]), by: session)
      #expect(third.status == 303)
      #expect(third.header("Location") != first.header("Location"))
    }
    #expect(try await town.count("case_file") == 2)
  }

  @Test(
    "parties are named while a mediation is filed; a refused form keeps them; other kinds have none"
  )
  func parties() async throws {
    let town = try await WebTown()
    let intake = try await town.session(.intake)
    let token = try await town.token(.intake)
    let filed: [(String, String)] = [
      ("channel", "hotline"), ("kind", "T0004"), ("title", "邻里漏水"), ("submission", "m-1"),
      ("area", "V1"), ("party.1.side", "applicant"), ("party.1.name", "欧阳甲"),
      ("party.1.phone", "13900001111"), ("party.2.side", "respondent"),
      ("party.4.side", "respondent"), ("party.4.name", "诸葛乙"), ("party.4.address", "虚构路 1 弄"),
    ]
    try await town.visit { site in
      let form = try await site.get("/cases/new?channel=hotline&kind=T0004", by: intake).text
      #expect(form.contains("name=\"party.1.name\"") && form.contains("name=\"party.6.name\""))
      let other = try await site.get("/cases/new?channel=hotline&kind=T0002", by: intake).text
      #expect(!other.contains("party.1.name"))

      let nameless = filed.filter { $0.0 != "party.4.name" }
      let refused = try await site.submit("/cases", nameless, by: intake)
      #expect(refused.status == 422 && refused.text.contains("欧阳甲"))
      #expect(refused.text.contains("虚构路 1 弄") && refused.text.contains("case-party-4-name-error"))
      #expect(refused.text.contains("<details class=\"form-more\" open>"))
      #expect(try await town.count("case_party") == 0)

      let made = try await site.submit("/cases", filed, by: intake)
      #expect(made.status == 303, "\(made.text.prefix(600))")
      #expect(try await town.count("case_party") == 2, "a row with a side alone is the form's own")
      let address = try #require(made.header("Location"))
      let page = try await site.get(String(address.prefix { $0 != "?" }), by: intake).text
      #expect(page.contains("欧**") && page.contains("诸**") && !page.contains("欧阳甲"))
      let opened = try await site.submit(
        String(address.prefix { $0 != "?" }) + "/open-parties", [], by: intake)
      #expect(opened.text.contains("欧阳甲") && opened.text.contains("虚构路 1 弄"))

      let plain = #"""
        {"kind": "T0002", "channel": "hotline", "title": "井盖", "area": "V1", "fields": {"size": 3},
        "parties": [{"side": "applicant", "name": "甲"}]}
        """#
      #expect(
        try await site.post("/api/v1/cases", plain, by: token).wrong == [
          "parties: mediation.not-kind"
        ])
      let odd = plain.replacing("T0002", with: "T0004").replacing("applicant", with: "judge")
        .replacing(#""fields": {"size": 3},"#, with: "")
      #expect(
        try await site.post("/api/v1/cases", odd, by: token).wrong == [
          "parties[0].side: value.not-listed"
        ])
      let good = plain.replacing("T0002", with: "T0004")
        .replacing(#""fields": {"size": 3},"#, with: "")
      #expect(try await site.post("/api/v1/cases", good, by: token).status == 201)
      #expect(try await town.count("case_party") == 3)
    }
    #expect(try await town.count("ledger_entry WHERE payload LIKE '%欧阳%'") == 0)
  }

  @Test("sent twice at once it makes one case")
  func atOnce() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    let answers = try await town.visit { site in
      try await withThrowingTaskGroup(of: WebAnswer.self) { group in
        for _ in 0..<6 {
          group.addTask {
            try await site.upload("/cases", Self.values, files: [Self.photo], by: session)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(Set(answers.map { $0.header("Location") }).count == 1)
    #expect(answers.allSatisfy { $0.status == 303 })
    #expect(try await town.count("case_file") == 1)
  }

  @Test("the page offers a key of its own each time, and the same again when it comes back")
  func submissionKey() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    try await town.visit { site in
      let uri = "/cases/new?channel=hotline&kind=T0002"
      func key(_ text: String) -> Substring? {
        text.firstMatch(of: /name="submission" value="([^"]+)"/)?.1
      }
      let first = try #require(key(try await site.get(uri, by: session).text))
      let second = try #require(key(try await site.get(uri, by: session).text))
      #expect(first != second)
      let back = try await site.submit("/cases", Self.values(["title": ""]), by: session)
      #expect(key(back.text) == "s-1")
    }
  }

  @Test("a refused form comes back with what was typed and what is wrong with each field")
  func refused() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    try await town.visit { site in
      let answer = try await site.submit(
        "/cases",
        Self.values([
          "title": "", "fields.size": "三个\"><script>alert(1)</script>", "reporter.phone": "无",
          "latitude": "31,45",
        ]), by: session, headers: ["Accept-Language": "en"])
      #expect(answer.status == 422)
      let text = answer.text
      #expect(text.contains("车过有响声"))
      #expect(text.contains("北横路 &amp; 南横路"))
      #expect(text.contains("value=\"31,45\""))
      #expect(!text.contains("<script>alert"))
      #expect(text.contains("is no number"))
      #expect(text.contains("aria-invalid"))
      #expect(try await town.count("case_file") == 0)
      let domain = try await site.submit(
        "/cases",
        Self.values(["title": "", "fields.size": "三个", "reporter.phone": "无"]), by: session)
      #expect(domain.status == 422)
      let marked = domain.text.matches(of: /aria-invalid="true"/).count
      #expect(marked == 3, "each wrong field is marked")
    }
    #expect(try await town.count("case_file") == 0)
  }

  @Test("a file that is not what it says sends the form back with everything typed")
  func wrongFile() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    try await town.visit { site in
      let file = FormFile(field: "photos", name: "<i>x.png", bytes: SampleFile.html)
      let answer = try await site.upload("/cases", Self.values, files: [file], by: session)
      #expect(answer.status == 422)
      #expect(answer.text.contains("车过有响声"))
      #expect(answer.text.contains("&lt;i&gt;x.png"))
      #expect(!answer.text.contains("<i>x"))
    }
    #expect(try await town.count("case_file") == 0)
  }

  @Test("an empty file control is no file")
  func noFile() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    try await town.visit { site in
      let nothing = FormFile(
        field: "photos", name: "", type: "application/octet-stream", bytes: [])
      let answer = try await site.upload("/cases", Self.values, files: [nothing], by: session)
      #expect(answer.status == 303)
    }
    #expect(try await town.count("case_attachment") == 0)
  }

  @Test("a photo of 50 MB, a form of 2 MB and a broken one are refused, and nothing is made")
  func large() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    try await town.visit { site in
      let huge = FormFile(
        field: "photos", bytes: SampleFile.png() + Array(repeating: 0, count: 50 * 1_048_576))
      let photo = try await site.upload("/cases", Self.values, files: [huge], by: session)
      #expect(photo.status == 413)
      #expect(photo.header("Content-Type")?.hasPrefix("text/html") == true)
      let long = Self.values(["description": String(repeating: "x", count: 2 * 1_048_576)])
      #expect(try await site.submit("/cases", long, by: session).status == 413)
      let door = [("name", String(repeating: "n", count: 20_000)), ("password", "x")]
      #expect(try await site.submit("/sign-in", door).status == 413)
      for (type, body) in [
        ("multipart/form-data", "--x\r\n"), ("multipart/form-data; boundary=x", "--x\r\nContent-"),
        ("application/x-www-form-urlencoded", "csrf=%ZZ"),
        ("application/x-www-form-urlencoded", "a=%FF"),
        ("application/x-www-form-urlencoded", String(repeating: "a=1&", count: 5001)),
      ] {
        let answer = try await site.send(
          .post, "/cases", by: session, headers: ["Content-Type": type], body: Array(body.utf8))
        #expect(answer.status == 422, "\(type) \(body)")
      }
    }
    #expect(try await town.count("case_file") == 0)
  }

  @Test("what was handled on the spot is closed at once, with both photos")
  func onTheSpot() async throws {
    let town = try await WebTown()
    let session = try await town.session(.patroller)
    let intake = try await town.session(.intake)
    let values = Self.values([
      "channel": "self", "spot": "on", "text": "已当场扶正", "reporter.name": nil,
      "reporter.phone": nil,
    ])
    let after = FormFile(field: "spot.photos", bytes: SampleFile.png(width: 9))
    try await town.visit { site in
      let half = try await site.upload("/cases", values, files: [Self.photo], by: session)
      #expect(half.status == 422)
      #expect(try await town.count("case_file") == 0)
      let whole = try await site.upload("/cases", values, files: [Self.photo, after], by: session)
      #expect(whole.status == 303)
      let other = try await site.upload("/cases", values, files: [Self.photo, after], by: intake)
      #expect(other.status == 403)
    }
    let states: [String] = try await town.store.database.read {
      try $0.column("SELECT state FROM case_file")
    }
    #expect(states == ["closed"])
  }
}
