import Base
import Foundation
import Testing

@testable import City

@Suite struct CaseKindTests {
  @Test("a kind takes from its class and its file what it does not write, clocks step by step")
  func inheritance() throws {
    let text = """
      defaults:
        calendar: china
        verified: true
        channels: [patrol]
        clocks: { filing: 1 hour, handling: 2 days, whole: 9 days }
      classes:
        - code: a
          name: 甲
          defaults: { channels: [hotline, upper], clocks: { handling: 4 days } }
          kinds:
            - { code: a1, name: 甲一 }
            - { code: a2, name: 甲二, verified: false, clocks: { whole: none, handling: 5 days } }
            - { code: a3, name: 甲三, calendar: always, clocks: { filing: { limit: 3 hours, calendar: china } } }
      """
    let read = try Catalogue.read(
      [NamedFile(name: "a", text: text)], knowing: CatalogueSamples.names)
    func clocks(_ code: String) -> [ClockStep: String] {
      (read[code]?.clocks ?? [:]).mapValues { "\($0.limit) \($0.calendar)" }
    }
    #expect(
      clocks("a1") == [.filing: "1 hour china", .handling: "4 days china", .whole: "9 days china"])
    #expect(clocks("a2") == [.filing: "1 hour china", .handling: "5 days china"])
    #expect(
      clocks("a3") == [
        .filing: "3 hours china", .handling: "4 days always", .whole: "9 days always",
      ])
    #expect(read["a1"]?.channels == [.hotline, .upper])
    #expect(read["a1"]?.verified == true && read["a2"]?.verified == false)
  }

  @Test("words that YAML would take for numbers or truth stay words")
  func words() throws {
    let kind = try CatalogueSamples.kind(
      """
      english: 1e3
      fields:
      - { code: 007, name: 甲, type: choice, choices: [{ code: no, name: 否 }, { code: 1_0, name: 是 }] }
      """)
    #expect(kind.english == "1e3")
    #expect(kind.fields[0].code == "007")
    #expect(kind.fields[0].choices.map(\.code) == ["no", "1_0"])
  }

  @Test("a kind comes back from JSON as it was, exact to the last digit")
  func roundTrip() throws {
    var kind = CaseKind(
      code: "x", in: CaseClass(code: "c", name: "类", english: "Class"), name: "种")
    kind.pinyin = "zhong"
    kind.words = ["词"]
    kind.nature = .component
    kind.urgency = .urgent
    kind.channels = [.own, .lower]
    kind.confidentialByDefault = true
    kind.clocks[.firstContact] = KindClock(
      try #require(TimeLimit("18:00 on working-day 1")), calendar: "china")
    kind.pauses = [PauseReason(code: "p", name: "停")]
    kind.evidence = [EvidenceRule(.document, at: .closing, count: 3)]
    kind.closing = [ClosingCondition(code: "c", text: "条件")]
    kind.templates = [CaseTemplate(name: "样", title: "题", text: "【】")]
    kind.extensions = ExtensionRule(count: 2, limit: try #require(TimeLimit("10 days")))
    kind.responsible = [
      Responsibility(.organisation("water"), post: "handler", area: "310151", helps: true),
      Responsibility(.level(.village)),
    ]
    var field = CaseField(code: "f", name: "数", .number)
    field.minimum = Decimal(string: "0.1")
    field.maximum = Decimal(string: "123456789012345678.123456")
    field.decimals = 6
    field.stage = .closing
    field.personal = true
    kind.fields = [field, CaseField(code: "t", name: "文", .text)]
    let stored = try JSONDecoder().decode(CaseKind.self, from: JSONEncoder().encode(kind))
    #expect(stored == kind)
  }

  @Test("a kind that says nothing special is stored in a few words, and read by its defaults")
  func defaults() throws {
    let kind = CaseKind(code: "x", in: CaseClass(code: "c", name: "类"), name: "种")
    let json = #"{"code":"x","class":{"code":"c","english":"","name":"类"},"name":"种"}"#
    #expect(try JSONDecoder().decode(CaseKind.self, from: Data(json.utf8)) == kind)
    let text = String(decoding: try JSONEncoder().encode(kind), as: UTF8.self)
    #expect(!text.contains("verified") && !text.contains("channels"))
  }

  @Test("a channel of the street and one of the hotline have the names of the domain")
  func channels() {
    #expect(
      Channel.allCases.map(\.rawValue) == [
        "hotline", "patrol", "resident", "mediation", "sensor", "camera", "inspection", "upper",
        "lower", "self",
      ])
  }

  @Test("the nearest area's rules decide who leads; helpers of the whole town stay")
  func answerers() throws {
    let kind = try CatalogueSamples.kind(
      """
      responsible:
      - { unit: sanitation, post: handler }
      - { level: village, helps: true }
      - { unit: roads, area: "310151101" }
      - { unit: water, area: "310151101003" }
      """)
    let town = kind.answerers(in: ["310151", "310151102"])
    #expect(town.lead == Responsibility(.organisation("sanitation"), post: "handler"))
    #expect(town.help == [Responsibility(.level(.village), helps: true)])
    #expect(
      kind.answerers(in: ["310151", "310151101"]).lead?.unit == .organisation("roads"))
    let village = kind.answerers(in: ["310151", "310151101", "310151101003"])
    #expect(village.lead?.unit == .organisation("water"))
    #expect(village.help.count == 1)
  }

  @Test("of two kinds with one code a catalogue holds the first")
  func distinct() throws {
    let kindClass = CaseClass(code: "c", name: "类")
    let first = CaseKind(code: "x", in: kindClass, name: "一")
    let catalogue = try Catalogue([first, CaseKind(code: "x", in: kindClass, name: "二")])
    #expect(catalogue.kinds == [first])
    #expect(catalogue["x"] == first && catalogue["y"] == nil)
  }
}
