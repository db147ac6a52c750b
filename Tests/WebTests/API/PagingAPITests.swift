import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City
@testable import Web

/// Walking through lists by cursors, and figures with the cases behind them.
@Suite struct PagingAPITests {
  private static let period = "from=2024-03-01&to=2024-03-31"

  /// A town with 53 cases, some of which share their deadlines.
  private func town() async throws -> WebTown {
    let town = try await WebTown()
    let doer = try await town.doer(.duty)
    try await town.store.database.write { tx in
      for number in 0..<53 {
        var report = WebTown.report(village: number % 2, title: "案件 \(number)")
        if number % 3 == 0 { report.dueAt = Moment("2024-03-04T11:00:00+08:00") }
        let id = try town.centre.cases.report(report, by: doer, in: tx).id
        if number % 4 == 0 { try town.centre.cases.make(.accept, on: id, by: doer, in: tx) }
        if number % 4 == 1 {
          try town.centre.cases.make(.reject, MoveInput(text: "无"), on: id, by: doer, in: tx)
        }
      }
    }
    return town
  }

  /// The ids of one walk to the end, and the last page's cursor back.
  private func walk(
    _ uri: String, _ key: String, from start: String? = nil, _ site: Visitor, _ caller: Caller
  ) async throws -> (ids: [[String]], back: String?) {
    var pages: [[String]] = []
    var cursor = start
    var back: String?
    repeat {
      let more = cursor.map { "&cursor=\($0)" } ?? ""
      let answer = try await site.get("\(uri)\(more)", by: caller)
      #expect(answer.status == 200)
      let page = try answer.json()
      pages.append(page["cases"]?.list.compactMap { $0["id"]?.text } ?? [])
      cursor = page[key]?.text
      back = page[key == "next" ? "previous" : "next"]?.text
    } while cursor != nil && pages.count < 100
    return (pages, back)
  }

  @Test(
    "cursors walk through every line once, there and back",
    arguments: [
      "/api/v1/cases?sort=newest", "/api/v1/cases?sort=due", "/api/v1/cases?state=accepted",
      "/api/v1/cases?area=V2&sort=due", "/api/v1/cases?text=%E6%A1%88%E4%BB%B6",
      "/api/v1/figures/reported/cases?\(period)", "/api/v1/figures/accepted/cases?\(period)",
      "/api/v1/figures/acceptance-on-time/cases?\(period)&part=all",
    ])
  func thereAndBack(_ uri: String) async throws {
    let town = try await town()
    for who in [WebTown.Who.duty, .villageLeader] {
      let caller = try await town.token(who)
      try await town.visit { site in
        let whole = try await walk("\(uri)&limit=200", "next", site, caller).ids
        #expect(whole.count == 1)
        for limit in [1, 7, 26] {
          let (there, back) = try await walk("\(uri)&limit=\(limit)", "next", site, caller)
          #expect(there.flatMap { $0 } == whole[0], "limit \(limit)")
          #expect(Set(whole[0]).count == whole[0].count)
          #expect(there.dropLast().allSatisfy { $0.count == limit })
          guard there.count > 1, let last = there.last else { continue }
          let start = try #require(back)
          let (backwards, _) = try await walk(
            "\(uri)&limit=\(limit)", "previous", from: start, site, caller)
          let ids = backwards.reversed().flatMap { $0 } + last
          #expect(ids == whole[0], "back, limit \(limit)")
        }
      }
    }
  }

  @Test("what is added meanwhile neither repeats nor hides a line")
  func meanwhile() async throws {
    let town = try await town()
    let caller = try await town.token(.duty)
    try await town.visit { site in
      let whole = try await walk("/api/v1/cases?limit=200", "next", site, caller).ids[0]
      let first = try await site.get("/api/v1/cases?limit=20", by: caller).json()
      let cursor = try #require(first["next"]?.text)
      _ = try await town.bring(to: .reported)
      let rest = try await walk("/api/v1/cases?limit=20", "next", from: cursor, site, caller).ids
      let seen = (first["cases"]?.list.compactMap { $0["id"]?.text } ?? []) + rest.flatMap { $0 }
      #expect(seen == whole)
    }
  }

  @Test("each figure's numbers are the numbers of its cases, for whoever asks")
  func figuresAgree() async throws {
    let town = try await town()
    _ = try await town.bring(to: .closed)
    _ = try await town.bring(to: .verified, WebTown.report(village: 1))
    for who in [WebTown.Who.duty, .villageLeader, .roads, .evaluator] {
      let caller = try await town.token(who)
      try await town.visit { site in
        for narrowing in ["", "&area=V1", "&channel=hotline&kind=T0001", "&organisation=roads"] {
          let query = Self.period + narrowing
          let list = try await site.get("/api/v1/figures?\(query)", by: caller).json()["figures"]
          let figures = try #require(list?.list)
          #expect(figures.count == CaseFigure.allCases.count)
          for figure in figures {
            let code = try #require(figure["figure"]?.text)
            guard code != "satisfied-rate" else { continue }
            for (part, key) in [("counted", "numerator"), ("all", "denominator")] {
              // The sum of a time is no number of cases.
              if key == "numerator", CaseFigure(rawValue: code)?.measure == .time { continue }
              guard let count = figure[key]?.whole else { continue }
              let uri = "/api/v1/figures/\(code)/cases?\(query)&part=\(part)&limit=200"
              let cases = try await walk(uri, "next", site, caller).ids.flatMap { $0 }
              #expect(cases.count == count, "\(who) \(code) \(part) \(narrowing)")
            }
          }
        }
      }
    }
  }

  @Test("figures without a period, with one that ends before it begins, or by strangers")
  func wrong() async throws {
    let town = try await WebTown()
    let caller = try await town.token(.duty)
    let patroller = try await town.token(.patroller)
    try await town.visit { site in
      for path in ["/api/v1/figures", "/api/v1/figures/closed/cases"] {
        let none = try await site.get(path, by: caller)
        #expect(none.status == 422)
        #expect(none.wrong.contains("from: value.missing"))
        let half = try await site.get("\(path)?from=2024-03-01", by: caller)
        #expect(half.wrong == ["to: value.missing"])
        let backwards = try await site.get("\(path)?from=2024-03-02&to=2024-03-01", by: caller)
        #expect(backwards.wrong == ["to: period.backwards"])
        let refused = try await site.get("\(path)?\(Self.period)", by: patroller)
        #expect(refused.code == "right.missing")
        for day in ["0001-01-01", "9999-12-31"] {
          let far = try await site.get("\(path)?from=\(day)&to=\(day)", by: caller)
          #expect(far.status == 200 || far.status == 422, "\(day)")
        }
      }
      let unknown = try await site.get("/api/v1/figures/best/cases?\(Self.period)", by: caller)
      #expect(unknown.wrong == ["figure: value.unknown"])
      let part = try await site.get(
        "/api/v1/figures/closed/cases?\(Self.period)&part=none", by: caller)
      #expect(part.wrong == ["part: value.unknown"])
    }
  }
}
