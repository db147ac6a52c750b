import Foundation
import Testing

@testable import City

/// The published forms that the rules were made for; they lie beside the data.
private let published: URL? = ProcessInfo.processInfo.environment["CHENGYUN_DATA"]
  .map { URL(filePath: $0).deletingLastPathComponent().appending(path: "seeds") }
  .flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }

@Suite(.enabled(if: published != nil, "CHENGYUN_DATA is not set, or has no seeds beside it"))
struct CheckPublishedTests {
  private static let forms: [EvaluationForm] = {
    guard let published,
      let names = try? FileManager.default.contentsOfDirectory(atPath: published.path)
    else { return [] }
    let forms = names.filter { $0.hasSuffix(".txt") }.sorted().flatMap { name in
      (try? String(contentsOf: published.appending(path: name), encoding: .utf8))
        .flatMap { try? EvaluationReading.read(text: $0, named: String(name.prefix(3))) } ?? []
    }
    return EvaluationCheck.check(forms)
  }()

  /// File and place of each form that has the code, once for each finding.
  private func places(_ code: String) -> [String] {
    Self.forms.flatMap { form in
      form.findings.filter { $0.code == code }.map { _ in "\(form.source)-\(form.ordinal)" }
    }
  }

  @Test("they are all read")
  func count() {
    #expect(Self.forms.count == 48)
    #expect(Self.forms.reduce(0) { $0 + $1.indicators.count } == 441)
  }

  @Test(
    "what is found is found where people found it",
    arguments: [
      ("budget.sources-do-not-add-up", ["003-8", "003-14", "003-17", "003-18"]),
      ("budget.executed-over-adjusted", ["002-7"]),
      ("budget.low-execution-all-met", ["000-7", "002-1", "002-11"]),
      ("indicator.compound", ["002-11", "002-11"]),
      ("indicator.contradicts-budget", ["002-5"]),
      (
        "indicator.duplicate",
        ["001-3", "001-5", "001-8", "002-4", "002-6", "002-9", "002-10", "002-12"]
      ),
      ("indicator.leap-year", ["002-1", "002-11"]),
      ("indicator.misplaced", ["001-5", "001-5", "001-7"]),
      ("indicator.scope-outgrown", ["004-2"]),
      ("indicator.target-far-exceeded", ["001-6", "003-7"]),
      ("indicator.unit-doubtful", ["001-2", "001-2", "003-6"]),
      ("indicator.weight-concentrated", ["002-3"]),
      ("indicator.weight-zero", ["002-8", "002-8"]),
      ("indicator.bounds-met-to-the-dot", ["001-7", "003-9", "003-11", "003-13", "003-15"]),
      ("period.outside-year", ["002-2", "002-9", "002-12", "003-13"]),
      ("result.contradicts-indicator", ["000-5", "001-7"]),
      ("result.part-year", ["001-6"]),
      ("result.sum-does-not-add-up", ["001-6"]),
      ("text.numbering-skips", ["004-2", "004-2"]),
      ("structure.level-missing", ["002-4", "002-6", "002-9", "002-10", "002-12"]),
      ("tree.indicator-differs", ["003-9", "003-11", "003-11", "003-16"]),
      ("tree.parent-of", ["003-9", "003-11", "003-16"]),
    ])
  func found(code: String, where expected: [String]) {
    #expect(places(code) == expected)
  }

  @Test(
    "how often the common ones are found",
    arguments: [
      ("score.deducted-without-reason", 32), ("score.deducted-though-met", 11),
      ("budget.adjusted-to-executed", 19), ("budget.large-change-unexplained", 8),
      ("budget.no-opening", 8), ("indicator.target-not-measurable", 105),
      ("result.repeats-goal", 20), ("result.uninformative", 8), ("weights.off-guide", 40),
    ])
  func counts(code: String, times: Int) {
    #expect(places(code).count == times)
  }

  @Test("nothing else is found: no sum, rate, grade or score is called wrong that is right")
  func silent() {
    let silent = [
      "budget.rate-misstated", "budget.score-misstated", "budget.money-unit-doubtful",
      "weights.do-not-add-up", "total.misstated", "grade.misstated", "score.over-weight",
      "score.off-ratio", "score.full-though-missed", "text.unreadable",
    ]
    for code in silent { #expect(places(code) == [], "\(code)") }
  }

  @Test("parents are found with their parts, and their money is counted once")
  func trees() {
    let forms = Self.forms.filter { $0.source == "003" }
    let branches = EvaluationTree(forms).branches
    #expect(branches.map { $0.parent + 1 } == [9, 11, 16])
    #expect(
      branches.map { $0.children.map { $0 + 1 } } == [
        [6, 8, 17, 18], [2, 7, 10, 12, 13], [3, 4, 5, 14, 15],
      ])
    let body = EvaluationSummary(forms).bodies
    #expect(body.map(\.counted) == [4])
    // 615.90 + 3,906.41 + 1,750.86 + 875.32 万元
    #expect(body.first?.money.adjusted == 71_484_900)
  }

  @Test("the figures of what is found are the documents' own")
  func figures() throws {
    func finding(_ code: String, _ source: String, _ ordinal: Int) throws -> [String: String] {
      let form = try #require(Self.forms.first { $0.source == source && $0.ordinal == ordinal })
      return try #require(form.findings.first { $0.code == code }).arguments
    }
    let sum = try finding("result.sum-does-not-add-up", "001", 6)
    #expect(sum["whole"] == "4640" && sum["sum"] == "5385")
    let budget = try finding("indicator.contradicts-budget", "002", 5)
    #expect(budget["actual"] == "91.00(%)" && budget["rate"] == "84.18")
    let scope = try finding("indicator.scope-outgrown", "004", 2)
    #expect(scope["target"] == "=13大类144小类" && scope["actual"] == "15大类185小类")
    #expect(try finding("budget.low-execution-all-met", "000", 7)["rate"] == "18.31")
    let rate = try finding("result.contradicts-indicator", "001", 7)
    #expect(rate["quote"] == "实有人口准确率99%" && rate["actual"] == "98.00(%)")
  }
}
