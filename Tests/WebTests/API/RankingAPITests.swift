import Base
import Foundation
import Paper
import Testing

@testable import City
@testable import Web

/// Rankings, composite scores and comparisons over the API and on pages.
@Suite struct RankingAPITests {
  private static let period = "from=2024-03-01&to=2024-03-31"

  private func rows(_ answer: WebAnswer) throws -> [TableRow] {
    let reader = try TableReader(ByteInput(bytes: answer.bytes))
    var rows: [TableRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  @Test("figures are told by filing and of a person, beside last year and the class, as asked")
  func compared() async throws {
    let town = try await WebTown()
    _ = try await town.bring(to: .closed)
    let caller = try await town.token(.duty)
    try await town.visit { site in
      let plain = try await site.get("/api/v1/figures?\(Self.period)", by: caller).json()
      let first = try #require(plain["figures"]?.list.first)
      #expect(first["lastYear"] == nil && first["classMean"] == nil)
      let all = try await site.get(
        "/api/v1/figures?\(Self.period)&organisation=roads&compare=year,class&due=cohort",
        by: caller
      ).json()
      #expect(all["class"]?.text == "department")
      let figures = all["figures"]?.list ?? []
      let closing = try #require(figures.first { $0["figure"]?.text == "closing-rate" })
      #expect(closing["denominator"]?.number == 1)
      #expect(closing["lastYear"]?["denominator"]?.number == 0)
      #expect(closing["classMean"] != nil)
      for wrong in ["due=x", "compare=x", "person=x"] {
        #expect(
          try await site.get("/api/v1/figures?\(Self.period)&\(wrong)", by: caller).status == 422)
      }
    }
  }

  @Test("the cases of a figure are had as a file, from the page and over the API, and entered")
  func exported() async throws {
    let town = try await WebTown()
    let closed = try await town.bring(to: .closed)
    _ = try await town.bring(to: .reported)
    let number = try await town.file(closed).number
    let leader = try await town.session(.leader)
    let token = try await town.token(.duty)
    let blind = try await town.session(.security)
    try await town.visit { site in
      for format in ["xlsx", "csv"] {
        let page = try await site.get(
          "/figures/closed/export?of=part&as=\(format)&\(Self.period)", by: leader)
        #expect(page.status == 200)
        #expect(try rows(page).map { $0["案件编号"] } == [number])
        let api = try await site.get(
          "/api/v1/figures/closed/cases/export?as=\(format)&\(Self.period)", by: token)
        #expect(try rows(api).count == 1)
      }
      let all = try await site.get(
        "/api/v1/figures/reported/cases/export?as=csv&part=all&\(Self.period)", by: token)
      #expect(try rows(all).count == 2)
      #expect(try await site.get("/figures/closed/export?\(Self.period)", by: blind).status == 403)
      #expect(try await site.get("/figures/odd/export?\(Self.period)", by: leader).status == 422)
    }
    #expect(try await town.count("ledger_entry WHERE verb = 'cases.export'") == 5)
  }

  @Test("a ranking has its rows with their parts, as JSON, a file and a page; a score opens")
  func ranking() async throws {
    let town = try await WebTown()
    _ = try await town.bring(to: .closed)
    let token = try await town.token(.duty)
    let leader = try await town.session(.leader)
    try await town.visit { site in
      let by = "by=jinniu-district&class=department&minimum=1&\(Self.period)"
      let ranking = try await site.get("/api/v1/rankings?\(by)", by: token).json()
      let lines = ranking["rows"]?.list ?? []
      let roads = try #require(lines.first { $0["code"]?.text == "roads" })
      #expect(roads["terms"]?.list.count == 5)
      #expect(roads["rank"]?.number == 1)
      let other = try #require(lines.first { $0["code"]?.text == "city-management" })
      #expect(other["rank"]?.number == nil && other["reason"]?["code"]?.text == "over-nothing")
      let file = try await site.get("/api/v1/rankings/export?as=csv&\(by)", by: token)
      #expect(try rows(file).count == lines.count)
      #expect(try rows(file).first?["名次"] == "1")
      let page = try await site.get("/rankings?\(by)", by: leader)
      #expect(page.status == 200 && page.text.contains("区网格处置评价"))
      let score = try await site.get("/rankings/score?holder=roads&\(by)", by: leader)
      #expect(score.status == 200 && score.text.contains("30 * handling-rate"))
      #expect(score.text.contains("/figures/handling-rate?of=part"))
      #expect(try await site.get("/rankings/score?holder=x&\(by)", by: leader).status == 404)
      #expect(try await site.get("/rankings?over=person", by: leader).status == 200)
      #expect(try await site.get("/rankings/export?as=csv&\(by)", by: leader).status == 200)
      for wrong in [
        "by=x", "by=reported&class=x", "by=reported&over=person", "by=reported&level=x", "",
      ] {
        #expect(
          try await site.get("/api/v1/rankings?\(Self.period)&\(wrong)", by: token).status == 422,
          "\(wrong)")
      }
    }
  }

  @Test("a ranking's file names the town's own measure that is missing")
  func ownMeasure() async throws {
    let town = try await WebTown()
    _ = try await town.bring(to: .closed)
    let system = try await town.token(.system)
    let duty = try await town.token(.duty)
    let files = """
      {"files":{"own.yaml":"measures: [{ code: lamps, name: 路灯盏数, english: Street lamps, values: { sanitation: 3 } }]\\nratings: \
      [{ code: own, name: 自评, terms: [{ name: 甲, formula: reported / lamps }] }]"}}
      """
    try await town.visit { site in
      let loaded = try await site.send(.put, "/api/v1/ratings", json: files, by: system)
      #expect(loaded.status == 200, "\(loaded.text)")
      let file = try await site.get(
        "/api/v1/rankings/export?as=csv&by=own&\(Self.period)", by: duty)
      let remarks = try rows(file).compactMap { $0["说明"] }
      #expect(remarks.contains { $0.contains("路灯盏数") }, "\(remarks)")
    }
  }

  @Test("an administrator checks files of scores and puts them in force; others only read them")
  func book() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let duty = try await town.token(.duty)
    let good = """
      {"files":{"own.yaml":"ratings: [{ code: own, name: 自评, terms: [{ name: 甲, formula: reported }] }]"}}
      """
    let bad = """
      {"files":{"own.yaml":"ratings: [{ code: own, name: 自评, terms: [{ name: 甲, formula: 1 + }] }]"}}
      """
    try await town.visit { site in
      func codes() async throws -> [String] {
        let book = try await site.get("/api/v1/ratings", by: duty).json()
        return (book["ratings"]?.list ?? []).compactMap { $0["code"]?.text }
      }
      #expect(try await codes() == ["qingpu-town", "jinniu-district"])
      let checked = try await site.post("/api/v1/ratings/check", good, by: system)
      #expect(checked.status == 200)
      #expect(try await codes().count == 2)
      let refused = try await site.post("/api/v1/ratings/check", bad, by: system)
      #expect(refused.status == 422)
      #expect(refused.text.contains("own.yaml:1 ratings[0].terms[0].formula"))
      #expect(try await site.send(.put, "/api/v1/ratings", json: good, by: duty).status == 403)
      #expect(try await site.send(.put, "/api/v1/ratings", json: bad, by: system).status == 422)
      #expect(try await site.send(.put, "/api/v1/ratings", json: good, by: system).status == 200)
      #expect(try await codes() == ["own"])
      #expect(
        try await site.send(.put, "/api/v1/ratings", json: #"{"files":{}}"#, by: system).status
          == 200)
      #expect(try await codes().count == 2)
    }
  }
}
