import Base
import Store

/// Who answers for the kinds of one code, and all narrower ones, in an area and all below it: the
/// town's own choice, before what the catalogue says.
public struct ResponsibilityRule: Row, Hashable {
  public let id: ID<ResponsibilityRule>
  /// The start of the codes it is about, such as `E01`; empty for every kind.
  public let kindPrefix: String
  /// The area's path; empty for everywhere.
  public let areaPath: String
  public let organisation: ID<Organisation>
  /// Who gets the case; nil leaves it to the organisation.
  public let person: ID<Person>?

  static let columns: SQL = "id, kind_prefix, area_path, organisation_id, person_id"

  init(
    id: ID<ResponsibilityRule>, kindPrefix: String, areaPath: String,
    organisation: ID<Organisation>, person: ID<Person>? = nil
  ) {
    self.id = id
    self.kindPrefix = kindPrefix
    self.areaPath = areaPath
    self.organisation = organisation
    self.person = person
  }

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    kindPrefix = try fields.next()
    areaPath = try fields.next()
    organisation = try fields.next()
    person = try fields.next()
  }

  func covers(kind: String, areaPath: String) -> Bool {
    kind.hasPrefix(kindPrefix) && areaPath.hasPrefix(self.areaPath)
  }

  /// The narrower area wins, of equal areas the narrower kind. Of the rules that cover one case no
  /// two are equal in both.
  func isNarrower(than other: ResponsibilityRule) -> Bool {
    (areaPath.utf8.count, kindPrefix.utf8.count)
      > (other.areaPath.utf8.count, other.kindPrefix.utf8.count)
  }
}

extension Sequence<ResponsibilityRule> {
  /// The rules that cover a kind in an area, the narrowest first: that one decides, and the others
  /// say who would answer without it.
  func covering(kind: String, areaPath: String) -> [ResponsibilityRule] {
    filter { $0.covers(kind: kind, areaPath: areaPath) }.sorted { $0.isNarrower(than: $1) }
  }
}
