import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// Rankings and means over cases that nobody thought of.
@Suite struct RatingRankingTests {
  private static func walked(seed: UInt64) async throws -> (CaseTown, FigureScope) {
    let town = try await CaseWalk.town(cases: 60, steps: 700, seed: seed).town
    let start = try CaseTown.at("2024-03-04 00:00")
    return (town, FigureScope(from: start, before: start + 60 * 86_400))
  }

  @Test(
    "what is counted of many at once is what each is told of alone",
    arguments: DueReading.allCases)
  func groups(_ due: DueReading) async throws {
    let (town, walked) = try await Self.walked(seed: due == .deadline ? 5 : 6)
    var scope = walked
    scope.due = due
    let now = town.clock.now()
    let parties = try await town.parties.value(from: town.database)
    let asked = scope
    let desk = town.desk
    let counted = try await town.database.read { snapshot in
      var counted = 0
      let count = FigureCount(CaseFigure.allCases, asked, visible: nil, now: now)
      let organisations = try count.values(
        by: .organisation, as: ID<Organisation>.self, in: snapshot)
      for organisation in parties.organisations {
        var own = asked
        own.organisation = organisation.id
        for value in try desk.figures(own, by: .command, now: now, in: snapshot) {
          let found =
            organisations[organisation.id]?[value.figure] ?? FigureCount.nothing(value.figure)
          #expect(found == value, "\(organisation.code) \(value.figure)")
          counted += value.volume
        }
      }
      let people = try count.values(by: .person, as: ID<Person>.self, in: snapshot)
      let all: [Int64] = try snapshot.column("SELECT id FROM person")
      for person in all.map(ID<Person>.init) {
        var own = asked
        own.person = person
        for value in try desk.figures(own, by: .command, now: now, in: snapshot) {
          let found = people[person]?[value.figure] ?? FigureCount.nothing(value.figure)
          #expect(found == value, "\(person) \(value.figure)")
          counted += value.volume
        }
      }
      let areas = try count.values(by: .area, as: String.self, in: snapshot)
      for village in CaseTown.villages {
        var own = asked
        own.areaPath = village
        for value in try desk.figures(own, by: .command, now: now, in: snapshot) {
          let found = areas[village]?[value.figure] ?? FigureCount.nothing(value.figure)
          #expect(found == value, "\(village) \(value.figure)")
        }
      }
      return counted
    }
    #expect(counted > 300, "\(counted)")
  }

  @Test("those of a class are ranked, each by its own figures, and only whom the reader may see")
  func ranks() async throws {
    let (town, scope) = try await Self.walked(seed: 7)
    let now = town.clock.now()
    let desk = RatingDesk(cases: town.desk)
    var question = RankingQuestion(by: .figure(.handlingOnTime), scope)
    question.kindOfOrganisation = "department"
    let ranking = try await desk.ranking(question, by: town[.duty], now: now)
    #expect(ranking.rows.count >= 5 && ranking.rows.contains { $0.rank == 1 })
    #expect(!ranking.rows.contains { $0.holder.code.hasPrefix("committee") })
    for row in ranking.rows {
      guard case .organisation(let id) = row.holder.key else { continue }
      let value = try await town.database.read { snapshot in
        var own = scope
        own.organisation = id
        return try town.desk.figures(
          [.handlingOnTime], own, by: town[.duty], now: now, in: snapshot)
      }
      #expect(row.figures[.handlingOnTime] == value.first, "\(row.holder.code)")
      #expect(row.value.number == value.first?.amount && row.volume == value.first?.denominator)
      #expect((row.rank == nil) == (row.value.number == nil))
    }
    let numbers = ranking.rows.compactMap(\.value.number)
    #expect(ranking.mean == RatingDesk.mean(numbers))
    // A handler sees their own unit and those below it.
    let own = try await desk.ranking(question, by: town[.roads], now: now)
    #expect(Set(own.rows.map(\.holder.code)) == ["roads", "crew", "gang"])
    for row in own.rows { #expect(ranking.rows.contains(row)) }
    question.minimum = 1_000_000
    let none = try await desk.ranking(question, by: town[.duty], now: now)
    #expect(none.rows.count == ranking.rows.count && none.rows.allSatisfy { $0.rank == nil })
    question.kindOfOrganisation = "village"
    let villages = try await desk.ranking(question, by: town[.duty], now: now)
    #expect(Set(villages.rows.map(\.holder.code)) == ["committee-1", "committee-2"])
  }

  @Test("composite scores open to their terms; areas and people are ranked as well")
  func scores() async throws {
    let (town, scope) = try await Self.walked(seed: 8)
    let now = town.clock.now()
    let desk = RatingDesk(cases: town.desk)
    var question = RankingQuestion(by: .rating("jinniu-district"), scope)
    question.kindOfOrganisation = "department"
    let ranking = try await desk.ranking(question, by: town[.duty], now: now)
    let rating = try #require(ranking.rating)
    #expect(ranking.minimum == 5 && ranking.volume == .handlingRate)
    for row in ranking.rows {
      #expect(row.terms.count == rating.terms.count)
      #expect(Set(row.figures.keys) == Set(rating.figures))
      guard let score = row.value.number else { continue }
      let sum = row.terms.compactMap(\.number).reduce(Decimal(0), +)
      #expect(score == min(100, max(0, sum)).halfUp(2), "\(row.holder.code)")
    }
    #expect(ranking.rows.contains { $0.value.number != nil })
    question.group = .area
    question.by = .figure(.reported)
    let areas = try await desk.ranking(question, by: town[.duty], now: now)
    #expect(areas.rows.map(\.volume).reduce(0, +) > 40)
    let village = try await desk.ranking(question, by: town[.villageLeader], now: now)
    #expect(village.rows.map(\.holder.path) == [CaseTown.villages[1]])
    #expect(areas.rows.contains { $0.volume == village.rows.first?.volume })
    question.group = .person
    let parties = try await town.parties.value(from: town.database)
    question.scope.organisation = parties.organisation(code: "roads")?.id
    let people = try await desk.ranking(question, by: town[.duty], now: now)
    #expect(Set(people.rows.map(\.holder.name)) == ["roads", "roadsMate", "roadsHead"])
    let hidden = try await desk.ranking(question, by: town[.sanitation], now: now)
    #expect(hidden.rows.isEmpty)
  }

  @Test(
    "what is asked wrongly is refused: a score, a class, people of nobody, those without the right")
  func refused() async throws {
    let town = try await CaseTown()
    let start = try CaseTown.at("2024-03-04 00:00")
    let scope = FigureScope(from: start, before: start + 86_400)
    let desk = RatingDesk(cases: town.desk)
    func codes(
      _ question: RankingQuestion, by who: CaseTown.Who = .duty
    ) async throws -> [String] {
      let fault = try await town.fault {
        _ = try await desk.ranking(question, by: town[who], now: town.clock.now())
      }
      return fault.map { [$0.code] + $0.fields.map(\.code) } ?? []
    }
    var question = RankingQuestion(by: .rating("nothing"), scope)
    #expect(try await codes(question) == ["input.invalid", "rating.unknown"])
    question.by = .figure(.reported)
    #expect(try await codes(question) == [])
    question.kindOfOrganisation = "nothing"
    #expect(try await codes(question) == ["input.invalid", "rating.class-unknown"])
    question.group = .person
    #expect(try await codes(question) == ["input.invalid", "ranking.organisation-missing"])
    #expect(try await codes(question, by: .system) == ["right.missing"])
    question.scope.before = start
    #expect(try await codes(question) == ["input.invalid", "period.backwards"])
  }

  @Test("a book is put in force by an administrator, seen at once, and what ships comes back")
  func book() async throws {
    let town = try await CaseTown()
    let desk = RatingDesk(cases: town.desk)
    let other = RatingDesk(cases: town.desk)
    func codes(_ desk: RatingDesk) async throws -> [String] {
      try await town.database.read {
        try desk.shelf(by: town[.duty], in: $0).book.ratings.map(\.code)
      }
    }
    #expect(try await codes(desk) == ["qingpu-town", "jinniu-district"])
    let file = NamedFile(
      name: "own.yaml",
      text: "ratings: [{ code: own, name: 自评, terms: [{ name: 甲, formula: reported }] }]")
    for who in [CaseTown.Who.duty, .security, .roads] {
      let fault = try await town.fault { try await desk.install([file], by: town[who]) }
      #expect(fault?.code == "right.missing")
    }
    try await desk.install([file], by: town[.system])
    #expect(try await codes(desk) == ["own"])
    #expect(try await codes(other) == ["own"])
    let broken = NamedFile(name: "own.yaml", text: "ratings: [{ code: own }]")
    let fault = try await town.fault { try await desk.install([broken], by: town[.system]) }
    #expect(fault?.code == "rating.invalid")
    #expect(try await codes(other) == ["own"])
    try await desk.install([], by: town[.system])
    #expect(try await codes(other) == ["qingpu-town", "jinniu-district"])
  }

  @Test("the mean of one's class counts each unit once, and is not told of a class of two")
  func means() async throws {
    let (town, scope) = try await Self.walked(seed: 12)
    let now = town.clock.now()
    let desk = RatingDesk(cases: town.desk)
    let parties = try await town.parties.value(from: town.database)
    let roads = try #require(parties.organisation(code: "roads"))
    let (kind, means) = try #require(
      try await town.database.read {
        try desk.classMeans(
          of: roads.id, CaseFigure.allCases, scope, by: town[.roads], now: now, in: $0)
      })
    #expect(kind.code == "department")
    var question = RankingQuestion(by: .figure(.filed), scope)
    question.kindOfOrganisation = "department"
    let ranking = try await desk.ranking(question, by: town[.duty], now: now)
    #expect(means[.filed]?.amount == ranking.mean)
    #expect(means[.filed]?.count == ranking.rows.count)
    let committee = try #require(parties.organisation(code: "committee-1"))
    let two = try await town.database.read {
      try desk.classMeans(
        of: committee.id, [.filed], scope, by: town[.committee], now: now, in: $0)
    }
    #expect(two?.kind.code == "village" && two?.means.isEmpty == true)
  }
}
