import Foundation
import Testing

@testable import City

private let seeds = ProcessInfo.processInfo.environment["CHENGYUN_DATA"].map {
  URL(filePath: $0).deletingLastPathComponent().appending(path: "seeds")
}.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }

/// Two lines for each published form: its figures, and its levels with weights and scores (a score
/// only where it is not the weight). Texts stand as their length and a check sum.
private let facts: [String] = {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "seed-facts.txt")
  let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
  return stride(from: 0, to: lines.count - 1, by: 2).map { "\(lines[$0])\n\(lines[$0 + 1])" }
}()

@Suite("Published forms", .enabled(if: seeds != nil, "CHENGYUN_DATA is not set"))
struct SeedFormsTests {
  private func forms() throws -> [(key: String, form: EvaluationForm)] {
    let folder = try #require(seeds)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.filter { $0.hasSuffix(".txt") }.flatMap { name in
      let bytes = try [UInt8](Data(contentsOf: folder.appending(path: name)))
      return try EvaluationReading.read(bytes, named: name).map { (String(name.prefix(3)), $0) }
    }
  }

  @Test("All 48 forms and their 441 indicators are read")
  func counts() throws {
    let forms = try forms().map(\.form)
    #expect(forms.count == 48)
    #expect(forms.reduce(0) { $0 + $1.indicators.count } == 441)
    #expect(facts.count == 48)
  }

  @Test("Every figure, level, weight and score is the one that is printed")
  func figures() throws {
    for (fact, (key, form)) in zip(facts, try forms()) {
      #expect(Self.fact(form, key) == fact)
    }
  }

  @Test("Every printed total is the sum that the form's own figures give")
  func totals() throws {
    for (key, form) in try forms() {
      let place = "\(key)/\(form.ordinal)"
      #expect(form.computed.total == form.total.score.value, "\(place)")
      #expect(form.computed.budgetScore == form.budget.total.score.value, "\(place)")
      #expect(form.grade.isEmpty || form.grade == form.computed.grade?.rawValue, "\(place)")
    }
  }

  @Test("Doubts are the empty cells in 元 forms and one level set below its first lines")
  func doubts() throws {
    let doubts = try forms().flatMap { key, form in
      form.unplaced.map { "\(key)/\(form.ordinal) \($0.reason.rawValue) \($0.line ?? 0)" }
    }
    #expect(
      doubts == [
        "004/1 ambiguous 27", "004/1 ambiguous 29", "004/1 level-uncertain 115",
        "004/2 ambiguous 251", "004/2 ambiguous 253",
      ])
  }

  @Test("The targets and actual values that are read are those of the table of what they mean")
  func targets() throws {
    var left: [String: Int] = [:]
    func key(_ target: String, _ actual: String) -> String {
      EvaluationTarget.normalized(target) + "|" + EvaluationTarget.normalized(actual)
    }
    for fact in TargetTests.published {
      left[key(fact.target, fact.actual), default: 0] += fact.times
    }
    for indicator in try forms().flatMap(\.form.indicators) {
      left[key(indicator.target, indicator.actual), default: 0] -= 1
    }
    // One note is a sentence, which the table has with its middle left out.
    let others = left.filter { $0.value != 0 }
    #expect(others.values.sorted() == [-1, 1])
    #expect(
      others.keys.allSatisfy { EvaluationTarget(String($0.prefix { $0 != "|" })).kind == .note })
  }

  @Test("Nothing is lost on the way through JSON")
  func roundTrip() throws {
    let forms = try forms().map(\.form)
    let json = try [UInt8](JSONEncoder().encode(forms))
    #expect(try EvaluationReading.read(json, named: "forms.json") == forms)
  }

  private static func fact(_ form: EvaluationForm, _ key: String) -> String {
    let budget = EvaluationBudgetRow.Name.allCases.map(form.figures).joined(separator: ";")
    let names = [form.project, form.department, form.unit, form.goal, form.result]
    let texts = form.indicators.map {
      [$0.name, $0.target, $0.actual, $0.reason].joined(separator: "\t")
    }
    var head = ["\(key)/\(form.ordinal)", "\(form.year ?? 0)", form.moneyUnit?.rawValue ?? "-"]
    head += [budget, form.total.weight.text, form.total.score.text]
    head += [form.grade.isEmpty ? "-" : form.grade]
    head += [form.goal, form.result].map { "\($0.unicodeScalars.count)" }
    head += [sum(names.joined(separator: "\n")), sum(texts.joined(separator: "\n"))]
    return head.joined(separator: " ") + "\n  " + levels(form)
  }

  private static func levels(_ form: EvaluationForm) -> String {
    var last = ""
    return form.indicators.map { indicator in
      let level = "\(indicator.level1):\(indicator.level2):"
      defer { last = level }
      let isFull = indicator.score.text == indicator.weight.text
      return (level == last ? "" : level) + indicator.weight.text
        + (isFull ? "" : "/" + indicator.score.text)
    }.joined(separator: " ")
  }

  /// FNV-1a.
  private static func sum(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return String(hash, radix: 16)
  }
}

private let folder = ProcessInfo.processInfo.environment["CHENGYUN_DATA"].map {
  URL(filePath: $0).appending(path: "fiscal-self-evaluation")
}

@Suite("A form whose cells stand in another order", .enabled(if: folder != nil))
struct ScrambledRealFormTests {
  @Test("Figures that prove themselves are placed, names are reported and never matched by chance")
  func scrambled() throws {
    let file = try #require(folder).appending(path: "putuo-sports-centre-2022.txt")
    let forms = try EvaluationReading.read([UInt8](Data(contentsOf: file)), named: "putuo")
    #expect(forms.map(\.year) == [2022, 2022])
    #expect(forms.map(\.moneyUnit) == [.yuan, .yuan])
    #expect(forms[0].figures(.total) == "250000.00|250000.00|215,457.6|10|86.19%|8.62")
    #expect(forms[0].figures(.currentYear) == "250000.00|250000.00|215457.6|—||")
    #expect(forms[0].indicators.map(\.weight.text) == ["10", "20", "20", "30", "10"])
    #expect(forms[0].indicators.allSatisfy { $0.name.isEmpty && $0.level1.isEmpty })
    #expect(forms[0].total.score == "98.62")
    #expect(forms[0].computed.total == forms[0].total.score.value)
    #expect(forms[1].figures(.total) == "|||||")
    #expect(forms[1].indicators.isEmpty)
    #expect(forms[1].unplaced.contains { $0.text == "9,034" && $0.line == 4 })
  }
}
