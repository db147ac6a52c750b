import Base
import Store

/// Which cases are due in a period (应处置, 应结案 …).
public enum DueReading: String, Sendable, CaseIterable, Codable {
  /// By the deadline, as extended.
  case deadline
  /// By when the case was filed; what comes before filing, and what may come before it, by when it was
  /// reported.
  case cohort
}

/// Whom figures are told of, one by one.
public enum FigureGroup: String, Sendable, CaseIterable, Codable {
  case organisation, area, person
}

/// Which cases a set of figures is about.
public struct FigureScope: Sendable, Equatable {
  /// The first instant, and the first after it, of the period.
  public var from: Moment
  public var before: Moment
  public var due = DueReading.deadline
  public var areaPath: String?
  /// The unit that leads, at whatever level: its own clocks where handling is timed, and the cases
  /// that it leads where they are counted.
  public var organisation: ID<Organisation>?
  /// The person who leads, likewise.
  public var person: ID<Person>?
  public var kind: String?
  public var channel: Channel?

  public init(from: Moment, before: Moment) {
    self.from = from
    self.before = before
  }

  /// Conditions on `case_file AS c` besides the period and who leads.
  var conditions: [SQL] {
    var all: [SQL] = []
    if let areaPath { all.append(Subtree.holds("c.area_path", areaPath)) }
    if let kind { all.append("c.kind = \(kind)") }
    if let channel { all.append("c.channel = \(channel)") }
    return all
  }

  func within(_ column: String) -> SQL {
    let column = SQL(trusted: column)
    return "\(column) >= \(from) AND \(column) < \(before)"
  }

  /// Who leads, as a condition on `case_file AS c`.
  var led: [SQL] {
    [organisation.map { CaseScope.led(by: $0) }, person.map { CaseScope.led(by: $0) }]
      .compactMap { $0 }
  }
}
