import Foundation

/// Numbering, legibility and years of a form's texts.
enum CheckText {
  static func findings(_ form: CheckForm) -> [Finding] {
    numbering(form.form) + unreadable(form.form) + years(form)
  }

  private static func texts(_ form: EvaluationForm) -> [(Finding.Field, String)] {
    [(.goal, form.goal), (.result, form.result)]
  }

  private static func numbering(_ form: EvaluationForm) -> [Finding] {
    texts(form).flatMap { field, text in
      TextNumbering.skips(text).map { skip in
        Finding(
          "text.numbering-skips", at: .field(field),
          ["field": field.rawValue, "before": skip.before, "after": skip.after])
      }
    }
  }

  private static func unreadable(_ form: EvaluationForm) -> [Finding] {
    let fields = [(.project, form.project)] + texts(form)
    let found = fields.compactMap { field, text -> Finding? in
      garbage(text).map {
        Finding("text.unreadable", at: .field(field), ["field": field.rawValue, "text": $0])
      }
    }
    let indicators = form.indicators.enumerated().compactMap { index, indicator -> Finding? in
      garbage(indicator.name + indicator.target + indicator.actual).map {
        Finding("text.unreadable", at: .indicator(index), ["field": "indicator", "text": $0])
      }
    }
    return found + indicators
  }

  /// Signs that no reader can read: replaced, of a private font, or markup left over.
  private static func garbage(_ text: String) -> String? {
    var boxes = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFFFD, 0xE000...0xF8FF, 0x00...0x08, 0x0B...0x0C, 0x0E...0x1F, 0x80...0x9F:
        return "U+" + String(scalar.value, radix: 16, uppercase: true)
      case 0x25A1: boxes += 1
      default: boxes = 0
      }
      if boxes > 2 { return "□□□" }
    }
    let scalars = Array(text.unicodeScalars)[...]
    return marks.first { scalars.contains($0) }.map { shown($0.scalars) }
  }

  private static let marks = Word.list("锟斤拷 烫烫烫 (cid: <p> </p> <br> &nbsp; &lt; </li> </span>")

  /// A project named for another year, and dates of another year as targets.
  private static func years(_ form: CheckForm) -> [Finding] {
    guard let year = form.form.year else { return [] }
    var found: [Finding] = []
    let name = TargetText.normalized(form.form.project)
    if let other = otherYear(name[...], year) {
      found.append(
        Finding(
          "period.outside-year", at: .field(.project),
          ["text": form.form.project, "other": "\(other)", "year": "\(year)"]))
    }
    for indicator in form.indicators {
      let years = [indicator.target.date?.year, indicator.actual.date?.year].compactMap { $0 }
      guard let other = years.first(where: { $0 != year }) else { continue }
      found.append(
        Finding(
          "period.outside-year", at: indicator.place,
          indicator.arguments([
            "text": other == indicator.target.date?.year
              ? indicator.target.text : indicator.actual.text,
            "other": "\(other)", "year": "\(year)",
          ])))
    }
    return found
  }

  /// A year before 年 that is not the form's. Of a span of years (2023-2025年), none; a year
  /// long ago is part of a name.
  private static func otherYear(_ name: Scalars, _ year: Int) -> Int? {
    var rest = name
    var other: Int?
    while let start = rest.firstIndex(where: \.isASCIIDigit) {
      let digits = rest[start...].prefix { $0.isASCIIDigit }
      rest = rest[digits.endIndex...]
      guard digits.count == 4 else { continue }
      let value = digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
      if let mark = rest.first, "-~至到".unicodeScalars.contains(mark) { return nil }
      if (1990...2099).contains(value), rest.first == "年", value != year, abs(value - year) <= 5 {
        other = other ?? value
      }
    }
    return other
  }
}
