import Base
import Foundation
import Testing

@testable import City

@Suite struct TargetTests {
  struct Fact: Sendable {
    let times: Int
    let target: String
    let actual: String
    let readings: [String]
  }

  static func facts(_ table: String) -> [Fact] {
    table.split(separator: "\n").map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      return Fact(
        times: Int(cells[0]) ?? 0, target: cells[1], actual: cells[2],
        readings: Array(cells[3...]))
    }
  }

  static let published = facts(TargetFacts.published)
  static let others = facts(TargetFacts.others)

  @Test("the table holds all published indicators")
  func complete() {
    #expect(Self.published.reduce(0) { $0 + $1.times } == 441)
    let said = Self.published.filter { $0.actual == "达成指标" }
    #expect(said.reduce(0) { $0 + $1.times } == 160)
  }

  @Test("published targets and actual values are read and compared", arguments: published)
  func publishedFacts(fact: Fact) { check(fact) }

  @Test("other ways to write them are read and compared", arguments: others)
  func otherFacts(fact: Fact) { check(fact) }

  private func check(_ fact: Fact) {
    let target = EvaluationTarget(fact.target)
    let actual = EvaluationTarget(fact.actual)
    #expect(target.notation == fact.readings[0], "target \(fact.target)")
    #expect(actual.notation == fact.readings[1], "actual \(fact.actual)")
    #expect(
      target.outcome(of: actual).notation == fact.readings[2], "\(fact.target): \(fact.actual)")
  }

  @Test("every published target is understood; only notes and words have no figures")
  func understood() {
    let kinds = Set(Self.published.map { EvaluationTarget($0.target).kind })
    #expect(!kinds.contains(.text))
    #expect(!kinds.contains(.empty))
    #expect(!kinds.contains(.said))
  }

  // MARK: Properties

  static let texts = (published + others).flatMap { [$0.target, $0.actual] }

  @Test("normalising what is normal changes nothing")
  func idempotent() {
    for text in Self.texts + Self.noise(500) {
      let once = EvaluationTarget.normalized(text)
      #expect(EvaluationTarget.normalized(once) == once)
      #expect(EvaluationTarget(once) == EvaluationTarget(text))
    }
  }

  @Test("the width of signs does not matter")
  func width() {
    for text in Self.texts + Self.noise(500) {
      let wide = String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { scalar in
            (0x21...0x7E).contains(scalar.value)
              ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar
          }))
      #expect(EvaluationTarget(wide) == EvaluationTarget(text))
    }
  }

  @Test("breaks within a cell do not matter, wherever they stand")
  func breaks() {
    var dice = SeededGenerator(seed: 7)
    for text in Self.texts {
      var broken = ""
      for scalar in text.unicodeScalars {
        broken.unicodeScalars.append(scalar)
        if dice.next() % 3 == 0 { broken += ["\n", " ", "\u{3000}", "\r\n"][Int(dice.next() % 4)] }
      }
      #expect(EvaluationTarget(broken) == EvaluationTarget(text))
    }
  }

  @Test("whatever is written is read as something, and compared with anything")
  func noise() {
    let texts = Self.noise(3000)
    for (left, right) in zip(texts, texts.reversed()) {
      let target = EvaluationTarget(left)
      let actual = EvaluationTarget(right)
      #expect(EvaluationTarget.Kind.allCases.contains(target.kind))
      if case .met(let deviation?) = target.outcome(of: actual) {
        #expect(!target.amounts.isEmpty)
        #expect(deviation.actual.whole - deviation.target.whole == deviation.difference)
      }
    }
  }

  @Test("a target compared with its own figures is never missed")
  func reflexive() {
    for text in Self.texts {
      let target = EvaluationTarget(text)
      let outcome = target.outcome(of: EvaluationTarget(text.filter { !"=≥≤".contains($0) }))
      if case .missed = outcome { Issue.record("missed: \(text)") }
    }
  }

  /// Texts put together from pieces that targets are made of, and from what they are not.
  private static func noise(_ count: Int) -> [String] {
    let pieces = [
      "≥", "=", "<", ">", "≤", "12", "3.5", "1,200", "99999999999999999999999999999999999", "%",
      "(",
      ")", "（", "万", "亿", "人/次", "月", "年", "日", "前", "底", "内", "个", "-", "~", "，", "。", "、", "及",
      "达标", "提高", "不低于", "无", " ", "\n", "\u{0}", "😀", "é", "A", "次/月", "工作日", "/", "+", ".",
    ]
    var dice = SeededGenerator(seed: 11)
    return (0..<count).map { _ in
      (0...Int(dice.next() % 8)).map { _ in pieces[Int(dice.next() % UInt64(pieces.count))] }
        .joined()
    }
  }
}
