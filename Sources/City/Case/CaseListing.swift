import Base
import Foundation
import Store

/// The lists of cases that people see.
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
    let most = max(1, min(limit, Self.longestPage))
    return try lines(filter, after: cursor, most: most, by: doer, in: snapshot)
  }

  func lines(
    _ filter: CaseFilter, after cursor: CaseCursor?, most: Int, by doer: Doer,
    in snapshot: some Querying
  ) throws -> CaseLines {
    try doer.require(.caseRead)
    let filter = searching(filter)
    if let number = filter.text, Self.isNumber(number),
      let file = try CaseRows.find(number: number, in: snapshot)
    {
      return try single(file.id, by: doer, in: snapshot)
    }
    return try query(filter, after: cursor, limit: most, by: doer, in: snapshot)
      .lines(in: snapshot)
  }

  /// How many cases a list has on all its pages, counted no further than `most` + 1.
  ///
  /// - Throws: `right.missing`.
  public func count(
    _ filter: CaseFilter, upTo most: Int, by doer: Doer, in snapshot: some Querying
  ) throws -> Int {
    try doer.require(.caseRead)
    return try query(searching(filter), after: nil, limit: most, by: doer, in: snapshot).count(
      in: snapshot)
  }

  private func query(
    _ filter: CaseFilter, after cursor: CaseCursor?, limit: Int, by doer: Doer,
    in snapshot: some Querying
  ) throws -> CaseQuery {
    let parties = try parties.value(in: snapshot)
    let centres = parties.centres.map(\.path)
    let scope = CaseScope(doer, right: .caseRead, centres: centres)
    return CaseQuery(
      filter: filter, scope: scope, cursor: cursor, limit: limit,
      areaPaths: areaPaths(filter, scope, try places.value(in: snapshot)),
      organisationIDs: organisations(scope, parties),
      phone: phone(filter, by: doer, centres: centres))
  }

  /// The one case that a number names, if it may be seen.
  private func single(
    _ id: ID<Case>, by doer: Doer, in snapshot: some Querying
  ) throws -> CaseLines {
    guard let view = try load(id, in: snapshot), view.isRead(by: doer) else {
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

  /// The organisations through whose parts alone cases are seen, each once.
  private func organisations(_ scope: CaseScope, _ parties: PartyMap) -> [ID<Organisation>] {
    Set(scope.organisations.flatMap { parties.subtree($0).map(\.id) }).sorted()
  }

  /// What a telephone number that somebody looks for is found by; nil where the text is none, but words
  /// or a case number. Addresses of lists hold this, since they are kept and sent.
  public func phone(searched text: String) -> PhoneDigest.Value? {
    guard let text = Self.searched(text), !Self.isNumber(text),
      let digits = PhoneDigest.normalised(text), digits.count >= 7
    else { return nil }
    return phones.digest(digits).map { PhoneDigest.Value(bytes: $0) }
  }

  /// The filter with its text in plain width, or as a number to be found.
  private func searching(_ filter: CaseFilter) -> CaseFilter {
    var filter = filter
    if filter.phone != nil { filter.text = nil }
    filter.text = filter.text.flatMap(Self.searched)
    if let text = filter.text, let phone = phone(searched: text) { filter.phone = phone }
    return filter
  }

  /// Somebody who may not see personal data cannot look for it either: to them a number in a text is
  /// a word, and the digest of one finds nothing.
  private func phone(_ filter: CaseFilter, by doer: Doer, centres: [String]) -> PhoneSearch? {
    guard let phone = filter.phone, doer.holds(.personalRead) else { return nil }
    return PhoneSearch(
      digest: phone.bytes,
      opened: CaseScope(doer, right: .personalRead, centres: centres).condition,
      confidential: CaseScope(doer, right: .caseAccept, centres: centres).condition)
  }

  /// What is looked for, in plain width; nil for blanks.
  private static func searched(_ text: String) -> String? {
    let plain = text.precomposedStringWithCompatibilityMapping
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return plain.isEmpty ? nil : plain
  }

  private static func isNumber(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0].count == 6 && parts[1].count >= 5
      && parts.allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
  }
}
