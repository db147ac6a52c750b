import Foundation

/// What 实际完成情况 says, against the goal, the indicators and itself.
enum CheckResult {
  static func findings(_ form: CheckForm) -> [Finding] {
    var found = uninformative(form)
    if found.isEmpty { found = repeats(form) }
    return found + partYear(form) + ResultSums.findings(form) + ResultContradictions.findings(form)
  }

  /// Nothing is left when words that fit every project are taken away.
  private static func uninformative(_ form: CheckForm) -> [Finding] {
    // That nothing could be read is said by reading.
    guard !form.result.isEmpty, form.result.count <= 30, rest(form.result).count <= 1 else {
      return []
    }
    return [
      Finding("result.uninformative", at: .field(.result), ["text": shown(form.result)])
    ]
  }

  private static func rest(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var left: [Unicode.Scalar] = []
    var rest = text[...]
    while let first = rest.first {
      if let word = rest.prefix(of: generic) {
        rest.removeFirst(word.scalars.count)
      } else {
        if first.properties.isAlphabetic || first.isASCIIDigit { left.append(first) }
        rest.removeFirst()
      }
    }
    return left
  }

  private static let generic = Word.list(
    """
    已经 已 全部 全面 既定 年度 全年 本年度 本年 总体 绩效 目标 任务 各项 工作 预期 圆满 顺利 按照 按时 按期 按 \
    计划 要求 完成 达成 达到 达标 实现 指标 项目 均 了 的 并 较好 良好 基本 无 情况 正常 100%
    """)

  /// Word for word, or nearly: what was wanted cannot have been what was done.
  private static func repeats(_ form: CheckForm) -> [Finding] {
    let goal = letters(form.goal)
    let result = letters(form.result)
    guard goal.count >= 8, result.count >= 8 else { return [] }
    let share = likeness(goal, result)
    guard share >= 0.97 else { return [] }
    return [
      Finding(
        "result.repeats-goal", at: .field(.result),
        ["count": "\(result.count)", "share": "\(Int((share * 100).rounded(.down)))"])
    ]
  }

  private static func letters(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    text.filter { $0.properties.isAlphabetic || $0.isASCIIDigit }
  }

  /// The share of pairs of neighbours that both texts have (Dice), from 0 to 1.
  static func likeness(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Double {
    if left == right { return 1 }
    guard left.count > 1, right.count > 1 else { return 0 }
    // Lengths too far apart need no counting.
    let lengths = Double(min(left.count, right.count)) / Double(max(left.count, right.count))
    guard lengths > 0.9 else { return 0 }
    var counts: [UInt64: Int] = [:]
    for pair in pairs(left) { counts[pair, default: 0] += 1 }
    var common = 0
    for pair in pairs(right) {
      guard let count = counts[pair], count > 0 else { continue }
      counts[pair] = count - 1
      common += 1
    }
    return Double(2 * common) / Double(left.count + right.count - 2)
  }

  private static func pairs(_ text: [Unicode.Scalar]) -> [UInt64] {
    zip(text, text.dropFirst()).map { UInt64($0.value) << 32 | UInt64($1.value) }
  }

  /// 1-10月, 截至11月, 上半年: a report of part of the year.
  private static func partYear(_ form: CheckForm) -> [Finding] {
    let text = form.result[...]
    // The rest of the year is reported as well.
    guard !text.containsAny(wholes),
      let period = monthsFromJanuary(text) ?? until(text) ?? half(text)
    else { return [] }
    return [
      Finding(
        "result.part-year", at: .field(.result),
        ["period": period, "year": form.form.year.map(String.init) ?? ""])
    ]
  }

  private static func monthsFromJanuary(_ text: Scalars) -> String? {
    var period: String?
    for start in text.indices where text[start] == "1" {
      if start > text.startIndex, text[start - 1].isASCIIDigit { continue }
      var rest = text[(start + 1)...]
      if rest.first == "月" { rest.removeFirst() }
      guard let mark = rest.popFirst(), "-~至到".unicodeScalars.contains(mark) else { continue }
      let digits = rest.prefix { $0.isASCIIDigit }
      guard !digits.isEmpty, digits.count <= 2, rest[digits.endIndex...].first == "月" else {
        continue
      }
      let month = digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
      // Somewhere the whole year is reported as well.
      if month == 12 { return nil }
      if (1...11).contains(month) { period = shown(text[start...digits.endIndex]) }
    }
    return period
  }

  private static let untilWords = Word.list("截至 截止")

  private static func until(_ text: Scalars) -> String? {
    for word in untilWords {
      guard let start = text.place(of: word) else { continue }
      let rest = text[start...].prefix(14)
      guard let end = rest.firstIndex(of: "月") else { continue }
      let digits = Array(rest[..<end].reversed().prefix { $0.isASCIIDigit }.reversed())
      let month = digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
      if (1...11).contains(month) { return shown(rest[...end]) }
    }
    return nil
  }

  private static let wholes = Word.list("下半年 全年 第四季度 四季度 10-12月 11-12月")
  private static let parts = Word.list("上半年 前三季度 前三个季度")

  private static func half(_ text: Scalars) -> String? {
    return parts.first { text.contains($0) }.map {
      shown($0.scalars)
    }
  }
}
