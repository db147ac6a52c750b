import Base

/// Something to be said, before it is known in which language.
///
/// Pages are values without a language; the renderer words them. Text that people wrote and names
/// from the catalogue are `.plain`.
public indirect enum Phrase: Sendable, Equatable {
  case plain(String)
  /// A text of the locale files with its arguments.
  case key(String, [String: Phrase] = [:])
  /// The first of the keys that has a text.
  case either([String], [String: Phrase] = [:])
  case moment(Moment)
  case day(Day)
  /// Milliseconds.
  case duration(Int64)
  case count(Int)
  /// 0…1; nil is written "—".
  case rate(Double?)
  /// Bytes.
  case size(Int)
  /// A name from the catalogue in Chinese, and in English where it has one.
  case named(String, english: String)
  /// A code by its word in a family of texts, as it is where there is none.
  case coded(String, family: String)
  /// Several, joined as the language does: `甲、乙`, `a, b`.
  case list([Phrase])

  /// So many of something: the text `key`, and of one alone `key.one`.
  public static func counted(_ key: String, _ count: Int) -> Phrase {
    .key(count == 1 ? key + ".one" : key, ["count": .count(count)])
  }

  /// What is wrong with one field.
  public init(_ field: Fault.Field) {
    self = .either(
      ["field.\(field.code)", "field.invalid"], Self.worded(field.arguments))
  }

  /// What went wrong.
  public init(_ fault: Fault) {
    let isOutside = fault.code.hasPrefix("store.") && fault.arguments["path"] == nil
    self = .either(
      (isOutside ? ["fault.\(fault.code).outside"] : [])
        + ["fault.\(fault.code)", "fault.\(fault.kind.rawValue)"], Self.worded(fault.arguments))
  }

  /// The texts in which codes among a fault's arguments are worded.
  private static let families = [
    "sheet-move": "sheet.move", "sheet-state": "sheet.state", "budget-row": "budget.row",
    "phase": "project.phase",
    "state": "case.state", "stage": "project.state", "act": "project.move", "move": "move",
    "right": "right", "subject": "evidence",
    "channel": "channel", "role": "role", "other": "role", "expected": "json-type",
  ]

  private static func worded(_ arguments: [String: String]) -> [String: Phrase] {
    Dictionary(
      uniqueKeysWithValues: arguments.map { name, value in
        if let family = families[name] { return (name, .coded(value, family: family)) }
        if name == "asked" || name == "deadline", let moment = Moment(value) {
          return (name, .moment(moment))
        }
        if name == "most", let limit = TimeLimit(value) { return (name, Phrase(limit)) }
        return (name, .plain(value))
      })
  }

  /// A time limit: `3 个工作日`, `24 小时`, `第 1 个工作日 18:00 前`.
  public init(_ limit: TimeLimit) {
    func count(_ count: Int) -> [String: Phrase] { ["count": .plain("\(count)")] }
    func time(_ minutes: Int, _ prefix: String) -> Phrase {
      minutes % 60 == 0 && minutes > 0
        ? .key("limit.\(prefix)hours", count(minutes / 60))
        : .key("limit.\(prefix)minutes", count(minutes))
    }
    switch limit.measure {
    case .minutes(let minutes): self = time(minutes, "")
    case .workingMinutes(let minutes): self = time(minutes, "working-")
    case .days(let days, _): self = .key("limit.days", count(days))
    case .workingDays(let days, _): self = .key("limit.working-days", count(days))
    case .clock(let minute, let day):
      let time = LocalTime(day: Day(number: 0), millisecond: minute * 60_000)
      self = .key(
        "limit.clock", ["day": .plain("\(day)"), "time": .plain(String(time.clockText.prefix(5)))])
    }
  }
}

extension Wording {
  /// What a phrase says in this language.
  public func text(_ phrase: Phrase) -> String {
    switch phrase {
    case .plain(let text): text
    case .key(let key, let arguments): text(key, arguments.mapValues(text))
    case .either(let keys, let arguments):
      text(keys.first(where: knows) ?? keys.first ?? "", arguments.mapValues(text))
    case .moment(let moment): text(moment)
    case .day(let day): day.description
    case .duration(let milliseconds): duration(milliseconds)
    case .count(let count): text(count)
    case .rate(let rate): percentage(rate)
    case .size(let bytes): size(bytes)
    case .named(let name, let english):
      language == .english && !english.isEmpty ? english : name
    case .coded(let code, let family): texts["\(family).\(code)"] ?? code
    case .list(let phrases): phrases.map(text).joined(separator: text("list.separator"))
    }
  }
}
