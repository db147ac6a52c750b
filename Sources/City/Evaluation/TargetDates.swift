import Foundation

/// Dates as targets name them: `2024年11月前`, `11月30日前`, `12月底前`, `2023-12-31`.
enum TargetDates {
  /// Nil when the text, with its bound taken off, is not a date and nothing else.
  static func date(_ text: Scalars, _ sign: TargetBound) -> TargetDate? {
    guard text.contains(where: { $0.isASCIIDigit }) || text.first == "年" else { return nil }
    guard var (date, rest) = written(text) ?? numeric(text) else { return nil }
    date.bound = sign == .exactly ? .none : sign
    for (word, bound) in tails where rest.has(prefix: word) {
      rest.removeFirst(word.scalars.count)
      if bound != .none { date.bound = bound }
      break
    }
    for word in acts where rest.has(prefix: word) {
      rest.removeFirst(word.scalars.count)
      break
    }
    return rest.isEmpty ? date : nil
  }

  private static let tails: [(Word, TargetBound)] = [
    ("之前", .atMost), ("以前", .atMost), ("前", .atMost), ("之后", .atLeast), ("以后", .atLeast),
    ("后", .atLeast),
    ("起", .atLeast), ("以内", .none), ("内", .none),
  ]
  private static let acts: [Word] = [
    "全部完成", "完成", "竣工", "验收", "到位", "投入使用", "上线",
  ]

  /// With 年, 月 and 日, any of them missing but not all.
  private static func written(_ text: Scalars) -> (TargetDate, Scalars)? {
    var rest = text
    var date = TargetDate(nil, nil, nil)
    if let (year, after) = part(rest, 4, "年") {
      date.year = year
      rest = after
    }
    if let (month, after) = part(rest, 2, "月"), (1...12).contains(month) {
      date.month = month
      rest = after
      if let (day, after) = part(rest, 2, "日") ?? part(rest, 2, "号"), (1...31).contains(day) {
        date.day = day
        rest = after
      } else if rest.first == "底" || rest.first == "末" {
        date.day = lastDay(of: month, date.year)
        rest.removeFirst()
      }
    } else if rest.has(prefix: "底") || rest.has(prefix: "年底") || rest.has(prefix: "年末") {
      guard date.year != nil || rest.first == "年" else { return nil }
      rest =
        rest[rest.index(after: rest.firstIndex { $0 == "底" || $0 == "末" } ?? rest.startIndex)...]
      (date.month, date.day) = (12, 31)
    }
    return date.year == nil && date.month == nil ? nil : (date, rest)
  }

  /// So many digits at most and the word behind them; a year has exactly four.
  private static func part(_ text: Scalars, _ most: Int, _ word: Word) -> (Int, Scalars)? {
    let digits = text.prefix { $0.isASCIIDigit }
    guard !digits.isEmpty, digits.count <= most, most < 4 || digits.count == 4 else { return nil }
    var rest = text[digits.endIndex...]
    guard rest.take(word) else { return nil }
    return (digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }, rest)
  }

  /// `2023-12-31`, `2023/12/31`, `2023.12.31`.
  private static func numeric(_ text: Scalars) -> (TargetDate, Scalars)? {
    for mark: Word in ["-", "/", "."] {
      guard let (year, afterYear) = part(text, 4, mark), (1900...2199).contains(year),
        let (month, afterMonth) = part(afterYear, 2, mark), (1...12).contains(month)
      else { continue }
      let digits = afterMonth.prefix { $0.isASCIIDigit }
      let day = digits.prefix(3).reduce(0) { $0 * 10 + Int($1.value) - 48 }
      guard (1...2).contains(digits.count), (1...31).contains(day) else { return nil }
      return (TargetDate(year, month, day), afterMonth[digits.endIndex...])
    }
    return nil
  }

  private static func lastDay(of month: Int, _ year: Int?) -> Int {
    switch month {
    case 2: year.map(isLeap) ?? false ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}
