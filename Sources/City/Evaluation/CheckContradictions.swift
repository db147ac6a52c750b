import Foundation

/// What 实际完成情况 says otherwise than the indicators.
enum ResultContradictions {
  static func findings(_ form: CheckForm) -> [Finding] {
    unfinished(form) + late(form) + form.indicators.compactMap { rate($0, form.result[...]) }
  }

  /// The work has only begun, and an indicator has it finished.
  private static func unfinished(_ form: CheckForm) -> [Finding] {
    let text = form.result[...]
    guard let word = begun.first(where: { text.contains($0) }), let start = text.place(of: word),
      let indicator = form.indicators.first(where: isFinished)
    else { return [] }
    return [found(indicator, quote(text, start), indicator.place)]
  }

  private static let begun = Word.list(
    """
    前期工作已经开展 前期工作已开展 前期工作正在 处于前期 尚未开工 未开工 尚未启动 尚未完工 未完工 正在施工 \
    尚在建设 尚未完成 尚未验收 尚未竣工
    """)

  private static let finishing = Word.list("完成率 完工率 竣工率 及时完成")

  private static func isFinished(_ indicator: CheckIndicator) -> Bool {
    guard indicator.name[...].containsAny(finishing) else {
      return false
    }
    return switch indicator.outcome {
    case .met(let deviation): deviation?.actual.whole == 100
    case .saidMet: true
    case .missed, .differs, .saidShort, .unknown: false
    }
  }

  /// Something was late, and every indicator of timeliness has full points. What the text itself sets
  /// apart as the exception (除…外) is none: with it an indicator in words may still be met.
  private static func late(_ form: CheckForm) -> [Finding] {
    let text = form.result[...]
    guard let start = lateness(text) else { return [] }
    let timely = form.indicators.filter { $0.name[...].contains("及时") }
    guard let first = timely.first,
      timely.allSatisfy({ $0.outcome == .saidMet && $0.score == $0.weight })
    else { return [] }
    return [found(first, quote(text, start), .field(.result))]
  }

  private static let lateWords = Word.list("未及时 不及时 未按时")
  private static let denials = Word.list("无 未 没有 杜绝 避免 防止 解决 整改 不存在")

  private static func lateness(_ text: Scalars) -> Int? {
    for word in lateWords {
      guard let start = text.place(of: word) else { continue }
      let before = text[..<start].suffix(8)
      if !before.containsAny(denials), !isException(text, start) { return start }
    }
    return nil
  }

  private static let clauseEnds = Set("，,。；;：:！!\n".unicodeScalars)

  /// Whether the place stands in a clause that begins with 除 and ends with 外 or 以外.
  private static func isException(_ text: Scalars, _ place: Int) -> Bool {
    let clause = text[..<place].lastIndex { clauseEnds.contains($0) }.map { $0 + 1 }
    let end = text[place...].firstIndex { clauseEnds.contains($0) } ?? text.endIndex
    let before = text[(clause ?? text.startIndex)..<place]
    return before.contains("除") && text[..<end].last == "外"
  }

  /// `…率98%` in the text, and another figure for the same rate as an indicator.
  private static func rate(_ indicator: CheckIndicator, _ text: Scalars) -> Finding? {
    guard indicator.name.last == "率", indicator.name.count >= 5,
      let actual = indicator.actual.amounts.first, indicator.actual.amounts.count == 1,
      actual.unit == "%", actual.bound == .none || actual.bound == .exactly
    else { return nil }
    for end in text.indices where text[end] == "率" {
      var numbers = TargetNumbers(text[(end + 1)...].drop { "为达:".unicodeScalars.contains($0) })
      guard let value = numbers.number(), numbers.rest.first == "%", value != actual.value,
        let start = nameStart(indicator.name, text[...end])
      else { continue }
      return found(indicator, shown(text[start..<numbers.rest.startIndex]) + "%", indicator.place)
    }
    return nil
  }

  /// Where the indicator's name begins in the text that ends with it; the text may leave out up to
  /// two signs of it, never the first or any of the last three.
  private static func nameStart(_ name: [Unicode.Scalar], _ text: Scalars) -> Int? {
    guard text.suffix(3).elementsEqual(name.suffix(3)) else { return nil }
    for left in 0...2 {
      let length = name.count - left
      guard length >= 5 else { return nil }
      let candidate = text.suffix(length)
      // 消防问题整改率 is no 问题整改率.
      let before = text[..<candidate.startIndex].last
      guard candidate.first == name.first, before?.properties.isAlphabetic != true,
        isPart(candidate, of: name)
      else { continue }
      return candidate.startIndex
    }
    return nil
  }

  /// All signs in their order.
  private static func isPart(_ part: Scalars, of whole: [Unicode.Scalar]) -> Bool {
    var rest = part
    for scalar in whole where rest.first == scalar { rest.removeFirst() }
    return rest.isEmpty
  }

  private static func quote(_ text: Scalars, _ start: Int) -> String {
    let from = max(text.startIndex, start - 8)
    return shown(text[from..<min(text.endIndex, start + 12)])
  }

  private static func found(
    _ indicator: CheckIndicator, _ quote: String, _ place: Finding.Place
  ) -> Finding {
    Finding("result.contradicts-indicator", at: place, indicator.arguments(["quote": quote]))
  }
}
