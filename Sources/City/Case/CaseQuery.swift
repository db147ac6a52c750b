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

  let filter: CaseFilter
  let scope: CaseScope
  let cursor: CaseCursor?
  let limit: Int
  /// The exact area paths under the scope, when they are few.
  let areaPaths: [String]
  /// The organisations under the scope, when only these count.
  let organisationIDs: [ID<Organisation>]
  let phoneDigest: [UInt8]?

  func lines(in snapshot: some Querying) throws -> CaseLines {
    var rows: [CaseLine] = try snapshot.all(statement)
    let hasMore = rows.count > limit
    rows = Array(rows.prefix(limit))
    let backwards = cursor?.backwards ?? false
    if backwards { rows.reverse() }
    let hasNext = backwards || hasMore
    let hasPrevious = backwards ? hasMore : cursor != nil
    return CaseLines(
      lines: rows,
      next: hasNext ? rows.last.map { CaseCursor($0) } : nil,
      previous: hasPrevious ? rows.first.map { CaseCursor($0, backwards: true) } : nil)
  }

  // MARK: - The statement

  private var statement: SQL {
    if let phoneDigest { return byPhone(phoneDigest) }
    if let words { return byWords(words) }
    if filter.text != nil { return walk(and: "1 = 0") }
    if !organisationIDs.isEmpty {
      return merged(organisationIDs.map(parts) + own(besides: nil))
    }
    if filter.order == .newest, !areaPaths.isEmpty, areaPaths.count <= Self.mostBranches {
      let own = filter.areaPath == nil ? own(besides: areaPaths) : []
      return merged(areaPaths.map { walk(and: "c.area_path = \($0)") } + own)
    }
    if filter.order == .due {
      let states = filter.states.isEmpty ? CaseState.allCases.filter(\.isOpen) : filter.states
      return merged(states.map { walk(and: "c.state = \($0)") })
    }
    return walk(and: nil)
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

  /// The cases that an organisation has a part in: what is open by clock, or all by age. A case that
  /// came to it twice, or to several that are asked for, is taken by the first part only.
  private func parts(of organisation: ID<Organisation>) -> SQL {
    let counts: SQL =
      filter.order == .due ? "is_active = 1" : "state IN ('sent', 'taken', 'handled')"
    let position = positioned("a.queue_at", "a.case_id")
    let first: SQL = """
      NOT EXISTS (SELECT 1 FROM case_assignment AS b WHERE b.case_id = a.case_id AND b.id < a.id
        AND b.\(counts) AND b.organisation_id IN \(list: organisationIDs))
      """
    let part: SQL = "a.organisation_id = \(organisation) AND a.\(counts)"
    let all = [part, first] + filter.conditions + [scope.condition, position].compactMap { $0 }
    return """
      SELECT \(CaseLine.columns(queue: "a.queue_at"))
      FROM case_assignment AS a JOIN case_file AS c ON c.id = a.case_id
      \(Self.whereAll(all)) ORDER BY \(order("a", id: "case_id")) LIMIT \(limit + 1)
      """
  }

  /// What somebody reported themselves and does not see by the other branches.
  private func own(besides areas: [String]?) -> [SQL] {
    guard let reporter = scope.reporter else { return [] }
    let elsewhere: SQL =
      areas.map { "c.area_path NOT IN \(list: $0)" }
      ?? """
        NOT EXISTS (SELECT 1 FROM case_assignment AS b WHERE b.case_id = c.id
          AND b.state IN ('sent', 'taken', 'handled')
          AND b.organisation_id IN \(list: organisationIDs))
        """
    return [walk(and: "c.reported_by = \(reporter) AND \(elsewhere)")]
  }

  /// Newest first over the words; a bounding area and kind are words too.
  private func byWords(_ words: SearchWords) -> SQL {
    var words = words
    if let code = filter.areaPath?.split(separator: "/").last {
      words = words.and(CaseNoteRows.word(area: String(code)))
    }
    if let kind = filter.kind { words = words.and(CaseNoteRows.word(kind: kind)) }
    let position: SQL? = cursor.map {
      $0.backwards ? "hit.id > \($0.id)" : "hit.id < \($0.id)"
    }
    let all = (filter.conditions + [scope.condition, position].compactMap { $0 })
    return """
      SELECT \(CaseLine.columns) FROM \(SQL.matching(CaseNoteRows.search, words)) AS hit
      JOIN case_file AS c ON c.id = hit.id
      \(Self.whereAll(all)) ORDER BY \(isBackwards ? "hit.id" : "hit.id DESC" as SQL) LIMIT \(limit + 1)
      """
  }

  private func byPhone(_ digest: [UInt8]) -> SQL {
    """
    SELECT \(CaseLine.columns) FROM case_reporter AS r JOIN case_file AS c ON c.id = r.case_id
    \(Self.whereAll(["r.phone_digest = \(digest)"] + conditions))
    ORDER BY \(order("c")) LIMIT \(limit + 1)
    """
  }

  // MARK: - Pieces

  private var isBackwards: Bool { cursor?.backwards ?? false }

  private var conditions: [SQL] {
    filter.conditions
      + [scope.condition, positioned("c.queue_at", "c.id")].compactMap { $0 }
  }

  private func positioned(_ queue: String, _ id: String) -> SQL? {
    guard let cursor else { return nil }
    let id = SQL(trusted: id)
    let queue = SQL(trusted: queue)
    if filter.order == .newest {
      return cursor.backwards ? "\(id) > \(cursor.id)" : "\(id) < \(cursor.id)"
    }
    return cursor.backwards
      ? "(\(queue), \(id)) < (\(cursor.queueAt), \(cursor.id))"
      : "(\(queue), \(id)) > (\(cursor.queueAt), \(cursor.id))"
  }

  private func order(_ table: String) -> SQL {
    let table = SQL(trusted: table)
    return switch (filter.order, isBackwards) {
    case (.newest, false): "\(table).id DESC"
    case (.newest, true): "\(table).id"
    case (.due, false): "\(table).queue_at, \(table).id"
    case (.due, true): "\(table).queue_at DESC, \(table).id DESC"
    }
  }

  private static func whereAll(_ conditions: [SQL]) -> SQL {
    conditions.isEmpty ? "" : "WHERE \(conditions.joined(" AND "))"
  }
}

extension CaseDesk {
  /// The most lines of one page.
  public static let longestPage = 200

  /// A page of the cases that `doer` may see.
  ///
  /// - Throws: `right.missing`.
  public func lines(
    _ filter: CaseFilter, after cursor: CaseCursor? = nil, limit: Int = 50, by doer: Doer,
    in snapshot: some Querying
  ) throws -> CaseLines {
    try doer.require(.caseRead)
    let limit = max(1, min(limit, Self.longestPage))
    if let number = filter.text?.trimmingCharacters(in: .whitespaces), Self.isNumber(number),
      let file = try CaseRows.find(number: number, in: snapshot)
    {
      return try single(file.id, by: doer, in: snapshot)
    }
    let parties = try parties.value(in: snapshot)
    let scope = CaseScope(doer, right: .caseRead, centres: parties.centres.map(\.path))
    let query = CaseQuery(
      filter: filter, scope: scope, cursor: cursor, limit: limit,
      areaPaths: areaPaths(filter, scope, try places.value(in: snapshot)),
      organisationIDs: scope.organisations.flatMap { parties.subtree($0).map(\.id) },
      phoneDigest: phone(filter.text, by: doer))
    return try query.lines(in: snapshot)
  }

  /// The one case that a number names, if it may be seen.
  private func single(
    _ id: ID<Case>, by doer: Doer, in snapshot: some Querying
  ) throws -> CaseLines {
    guard (try? view(id, by: doer, in: snapshot)) != nil else {
      return CaseLines(lines: [], next: nil, previous: nil)
    }
    let lines: [CaseLine] = try snapshot.all(
      "SELECT \(CaseLine.columns) FROM case_file AS c WHERE c.id = \(id)")
    return CaseLines(lines: lines, next: nil, previous: nil)
  }

  /// The exact paths that a case within the asked or allowed subtrees can have.
  private func areaPaths(
    _ filter: CaseFilter, _ scope: CaseScope, _ places: PlaceMap
  ) -> [String] {
    let roots = filter.areaPath.map { [$0] } ?? scope.areas
    return Array(
      Set(
        roots.flatMap { root in
          places.area(path: root).map { places.subtree(of: $0).map(\.path) } ?? [root]
        })
    ).sorted()
  }

  /// Somebody who may not see personal data cannot look for it either.
  private func phone(_ text: String?, by doer: Doer) -> [UInt8]? {
    guard let text, doer.holds(.personalRead), text.count >= 7,
      let digits = PhoneDigest.normalised(text.trimmingCharacters(in: .whitespaces)),
      digits.count >= 7
    else { return nil }
    return phones.digest(digits)
  }

  private static func isNumber(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0].count == 6 && parts[1].count >= 5
      && parts.allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
  }
}
