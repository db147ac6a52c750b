import Base
import Foundation
import TestSupport
import Testing

@testable import City

/// The formula language: what it reads, what it refuses and where, and what it comes to.
@Suite struct FormulaTests {
  private static let measures: Set<String> = ["residents", "square-kilometres"]

  private static func ground(
    _ figures: [(CaseFigure, Int, Int?)] = [], residents: Decimal? = nil
  ) -> FormulaGround {
    var ground = FormulaGround(measures: residents.map { ["residents": $0] } ?? [:])
    for (figure, part, whole) in figures {
      ground.figures[figure] = FigureValue(figure: figure, numerator: part, denominator: whole)
    }
    return ground
  }

  private static let own = ground(
    [
      (.reported, 30, nil), (.reworkRate, 1, 8), (.closingOnTime, 3, 4), (.resolvedRate, 0, 0),
      (.satisfiedRate, 1300, 2), (.handlingLateTime, 90, 2), (.returnTimes, 3, nil),
    ], residents: 1200)
  private static let others = [
    own, ground([(.reported, 50, nil), (.closingOnTime, 1, 2)], residents: 800),
    ground([(.reported, 20, nil)]),
  ]

  private func value(_ text: String) throws -> FormulaValue {
    try Formula.read(text, knowing: Self.measures).value(of: Self.own, among: Self.others)
  }

  @Test(
    "a formula comes to an exact decimal",
    arguments: [
      ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("2 - 3 - 4", "-5"), ("8 / 4 / 2", "1"),
      ("-2 * -3", "6"), ("0.1 + 0.2", "0.3"), ("1 / 3", "0.33333333333333333333"),
      ("reported", "30"), ("rework-rate", "0.125"), ("30 * (1 - rework-rate)", "26.25"),
      ("closing-on-time - rework-rate", "0.625"), ("part(closing-on-time)", "3"),
      ("whole(closing-on-time)", "4"), ("satisfied-rate", "0.65"), ("part(satisfied-rate)", "1.3"),
      ("handling-late-time", "45"), ("share(reported)", "0.3"), ("5 * share(reported)", "1.5"),
      ("mean(reported)", "33.33333333333333333333"), ("most(reported)", "50"),
      // Who comes to nothing is left out of the class.
      ("mean(closing-on-time)", "0.625"), ("reported / residents * 1000", "25"),
      ("mean(reported / residents)", "0.04375"), ("min(3, 1, 2)", "1"), ("max(3, 1, 2)", "3"),
      ("clamp(120, 0, 100)", "100"), ("clamp(-1, 0, 100)", "0"), ("round(2.345, 2)", "2.35"),
      ("round(-2.345, 2)", "-2.35"), ("abs(2 - 5)", "3"), ("deduct(0.5, return-times, 5)", "-1.5"),
      ("deduct(2, return-times, 5)", "-5"), ("deduct(2, 0 - 3, 5)", "0"),
      ("or(resolved-rate, 1)", "1"), ("or(rework-rate, 1)", "0.125"),
    ])
  func numbers(_ text: String, _ expected: String) throws {
    #expect(try value(text) == .number(try #require(Decimal(string: expected))))
  }

  @Test(
    "what divides by nothing or asks for what is not known comes to nothing, with the reason",
    arguments: [
      ("1 / 0", FormulaGap.dividedByNothing), ("1 / (reported - 30)", .dividedByNothing),
      ("20 * resolved-rate", .overNothing(.resolvedRate)),
      ("1 + min(2, resolved-rate)", .overNothing(.resolvedRate)),
      ("reported / square-kilometres", .unknown(measure: "square-kilometres")),
      ("share(checked)", .dividedByNothing), ("mean(resolved-rate)", .dividedByNothing),
      ("most(resolved-rate)", .dividedByNothing),
      ("or(resolved-rate, 1 / 0)", .overNothing(.resolvedRate)),
      ("999999999999999999 * 999999999999999999", .tooGreat),
      ("deduct(999999999999999, 999999999999999, 5)", .tooGreat), ("1 / 0 * 0", .dividedByNothing),
    ])
  func gaps(_ text: String, _ gap: FormulaGap) throws {
    #expect(try value(text) == .nothing(gap))
  }

  @Test(
    "a mistake is told with its column and what was probably meant",
    arguments: [
      ("", "formula.empty", "1", nil), ("   ", "formula.empty", "1", nil),
      ("1 +", "formula.ends", "4", nil), ("(1", "formula.expected", "3", nil),
      ("1 2", "formula.unexpected", "3", nil), (")", "formula.unexpected", "1", nil),
      ("1 , 2", "formula.unexpected", "3", nil), ("* 2", "formula.unexpected", "1", nil),
      ("1.2.3", "formula.number", "1", nil), ("2 × 3", "formula.letter", "3", nil),
      ("rework-rat", "formula.name-mistyped", "1", "rework-rate"),
      ("resident", "formula.name-mistyped", "1", "residents"),
      ("1 + xyzzyplugh", "formula.name-unknown", "5", nil),
      ("shar(reported)", "formula.function-mistyped", "1", "share"),
      ("part(reworkrate)", "formula.figure-mistyped", "6", "rework-rate"),
      ("part(reported)", "formula.no-rate", "6", nil), ("part(1)", "formula.unexpected", "6", nil),
      ("min(1)", "formula.takes", "1", nil), ("share(1, 2)", "formula.takes-exactly", "1", nil),
      ("round(1, 7)", "formula.places", "1", nil),
      ("round(1, reported)", "formula.places", "1", nil),
      ("round(1, 1.5)", "formula.places", "1", nil),
      ("share(mean(reported))", "formula.class-nested", "7", nil),
      ("reported-elsewhere", "formula.name-unknown", "1", nil),
    ] as [(String, String, String, String?)])
  func mistakes(_ text: String, _ code: String, _ column: String, _ nearest: String?) {
    #expect {
      try Formula.read(text, knowing: Self.measures)
    } throws: { error in
      guard let mistake = error as? Formula.Mistake else { return false }
      return mistake.code == code && mistake.arguments["column"] == column
        && mistake.arguments["nearest"] == nearest
    }
  }

  @Test(
    "what is wrong whatever the figures are is told beforehand",
    arguments: [
      ("1 / 0", "formula.zero"), ("on-time-rate / 0", "formula.zero"),
      ("reported / (2 - 1 - 1)", "formula.zero"),
      ("1 + max(1, 2 / (0 * reported))", "formula.zero"),
      ("clamp(5, 10, 1)", "formula.bounds"), ("2 * clamp(reported, 0 - 1, -(2))", "formula.bounds"),
      ("1 / reported", nil), ("clamp(5, 1, 1)", nil), ("clamp(5, reported, 1)", nil),
      ("reported / (1 / 3)", nil),
    ] as [(String, String?)])
  func constants(_ text: String, _ code: String?) throws {
    let text = text.replacing("on-time-rate", with: CaseFigure.closingOnTime.rawValue)
    #expect(try Formula.read(text, knowing: Self.measures).mistake?.code == code)
  }

  @Test("a formula has an end: in letters, in parts, and in depth")
  func limits() throws {
    func code(_ text: String) -> String? {
      do {
        _ = try Formula.read(text, knowing: [])
        return nil
      } catch { return error.code }
    }
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
    }
    #expect(code(String(repeating: " ", count: Formula.longest) + "1") == "formula.long")
    #expect(code(String(repeating: " ", count: Formula.longest - 1) + "1") == nil)
    #expect(code(Array(repeating: "1", count: 50).joined(separator: "+")) == nil)
    #expect(code(Array(repeating: "1", count: 51).joined(separator: "+")) == "formula.many")
    #expect(code(nested(Formula.deepest - 1)) == nil)
    #expect(code(nested(Formula.deepest)) == "formula.deep")
    #expect(code(String(repeating: "-", count: Formula.deepest) + "1") == "formula.deep")
    #expect(code(String(repeating: "-", count: 90) + "1") == "formula.deep")
  }

  /// A formula of numbers, and what it comes to by whole fractions.
  private static func random(_ dice: inout SeededGenerator, depth: Int) -> (
    text: String, value: Ratio?
  ) {
    guard depth > 0, dice.chance(0.8) else {
      let number = dice.number(in: 0...9)
      return ("\(number)", Ratio(number, 1))
    }
    let left = random(&dice, depth: depth - 1)
    let right = random(&dice, depth: depth - 1)
    let sign = dice.pick(["+", "-", "*", "/"]) ?? "+"
    let value = left.value.flatMap { left in
      right.value.flatMap { left.combined(sign, $0) }
    }
    return ("(\(left.text) \(sign) \(right.text))", value)
  }

  @Test(
    "formulas that nobody thought of come to what fractions come to, and to nothing where they do")
  func property() throws {
    var dice = SeededGenerator(seed: 4)
    var (compared, nothing) = (0, 0)
    for _ in 0..<4000 {
      let (text, value) = Self.random(&dice, depth: dice.number(in: 1...4))
      guard text.count <= Formula.longest, text.filter({ !"() ".contains($0) }).count <= 30 else {
        continue
      }
      let found = try Formula.read(text, knowing: []).value(of: FormulaGround(), among: [])
      guard let value else {
        #expect(found == .nothing(.dividedByNothing), Comment(rawValue: text))
        nothing += 1
        continue
      }
      let number = try #require(found.number, Comment(rawValue: text))
      let exact = Decimal(value.over) / Decimal(value.under)
      // Quotients are cut at twenty places, and then multiplied by what is below 7,000 here.
      #expect(
        (number - exact).magnitude < Decimal(1) / 1_000_000_000_000, Comment(rawValue: text))
      compared += 1
    }
    #expect(compared > 1500 && nothing > 100, "\(compared) \(nothing)")
  }

  @Test("any text is read or refused with a column in it, and never ends the program")
  func fuzz() {
    var dice = SeededGenerator(seed: 9)
    let pieces = [
      "reported", "rework-rate", "share(", "part(", "min(", "or(", ")", "(", ",", "+", "-", "*",
      "/", "1", "0.5", "999999999999999999", " ", "残", "\u{0}", "é", "'", "\"", "{{", "residents",
      "deduct(", "round(", "2", "..", "--", "e5", "\n",
    ]
    var read = 0
    for _ in 0..<20_000 {
      let text = (0..<dice.number(in: 0...14)).map { _ in dice.pick(pieces) ?? "" }.joined()
      do throws(Formula.Mistake) {
        let formula = try Formula.read(text, knowing: Self.measures)
        _ = formula.value(of: Self.own, among: Self.others)
        read += 1
      } catch {
        let column = error.arguments["column"].flatMap { Int($0) } ?? 0
        #expect((1...text.count + 1).contains(column), Comment(rawValue: text))
      }
    }
    #expect(read > 200, "\(read)")
  }
}

/// A fraction of whole numbers.
private struct Ratio {
  let over: Int
  let under: Int

  init?(_ over: Int, _ under: Int) {
    guard under != 0 else { return nil }
    var (a, b) = (abs(over), abs(under))
    while b != 0 { (a, b) = (b, a % b) }
    let common = max(1, a) * (under < 0 ? -1 : 1)
    self.over = over / common
    self.under = under / common
  }

  func combined(_ sign: String, _ other: Ratio) -> Ratio? {
    switch sign {
    case "+": Ratio(over * other.under + other.over * under, under * other.under)
    case "-": Ratio(over * other.under - other.over * under, under * other.under)
    case "*": Ratio(over * other.over, under * other.under)
    default: Ratio(over * other.under, under * other.over)
    }
  }
}
