import Base
import City
import Foundation

/// Answers to what a kind asks.
extension Life {
  /// Plausible answers to the fields of a stage: to all that are required, to most of the others.
  mutating func answers(
    at stage: CaseStage, _ scene: TownScene, now: Moment
  ) -> [String: FieldInput] {
    var answers: [String: FieldInput] = [:]
    for field in kind.fields where field.stage == stage {
      guard field.required || dice.chance(0.7) else { continue }
      answers[field.code] = answer(field, scene, now: now)
    }
    return answers
  }

  private mutating func answer(
    _ field: CaseField, _ scene: TownScene, now: Moment
  ) -> FieldInput? {
    switch field.content {
    case .text: return scene.texts.answer(to: field, of: kind, in: plan.village, &dice).map { .text($0) }
    case .number: return .text(number(field))
    case .date:
      let today = now.local(in: scene.hours.zone).day
      let days = field.future ? dice.number(in: 5...25) : -dice.number(in: 0...20)
      return .text((today + days).description)
    case .choice:
      if field.code == "legal" { return .text(plan.isUnlawful ? "no" : "yes") }
      return choice(field).map { .text($0) }
    case .choices:
      let most = min(field.most ?? 2, dice.chance(0.7) ? 1 : 2)
      return .texts((0..<most).compactMap { _ in choice(field) })
    }
  }

  /// What stands first in a catalogue is what happens most.
  private mutating func choice(_ field: CaseField) -> String? {
    guard !field.choices.isEmpty else { return nil }
    return field.choices[dice.place(in: field.choices.indices.map { 1 / Double($0 + 1) })].code
  }

  private mutating func number(_ field: CaseField) -> String {
    let usual = Self.usual[field.code] ?? Self.usualOfUnit[field.unit] ?? 1...10
    let least = max(usual.lowerBound, Self.integer(field.minimum) ?? 0)
    let most = max(least, min(usual.upperBound, Self.integer(field.maximum) ?? usual.upperBound))
    // Small numbers are more common than large ones.
    let drawn = least + Int(Double(most - least) * dice.fraction() * dice.fraction())
    guard field.decimals > 0, drawn < most else { return String(drawn) }
    return "\(drawn).\(dice.number(in: 0...9))"
  }

  private static func integer(_ decimal: Decimal?) -> Int? {
    decimal.map { NSDecimalNumber(decimal: $0).intValue }
  }

  private static let usual = [
    "footprint": 70...260, "storeys": 1...3, "helped": 1...4, "people": 1...24,
  ]

  private static let usualOfUnit = [
    "平方米": 2...90, "立方米": 0...8, "厘米": 4...60, "米": 8...160, "盏": 1...6, "辆": 1...9,
    "只": 1...4, "个": 1...6, "间": 4...14, "人": 1...20, "户": 3...220, "元": 80...48_000,
    "分贝": 51...84,
  ]
}
