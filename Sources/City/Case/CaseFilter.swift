import Base
import Store

/// What a list of cases is narrowed to, and how it is ordered.
public struct CaseFilter: Sendable, Equatable {
  /// How a list is ordered.
  public enum Order: String, Sendable, CaseIterable, Codable {
    case newest
    /// By the deadline that is next; only open cases.
    case due
  }

  /// What a case has come to beside its state.
  public enum Turn: String, Sendable, CaseIterable, Codable {
    /// It waits for an arbitrator.
    case arbitration
    /// A unit wants not to be scored by it, and nobody has decided.
    case appealed
    /// It is in neither part of any rate.
    case excluded
  }

  /// How the part stands that an organisation has, or had, in a case.
  public enum Part: String, Sendable, CaseIterable, Codable {
    /// It owes a feedback: to be taken, taken, or passed on.
    case open
    /// It has not taken it.
    case sent
    /// It has taken it, and not passed it on.
    case taken
    /// It gave it back; see `returnedFrom`.
    case returned
  }

  public var states: [CaseState] = []
  public var kind: String?
  public var channel: Channel?
  /// The path of an area: its subtree.
  public var areaPath: String?
  /// The organisation that leads, at whatever level; with `part`, the one whose part it is.
  public var organisation: ID<Organisation>?
  /// Only where a part stands so; late and due are asked of that part then.
  public var part: Part?
  /// Of parts that were given back: since when.
  public var returnedFrom: Moment?
  public var reportedFrom: Moment?
  public var reportedBefore: Moment?
  /// Only what is late at this moment.
  public var overdueAt: Moment?
  /// Only what will be late by this moment.
  public var dueBefore: Moment?
  /// Only what is not late before this moment.
  public var dueFrom: Moment?
  /// Only what waits for an arbitrator, or what is excluded from scoring.
  public var turn: Turn?
  /// Words, a case number, or a telephone number.
  public var text: String?
  /// Of a telephone number: the digest by which it is found; then `text` is not looked at.
  public var phone: PhoneDigest.Value?
  /// Only these; nil for all.
  public var ids: [ID<Case>]?
  public var order = Order.newest

  public init() {}

  /// Narrows to what is not late, and will be within some seconds.
  public mutating func setDue(within seconds: Int64, of now: Moment) {
    dueFrom = now
    dueBefore = now + seconds
  }

  /// The conditions on `case_file AS c`, without order and text.
  ///
  /// - Parameter due: the deadline that late and soon are asked of.
  func conditions(due: SQL = "c.due_at", amongOpen: Bool = false) -> [SQL] {
    var all: [SQL] = []
    if !states.isEmpty { all.append("c.state IN \(list: states)") }
    if order == .due, !amongOpen { all.append("c.closed_at IS NULL") }
    if let ids { all.append("c.id IN \(list: ids)") }
    if let kind { all.append("c.kind = \(kind)") }
    if let channel { all.append("c.channel = \(channel)") }
    if let areaPath { all.append(Subtree.holds("c.area_path", areaPath)) }
    if let part {
      all.append(holding(part))
    } else if let organisation {
      all.append(CaseScope.led(by: organisation))
    }
    if let reportedFrom { all.append("c.reported_at >= \(reportedFrom)") }
    if let reportedBefore { all.append("c.reported_at < \(reportedBefore)") }
    switch turn {
    case nil: break
    // What is merged keeps what it waited for, and waits for nobody meanwhile.
    case .arbitration: all.append("c.arbitration_at IS NOT NULL")
    case .appealed: all.append("c.appeal = 'open' AND c.state <> 'merged'")
    case .excluded: all.append("c.excluded_at IS NOT NULL")
    }
    guard part == nil || part == .returned else { return all }
    if let overdueAt { all.append("c.closed_at IS NULL AND \(due) < \(overdueAt)") }
    if let dueBefore { all.append("c.closed_at IS NULL AND \(due) < \(dueBefore)") }
    if let dueFrom { all.append("\(due) >= \(dueFrom)") }
    return all
  }

  /// That a part stands so, and is due as is asked.
  private func holding(_ part: Part) -> SQL {
    var all: [SQL] = [organisation.map { "w.organisation_id = \($0)" } ?? "w.organisation_id > 0"]
    if part == .returned {
      let from = returnedFrom ?? Moment(milliseconds: 0)
      return """
        c.id IN (SELECT w.case_id FROM case_note AS n CROSS JOIN case_assignment AS w
          WHERE \(CaseLoad.returned(from: from)) AND \(all[0]))
        """
    }
    all.append("w.is_active = 1 AND \(CaseLoad.owed) AND w.state IN \(part.states)")
    if let overdueAt { all.append("w.queue_at < \(overdueAt)") }
    if let dueBefore { all.append("w.queue_at < \(dueBefore)") }
    if let dueFrom { all.append("w.queue_at >= \(dueFrom)") }
    return "c.id IN (SELECT w.case_id FROM case_assignment AS w WHERE \(all.joined(" AND ")))"
  }
}

extension CaseFilter.Part {
  fileprivate var states: SQL {
    switch self {
    case .open: "('sent', 'taken', 'passed')"
    case .sent: "('sent')"
    case .taken: "('taken')"
    case .returned: "('returned')"
    }
  }
}

/// One line of a list of cases.
public struct CaseLine: Row, Equatable {
  public let id: ID<Case>
  public let number: String
  public let kind: String
  public let kindVersion: ID<CaseKind>
  public let channel: Channel
  public let state: CaseState
  public let title: String
  public let place: String
  public let area: ID<Area>?
  public let leadOrganisation: ID<Organisation>?
  public let leadPerson: ID<Person>?
  public let isUrgent: Bool
  public let isConfidential: Bool
  public let reportedAt: Moment
  public let closedAt: Moment?
  /// The deadline that is next: of the reader's own part where cases come to them by parts.
  public let dueAt: Moment?
  public let wholeDueAt: Moment?
  public let latitude: Double?
  public let longitude: Double?
  public let revision: Int
  let queueAt: Int64

  static let columns = columns(queue: "c.queue_at", due: "c.due_at")

  /// - Parameter queue: the column that the list is ordered by when it is by clock.
  static func columns(queue: SQL) -> SQL {
    columns(queue: queue, due: "NULLIF(\(queue), \(CaseRows.queueTime(nil)))")
  }

  private static func columns(queue: SQL, due: SQL) -> SQL {
    """
    c.id, c.number, c.kind, c.kind_version, c.channel, c.state, c.title, c.place, c.area_id,
    c.lead_organisation_id, c.lead_person_id, c.is_urgent, c.is_confidential, c.reported_at,
    c.closed_at, \(due), c.whole_due_at, c.latitude, c.longitude, c.revision, \(queue)
    """
  }

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    number = try fields.next()
    kind = try fields.next()
    kindVersion = try fields.next()
    channel = try fields.next()
    state = try fields.next()
    title = try fields.next()
    place = try fields.next()
    area = try fields.next()
    leadOrganisation = try fields.next()
    leadPerson = try fields.next()
    isUrgent = try fields.next()
    isConfidential = try fields.next()
    reportedAt = try fields.next()
    closedAt = try fields.next()
    dueAt = try fields.next()
    wholeDueAt = try fields.next()
    latitude = try fields.next()
    longitude = try fields.next()
    revision = try fields.next()
    queueAt = try fields.next()
  }
}

/// A position in a list: where the next page begins, or the previous one ends.
public struct CaseCursor: Equatable, Sendable, LosslessStringConvertible {
  let queueAt: Int64
  let id: Int64
  /// Whether the page before the position is wanted.
  let backwards: Bool

  init(_ line: CaseLine, backwards: Bool = false) {
    queueAt = line.queueAt
    id = line.id.raw
    self.backwards = backwards
  }

  public init?(_ text: String) {
    let parts = text.split(separator: ".")
    guard parts.count == 3, let queueAt = Int64(parts[1]), let id = Int64(parts[2]),
      parts[0] == "n" || parts[0] == "p"
    else { return nil }
    self.queueAt = queueAt
    self.id = id
    backwards = parts[0] == "p"
  }

  public var description: String { "\(backwards ? "p" : "n").\(queueAt).\(id)" }
}

/// A page of a list.
public struct CaseLines: Sendable {
  public let lines: [CaseLine]
  public let next: CaseCursor?
  public let previous: CaseCursor?

  init(lines: [CaseLine], next: CaseCursor?, previous: CaseCursor?) {
    self.lines = lines
    self.next = next
    self.previous = previous
  }

  /// The page that a walk from a position met.
  ///
  /// - Parameter walked: in the order of the walk; one more than `limit` where there are more.
  init(walked: [CaseLine], limit: Int, from cursor: CaseCursor?) {
    let hasMore = walked.count > limit
    let backwards = cursor?.backwards ?? false
    let page = Array(walked.prefix(limit))
    lines = backwards ? page.reversed() : page
    next = backwards || hasMore ? lines.last.map { CaseCursor($0) } : nil
    let hasPrevious = backwards ? hasMore : cursor != nil
    previous = hasPrevious ? lines.first.map { CaseCursor($0, backwards: true) } : nil
  }
}

extension CaseFilter {
  /// - Throws: `period.backwards` at `to`, where the days end before they begin.
  public func requireForwards() throws {
    guard let from = reportedFrom, let before = reportedBefore, before <= from else { return }
    throw Fault.invalid("to", "period.backwards")
  }
}
