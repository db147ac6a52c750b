import Base
import Foundation

extension Formula {
  /// Reads a formula.
  ///
  ///     sum     = product { ("+" | "-") product }
  ///     product = sign { ("*" | "/") sign }
  ///     sign    = ["-"] value
  ///     value   = number | name | function "(" sum { "," sum } ")" | "(" sum ")"
  ///
  /// A name is letters, digits and hyphens, as figures have them; so a difference of names is written
  /// with blanks around its sign.
  ///
  /// - Parameter measures: the codes of what is known beside figures.
  /// - Throws: `Mistake`.
  static func read(_ text: String, knowing measures: Set<String>) throws(Mistake) -> Formula {
    guard text.unicodeScalars.count <= longest else {
      throw Mistake("formula.long", at: 1, ["limit": String(longest)])
    }
    var reader = FormulaReader(try FormulaToken.all(of: text), measures: measures)
    return Formula(text: text, root: try reader.whole())
  }

  /// What is wrong with a formula, and where.
  struct Mistake: Error, Equatable {
    let code: String
    let arguments: [String: String]

    /// - Parameter column: from 1.
    init(_ code: String, at column: Int, _ arguments: [String: String] = [:]) {
      self.code = code
      self.arguments = arguments.merging(["column": String(column)]) { $1 }
    }
  }
}

/// A number, name or sign of a formula, and its column from 1.
private struct FormulaToken {
  enum Content: Equatable {
    case number(Decimal)
    case name(String)
    case sign(Character)
    case end
  }

  let content: Content
  let column: Int

  static func all(of text: String) throws(Formula.Mistake) -> [FormulaToken] {
    let letters = Array(text)
    var tokens: [FormulaToken] = []
    var place = 0
    while place < letters.count {
      let letter = letters[place]
      let column = place + 1
      if letter == " " || letter == "\t" {
        place += 1
      } else if letter.isASCIIDigit {
        let end = letters[place...].firstIndex { !$0.isASCIIDigit && $0 != "." } ?? letters.count
        let digits = String(letters[place..<end])
        guard let number = Decimal(plain: digits) else {
          throw Formula.Mistake("formula.number", at: column, ["value": digits.brief])
        }
        tokens.append(FormulaToken(content: .number(number), column: column))
        place = end
      } else if letter.isFormulaLetter {
        var end = place
        // A hyphen belongs to a name where a letter follows it at once.
        while end < letters.count,
          letters[end].isFormulaLetter || letters[end].isASCIIDigit
            || (letters[end] == "-" && end + 1 < letters.count && letters[end + 1].isFormulaLetter)
        {
          end += 1
        }
        tokens.append(
          FormulaToken(content: .name(String(letters[place..<end])), column: column))
        place = end
      } else if "+-*/(),".contains(letter) {
        tokens.append(FormulaToken(content: .sign(letter), column: column))
        place += 1
      } else {
        throw Formula.Mistake("formula.letter", at: column, ["value": String(letter).brief])
      }
      guard tokens.count <= Formula.mostParts else {
        throw Formula.Mistake("formula.many", at: column, ["limit": String(Formula.mostParts)])
      }
    }
    return tokens + [FormulaToken(content: .end, column: letters.count + 1)]
  }
}

extension Character {
  fileprivate var isFormulaLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}

private struct FormulaReader {
  private let tokens: [FormulaToken]
  private let measures: Set<String>
  private var place = 0
  private var depth = 0
  /// Whether a function over the class is being read, within which there is no other.
  private var isInClass = false

  init(_ tokens: [FormulaToken], measures: Set<String>) {
    self.tokens = tokens
    self.measures = measures
  }

  private var token: FormulaToken { tokens[min(place, tokens.count - 1)] }

  mutating func whole() throws(Formula.Mistake) -> Formula.Node {
    guard token.content != .end else { throw Formula.Mistake("formula.empty", at: 1) }
    let node = try sum()
    guard token.content == .end else { throw unexpected() }
    return node
  }

  private mutating func sum() throws(Formula.Mistake) -> Formula.Node {
    try deeper()
    defer { depth -= 1 }
    var left = try product()
    while true {
      if taken("+") {
        left = .sum(left, try product())
      } else if taken("-") {
        left = .difference(left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(Formula.Mistake) -> Formula.Node {
    var left = try sign()
    while true {
      if taken("*") {
        left = .product(left, try sign())
      } else if taken("/") {
        left = .quotient(left, try sign())
      } else {
        return left
      }
    }
  }

  private mutating func sign() throws(Formula.Mistake) -> Formula.Node {
    guard taken("-") else { return try value() }
    try deeper()
    defer { depth -= 1 }
    return .negated(try sign())
  }

  private mutating func value() throws(Formula.Mistake) -> Formula.Node {
    let start = token
    switch start.content {
    case .number(let number):
      place += 1
      return .number(number)
    case .name(let name):
      place += 1
      return taken("(") ? try call(name, start) : .name(try known(name, start))
    case .sign("("):
      place += 1
      let node = try sum()
      try require(")")
      return node
    default: throw unexpected()
    }
  }

  private mutating func call(
    _ name: String, _ start: FormulaToken
  ) throws(Formula.Mistake) -> Formula.Node {
    if name == "part" || name == "whole" { return .name(try share(of: name)) }
    guard let function = Formula.Function(rawValue: name) else {
      throw unknown(name, among: Self.functions, "formula.function", start)
    }
    if function.asksClass {
      guard !isInClass else { throw Formula.Mistake("formula.class-nested", at: start.column) }
      isInClass = true
    }
    defer { if function.asksClass { isInClass = false } }
    var values = [try sum()]
    while taken(",") { values.append(try sum()) }
    try require(")")
    guard function.takes.contains(values.count) else {
      let (least, most) = (function.takes.lowerBound, function.takes.upperBound)
      throw Formula.Mistake(
        least == most ? "formula.takes-exactly" : "formula.takes", at: start.column,
        [
          "name": name, "minimum": String(least), "maximum": String(most),
          "count": String(values.count),
        ])
    }
    if function == .round {
      guard case .number(let places) = values[1], (0...6).contains(places), places.isWhole else {
        throw Formula.Mistake("formula.places", at: start.column)
      }
    }
    return .call(function, values)
  }

  private static let functions = Formula.Function.allCases.map(\.rawValue) + ["part", "whole"]

  /// The figure in `part(figure)`.
  private mutating func share(of name: String) throws(Formula.Mistake) -> Formula.Name {
    let start = token
    guard case .name(let code) = start.content else { throw unexpected() }
    place += 1
    guard let figure = CaseFigure(rawValue: code) else {
      throw unknown(code, among: CaseFigure.allCases.map(\.rawValue), "formula.figure", start)
    }
    guard figure.measure == .rate else {
      throw Formula.Mistake("formula.no-rate", at: start.column, ["name": code])
    }
    try require(")")
    return name == "part" ? .part(figure) : .whole(figure)
  }

  private func known(
    _ name: String, _ start: FormulaToken
  ) throws(Formula.Mistake) -> Formula.Name {
    if let figure = CaseFigure(rawValue: name) { return .figure(figure) }
    if measures.contains(name) { return .measure(name) }
    throw unknown(
      name, among: CaseFigure.allCases.map(\.rawValue) + measures.sorted(), "formula.name", start)
  }

  private func unknown(
    _ name: String, among known: [String], _ code: String, _ start: FormulaToken
  ) -> Formula.Mistake {
    guard let nearest = Nearest.of(name, among: known) else {
      return Formula.Mistake("\(code)-unknown", at: start.column, ["name": name.brief])
    }
    return Formula.Mistake(
      "\(code)-mistyped", at: start.column, ["name": name.brief, "nearest": nearest])
  }

  // MARK: - Signs

  private mutating func taken(_ sign: Character) -> Bool {
    guard token.content == .sign(sign) else { return false }
    place += 1
    return true
  }

  private mutating func require(_ sign: Character) throws(Formula.Mistake) {
    guard !taken(sign) else { return }
    throw Formula.Mistake("formula.expected", at: token.column, ["sign": String(sign)])
  }

  private mutating func deeper() throws(Formula.Mistake) {
    depth += 1
    guard depth <= Formula.deepest else {
      throw Formula.Mistake("formula.deep", at: token.column, ["limit": String(Formula.deepest)])
    }
  }

  private func unexpected() -> Formula.Mistake {
    switch token.content {
    case .end: Formula.Mistake("formula.ends", at: token.column)
    case .number(let number):
      Formula.Mistake("formula.unexpected", at: token.column, ["value": "\(number)"])
    case .name(let name):
      Formula.Mistake("formula.unexpected", at: token.column, ["value": name.brief])
    case .sign(let sign):
      Formula.Mistake("formula.unexpected", at: token.column, ["value": String(sign)])
    }
  }
}
