import Base
import Foundation
import Testing

@testable import City

/// One wrong file and what must be said of it.
struct WrongFile: Sendable, CustomTestStringConvertible {
  let code: String
  /// `LINE key.path`.
  let place: String
  let file: NamedFile
  var arguments: [String: String] = [:]

  var testDescription: String { "\(code) at \(place)" }

  init(_ code: String, _ place: String, kind: String, _ arguments: [String: String] = [:]) {
    self.init(code, place, file: CatalogueSamples.file(kind), arguments)
  }

  init(_ code: String, _ place: String, text: String, _ arguments: [String: String] = [:]) {
    self.init(code, place, file: NamedFile(name: "kinds.yaml", text: text), arguments)
  }

  init(
    _ code: String, _ place: String, file: NamedFile, _ arguments: [String: String] = [:]
  ) {
    self.code = code
    self.place = place
    self.file = file
    self.arguments = arguments
  }

  private static let kind = "classes[0].kinds[0]"
  private static let number = "fields:\n- code: a\n  name: 甲\n  type: number"
  private static let lead = "automaticDispatch: true\nresponsible: [{ unit: water, helps: true }]"

  static let documents = [
    WrongFile(
      "yaml.large", "1",
      text: String(repeating: "# 2 MiB\n", count: 1 << 18) + "#", ["limit": "2 MiB"]),
    WrongFile(
      "yaml.encoding", "2",
      file: NamedFile(name: "kinds.yaml", bytes: Array("name: a\n".utf8) + [0xC3, 0x28])),
    WrongFile("yaml.control", "2", text: "name: a\nenglish: \u{1}", ["code": "U+0001"]),
    WrongFile("yaml.alias", "2", text: "name: &a b\nenglish: *a", ["name": "a"]),
    WrongFile("yaml.empty", "1", text: "# nothing\n"),
    WrongFile("yaml.tab", "3", text: "name: a\nclasses:\n\t- code: b\n"),
    WrongFile("yaml.syntax", "2", text: "name: a\nclasses: [1, 2"),
    WrongFile("yaml.syntax", "2", text: "name: a\n--- b"),
    WrongFile("yaml.key.twice", "1", text: "name: a\nname: b\n", ["key": "name"]),
    WrongFile("yaml.key.type", "10 \(kind)", kind: "? [a, b]\n: c\n"),
    WrongFile("yaml.type.map", "1", text: "- a\n", ["found": "list"]),
    WrongFile("yaml.key.missing", "1", text: "name: a\n", ["key": "classes"]),
  ]

  static let values = [
    WrongFile(
      "yaml.key.missing", "11 \(kind).templates[0]", kind: "templates:\n- name: 坑洼",
      ["key": "title"]),
    WrongFile(
      "yaml.text.long", "10 \(kind).templates[0].text",
      kind: "templates: [{ name: 坑洼, title: 路面, text: \(String(repeating: "坑", count: 2001)) }]",
      ["limit": "2000", "length": "2001"]),
    WrongFile(
      "yaml.key.unknown", "10 \(kind).colour", kind: "colour: red"),
    WrongFile(
      "yaml.key.mistyped", "10 \(kind).verfied", kind: "verfied: true",
      ["key": "verfied", "nearest": "verified"]),
    WrongFile(
      "yaml.type.text", "10 \(kind).english", kind: "english: [a]", ["found": "list"]),
    WrongFile(
      "yaml.type.flag", "10 \(kind).verified", kind: "verified: yes", ["value": "yes"]),
    WrongFile(
      "yaml.type.list", "10 \(kind).channels", kind: "channels: patrol", ["found": "text"]),
    WrongFile(
      "yaml.type.whole", "11 \(kind).evidence[0].count",
      kind: "evidence:\n- { subject: after, stage: feedback, count: two }", ["value": "two"]),
    WrongFile(
      "yaml.type.number", "14 \(kind).fields[0].maximum", kind: number + "\n  maximum: much"),
    WrongFile(
      "yaml.number.range", "11 \(kind).evidence[0].count",
      kind: "evidence:\n- { subject: after, stage: feedback, count: 21 }",
      ["minimum": "1", "maximum": "20"]),
    WrongFile("yaml.text.empty", "10 \(kind).english", kind: "english:"),
    WrongFile(
      "yaml.text.long", "10 \(kind).english",
      kind: "english: \(String(repeating: "a", count: 121))",
      ["limit": "120", "length": "121"]),
    WrongFile("yaml.text.control", "10 \(kind).english", kind: "english: \"a\\nb\""),
    WrongFile("yaml.list.empty", "10 \(kind).channels", kind: "channels: []"),
    WrongFile(
      "yaml.list.long", "10 \(kind).words",
      kind: "words: [\(String(repeating: "a, ", count: 31))]", ["limit": "30", "length": "31"]),
    WrongFile(
      "yaml.value.mistyped", "10 \(kind).channels[1]", kind: "channels: [hotline, patrul]",
      ["value": "patrul", "nearest": "patrol"]),
    WrongFile(
      "yaml.value.unknown", "10 \(kind).channels[0]", kind: "channels: [telepathy]",
      ["value": "telepathy"]),
  ]

  static let kinds = [
    WrongFile(
      "catalogue.code.shape", "11 \(kind).closing[0].code",
      kind: "closing:\n- { code: 清走, text: 清走 }", ["value": "清走"]),
    WrongFile(
      "catalogue.code.twice", "12 \(kind).closing[1].code",
      kind: "closing:\n- { code: a, text: 甲 }\n- { code: a, text: 乙 }",
      ["code": "a", "file": "kinds.yaml", "line": "11"]),
    WrongFile(
      "catalogue.calendar.unknown", "11 \(kind).clocks.handling.calendar",
      kind: "clocks:\n  handling: { limit: 3 days, calendar: mars }",
      ["name": "mars", "known": "always, china"]),
    WrongFile(
      "catalogue.calendar.missing", "7 classes[0].kinds[0].clocks.whole",
      text: """
        classes:
          - code: a
            name: 甲
            kinds:
              - code: b
                name: 乙
                clocks: { whole: 3 days }
        """),
    WrongFile(
      "catalogue.limit", "11 \(kind).clocks.handling", kind: "clocks:\n  handling: 3 fortnights",
      ["value": "3 fortnights", "example": "3 working-days"]),
    WrongFile(
      "catalogue.limit", "10 \(kind).clocks.check", kind: "clocks: { check: 2小时 }",
      ["value": "2小时", "example": "2 hours"]),
    WrongFile(
      "catalogue.unit.unknown", "10 \(kind).responsible[0].unit",
      kind: "responsible: [{ unit: navy }]", ["name": "navy"]),
    WrongFile(
      "catalogue.post.unknown", "10 \(kind).responsible[0].post",
      kind: "responsible: [{ unit: water, post: admiral }]", ["name": "admiral"]),
    WrongFile(
      "catalogue.unit.both", "10 \(kind).responsible[0].level",
      kind: "responsible: [{ unit: water, level: village }]"),
    WrongFile("catalogue.lead.missing", "10 \(kind).automaticDispatch", kind: lead),
    WrongFile(
      "catalogue.field.misplaced", "14 \(kind).fields[0].longest", kind: number + "\n  longest: 3",
      ["key": "longest", "type": "number"]),
    WrongFile(
      "catalogue.field.range", "14 \(kind).fields[0].minimum",
      kind: number + "\n  minimum: 3\n  maximum: 2.5"),
  ]
}

@Suite struct CatalogueFaultTests {
  @Test(
    "a wrong file is refused with its name, the line and the key",
    arguments: WrongFile.documents + WrongFile.values + WrongFile.kinds)
  func refused(_ wrong: WrongFile) throws {
    let faults = CatalogueSamples.faults([wrong.file])
    let fault = try #require(faults.first, "nothing was found")
    #expect(faults.count == 1, "\(faults)")
    #expect(fault.name == "kinds.yaml:\(wrong.place)")
    #expect(fault.code == wrong.code)
    for (key, value) in wrong.arguments { #expect(fault.arguments[key] == value) }
  }

  @Test("the sample that the wrong files are made from is right")
  func sample() {
    #expect(CatalogueSamples.faults([CatalogueSamples.file()]) == [])
  }

  @Test("a code used in another file is named with that file and line")
  func duplicate() {
    let faults = CatalogueSamples.faults([
      CatalogueSamples.file(named: "a.yaml"), CatalogueSamples.file(named: "b.yaml"),
    ])
    #expect(
      faults == [
        Fault.Field(
          "b.yaml:8 classes[0].kinds[0].code", "catalogue.code.twice",
          ["code": "E0102", "file": "a.yaml", "line": "8"])
      ])
  }

  @Test("a class may go on in another file, but only under the same name")
  func classes() throws {
    let more = """
      classes:
        - code: E01
          name: 市容
          kinds: [{ code: E0103, name: 道路不洁 }]
      """
    let other = NamedFile(name: "more.yaml", text: more)
    #expect(
      CatalogueSamples.faults([CatalogueSamples.file(), other]) == [
        Fault.Field(
          "more.yaml:2 classes[0]", "catalogue.class.unequal",
          ["code": "E01", "file": "kinds.yaml", "line": "5"])
      ])
    let same = NamedFile(name: "more.yaml", text: more.replacing("市容", with: "市容环境"))
    let both = try Catalogue.read([CatalogueSamples.file(), same], knowing: CatalogueSamples.names)
    #expect(both.classes.map(\.code) == ["E01"])
    #expect(both.kinds.map(\.code) == ["E0102", "E0103"])
  }

  @Test("every error of every file is found at once, and counted")
  func all() {
    let one = CatalogueSamples.file("verified: maybe\nclocks: { whole: soon }", named: "a.yaml")
    let two = NamedFile(name: "b.yaml", text: "classes:\n  - { code: a b, nam: c, kinds: [] }")
    #expect(throws: Fault.self) {
      try Catalogue.read([one, two], knowing: CatalogueSamples.names)
    }
    let faults = CatalogueSamples.faults([one, two])
    #expect(
      faults.map(\.code) == [
        "yaml.type.flag", "catalogue.limit", "yaml.key.mistyped", "catalogue.code.shape",
        "yaml.key.missing", "yaml.list.empty",
      ])
    #expect(
      faults.map { $0.name.prefix(6) } == ["a.yaml", "a.yaml"]
        + Array(repeating: "b.yaml", count: 4))
  }

  @Test("an error in a default is told once, though many kinds inherit it or none does")
  func defaults() {
    let kinds = (1...9).map { "      - { code: a\($0), name: 甲 }" }.joined(separator: "\n")
    let text = """
      defaults: { verified: 3, clocks: { whole: 3 moons } }
      classes:
        - code: a
          name: 甲
          defaults: { clocks: { whole: none } }
          kinds:
      \(kinds)
      """
    let faults = CatalogueSamples.faults([NamedFile(name: "a", text: text)])
    #expect(faults.map(\.name) == ["a:1 defaults.verified", "a:1 defaults.clocks.whole"])
  }

  @Test("5,000 kinds are read, one more is refused")
  func many() {
    func file(_ count: Int) -> NamedFile {
      let kinds = (0..<count).map { "- { code: k\($0), name: 甲 }" }
      let text = "classes:\n- code: a\n  name: 甲\n  kinds:\n  " + kinds.joined(separator: "\n  ")
      return NamedFile(name: "\(count)", text: text)
    }
    #expect(CatalogueSamples.faults([file(Catalogue.mostKinds)]) == [])
    #expect(CatalogueSamples.faults([file(5001)]).map(\.code) == ["yaml.list.long"])
    let other = NamedFile(
      name: "b", text: "classes: [{ code: b, name: 乙, kinds: [{ code: z, name: 乙 }] }]")
    #expect(
      CatalogueSamples.faults([file(5000), other]).map(\.code) == ["catalogue.kinds.many"])
  }

  @Test("60 fields are read, one more is refused")
  func fields() {
    func file(_ count: Int) -> NamedFile {
      let fields = (0..<count).map { "- { code: f\($0), name: 甲, type: text }" }
      return CatalogueSamples.file("fields:\n" + fields.joined(separator: "\n"))
    }
    #expect(CatalogueSamples.faults([file(60)]) == [])
    #expect(CatalogueSamples.faults([file(61)]).map(\.code) == ["yaml.list.long"])
  }

  @Test("no more than 200 errors are listed, all are counted")
  func listed() {
    let kinds = (0..<300).map { "- { code: k\($0), name: 甲, verified: 3 }" }
    let text = "classes:\n- code: a\n  name: 甲\n  kinds:\n  " + kinds.joined(separator: "\n  ")
    let fault = #expect(throws: Fault.self) {
      try Catalogue.read([NamedFile(name: "a", text: text)], knowing: CatalogueSamples.names)
    }
    #expect(fault?.fields.count == 200)
    #expect(fault?.arguments["count"] == "300")
  }

  @Test("every code that the readers can say stands in a test")
  func covered() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/City").standardizedFileURL
    var said: Set<String> = []
    for folder in ["Case", "Document"] {
      let files = try FileManager.default.contentsOfDirectory(
        at: root.appending(path: folder), includingPropertiesForKeys: nil)
      for file in files {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /"((yaml|catalogue)\.[a-z.]+[a-z])"/) {
          said.insert(String(match.1))
        }
      }
    }
    #expect(said.count > 20)
    let tested = Set((WrongFile.documents + WrongFile.values + WrongFile.kinds).map(\.code))
    let elsewhere: Set = [
      "catalogue.invalid", "catalogue.class.unequal", "catalogue.kinds.many",
      // A verb of the ledger, no fault.
      "catalogue.install",
    ]
    #expect(said.subtracting(tested).subtracting(elsewhere) == [])
  }
}
