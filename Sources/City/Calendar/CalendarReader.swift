import Base
import Yams

/// Reads the nodes of a calendar file and keeps everything that is wrong with them.
struct CalendarReader {
  let file: String
  private(set) var problems: [Fault.Field] = []

  init(file: String) { self.file = file }

  private typealias Pairs = [String: Node]

  /// Nil when there are problems; there may be problems all the same when it is not.
  mutating func calendar(_ root: Node?) -> WorkingCalendar? {
    guard let root else {
      problems.append(Fault.Field(file, "notMapping"))
      return nil
    }
    let pairs = mapping(
      root, "", required: ["name", "years", "hours", "make-up"], optional: ["special"])
    let name = pairs["name"].flatMap { text($0, "name") }
    let years = pairs["years"].flatMap { self.years($0) }
    let hours = pairs["hours"].map { week($0) } ?? [:]
    let makeUp = pairs["make-up"].flatMap { self.hours($0, "make-up") }
    let special = pairs["special"].map { days($0, within: years) } ?? []
    guard let name, let years, let makeUp else { return nil }
    return WorkingCalendar(
      name: name, hours: hours, makeUpHours: makeUp, years: years, specialDays: special)
  }

  private mutating func years(_ node: Node) -> WorkingCalendar.Years? {
    if node.string == "every" { return .every }
    guard let nodes = node.sequence, !nodes.isEmpty else {
      report(node, "years", "years")
      return nil
    }
    var years: Set<Int> = []
    for (index, node) in nodes.enumerated() {
      let key = "years[\(index)]"
      guard let year = node.string.flatMap({ Int($0) }), (1900...2200).contains(year) else {
        report(node, key, "years")
        continue
      }
      if !years.insert(year).inserted { report(node, key, "duplicate") }
    }
    return .published(years)
  }

  private mutating func week(_ node: Node) -> [Weekday: OpenHours] {
    let names = Dictionary(
      uniqueKeysWithValues: Weekday.allCases.map { (String(describing: $0), $0) })
    let pairs = mapping(node, "hours", required: [], optional: Array(names.keys))
    if pairs.isEmpty, node.mapping != nil { report(node, "hours", "noHours") }
    var week: [Weekday: OpenHours] = [:]
    for (name, weekday) in names {
      week[weekday] = pairs[name].flatMap { hours($0, "hours.\(name)") }
    }
    return week
  }

  private mutating func hours(_ node: Node, _ key: String) -> OpenHours? {
    guard let text = text(node, key) else { return nil }
    guard let hours = OpenHours(text) else {
      report(node, key, "hours")
      return nil
    }
    return hours
  }

  private mutating func days(
    _ node: Node, within years: WorkingCalendar.Years?
  ) -> [WorkingCalendar.SpecialDay] {
    guard let nodes = node.sequence else {
      report(node, "special", "notList")
      return []
    }
    var days: [WorkingCalendar.SpecialDay] = []
    var seen: Set<Day> = []
    for (index, node) in nodes.enumerated() {
      guard let day = day(node, "special[\(index)]", within: years) else { continue }
      if !seen.insert(day.day).inserted { report(node, "special[\(index)].day", "duplicate") }
      days.append(day)
    }
    return days
  }

  private mutating func day(
    _ node: Node, _ key: String, within years: WorkingCalendar.Years?
  ) -> WorkingCalendar.SpecialDay? {
    let pairs = mapping(node, key, required: ["day", "kind", "name"], optional: [])
    guard let dayNode = pairs["day"], let kindNode = pairs["kind"],
      let name = pairs["name"].flatMap({ text($0, key + ".name") })
    else { return nil }
    guard let day = dayNode.string.flatMap({ Day($0) }) else {
      report(dayNode, key + ".day", "day")
      return nil
    }
    guard let kind = kindNode.string.flatMap({ WorkingCalendar.SpecialDay.Kind(rawValue: $0) })
    else {
      report(kindNode, key + ".kind", "specialKind")
      return nil
    }
    // A notice settles its own year and sometimes the end of the year before.
    if case .published(let years) = years, !years.contains(day.year), !years.contains(day.year + 1)
    {
      report(dayNode, key + ".day", "dayOutsideYears")
    }
    return WorkingCalendar.SpecialDay(day: day, kind: kind, name: name)
  }

  // MARK: - Nodes

  private mutating func mapping(
    _ node: Node, _ key: String, required: [String], optional: [String]
  ) -> Pairs {
    guard let mapping = node.mapping else {
      report(node, key, "notMapping")
      return [:]
    }
    let prefix = key.isEmpty ? "" : key + "."
    var pairs: Pairs = [:]
    for (name, value) in mapping {
      let text = name.string ?? ""
      if required.contains(text) || optional.contains(text) {
        pairs[text] = value
      } else {
        report(name, prefix + text, "unknownKey")
      }
    }
    for name in required where pairs[name] == nil { report(node, prefix + name, "required") }
    return pairs
  }

  private mutating func text(_ node: Node, _ key: String) -> String? {
    guard let text = node.string, !text.isEmpty else {
      report(node, key, "required")
      return nil
    }
    return text
  }

  private mutating func report(_ node: Node, _ key: String, _ code: String) {
    let line = node.mark.map { ":\($0.line)" } ?? ""
    problems.append(Fault.Field(key.isEmpty ? file + line : "\(file)\(line) \(key)", code))
  }
}
