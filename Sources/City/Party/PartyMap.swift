import Base
import Store

/// All organisations, posts and rules of responsibility, as they were at one moment.
public struct PartyMap: Editioned {
  public static let edition = Edition.party

  /// By path, so that a parent comes before its children and a subtree lies together; those that
  /// are retired too.
  public let organisations: [Organisation]
  /// By code.
  public let posts: [Post]
  /// The town's own rules, the catalogue's apart.
  public let responsibilities: [ResponsibilityRule]
  private let byID: [ID<Organisation>: Int]
  private let byCode: [String: Int]
  private let byArea: [ID<Area>: Int]

  public init(reading snapshot: some Querying) throws {
    self.init(
      try OrganisationRows.all(in: snapshot), posts: try OrganisationRows.posts(in: snapshot),
      responsibilities: try ResponsibilityRows.all(in: snapshot))
  }

  /// A map of what is at hand.
  public init(
    _ organisations: [Organisation], posts: [Post] = [],
    responsibilities: [ResponsibilityRule] = []
  ) {
    let sorted = organisations.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    self.organisations = sorted
    self.posts = posts
    self.responsibilities = responsibilities
    byID = Dictionary(
      sorted.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    byCode = Dictionary(
      sorted.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    byArea = Dictionary(
      sorted.enumerated().compactMap { index, organisation in
        organisation.retiredAt == nil ? organisation.area.map { ($0, index) } : nil
      }, uniquingKeysWith: { first, _ in first })
  }

  public subscript(id: ID<Organisation>) -> Organisation? { byID[id].map { organisations[$0] } }

  /// The organisation with a code, also when it is retired.
  public func organisation(code: String) -> Organisation? {
    byCode[code].map { organisations[$0] }
  }

  /// The organisation with a path: `centre/roads/`.
  public func organisation(path: String) -> Organisation? {
    path.split(separator: "/").last.flatMap { organisation(code: String($0)) }
      .flatMap { $0.path == path ? $0 : nil }
  }

  /// The organisation in service that looks after an area, such as its village committee; of
  /// several the first by path.
  public func organisation(lookingAfter area: ID<Area>) -> Organisation? {
    byArea[area].map { organisations[$0] }
  }

  /// The organisations that own cases, in service, by path.
  public var centres: [Organisation] {
    organisations.filter { $0.kind == .centre && $0.retiredAt == nil }
  }

  /// The nearest centre at or above a path; the first centre there is for a path that has none
  /// above it, and for nil.
  public func centre(of path: String?) -> Organisation? {
    guard let path else { return centres.first }
    return centres.last { path.hasPrefix($0.path) } ?? centres.first
  }

  /// All at or below a path; everything for the empty path.
  public func subtree(_ path: String) -> [Organisation] {
    guard !path.isEmpty else { return organisations }
    let first = organisations.firstIndex { $0.path.hasPrefix(path) } ?? organisations.endIndex
    return Array(organisations[first...].prefix { $0.path.hasPrefix(path) })
  }

  /// The town's own rules that cover a kind in an area, those of retired organisations left out.
  /// The first decides: the narrowest area, then the narrowest kind. It is also the explanation.
  public func rules(kind: String, areaPath: String) -> [ResponsibilityRule] {
    responsibilities.covering(kind: kind, areaPath: areaPath)
      .filter { self[$0.organisation].map { $0.retiredAt == nil } ?? false }
  }
}
