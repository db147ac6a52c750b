import Base

/// Where and when the fields of a case are answered.
struct Setting {
  let village: TownGeography.Village
  let day: Day

  /// Answers by field, each a list of codes or texts; fields that go unanswered are left out.
  func answers(
    _ wanted: [String: KindTexts.Answer], using generator: inout SeededGenerator
  ) -> [String: [String]] {
    var answers: [String: [String]] = [:]
    // In order, so that a seed gives the same answers in every run.
    for (code, answer) in wanted.sorted(by: { $0.key < $1.key }) {
      answers[code] = self.answer(answer, using: &generator)
    }
    return answers
  }

  private func answer(
    _ wanted: KindTexts.Answer, using generator: inout SeededGenerator
  ) -> [String]? {
    switch wanted {
    case .number(let range): [String(skewed(range, &generator))]
    case .tenths(let range): [Self.tenths(skewed(range, &generator))]
    case .one(let codes), .text(let codes): generator.pick(codes).map { [$0] }
    case .some(let codes): some(codes, &generator)
    case .river: generator.pick(village.rivers).map { [$0] }
    case .person: [TownPersonNames.name(using: &generator)]
    case .plate: [plate(&generator)]
    case .permit: ["云浦建〔\(day.parts.year)〕第\(generator.number(in: 1...860))号"]
    case .order: [order(&generator)]
    case .daysAgo(let range): [(day + -generator.number(in: range)).description]
    case .often(let share, let answer):
      generator.chance(share) ? self.answer(answer, using: &generator) : nil
    }
  }

  /// Small numbers are more common than large ones.
  private func skewed(_ range: ClosedRange<Int>, _ generator: inout SeededGenerator) -> Int {
    let share = generator.fraction() * (0.4 + 0.6 * generator.fraction())
    return range.lowerBound + Int(Double(range.upperBound - range.lowerBound) * share)
  }

  private static func tenths(_ number: Int) -> String {
    number % 10 == 0 ? String(number / 10) : "\(number / 10).\(number % 10)"
  }

  private func some(_ codes: [String], _ generator: inout SeededGenerator) -> [String]? {
    guard let first = generator.pick(codes) else { return nil }
    let second = generator.chance(0.3) ? generator.pick(codes.filter { $0 != first }) : nil
    return [first] + (second.map { [$0] } ?? [])
  }

  private func plate(_ generator: inout SeededGenerator) -> String {
    let signs = Array("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    let tail = (0..<5).compactMap { _ in generator.pick(signs) }
    return "沪I" + String(tail)
  }

  private func order(_ generator: inout SeededGenerator) -> String {
    let digits = (day + -generator.number(in: 5...20)).description.filter { $0 != "-" }
    return digits + "-" + String(generator.number(in: 10_000...99_999))
  }
}
