import Base
import Foundation
import Testing

@testable import City

@Suite struct CaseFieldCheckTests {
  private let check: CaseFieldCheck
  private let kind: CaseKind

  init() throws {
    kind = try CatalogueSamples.kind(
      """
      fields:
      - { code: name, name: 名称, type: text, shortest: 2, longest: 10, required: true }
      - { code: area, name: 面积, type: number, unit: 平方米, minimum: 0.5, maximum: 10000, decimals: 2 }
      - { code: since, name: 开始, type: date }
      - { code: due, name: 期限, type: date, future: true }
      - code: legal
        name: 是否合法
        type: choice
        choices: [{ code: "yes", name: 合法, english: Legal }, { code: "no", name: 违法 }]
      - code: hazards
        name: 隐患
        type: choices
        most: 2
        choices: [{ code: a, name: 甲 }, { code: b, name: 乙 }, { code: c, name: 丙 }]
      - { code: cause, name: 原因, type: text, stage: feedback, required: true }
      """)
    check = CaseFieldCheck(kind, today: try #require(Day("2024-03-01")))
  }

  @Test("right answers are taken, in the forms in which people write them")
  func right() throws {
    let values = try check.values([
      "name": "  河道 \r\n 东段  ", "area": .number(12.5), "since": "2024-03-01",
      "due": "2024-12-31", "legal": "no", "hazards": .texts(["c", "a", "c"]),
    ])
    #expect(
      values == [
        "name": .text("河道 \n 东段"), "area": .number(12.5),
        "since": .day(try #require(Day("2024-03-01"))),
        "due": .day(try #require(Day("2024-12-31"))), "legal": .choice("no"),
        "hazards": .choices(["a", "c"]),
      ])
  }

  @Test(
    "numbers are read in full width, with their unit, with commas at the thousands",
    arguments: [
      ("１２．５", "12.5"), ("1,234.50", "1234.5"), ("１，２３４", "1234"), (" 12.5 平方米", "12.5"),
      ("12平方米", "12"), ("+3", "3"), ("2.500", "2.5"), ("0.50", "0.5"),
    ])
  func numbers(_ text: String, _ expected: String) throws {
    let values = try check.values(["name": "名称", "area": .text(text)])
    #expect(values["area"] == .number(try #require(Decimal(string: expected))))
  }

  @Test(
    "days are read as Chinese input writes them",
    arguments: ["2024年1月31日", "２０２４－０１－３１", "2024/1/31", "2024.1.31"])
  func days(_ text: String) throws {
    let values = try check.values(["name": "名称", "since": .text(text)])
    #expect(values["since"] == .day(try #require(Day("2024-01-31"))))
  }

  @Test(
    "choices are taken by code and by what people see",
    arguments: [("yes", "yes"), ("合法", "yes"), ("Legal", "yes"), (" 违法 ", "no")])
  func choice(_ text: String, _ code: String) throws {
    #expect(try check.values(["name": "名称", "legal": .text(text)])["legal"] == .choice(code))
  }

  @Test(
    "a wrong answer is refused with its reason",
    arguments: [
      ("name", .text(" "), "value.missing"), ("name", .text("河"), "value.short"),
      ("name", .text("一二三四五六七八九十一"), "value.long"),
      ("name", .text("河\u{0}道"), "value.control"), ("name", .texts(["a", "b"]), "value.single"),
      ("area", .text("12abc"), "value.number"), ("area", .text("1,23"), "value.number"),
      ("area", .text("1e3"), "value.number"), ("area", .text("٣"), "value.number"),
      ("area", .text("NaN"), "value.number"),
      ("area", .text("9999999999999999999"), "value.number"),
      ("area", .text("."), "value.number"), ("area", .text("1.005"), "value.decimals"),
      ("area", .text("0.4"), "value.low"), ("area", .number(-1), "value.low"),
      ("area", .text("10000.01"), "value.high"), ("since", .text("2024-02-30"), "value.day"),
      ("since", .text("昨天"), "value.day"), ("since", .text("2024-03-02"), "value.day.future"),
      ("legal", .text("maybe"), "value.choice"), ("hazards", .texts(["a", "z"]), "value.choice"),
      ("hazards", .texts(["a", "b", "c"]), "value.choices.many"),
      ("cause", .text("雨"), "value.unasked"), ("aera", .text("1"), "value.mistyped"),
    ] as [(String, FieldInput, String)])
  func wrong(_ code: String, _ input: FieldInput, _ expected: String) {
    let submitted: [String: FieldInput] = ["name": "名称"].merging([code: input]) { $1 }
    let faults = check.check(submitted).faults
    #expect(faults.map(\.name) == ["fields.\(code)"])
    #expect(faults.map(\.code) == [expected])
  }

  @Test("every wrong answer is told at once, in the order of the kind, and the right ones are kept")
  func all() {
    let (values, faults) = check.check([
      "hazards": "z", "since": "x", "area": "5", "zzz": "1",
    ])
    #expect(
      faults.map(\.name) == ["fields.name", "fields.since", "fields.hazards", "fields.zzz"])
    #expect(values == ["area": .number(5)])
    #expect(throws: Fault.self) { try check.values([:]) }
  }

  @Test("only the fields of the stage are asked for")
  func stage() throws {
    let day = try #require(Day("2024-03-01"))
    let feedback = CaseFieldCheck(kind, at: .feedback, today: day)
    #expect(feedback.check([:]).faults.map(\.name) == ["fields.cause"])
    #expect(try feedback.values(["cause": "堵塞"]) == ["cause": .text("堵塞")])
  }

  @Test("input is read from JSON of any shape, and values are stored exactly")
  func coding() throws {
    let json = #"{"a":"x","b":12.50,"c":["p","q"],"d":true,"e":null,"f":0.1}"#
    let inputs = try JSONDecoder().decode([String: FieldInput].self, from: Data(json.utf8))
    #expect(
      inputs == [
        "a": "x", "b": .number(12.5), "c": .texts(["p", "q"]), "d": "true", "e": "",
        "f": .number(try #require(Decimal(string: "0.1"))),
      ])
    let values: [FieldValue] = [
      .text("x"), .number(try #require(Decimal(string: "0.1"))), .choice("a"),
      .day(Day(number: 19_000)), .choices(["a", "b"]),
    ]
    let stored = try JSONEncoder().encode(values)
    #expect(try JSONDecoder().decode([FieldValue].self, from: stored) == values)
    #expect(String(decoding: stored, as: UTF8.self).contains(#"{"number":"0.1"}"#))
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FieldValue.self, from: Data(#"{"number":"1e9"}"#.utf8))
    }
  }

  @Test("what was stored can be shown again and submitted again")
  func again() throws {
    let values = try check.values(["name": "名称", "area": "1.5", "since": "2024-01-01"])
    #expect(try check.values(values.mapValues(\.input)) == values)
  }
}
