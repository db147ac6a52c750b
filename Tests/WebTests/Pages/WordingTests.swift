import Base
import City
import Testing

@testable import Web

@Suite struct WordingTests {
  let chinese: Wording
  let english: Wording

  init() throws {
    chinese = try .embedded(.chinese)
    english = try .embedded(.english)
  }

  @Test("both languages have the same texts with the same arguments")
  func sameKeys() {
    #expect(Set(chinese.texts.keys).symmetricDifference(english.texts.keys) == [])
    #expect(chinese.texts.count > 400)
    for (key, text) in chinese.texts {
      let argument = /\{([a-z]+)\}/
      let ours = Set(text.matches(of: argument).map { String($0.1) })
      let theirs = Set((english.texts[key] ?? "").matches(of: argument).map { String($0.1) })
      #expect(ours == theirs, "\(key)")
      #expect(!text.isEmpty && english.texts[key] != "", "\(key)")
    }
  }

  @Test("every code that the models word has its text")
  func families() {
    var keys = CaseState.allCases.map { "case.state.\($0.rawValue)" }
    keys += CaseMove.allCases.map { "event.\($0.rawValue)" }
    keys += ["report", "attach", "open-reporter", "overdue", "deadline"].map { "event.\($0)" }
    keys += CaseMove.allCases.filter { $0 != .comment }.flatMap {
      ["move.\($0.rawValue)", "move.\($0.rawValue).lead", "move.\($0.rawValue).submit"]
    }
    keys += AssignmentState.allCases.map { "assignment.state.\($0.rawValue)" }
    keys += ClockStep.allCases.map { "clock.step.\($0.rawValue)" }
    keys += Channel.allCases.map { "channel.\($0.rawValue)" }
    keys += Role.allCases.map { "role.\($0.rawValue)" }
    keys += Right.allCases.map { "right.\($0.rawValue)" }
    keys += EvidenceRule.Subject.allCases.map { "evidence.\($0.rawValue)" }
    keys += CaseFigure.allCases.flatMap {
      ["figure.\($0.rawValue)", "figure.\($0.rawValue).formula"]
    }
    keys += ProjectState.allCases.map { "project.state.\($0.rawValue)" }
    keys += ProjectPhase.allCases.map { "project.phase.\($0.rawValue)" }
    keys += ProjectMove.allCases.map { "project.move.\($0.rawValue)" }
    keys += ProjectMove.allCases.filter { $0 != .edit && $0 != .attach }.map {
      "project.move.\($0.rawValue).lead"
    }
    keys += FigureOrigin.allCases.flatMap { ["origin.\($0.rawValue)", "origin.\($0.rawValue).by"] }
    keys += ScoreProposal.Why.allCases.map { "score.why.\($0.rawValue)" }
    keys += Finding.Severity.allCases.map { "projects.findings.\($0.rawValue)" }
    keys += EvaluationBudgetRow.Column.allCases.map { "budget.column.\($0.rawValue)" }
    keys += EvaluationBudgetRow.Name.allCases.map { "budget.row.\($0.rawValue)" }
    keys += Section.allCases.map { "navigation.\($0.rawValue)" }
    keys += Theme.allCases.map { "theme.\($0.rawValue)" } + Language.allCases.map(\.nameKey)
    keys += ["urgent", "confidential", "reworked", "reopened", "extended", "repeated"]
      .map { "case.mark.\($0)" }
    keys += Fault.Kind.allCases.map { "fault.\($0.rawValue)" }
    keys += FaultPage.kinds.flatMap { ["fault.title.\($0.0)", "fault.advice.\($0.0)"] }
    #expect(keys.filter { !chinese.knows($0) } == [])
  }

  @Test("a sign stands for every state, every part of the house and every sort of event")
  func signs() {
    let shelf = AssetShelf(Embedded.files)
    let states = CaseState.allCases.map { "state-\($0.rawValue)" }
    let sections = Section.allCases.map { "section-\($0.rawValue)" }
    let events = ["move", "comment", "clock", "stop", "done", "open"].map { "event-\($0)" }
    #expect((states + sections + events).filter { !shelf.hasIcon($0) } == [])
  }

  @Test("a span is written in its two largest units")
  func spans() {
    let minute: Int64 = 60_000
    let written = [0, 1, 59, 60, 200, 1440, 1500, 3125].map { chinese.duration($0 * minute) }
    #expect(
      written == [
        "不到 1 分", "1 分", "59 分", "1 小时", "3 小时 20 分", "1 天", "1 天 1 小时", "2 天 4 小时",
      ])
    #expect(english.duration(200 * minute) == "3 h 20 min")
    #expect(english.duration(-200 * minute) == "3 h 20 min")
  }

  @Test("a clock says what is left, or by how much it is over")
  func clocks() throws {
    let now = Sample.now
    func words(_ minutes: Int64) throws -> String {
      let face = ClockFace.running(to: now + minutes * 60, now: now, soon: 3_600_000)
      let words = try #require(face.parts["words"] as? Phrase)
      return chinese.text(words) + " \(face.phase)"
    }
    #expect(try words(200) == "剩 3 小时 20 分 running")
    #expect(try words(60) == "剩 1 小时 soon")
    #expect(try words(0) == "剩 不到 1 分 soon")
    #expect(try words(-3125) == "超 2 天 4 小时 overdue")
  }

  @Test("times are those of Shanghai's wall clocks")
  func times() {
    #expect(chinese.text(Sample.at("2026-11-21T06:03:59Z")) == "2026-11-21 14:03")
    #expect(chinese.text(Sample.at("2026-12-31T16:00:00Z")) == "2027-01-01 00:00")
  }

  @Test("figures are grouped, and a rate of nothing is a dash")
  func figures() {
    #expect(
      [0, 999, 1000, 21_388, -1_234_567].map(chinese.text) == [
        "0", "999", "1,000", "21,388", "-1,234,567",
      ])
    #expect(chinese.percentage(nil) == "—")
    #expect(
      [0, 0.00001, 0.5, 0.95249, 0.99999, 1, 1.25].map { chinese.percentage($0) } == [
        "0.0%", "0.1%", "50.0%", "95.2%", "99.9%", "100.0%", "125.0%",
      ])
  }

  @Test("an argument that looks like another is not filled in again")
  func arguments() {
    #expect(Wording.filled("{a} {b} {c", ["a": "{b}", "b": "x"]) == "{b} x {c")
  }

  @Test("one of something is worded as one, in the language that asks for it")
  func plurals() throws {
    let text = "{count} {count|mistake|mistakes} in {files} {files|file|files}"
    func words(_ count: String, _ files: String) -> String {
      Wording.filled(text, ["count": count, "files": files])
    }
    #expect(words("1", "1") == "1 mistake in 1 file")
    #expect(words("21", "3") == "21 mistakes in 3 files")
    #expect(Wording.filled("{a|b} {a|b|c|d} {x|y|z}", ["a": "1"]) == "{a|b} {a|b|c|d} {x|y|z}")
    let english = try Wording.embedded(.english)
    let takes = Fault.Field(
      "x", "formula.takes-exactly",
      ["name": "round", "minimum": "2", "maximum": "2", "count": "1", "column": "4"])
    #expect(english.text(takes) == "“round” takes 2 values, not 1 (column 4)")
  }

  @Test("a fault without words of its own is worded by its kind")
  func faults() {
    #expect(chinese.text(Fault(.conflict, "no-such-code")) == chinese.text("fault.conflict"))
    #expect(chinese.text(Fault(.conflict, "case.stale")) == "案件刚被他人更新。")
    #expect(chinese.text(Fault.Field("x", "point.half")) == "经度和纬度要一起填")
    #expect(chinese.text(Fault.Field("x", "no-such-code")) == chinese.text("field.invalid"))
  }

  @Test("codes and limits among a fault's arguments are worded too")
  func codedArguments() {
    let moved = Fault(.conflict, "case.move-not-now", ["move": "close", "state": "handling"])
    #expect(chinese.text(moved) == "案件现在是“处置中”，不能“结案”。")
    let limit = Fault.Field("limit", "limit.over", ["most": "3 working-days"])
    #expect(chinese.text(limit) == "最多延长 3 个工作日")
    let limits = ["90 working-minutes", "24 hours", "15 days", "18:00 on working-day 1"]
      .compactMap { TimeLimit($0) }.map { chinese.text(Phrase($0)) }
    #expect(limits == ["90 工作分钟", "24 小时", "15 天", "第 1 个工作日 18:00 前"])
    #expect(english.text(.named("路灯", english: "Street lamp")) == "Street lamp")
    #expect(english.text(.named("路灯", english: "")) == "路灯")
  }

  @Test(
    "the language is the chosen one, else the browser's, else Chinese",
    arguments: [
      (nil, nil, Language.chinese), ("en", "zh", .english), ("fr", "en-GB,zh;q=0.9", .english),
      (nil, "fr,de", .chinese), (nil, "en;q=0.3, zh-CN;q=0.8", .chinese),
      (nil, "en-US,en;q=0.9", .english), (nil, "en;q=0", .chinese), (nil, ";;,q=", .chinese),
    ] as [(String?, String?, Language)])
  func languages(cookie: String?, accept: String?, expected: Language) {
    #expect(Language.chosen(cookie: cookie, accept: accept) == expected)
  }

  @Test("a locale file is read line by line, and its flaws are named")
  func localeFile() throws {
    let file = try LocaleFile("# a comment\n\na.b: \"x: \\\"y\\\" \\\\ {n}, \"\n")
    #expect(file.texts == ["a.b": "x: \"y\" \\ {n}, "])
    for bad in ["a: b", "a:", "a", "a: \"", "a: \"b\" c", "a: \"b\\n\"", "a: \"b\"c\"", " a"] {
      #expect(throws: LocaleFile.Flaw.notAText(line: 2)) { try LocaleFile("# c\n\(bad)") }
    }
    #expect(throws: LocaleFile.Flaw.twice(key: "a")) { try LocaleFile("a: \"b\"\na: \"c\"") }
  }
}
