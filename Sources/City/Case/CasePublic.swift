import Base
import Store

/// What anybody may know of a case: that there is one of a kind, roughly where, and how it stands.
///
/// Whoever may read the case gets its texts too; for everybody else they are empty, since people write
/// names, numbers and doors into them.
public struct PublicCase: Row, Equatable, Sendable {
  public let id: ID<Case>
  public let number: String
  public let kind: String
  public let state: CaseState
  public internal(set) var title: String
  public internal(set) var description: String
  public internal(set) var place: String
  public let area: ID<Area>?
  /// WGS-84; for everybody cut to 0.0001°, about ten metres.
  public internal(set) var latitude: Double?
  public internal(set) var longitude: Double?
  public let leadOrganisation: ID<Organisation>?
  public let reportedAt: Moment
  public let updatedAt: Moment
  public let closedAt: Moment?
  /// The deadline of the whole case.
  public let dueAt: Moment?

  static let columns: SQL = """
    c.id, c.number, c.kind, c.state, c.title, c.description, c.place, c.area_id, c.latitude,
    c.longitude, c.lead_organisation_id, c.reported_at, c.updated_at, c.closed_at, c.whole_due_at
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    number = try fields.next()
    kind = try fields.next()
    state = try fields.next()
    title = try fields.next()
    description = try fields.next()
    place = try fields.next()
    area = try fields.next()
    latitude = try fields.next()
    longitude = try fields.next()
    leadOrganisation = try fields.next()
    reportedAt = try fields.next()
    updatedAt = try fields.next()
    closedAt = try fields.next()
    dueAt = try fields.next()
  }

  /// As everybody may know it.
  var reduced: PublicCase {
    var known = self
    (known.title, known.description, known.place) = ("", "", "")
    known.latitude = latitude.map(Self.rough)
    known.longitude = longitude.map(Self.rough)
    return known
  }

  private static func rough(_ degrees: Double) -> Double { (degrees * 10_000).rounded() / 10_000 }
}

/// What a public list is narrowed to.
public struct PublicFilter: Sendable {
  /// Only cases with these numbers; everything else is not looked at then.
  public var numbers: [String] = []
  public var kinds: [String] = []
  /// Only open ones, or only those that are over; nil for both.
  public var isOpen: Bool?
  public var reportedFrom: Moment
  public var reportedBefore: Moment
  public var updatedFrom: Moment?
  public var updatedBefore: Moment?
  /// Of the organisation with this path, and all below it.
  public var ownerPath: String?
  public var offset = 0
  /// 1…1,000.
  public var limit = PublicFilter.longestPage

  public static let longestPage = 1_000

  public init(from: Moment, before: Moment) {
    reportedFrom = from
    reportedBefore = before
  }
}

extension CaseDesk {
  /// Cases of kinds that are published, the newest first; confidential ones never. Whoever may read
  /// cases gets, of all kinds, those that they may read, with their texts.
  public func published(
    _ filter: PublicFilter, to doer: Doer?
  ) async throws -> [PublicCase] {
    let reader = doer.flatMap { $0.holds(.caseRead) ? $0 : nil }
    return try await database.read { snapshot in
      var conditions: [SQL] = filter.numbers.isEmpty ? filter.conditions : []
      if !filter.numbers.isEmpty { conditions.append("c.number IN \(list: filter.numbers)") }
      if let path = filter.ownerPath {
        conditions.append(Subtree.holds("c.organisation_path", path))
      }
      if let reader {
        conditions += [try scope(.caseRead, of: reader, in: snapshot).condition]
          .compactMap { $0 }
      } else {
        conditions += [
          "c.is_confidential = 0",
          "c.kind IN \(list: kinds.catalogue.kinds.filter(\.published).map(\.code))",
        ]
      }
      let cases: [PublicCase] = try snapshot.all(
        """
        SELECT \(PublicCase.columns) FROM case_file AS c WHERE \(conditions.joined(" AND "))
        ORDER BY c.reported_at DESC, c.id DESC
        LIMIT \(min(max(1, filter.limit), PublicFilter.longestPage)) OFFSET \(max(0, filter.offset))
        """)
      return reader == nil ? cases.map(\.reduced) : cases
    }
  }
}

extension PublicFilter {
  var conditions: [SQL] {
    var all: [SQL] = [
      "c.reported_at >= \(reportedFrom)", "c.reported_at < \(reportedBefore)",
    ]
    if !kinds.isEmpty { all.append("c.kind IN \(list: kinds)") }
    if let isOpen {
      all.append("c.state IN \(list: CaseState.allCases.filter { $0.isOpen == isOpen })")
    }
    if let updatedFrom { all.append("c.updated_at >= \(updatedFrom)") }
    if let updatedBefore { all.append("c.updated_at < \(updatedBefore)") }
    return all
  }
}
