import Base
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import City
@testable import Web

/// Whatever is sent to a site, none of it is the site's own mistake.
@Suite struct HostileTests {
  private static let texts = [
    "", " ", "\u{0}", "\u{7F}", "'", "\"", "';DROP TABLE case_file;--", "%", "%%", "_", "*", "\\",
    "../../etc/passwd", "<script>alert(1)</script>", "${7*7}", "{{7*7}}", "{title}", "-1", "0",
    "99999999999999999999", "1e309", "NaN", "null", "true", "٣", "１２３", "\u{202E}", "\u{FEFF}",
    "é\u{301}\u{301}\u{301}", "👨‍👩‍👧‍👦", "OR", "AND NOT", "NEAR(", "a*", "\"a", "(", "240304-00001",
    "240304-99999999999999999999", "2024-02-30", "0000-00-00", "9999-12-31", "-0001-01-01",
    "10000-01-01", "0001-01-01", "292277026596-12-04", String(repeating: "长", count: 400),
  ]

  @Test("no parameter of a query makes it fail, through the API or on a page")
  func queries() async throws {
    let town = try await WebTown()
    _ = try await town.bring(to: .filed)
    let token = try await town.token(.duty)
    let session = try await town.session(.duty)
    let api = [
      "/api/v1/cases?", "/api/v1/figures?from=2024-03-01&to=2024-03-31&",
      "/api/v1/figures/closed/cases?from=2024-03-01&to=2024-03-31&",
    ]
    let pages = ["/cases?", "/figures?", "/figures/closed?", "/cases/new?", "/sign-in?", "/desk?"]
    let names = [
      "text", "state", "kind", "channel", "area", "organisation", "unit", "from", "to", "clock",
      "sort", "limit", "cursor", "page", "part", "of", "next",
    ]
    try await town.visit { site in
      for text in Self.texts {
        for name in names {
          let pair = "\(name)=\(SiteURL.encoded(text))"
          for uri in api {
            let answer = try await site.get(uri + pair, by: token)
            #expect(answer.status < 500, "\(uri)\(pair)")
          }
          for uri in pages {
            let answer = try await site.get(uri + pair, by: session)
            #expect(answer.status < 500, "\(uri)\(pair)")
            #expect(!answer.text.contains("<script>alert"), "\(uri)\(pair)")
            let isText = answer.header("Content-Type") == "text/html; charset=utf-8"
            #expect(isText || answer.status == 303, "\(uri)\(pair)")
          }
        }
      }
    }
    #expect(!town.log.lines.contains { $0.contains("failed") })
  }

  @Test("a kind that never was is named in each filter, rather than counting nothing")
  func unknownKind() async throws {
    let town = try await WebTown()
    let token = try await town.token(.duty)
    let session = try await town.session(.duty)
    let period = "from=2024-03-01&to=2024-03-31"
    try await town.visit { site in
      for (kind, status) in [("NOPE", 422), ("T0001", 200)] {
        for uri in ["/cases?", "/figures?\(period)&", "/figures/closed?\(period)&"] {
          let page = try await site.get("\(uri)kind=\(kind)", by: session)
          #expect(page.status == status, "\(uri)\(kind)")
          #expect(page.text.contains("没有类型 NOPE") == (status == 422), "\(uri)\(kind)")
          let answer = try await site.get(
            "/api/v1\(uri.replacing("closed", with: "closed/cases"))kind=\(kind)", by: token)
          #expect(answer.status == status, "\(uri)\(kind)")
        }
      }
    }
  }

  @Test("no value of a report or a move makes it fail")
  func bodies() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let token = try await town.token(.duty)
    let numbers = [
      "0", "-0", "1e300", "-1e300", "1e-300", "0.1e1", "9223372036854775808",
      "-9223372036854775809",
      "123456789012345678901234567890", "[]", "{}", "null", "true", "[[]]", "[null]", "{\"a\": []}",
    ]
    let encoder = JSONEncoder()
    let values =
      try numbers
      + Self.texts.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    let moments = ["0000-01-01T00:00Z", "9999-12-31T23:59:59.999+14:00", "1900-01-01T00:00-12:00"]
      .map { "\"\($0)\"" }
    try await town.visit { site in
      for value in values + moments {
        for key in CaseReport.keys.filter({ !$0.contains(".") }) {
          let answer = try await site.post(
            "/api/v1/cases", ReportAPITests.body([key: value]), by: token)
          #expect(answer.status < 500, "\(key): \(value)")
        }
        for key in MoveRequest.keys {
          for move in ["dispatch", "correct", "comment"] {
            let answer = try await site.post(
              "/api/v1/cases/\(id)/moves/\(move)", "{\"\(key)\": \(value)}", by: token)
            #expect(answer.status < 500, "\(move) \(key): \(value)")
          }
        }
        let fields = ReportAPITests.body(["fields": "{\"count\": \(value)}"])
        #expect(try await site.post("/api/v1/cases", fields, by: token).status < 500)
      }
      // What was taken can be read again.
      for uri in ["/api/v1/cases?limit=200", "/api/v1/cases?sort=due&limit=200"] {
        let list = try await site.get(uri, by: token).json()["cases"]?.list ?? []
        for line in list {
          let answer = try await site.get("/api/v1/cases/\(line["id"]?.text ?? "")", by: token)
          #expect(answer.status == 200)
        }
      }
    }
    #expect(!town.log.lines.contains { $0.contains("failed") })
  }

  @Test("no value of a form makes it fail, and none comes back as markup")
  func forms() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handling)
    let session = try await town.session(.duty)
    let names = [
      "text", "revision", "reason", "until", "approver", "person", "limit", "reached", "resolved",
      "satisfaction", "area", "kind", "title", "fields.count", "fields.\"><b>", "subject",
    ]
    let filing = ["channel", "kind", "title", "latitude", "area", "submission", "reporter.phone"]
    try await town.visit { site in
      for text in Self.texts {
        for name in names {
          for move in ["suspend", "correct", "call-back"] {
            let answer = try await site.submit("/cases/\(id)/\(move)", [(name, text)], by: session)
            #expect(answer.status < 500, "\(move) \(name)=\(text)")
            #expect(!answer.text.contains("<script>alert"), "\(move) \(name)=\(text)")
          }
        }
        for name in filing {
          let answer = try await site.submit("/cases", [(name, text)], by: session)
          #expect(answer.status < 500, "\(name)=\(text)")
          #expect(!answer.text.contains("<script>alert"), "\(name)=\(text)")
        }
      }
    }
    #expect(!town.log.lines.contains { $0.contains("failed") })
  }
}
