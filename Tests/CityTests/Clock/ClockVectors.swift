import Base
import City
import Foundation
import Testing
import Yams

/// `docs/vectors/clocks.yaml`, the published test vectors.
struct ClockVectors {
  let vectors: [ClockVector]
  let elapsed: [ClockVector]
  let explained: [ClockVector]

  init() throws {
    var root = URL(filePath: #filePath)
    for _ in 1...4 { root.deleteLastPathComponent() }
    let file = root.appending(path: "docs/vectors/clocks.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let document = try #require(try compose(yaml: text))
    let zone = try #require(document["zone"]?.string)
    var calendars = ["china": try CalendarFile.standard]
    for (name, node) in try #require(document["calendars"]?.mapping) {
      let name = try #require(name.string)
      calendars[name] = try CalendarFile.read(serialize(node: node), name: name)
    }
    func section(_ name: String) throws -> [ClockVector] {
      try #require(document[name]?.sequence).map { try ClockVector($0, zone: zone, calendars) }
    }
    vectors = try section("vectors")
    elapsed = try section("elapsed")
    explained = try section("explained")
  }
}

/// One vector: what is given and, in `node`, what is expected.
struct ClockVector {
  let node: Node
  let name: String
  let start: Moment
  let limit: TimeLimit
  let calendar: WorkingCalendar
  let zone: TimeZone
  let pauses: [Pause]

  init(_ node: Node, zone: String, _ calendars: [String: WorkingCalendar]) throws {
    self.node = node
    let name = try #require(node["name"]?.string)
    self.name = name
    let zone = try #require(TimeZone(identifier: node["zone"]?.string ?? zone), "\(name)")
    self.zone = zone
    calendar = try #require(calendars[node["calendar"]?.string ?? "china"], "\(name)")
    limit = try #require(node["limit"]?.string.flatMap { TimeLimit($0) }, "\(name)")
    start = try #require(Self.moment(node["start"], zone), "\(name)")
    pauses = try (node["pauses"]?.sequence.map { Array($0) } ?? []).map {
      try Pause(
        from: #require(Self.moment($0["from"], zone), "\(name)"),
        to: Self.moment($0["to"], zone), reason: #require($0["reason"]?.string))
    }
  }

  func moment(_ key: String) -> Moment? { Self.moment(node[key], zone) }

  func year(_ key: String) -> Int? { node[key]?.string.flatMap { Int($0) } }

  /// The amount in the unit of the limit, minutes or days.
  func amount(_ node: Node?) -> TimeSpent? {
    guard let count = node?.string.flatMap({ Int($0) }) else { return nil }
    return switch limit.measure {
    case .minutes, .workingMinutes: .milliseconds(Int64(count) * 60_000)
    case .days, .workingDays, .clock: .days(count)
    }
  }

  static func moment(_ node: Node?, _ zone: TimeZone) -> Moment? {
    node?.string.flatMap { LocalTime($0) }.map { Moment($0, in: zone) }
  }
}
