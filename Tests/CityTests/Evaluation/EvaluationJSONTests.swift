import Base
import Foundation
import Testing

@testable import City

@Suite("Forms in JSON")
struct EvaluationJSONTests {
  private func read(_ json: String) throws -> EvaluationForm {
    try #require(try EvaluationReading.read(bytes(json), named: "forms.json").first)
  }

  @Test("What another program leaves out is empty, and its numbers are taken")
  func lenient() throws {
    let form = try read(
      """
      {"year":2025,"budget":{"total":{"opening":80,"rate":null},"reserve":{}},"total":{"score":"95"},
      "indicators":[{"name":"亮灯率","weight":12.5}]}
      """)
    #expect(form.source == "forms.json" && form.ordinal == 1)
    #expect(form.budget.total.opening == "80")
    #expect(form.budget.total.rate.isEmpty && form.budget.other == EvaluationBudgetRow())
    #expect(form.total == EvaluationTotal(score: "95"))
    #expect(form.indicators == [EvaluationIndicator(name: "亮灯率", weight: "12.5")])
  }

  @Test(
    "What is wrong is named by its place, and nothing is made up for it",
    arguments: [
      (#"[{"indicators":[{"name":5}]}]"#, "0.indicators.0.name"),
      (#"{"indicators":[],"budget":{"total":{"opening":[]}}}"#, "budget.total.opening"),
      (#"{"indicators":[],"year":"2025"}"#, "year"), (#"{"year":2025}"#, "indicators"),
    ])
  func wrong(json: String, place: String) {
    #expect(
      throws: Fault(
        .invalid, "evaluation.json-invalid", ["file": "forms.json", "place": place])
    ) { try self.read(json) }
  }

  @Test(
    "What is no JSON at all is said to be none",
    arguments: ["[{", "{\"year\":}", "{\"indicators\":[],\"goal\":\"甲\n乙\"}"])
  func broken(json: String) {
    #expect(throws: Fault(.invalid, "evaluation.json-broken", ["file": "forms.json"])) {
      try self.read(json)
    }
  }

  @Test("Members that a form does not have are named, and what holds nothing else is no form")
  func foreign() throws {
    let form = try read(
      """
      {"project":"路灯养护","initial_budget":80,"budget":{"total":{"opening":80,"plan":1},"reserve":{}},
      "total":{"score":"95","points":1},"indicators":[{"l3":"亮灯率","weight":12},{"l3":"完好率"}]}
      """)
    #expect(
      form.unplaced.map(\.text) == [
        "budget.reserve", "budget.total.plan", "indicators.l3", "initial_budget", "total.points",
      ])
    #expect(form.unplaced.allSatisfy { $0.reason == .noPlace && $0.line == nil })
    for json in [#"{"indicators":[{"l3":"亮灯率"}]}"#, #"[{"indicators":[],"items":[1]}]"#] {
      #expect(throws: Fault(.invalid, "evaluation.no-form", ["file": "forms.json"])) {
        try self.read(json)
      }
    }
  }

  @Test("Findings keep their places and their words")
  func findings() throws {
    var form = EvaluationForm(source: "甲", ordinal: 1)
    let places: [Finding.Place] = [
      .form, .total, .field(.goal), .budget(.other, nil), .budget(.total, .rate), .indicator(3),
    ]
    form.findings = places.map { Finding("total.misstated", .error, at: $0, ["sum": "1"]) }
    form.findings[0].message = "一"
    form.findings[0].messages = ["zh-Hans": "一", "en": "one"]
    let json = String(decoding: try JSONEncoder().encode(form), as: UTF8.self)
    #expect(try read(json) == form)
  }
}
