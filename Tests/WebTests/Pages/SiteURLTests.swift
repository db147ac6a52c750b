import Base
import Foundation
import Testing

@testable import Web

@Suite struct SiteURLTests {
  @Test("a query comes back from its address as it was")
  func roundTrip() throws {
    let query = QueueQuery {
      ["text": "停车 & 30% + \"x\"", "clock": "overdue", "sort": "newest", "page": "n.1.99"][$0]
    }
    let address = "\(query.url)"
    #expect(address.hasPrefix("/cases?text=%E5%81%9C%E8%BD%A6%20%26%2030%25%20%2B%20%22x%22&"))
    let pairs = address.drop { $0 != "?" }.dropFirst().split(separator: "&").map {
      $0.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? "" }
    }
    let parameters = Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) })
    #expect(QueueQuery { parameters[$0] } == query)
  }

  @Test("leaving out a filter keeps the others and goes to the first page")
  func without() {
    let query = QueueQuery {
      ["state": "filed", "clock": "soon", "sort": "newest", "page": "n.1.9"][$0]
    }
    #expect("\(query.without("clock").url)" == "/cases?state=filed&sort=newest")
  }

  @Test("what does not belong into a query is left out")
  func nonsense() {
    let query = QueueQuery { ["sort": "drop table", "clock": "late"][$0] }
    #expect("\(query.url)" == "/cases")
    #expect(QueueQuery { _ in String(repeating: "x", count: 9_000) }.text.count == 200)
  }

  @Test(
    "nobody is led to another site after signing in",
    arguments: [
      "//evil.example", "/\\evil.example", "https://evil.example", "", "cases", "/a b", "/\u{9}/x",
      "/城",
    ])
  func elsewhere(text: String) {
    #expect(SiteURL(returning: text) == nil)
  }

  @Test("a path of this site is led to", arguments: ["/", "/cases?state=filed&text=%E5%81%9C"])
  func here(text: String) {
    #expect(SiteURL(returning: text).map(String.init) == text)
  }

  @Test("things have their addresses")
  func addresses() {
    let id = ID<Sample>(4312)
    #expect("\(SiteURL.file(id))" == "/cases/4312")
    #expect("\(SiteURL.move("feed-back", of: id))" == "/cases/4312/feed-back")
    #expect("\(SiteURL.attachment(id))" == "/attachments/4312")
    #expect("\(SiteURL.signIn.with([("next", "/cases"), ("x", nil)]))" == "/sign-in?next=%2Fcases")
  }
}
