import Base
import City
import Foundation

extension SheetContent {
  /// What a sheet's form sent.
  ///
  /// - Throws: `input.invalid` for what cannot be read.
  init(_ kind: SheetKind, _ data: FormData) throws {
    switch kind {
    case .appraisal: self = .appraisal(try AppraisalContent(data))
    case .targets: self = .targets(try TargetsContent(data))
    case .monitoring: self = .monitoring(try MonitoringContent(data))
    case .use: self = .use(try UseContent(data))
    }
  }
}

extension AppraisalContent {
  fileprivate init(_ data: FormData) throws {
    self.init()
    day = try data.day("day")
    appraiser = data.plain("appraiser")
    isOutside = data.text("isOutside") != nil
    score = PrintedNumber(data.plain("score"))
    outOf = PrintedNumber(data.plain("outOf"))
    mean = PrintedNumber(data.plain("mean"))
    requested = PrintedNumber(data.plain("requested"))
    conclusion = data.text("conclusion").flatMap(AppraisalConclusion.init)
    words = data.plain("words")
    document = data.text("document").flatMap { ID($0) }
  }
}

extension TargetsContent {
  fileprivate init(_ data: FormData) throws {
    self.init()
    goal = data.plain("goal")
    lines = data.lines("lines").map { prefix in
      var line = TargetLine()
      line.id = data.text(prefix + "id").flatMap { ID($0) }
      line.level1 = data.plain(prefix + "level1")
      line.level2 = data.plain(prefix + "level2")
      line.name = data.plain(prefix + "name")
      line.target = data.plain(prefix + "target")
      line.weight = PrintedNumber(data.plain(prefix + "weight"))
      line.direction = data.text(prefix + "direction").flatMap(ScoreDirection.init)
      return line
    }
  }
}

extension MonitoringContent {
  fileprivate init(_ data: FormData) throws {
    self.init()
    asOf = try data.day("asOf")
    executed = PrintedNumber(data.plain("executed"))
    measures = data.plain("measures")
    lines = data.lines("lines").compactMap { prefix in
      data.text(prefix + "id").flatMap { ID<ProjectIndicator>($0) }.map { id in
        var line = MonitoringLine(id: id)
        line.actual = data.plain(prefix + "actual")
        line.forecast = data.plain(prefix + "forecast")
        line.note = data.plain(prefix + "note")
        return line
      }
    }
  }
}

extension UseContent {
  fileprivate init(_ data: FormData) throws {
    self.init()
    decision = data.text("decision").flatMap(UseDecision.init)
    nextBudget = PrintedNumber(data.plain("nextBudget"))
    words = data.plain("words")
    disclosedOn = try data.day("disclosedOn")
    disclosedAt = data.plain("disclosedAt")
    items = try data.lines("items").map { prefix in
      var item = UseItem()
      item.id = data.text(prefix + "id").flatMap { ID($0) }
      item.what = data.plain(prefix + "what")
      item.responsible = data.plain(prefix + "responsible")
      item.due = try data.day(prefix + "due")
      return item
    }
  }
}

extension FormData {
  /// - Throws: `input.invalid` with `value.day`.
  func day(_ name: String) throws -> Day? {
    try text(name).map { text in
      guard let day = Day(written: text) else {
        throw Fault.invalid(name, "value.day", ["value": String(text.prefix(32))])
      }
      return day
    }
  }

  /// The beginnings of the names of the lines that were sent and are not to go: `lines.0.`.
  func lines(_ name: String) -> [String] {
    let indexes = Set(
      values.keys.compactMap { key -> Int? in
        let parts = key.split(separator: ".")
        return parts.count == 3 && parts[0] == name ? Int(parts[1]) : nil
      })
    return indexes.sorted().map { "\(name).\($0)." }.filter { text($0 + "remove") == nil }
  }
}
