import Base
import Store
import TestSupport
import Testing

@testable import City

/// Finding cases by words, by number and by telephone number.
@Suite struct CaseSearchTests {
  private static func found(
    _ text: String, _ town: CaseTown, by who: CaseTown.Who = .intake
  ) async throws -> [ID<Case>] {
    var filter = CaseFilter()
    filter.text = text
    return try await town.desk.lines(filter, by: town[who]).lines.map(\.id)
  }

  private static func town(
    _ titles: [String]
  ) async throws -> (CaseTown, [ID<Case>]) {
    let town = try await CaseTown()
    var ids: [ID<Case>] = []
    for title in titles {
      ids.append(try await town.report(CaseTown.report(title: title)).id)
    }
    return (town, ids)
  }

  @Test("停车 is found in 违规收停车费; every part of the run is, and no pair that is not there")
  func han() async throws {
    let (town, ids) = try await Self.town(["小区违规收停车费", "停电后车库打不开"])
    for text in ["停车", "停车费", "违规收停车费", "收停", "车费", "费", "违规 停车", "停车，违规"] {
      #expect(try await Self.found(text, town) == [ids[0]], "\(text)")
    }
    #expect(try await Self.found("停", town) == [ids[1], ids[0]])
    #expect(try await Self.found("车", town) == [ids[1], ids[0]])
    #expect(try await Self.found("开", town) == [ids[1]])
    for text in ["费停", "停车库", "灯", "停 灯"] {
      #expect(try await Self.found(text, town) == [], "\(text)")
    }
  }

  @Test("letters and digits are found without case and width, as whole words")
  func latin() async throws {
    let (town, ids) = try await Self.town(["Wi-Fi 坏了 Room B12", "３号楼ＡＢ座漏水", "Straße café"])
    for text in ["wi-fi", "FI", "b12", "Ｂ１２", "ＲＯＯＭ"] {
      #expect(try await Self.found(text, town) == [ids[0]], "\(text)")
    }
    for text in ["3号", "ab", "AB座", "３"] {
      #expect(try await Self.found(text, town) == [ids[1]], "\(text)")
    }
    #expect(try await Self.found("CAFÉ", town) == [ids[2]])
    for text in ["b1", "roo", "cafe"] { #expect(try await Self.found(text, town) == [], "\(text)") }
  }

  @Test(
    "whatever is typed is looked for, and breaks nothing",
    arguments: [
      "\"", "a\" OR b", "*", "(", "NOT", "停车*", "NEAR(a b)", "xa", "-", "words:停", "हिन्दी समाचार",
      "ภาษาไทย",
      "مَرْحَبًا", "🅰🅱", "a🅰b", "𰻞𰻞面", "㍿", "Ⅳ", "e\u{301}\u{302}", "한국어", "ก็", "١٢٣", "👨‍👩‍👧", "\u{0}a",
      "%_",
    ])
  func anything(text: String) async throws {
    let (town, ids) = try await Self.town(["路灯 \(text.replacing("\u{0}", with: "")) 坏了", "别的"])
    _ = try await Self.found(text, town)
    let all = "路灯 \(text)"
    #expect(try await Self.found(all, town) == [ids[0]])
  }

  @Test("blanks alone narrow nothing; signs alone find nothing")
  func empty() async throws {
    let (town, ids) = try await Self.town(["甲", "乙"])
    #expect(try await Self.found("  \u{3000}", town) == ids.reversed())
    #expect(try await Self.found("!?", town) == [])
  }

  @Test("a case number finds its one case, in either width, for those who may read it")
  func number() async throws {
    let (town, ids) = try await Self.town(["甲", "乙"])
    let number = try await town.view(ids[0]).case.number
    #expect(number == "240304-00001")
    #expect(try await Self.found(number, town) == [ids[0]])
    #expect(try await Self.found(" ２４０３０４－００００１ ", town) == [ids[0]])
    #expect(try await Self.found(number, town, by: .roads) == [])
    #expect(try await Self.found("240304-00099", town) == [])
  }

  @Test("a telephone number finds its cases however it is written, whole, for who may open it")
  func phone() async throws {
    let town = try await CaseTown()
    var report = CaseTown.report()
    report.reporter = Reporter(name: "张三", phone: "+86 138-0000-1234", address: "青年路")
    let id = try await town.report(report).id
    report.confidential = true
    let secret = try await town.report(report).id
    for text in ["13800001234", "138 0000 1234", "１３８００００１２３４", "+8613800001234"] {
      #expect(try await Self.found(text, town) == [secret, id], "\(text)")
    }
    for text in ["1380000", "3800001234", "13800001235", "张三", "青年路"] {
      #expect(try await Self.found(text, town) == [], "\(text)")
    }
    #expect(try await Self.found("13800001234", town, by: .duty) == [secret, id])
    // Of a confidential case only who takes calls opens the caller, or finds it by the number.
    #expect(try await Self.found("13800001234", town, by: .dispatcher) == [id])
    for who in [CaseTown.Who.leader, .patroller, .roads, .otherPatroller] {
      #expect(try await Self.found("13800001234", town, by: who) == [], "\(who)")
    }
    for case_ in [id, secret] {
      for (move, who) in CaseSituation.dispatched.way {
        try await town.make(move, by: who, on: case_)
      }
    }
    #expect(try await Self.found("13800001234", town, by: .roads) == [id])
    #expect(try await Self.found("13800001234", town, by: .management) == [])
  }
}
