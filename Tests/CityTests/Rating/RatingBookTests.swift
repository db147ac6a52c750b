import Base
import Foundation
import Testing

@testable import City

/// Files of composite scores: what ships, and what is wrong with those of others.
@Suite struct RatingBookTests {
  static func read(_ text: String) throws -> RatingBook {
    try RatingBook.read([NamedFile(name: "r.yaml", text: text)])
  }

  static func mistakes(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch {
      let fault = error as? Fault
      return (fault?.fields ?? []).map { "\($0.name) \($0.code)" }
    }
  }

  @Test(
    "a town of Qingpu and the district of Jinniu come with the platform, by their public weights")
  func shipped() throws {
    let book = try RatingBook.read(RatingBook.shippedFiles)
    #expect(book.ratings.map(\.code) == ["qingpu-town", "jinniu-district"])
    #expect(book.classes.map(\.code) == ["village", "department", "contractor", "centre"])
    for rating in book.ratings {
      #expect(!rating.english.isEmpty && rating.minimum != nil)
      #expect(rating.terms.allSatisfy { !$0.english.isEmpty })
    }
    func ground(_ rates: [(CaseFigure, Int, Int)], dispatched: Int = 0) -> FormulaGround {
      var ground = FormulaGround()
      ground.figures[.dispatched] = FigureValue(
        figure: .dispatched, numerator: dispatched, denominator: nil)
      for (figure, part, whole) in rates {
        ground.figures[figure] = FigureValue(figure: figure, numerator: part, denominator: whole)
      }
      return ground
    }
    // 5 x 40/100 + 30 x 0.9 + 20 x 0.5 + 40 x 0.8 - 0.5 x 3.
    let town = ground(
      [
        (.firstContactRate, 9, 10), (.resolvedRate, 5, 10), (.satisfiedRate, 8000, 10),
        (.closingOnTime, 37, 40),
      ], dispatched: 40)
    let other = ground([], dispatched: 60)
    let qingpu = try #require(book[rating: "qingpu-town"])
    #expect(
      qingpu.score(of: town, among: [town, other]).value == .number(Decimal(695) / 10))
    #expect(
      qingpu.score(of: other, among: [town, other]).value
        == .nothing(.overNothing(.firstContactRate)))
    // 30 x 0.95 + 20 x 0.9 + 20 x 0.98 + 20 x 0.99 + 10 x 0.97.
    let district = ground([
      (.handlingRate, 95, 100), (.handlingOnTime, 90, 100), (.reworkRate, 2, 100),
      (.overdueOpenRate, 1, 100), (.extensionRate, 3, 100),
    ])
    let jinniu = try #require(book[rating: "jinniu-district"])
    #expect(
      jinniu.score(of: district, among: [district]).value == .number(Decimal(956) / 10))
  }

  @Test("a book has classes, measures, bounds, places and what its scores are narrowed to")
  func whole() throws {
    let book = try Self.read(
      """
      classes:
        - { code: rural, name: 农村, kinds: [village], except: [v3] }
        - { code: named, name: 指定, organisations: [v3, u9] }
      measures:
        - { code: residents, name: 居民, values: { v1: 1200, v2: 0 } }
      ratings:
        - code: heads
          name: 人均
          class: rural
          channel: patrol
          due: cohort
          least: 0
          most: 10
          places: 1
          minimum: { figure: closed, count: 3 }
          terms:
            - { name: 人均, formula: 1000 * closed / residents }
            - { name: 面积, formula: "or(closed / square-kilometres, 0)" }
      """)
    let rating = try #require(book[rating: "heads"])
    #expect(rating.figures == [.closed] && rating.measures == ["residents", "square-kilometres"])
    #expect(rating.kindOfOrganisation == "rural" && rating.channel == .patrol)
    #expect(rating.due == .cohort && rating.minimum == .init(figure: .closed, count: 3))
    func score(_ closed: Int, _ residents: Decimal) -> FormulaValue {
      var ground = FormulaGround(measures: ["residents": residents])
      ground.figures[.closed] = FigureValue(figure: .closed, numerator: closed, denominator: nil)
      return rating.score(of: ground, among: [ground]).value
    }
    #expect(score(3, 1200) == .number(Decimal(25) / 10))
    #expect(score(100, 1200) == .number(10))
    #expect(score(1, 1500) == .number(Decimal(7) / 10))
    // A village without residents divides by nothing.
    #expect(score(3, 0) == .nothing(.dividedByNothing))
  }

  @Test("every mistake is named by file, line and key")
  func wrong() {
    #expect(
      Self.mistakes(
        """
        classes:
          - { code: a, name: 甲 }
          - { code: a, name: 乙, kinds: [vilage] }
        measures:
          - { code: reported, name: 丙, values: { v1: -1 } }
          - { code: x1, name: 丁 }
        ratings:
          - code: r
            name: 戊
            over: organisations
            class: b
            least: 5
            most: 1
            weight: 3
            minimum: { figure: dispatch, count: 0 }
            terms:
              - { name: 己, formula: 1 / rework-rte }
              - { formula: "" }
          - { code: r, name: 庚, terms: [{ name: 辛, formula: 1 }] }
          - { code: closed, name: 壬, terms: [{ name: 癸, formula: 1 }] }
        """) == [
          "r.yaml:2 classes[0] rating.class.empty", "r.yaml:3 classes[1].code catalogue.code.twice",
          "r.yaml:3 classes[1].kinds[0] yaml.value.mistyped",
          "r.yaml:5 measures[0].values.v1 rating.measure.negative",
          "r.yaml:5 measures[0].code rating.measure.name", "r.yaml:6 measures[1] yaml.key.missing",
          "r.yaml:14 ratings[0].weight yaml.key.unknown",
          "r.yaml:10 ratings[0].over yaml.value.mistyped",
          "r.yaml:11 ratings[0].class yaml.value.mistyped",
          "r.yaml:17 ratings[0].terms[0].formula formula.name-mistyped",
          "r.yaml:18 ratings[0].terms[1] yaml.key.missing",
          "r.yaml:18 ratings[0].terms[1].formula yaml.text.empty",
          "r.yaml:12 ratings[0].least rating.bounds",
          "r.yaml:15 ratings[0].minimum.figure yaml.value.mistyped",
          "r.yaml:15 ratings[0].minimum.count yaml.number.range",
          "r.yaml:19 ratings[1].code catalogue.code.twice",
          "r.yaml:20 ratings[2].code rating.code.figure",
        ])
  }
}
