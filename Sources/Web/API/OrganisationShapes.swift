import Base
import City

struct OrganisationList: Encodable {
  let organisations: [OrganisationOut]
}

struct OrganisationOut: Encodable {
  let id: String
  let parent: String?
  let code: String
  let name: String
  let kind: String
  let path: String
  /// The code of the area that it looks after.
  let area: String?
  let retiredAt: Moment?

  init(_ organisation: Organisation, in places: PlaceMap) {
    id = organisation.id.description
    parent = organisation.parent?.description
    code = organisation.code
    name = organisation.name
    kind = organisation.kind.rawValue
    path = organisation.path
    area = organisation.area.flatMap { places[$0]?.code }
    retiredAt = organisation.retiredAt
  }
}

/// An organisation to be added.
struct OrganisationIn: JSONBody {
  let code: String
  let name: String
  let kind: OrganisationKind
  /// The code of the organisation above.
  let parent: String?
  /// The code of the area that it looks after.
  let area: String?

  static let keys: Set<String> = ["code", "name", "kind", "parent", "area"]
  static let expected: [String: JSONExpected] = [
    "kind": .choice(OrganisationKind.allCases.map(\.rawValue))
  ]

  var draft: OrganisationDraft {
    OrganisationDraft(code: code, name: name, kind: kind, parent: parent, area: area)
  }
}

/// What is to be changed; a key that is not there keeps what there is, null takes it away.
struct OrganisationEditIn: JSONBody {
  let name: String?
  let parent: Edit<String>
  let area: Edit<String>

  static let keys: Set<String> = ["name", "parent", "area"]
  static let expected: [String: JSONExpected] = [:]

  private enum Key: CodingKey { case name, parent, area }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    name = values.contains(.name) ? try values.decode(String.self, forKey: .name) : nil
    parent = try values.edit(String.self, forKey: .parent)
    area = try values.edit(String.self, forKey: .area)
  }

  func edit(_ directory: Directory) throws -> OrganisationEdit {
    var edit = OrganisationEdit()
    edit.name = name
    edit.parent = try parent.map { try directory.organisation($0, field: "parent").id }
    edit.area = try area.map { try directory.area($0).id }
    return edit
  }
}

/// To whom everything goes that an organisation has.
struct UnitHandOverIn: JSONBody {
  /// An organisation, by code or path.
  let to: String
  /// Whether it is taken out of service then.
  let retire: Bool?

  static let keys: Set<String> = ["to", "retire"]
  static let expected: [String: JSONExpected] = [:]
}

/// What was handed over at once.
struct UnitHandOverOut: Encodable {
  let cases: [Line]
  /// How many cases are still to be handed over.
  let left: Int

  struct Line: Encodable {
    let id: String
    let number: String
    /// False where the heir had a part that takes it in.
    let isTaken: Bool
  }

  init(_ handed: CaseDesk.UnitHandOver) {
    cases = handed.cases.map {
      Line(id: $0.id.description, number: $0.number, isTaken: $0.isTaken)
    }
    left = handed.left
  }
}

/// Who answers for which kinds where.
struct ResponsibilityOut: Encodable {
  /// The start of the codes it is about; not there for every kind.
  let kinds: String?
  /// The area's path; not there for everywhere.
  let area: String?
  /// Its code.
  let organisation: String?
  let person: String?

  init(_ rule: ResponsibilityRule, in parties: PartyMap) {
    kinds = rule.kindPrefix.isEmpty ? nil : rule.kindPrefix
    area = rule.areaPath.isEmpty ? nil : rule.areaPath
    organisation = parties[rule.organisation]?.code
    person = rule.person?.description
  }
}

struct ResponsibilityList: Encodable {
  let responsibilities: [ResponsibilityOut]

  init(_ rules: [ResponsibilityRule], in parties: PartyMap) {
    responsibilities = rules.map { ResponsibilityOut($0, in: parties) }
  }
}

/// A rule as it is asked for; area and organisation by code or path.
struct ResponsibilityIn: JSONBody {
  let kinds: String?
  let area: String?
  let organisation: String
  let person: ID<Person>?

  static let keys: Set<String> = ["kinds", "area", "organisation", "person"]
  static let expected: [String: JSONExpected] = ["person": .id]

  func draft(_ directory: Directory) throws -> ResponsibilityDraft {
    ResponsibilityDraft(
      kindPrefix: kinds ?? "", areaPath: try area.map { try directory.area($0).path } ?? "",
      organisation: try directory.organisation(organisation).code, person: person)
  }
}
