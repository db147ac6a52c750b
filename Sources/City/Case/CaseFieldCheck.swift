import Base
import Foundation

/// Checks what was submitted for the fields of a kind at one stage of a case.
public struct CaseFieldCheck: Sendable {
  private let kind: CaseKind
  private let stage: CaseStage
  private let today: Day

  /// - Parameter today: where the case happened; a date that may not lie in the future is held
  ///   against it.
  public init(_ kind: CaseKind, at stage: CaseStage = .report, today: Day) {
    self.kind = kind
    self.stage = stage
    self.today = today
  }

  /// The checked values; what was left empty is left out.
  ///
  /// - Throws: `input.invalid` with every wrong field, each named `fields.<code>`.
  public func values(_ submitted: [String: FieldInput]) throws -> [String: FieldValue] {
    let (values, faults) = check(submitted)
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    return values
  }

  /// Everything that is right and everything that is wrong, the latter in the order of the kind.
  public func check(
    _ submitted: [String: FieldInput]
  ) -> (values: [String: FieldValue], faults: [Fault.Field]) {
    var values: [String: FieldValue] = [:]
    var faults: [Fault.Field] = []
    let asked = kind.fields.filter { $0.stage == stage }
    for field in asked {
      let input = submitted[field.code].flatMap { $0.isBlank ? nil : $0 }
      do throws(FieldRefusal) {
        if let input {
          values[field.code] = try field.value(input, today: today)
        } else if field.required {
          throw FieldRefusal("value.missing")
        }
      } catch {
        faults.append(Fault.Field("fields.\(field.code)", error.code, error.arguments))
      }
    }
    let codes = asked.map(\.code)
    for code in submitted.keys.sorted() where !codes.contains(code) {
      let name = String(code.prefix(64))
      let arguments = Nearest.of(name, among: codes).map { ["nearest": $0] } ?? [:]
      faults.append(
        Fault.Field(
          "fields.\(name)", arguments.isEmpty ? "value.unasked" : "value.mistyped", arguments))
    }
    return (values, faults)
  }
}

/// Why an answer is not taken.
private struct FieldRefusal: Error {
  let code: String
  let arguments: [String: String]

  init(_ code: String, _ arguments: [String: String] = [:]) {
    self.code = code
    self.arguments = arguments
  }
}

extension CaseField {
  fileprivate func value(_ input: FieldInput, today: Day) throws(FieldRefusal) -> FieldValue {
    if content == .choices { return .choices(try codes(input)) }
    guard let single = input.single else { throw FieldRefusal("value.single") }
    switch content {
    case .text: return .text(try text(single))
    case .number: return .number(try number(single))
    case .date: return .day(try day(single, today: today))
    case .choice, .choices: return .choice(try code(single))
    }
  }

  private func text(_ written: String) throws(FieldRefusal) -> String {
    let text = TextCheck.trimmed(written)
    let isRefused: (Unicode.Scalar) -> Bool = {
      TextCheck.isControl($0) && $0 != "\n" && $0 != "\t"
    }
    guard !text.unicodeScalars.contains(where: isRefused) else {
      throw FieldRefusal("value.control")
    }
    // Counted in scalars: one character may be made of any number of them.
    let length = text.unicodeScalars.count
    guard length >= shortest else {
      throw FieldRefusal("value.short", ["limit": String(shortest), "length": String(length)])
    }
    guard length <= longest else {
      throw FieldRefusal("value.long", ["limit": String(longest), "length": String(length)])
    }
    return text
  }

  private func number(_ written: String) throws(FieldRefusal) -> Decimal {
    var text = written.folded
    if !unit.isEmpty, text.hasSuffix(unit.folded) {
      text = String(text.dropLast(unit.folded.count)).trimmingCharacters(in: .whitespaces)
    }
    guard let number = Decimal(plain: text.withoutGroups) else {
      throw FieldRefusal("value.number", ["value": String(written.prefix(64))])
    }
    guard text.digitsAfterPoint <= decimals else {
      throw FieldRefusal("value.decimals", ["limit": String(decimals)])
    }
    if let minimum, number < minimum {
      throw FieldRefusal("value.low", ["minimum": "\(minimum)", "unit": unit])
    }
    if let maximum, number > maximum {
      throw FieldRefusal("value.high", ["maximum": "\(maximum)", "unit": unit])
    }
    return number
  }

  private func day(_ written: String, today: Day) throws(FieldRefusal) -> Day {
    guard let day = Day(written: written) else {
      throw FieldRefusal("value.day", ["value": String(written.prefix(64))])
    }
    guard future || day <= today else {
      throw FieldRefusal("value.day.future", ["today": today.description])
    }
    return day
  }

  /// A choice by its code, or by what people see of it.
  private func code(_ written: String) throws(FieldRefusal) -> String {
    let text = written.trimmingCharacters(in: .whitespacesAndNewlines)
    let choice =
      choices.first { $0.code == text }
      ?? choices.first { $0.name == text || !$0.english.isEmpty && $0.english == text }
    guard let choice else {
      throw FieldRefusal("value.choice", ["value": String(text.prefix(64))])
    }
    return choice.code
  }

  private func codes(_ input: FieldInput) throws(FieldRefusal) -> [String] {
    var chosen: Set<String> = []
    for text in input.all where !text.allSatisfy(\.isWhitespace) { chosen.insert(try code(text)) }
    let limit = most ?? choices.count
    guard chosen.count <= limit else {
      throw FieldRefusal("value.choices.many", ["limit": String(limit)])
    }
    return choices.map(\.code).filter { chosen.contains($0) }
  }
}

extension FieldInput {
  fileprivate var isBlank: Bool { all.allSatisfy { $0.allSatisfy(\.isWhitespace) } }

  fileprivate var all: [String] {
    switch self {
    case .text(let text): [text]
    case .number(let number): ["\(number)"]
    case .texts(let texts): texts
    }
  }

  /// A form sends a list even where one answer was asked for.
  fileprivate var single: String? { all.count == 1 ? all[0] : nil }
}

extension String {
  /// Zeros at the end say nothing and are not counted.
  fileprivate var digitsAfterPoint: Int {
    guard let point = firstIndex(of: ".") else { return 0 }
    let fraction = self[index(after: point)...]
    return fraction.count - fraction.reversed().prefix { $0 == "0" }.count
  }

  /// `1,234,567.5` without its commas; unchanged where these do not stand at the thousands.
  fileprivate var withoutGroups: String {
    let parts = split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let groups = (parts.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1, (1...4).contains(groups[0].count),
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return self }
    return replacing(",", with: "")
  }
}
