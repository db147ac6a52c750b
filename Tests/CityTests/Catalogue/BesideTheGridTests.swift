import Base
import Testing

@testable import City

/// Hazards, calls that the police pass on, and quick mediation, as kinds of the catalogue.
@Suite struct BesideTheGridTests {
  let catalogue: Catalogue

  init() throws {
    catalogue = try Catalogue.read(Catalogue.shippedFiles, knowing: CatalogueSamples.names)
  }

  private func kinds(_ letter: Character) -> [CaseKind] {
    catalogue.kinds.filter { $0.code.first == letter }
  }

  @Test("quick mediation has four kinds that go out by themselves")
  func mediation() throws {
    let four = kinds("M")
    #expect(four.map(\.name) == ["调解建议", "调解咨询", "调解投诉", "调解求助"])
    for kind in four {
      #expect(kind.automaticDispatch && kind.allows(.mediation) && kind.confidentialByDefault)
    }
    let days = four.map { $0.clocks[.handling]?.limit }
    let one = try #require(TimeLimit("1 working-day"))
    let five = try #require(TimeLimit("5 working-days"))
    #expect(days == [one, one, five, five])
  }

  @Test("parties, sessions and outcomes of a mediation are moves, and no fields besides")
  func mediated() {
    let kinds = kinds("M")
    #expect(kinds.count == 4)
    for kind in kinds {
      #expect(kind.mediated, "\(kind.code)")
      for field in ["parties", "mediator", "sessions", "outcome", "agreement", "amount"] {
        #expect(kind.field(field) == nil, "\(kind.code) \(field)")
      }
      #expect(kind.evidence.contains(EvidenceRule(.document, at: .feedback)), "\(kind.code)")
    }
    #expect(catalogue.kinds.filter { !$0.code.hasPrefix("M") }.allSatisfy { !$0.mediated })
  }

  @Test("a hazard is found with two photographs and looked at again when it is put right")
  func hazards() {
    let hazards = kinds("S")
    #expect(hazards.count == 20 && Set(hazards.map(\.kindClass.code)).count == 5)
    for kind in hazards {
      #expect(kind.verified && kind.allows(.inspection), "\(kind.code)")
      #expect(kind.evidence.contains(EvidenceRule(.before, at: .report, count: 2)), "\(kind.code)")
      #expect(kind.evidence.contains(EvidenceRule(.document, at: .feedback)), "\(kind.code)")
    }
    for code in ["S0101", "S0201", "S0301", "S0401"] { #expect(catalogue[code] != nil, "\(code)") }
  }

  @Test("who called the police is contacted within hours and asked afterwards")
  func police() {
    let calls = kinds("P")
    #expect(calls.count == 14)
    for kind in calls {
      #expect(kind.contactedFirst && kind.calledBack && kind.allows(.upper), "\(kind.code)")
      switch kind.clocks[.firstContact]?.limit.measure {
      case .minutes(let minutes): #expect(minutes <= 240, "\(kind.code)")
      default: Issue.record("\(kind.code)")
      }
    }
    for (code, name) in [
      ("P0101", "邻里纠纷"), ("P0201", "停车挪车纠纷"), ("P0202", "犬只扰民伤人"), ("P0301", "遗失物品招领"),
    ] { #expect(catalogue[code]?.name == name) }
  }

  @Test(
    "the hotline has consultation, suggestion, help, complaint, review, report, praise, complex")
  func classes() {
    let classes = catalogue.classes.filter { $0.code.hasPrefix("H") }.map(\.name)
    #expect(
      classes == ["咨询", "建议", "求助", "投诉举报", "回访复核", "违法举报", "表扬感谢", "复杂事项"])
    let complex = kinds("H").filter { $0.kindClass.code == "H08" }
    #expect(complex.count == 3 && complex.allSatisfy { $0.extensions == nil })
    #expect(complex.allSatisfy { $0.field("approver")?.required == true })
  }
}
