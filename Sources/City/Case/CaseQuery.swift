import Base
import Foundation
import Store

/// Lists of cases, each within what somebody may see.
///
/// A list is paged by key. Where few grids or organisations bound it, the newest of each are taken
/// from an index and merged; otherwise the list itself is walked in its order.
struct CaseQuery {
  /// The most subtrees that are merged; beyond it a walk meets matches soon enough.
  private static let mostBranches = 64
  /// The most subtrees that a search is bounded by; beyond it most hits lie within.
  private static let mostBounds = 256

  var filter: CaseFilter
  let scope: CaseScope
  let cursor: CaseCursor?
  let limit: Int
  /// The exact area paths under the scope, when they are few.
  let areaPaths: [String]
  /// The organisations under the scope, when only these count.
  let organisationIDs: [ID<Organisation>]
  let phone: PhoneSearch?

  func lines(in snapshot: some Querying) throws -> CaseLines {
    CaseLines(walked: try snapshot.all(statement), limit: limit, from: cursor)
  }

  /// How many lines there are, counted no further than one beyond the limit.
  func count(in snapshot: some Querying) throws -> Int {
    try snapshot.value("SELECT COUNT(*) FROM (\(statement)) AS counted") ?? 0
  }

  // MARK: - The statement

  private var statement: SQL {
    if let phone { return byPhone(phone) }
    if let words { return byWords(words) }
    if filter.text != nil || filter.phone != nil { return walk(and: "1 = 0") }
    if !organisationIDs.isEmpty {
      return merged(byParts + own(besides: nil))
    }
    if filter.order == .newest, !areaPaths.isEmpty, areaPaths.count <= Self.mostBranches {
      let own = filter.areaPath == nil ? own(besides: areaPaths) : []
      return merged(areaPaths.map { walk(and: "c.area_path = \($0)") } + own)
    }
    if filter.order == .due {
      let states = filter.states.isEmpty ? CaseState.allCases.filter(\.isOpen) : filter.states
      return merged(states.map { walk(and: "c.state = \($0)") })
    }
    guard filter.part == nil, let unit = filter.organisation else { return walk(and: nil) }
    return led(by: unit)
  }

  /// Whom the case names, and who leads below, each from an index.
  private func led(by organisation: ID<Organisation>) -> SQL {
    var all = self
    all.filter.organisation = nil
    let named: SQL = "c.lead_organisation_id = \(organisation)"
    return merged([
      all.walk(and: named),
      all.walk(
        and:
          "\(CaseScope.ledBelow(by: organisation)) AND (c.lead_organisation_id IS NULL OR NOT (\(named)))"
      ),
    ])
  }

  private var words: SearchWords? { filter.text.flatMap { SearchWords(query: $0) } }

  private func walk(and extra: SQL?) -> SQL {
    let all = conditions + [extra].compactMap { $0 }
    return """
      SELECT \(CaseLine.columns) FROM case_file AS c
      \(Self.whereAll(all)) ORDER BY \(order("c")) LIMIT \(limit + 1)
      """
  }

  /// Branches in the order of the whole; none has a case that another has.
  private func merged(_ branches: [SQL]) -> SQL {
    guard branches.count > 1 else { return branches.first ?? walk(and: "1 = 0") }
    let union = branches.map { "SELECT * FROM (\($0)) AS branch" as SQL }.joined(" UNION ALL ")
    return "SELECT * FROM (\(union)) AS c ORDER BY \(order("c")) LIMIT \(limit + 1)"
  }

  /// The cases that come by a part: of each organisation from an index; of those of a centre below
  /// another what does not belong to it, beside what does.
  private var byParts: [SQL] {
    guard let owned = scope.owned else {
      return organisationIDs.map { parts("a.organisation_id = \($0)") }
    }
    let states = filter.states.isEmpty ? CaseState.allCases.filter(\.isOpen) : filter.states
    let own =
      filter.order == .due
      ? states.map { walk(and: "c.state = \($0) AND \(owned)") } : [walk(and: owned)]
    return own + [parts("a.organisation_id IN \(list: organisationIDs) AND NOT \(owned)")]
  }

  /// The cases in which some organisations have a part: those that are open by clock, or all by age. A
  /// case that came to one twice, or to several that are asked for, is taken by one part only: the
  /// first that still counts.
  private func parts(_ part: SQL) -> SQL {
    let isByClock = filter.order == .due
    let counts: SQL = isByClock ? "is_active = 1" : "state IN \(CaseAssignment.seen)"
    let position = positioned("a.queue_at", "a.case_id")
    let first: SQL = """
      NOT EXISTS (SELECT 1 FROM case_assignment AS b WHERE b.case_id = a.case_id AND b.id <> a.id
        AND b.\(counts) AND b.organisation_id IN \(list: organisationIDs)
        AND ((b.ended_at IS NULL AND a.ended_at IS NOT NULL)
          OR (b.id < a.id AND (b.ended_at IS NULL OR a.ended_at IS NOT NULL))))
      """
    // A part that is active is one of an open case. Asked twice, PostgreSQL takes the answers for two
    // chances, expects next to nothing, and sorts the whole queue.
    let all =
      [part, "a.\(counts)", first] + filter.conditions(due: "a.queue_at", amongOpen: isByClock)
      + [scope.condition, position].compactMap { $0 }
    return """
      SELECT \(CaseLine.columns(queue: "a.queue_at"))
      FROM case_assignment AS a JOIN case_file AS c ON c.id = a.case_id
      \(Self.whereAll(all)) ORDER BY \(order("a", id: "case_id")) LIMIT \(limit + 1)
      """
  }

  /// What somebody reported themselves, and what they hold for others, that they do not see by the other
  /// branches.
  private func own(besides areas: [String]?) -> [SQL] {
    var elsewhere: SQL =
      areas.map { "c.area_path NOT IN \(list: $0)" }
        ?? """
        NOT EXISTS (SELECT 1 FROM case_assignment AS b WHERE b.case_id = c.id
          AND b.state IN \(CaseAssignment.seen)
          AND b.organisation_id IN \(list: organisationIDs))
        """
    if let owned = scope.owned { elsewhere = "\(elsewhere) AND NOT \(owned)" }
    let mine: SQL? = scope.reporter.map { "c.reported_by = \($0)" }
    // What somebody reported is often by nobody that is known.
    let notMine: SQL =
      scope.reporter.map { "(c.reported_by IS NULL OR c.reported_by <> \($0))" } ?? "1 = 1"
    let others: SQL? = scope.stood.map { "\($0) AND \(notMine)" }
    return [mine, others].compactMap { $0 }.map { walk(and: "\($0) AND \(elsewhere)") }
  }

  /// Newest first over the words; kind and area, or else what bounds the scope, are words too.
  private func byWords(_ words: SearchWords) -> SQL {
    let words = filter.kind.map { words.and(CaseNoteRows.word(kind: $0)) } ?? words
    if let area = filter.areaPath { return hits(of: words.and(CaseNoteRows.word(area: area))) }
    return hits(of: words.and(anyOf: bounds))
  }

  /// Words of which each case has one that may be seen; none where all may be.
  private var bounds: [String] {
    guard scope.owned == nil, scope.stood == nil else { return [] }
    let areas = scope.outermostAreas.map { CaseNoteRows.word(area: $0) }
    let found =
      areas.isEmpty
      ? scope.outermostOrganisations.map { CaseNoteRows.word(organisation: $0) } : areas
    guard !found.isEmpty, found.count <= Self.mostBounds else { return [] }
    return found + [scope.reporter.map(CaseNoteRows.word(reporter:))].compactMap { $0 }
  }

  private func hits(of words: SearchWords) -> SQL {
    let position: SQL? = cursor.map {
      $0.backwards ? "hit.id > \($0.id)" : "hit.id < \($0.id)"
    }
    let all = filter.conditions() + [scope.condition].compactMap { $0 }
    var hits = SQL.matching(CaseNoteRows.search, words)
    // Where each hit is a line of the list, no more cases are read than the page shows.
    if all.isEmpty {
      hits = """
        (SELECT hit.id FROM \(hits) AS hit \(Self.whereAll([position].compactMap { $0 }))
          ORDER BY \(order("hit")) LIMIT \(limit + 1))
        """
    }
    return """
      SELECT \(CaseLine.columns) FROM \(hits) AS hit JOIN case_file AS c ON c.id = hit.id
      \(Self.whereAll(all + [position].compactMap { $0 })) ORDER BY \(order("hit")) LIMIT \(limit + 1)
      """
  }

  private func byPhone(_ search: PhoneSearch) -> SQL {
    let all =
      ["r.phone_digest = \(search.digest)"] + conditions
      + [search.opened, search.confidential.map { "(c.is_confidential = 0 OR \($0))" as SQL }]
      .compactMap { $0 }
    return """
      SELECT \(CaseLine.columns) FROM case_reporter AS r JOIN case_file AS c ON c.id = r.case_id
      \(Self.whereAll(all)) ORDER BY \(order("c")) LIMIT \(limit + 1)
      """
  }

  // MARK: - Pieces

  private var isBackwards: Bool { cursor?.backwards ?? false }

  /// What is looked for by words comes newest first, whatever order was asked for.
  private var isByAge: Bool { filter.order == .newest || (phone == nil && words != nil) }

  private var conditions: [SQL] {
    filter.conditions()
      + [scope.condition, positioned("c.queue_at", "c.id")].compactMap { $0 }
  }

  private func positioned(_ queue: String, _ id: String) -> SQL? {
    guard let cursor else { return nil }
    let id = SQL(trusted: id)
    let queue = SQL(trusted: queue)
    if isByAge {
      return cursor.backwards ? "\(id) > \(cursor.id)" : "\(id) < \(cursor.id)"
    }
    return cursor.backwards
      ? "(\(queue), \(id)) < (\(cursor.queueAt), \(cursor.id))"
      : "(\(queue), \(id)) > (\(cursor.queueAt), \(cursor.id))"
  }

  private func order(_ table: String, id: String = "id") -> SQL {
    let table = SQL(trusted: table)
    let id = SQL(trusted: id)
    return switch (isByAge ? .newest : filter.order, isBackwards) {
    case (.newest, false): "\(table).\(id) DESC"
    case (.newest, true): "\(table).\(id)"
    case (.due, false): "\(table).queue_at, \(table).\(id)"
    case (.due, true): "\(table).queue_at DESC, \(table).\(id) DESC"
    }
  }

  private static func whereAll(_ conditions: [SQL]) -> SQL {
    conditions.isEmpty ? "" : "WHERE \(conditions.joined(" AND "))"
  }
}

/// A telephone number to look for, and whose: only of those who may open it.
struct PhoneSearch {
  let digest: [UInt8]
  /// The cases whose reporter may be opened; nil for all.
  let opened: SQL?
  /// Of the confidential ones, those; nil for all.
  let confidential: SQL?
}
