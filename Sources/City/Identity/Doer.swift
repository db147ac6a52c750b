import Base
import Store

/// A role over a subtree of organisations and a subtree of areas. An empty path is everything.
public struct Grant: Row, Hashable {
  public let role: Role
  /// `centre/units/roads/`; empty for all.
  public let organisationPath: String
  /// `310151/103/07/`; empty for all.
  public let areaPath: String

  public init(role: Role, organisationPath: String = "", areaPath: String = "") {
    self.role = role
    self.organisationPath = organisationPath
    self.areaPath = areaPath
  }

  /// Whether it is held neither over an organisation, one above it, nor one below it.
  public func isElsewhere(from organisationPath: String) -> Bool {
    !organisationPath.hasPrefix(self.organisationPath)
      && !self.organisationPath.hasPrefix(organisationPath)
  }

  public init(_ fields: inout Fields) throws {
    role = try fields.next()
    organisationPath = try fields.next()
    areaPath = try fields.next()
  }
}

/// Who acts, and what they may do: the first argument of every verb.
public struct Doer: Sendable {
  public let actor: Actor
  public let grants: [Grant]
  /// The organisation a person belongs to, with its path.
  public let organisation: OrganisationRef?
  /// For an API token, the rights it was given; nil where all of the roles' rights count.
  public let allowed: Set<Right>?
  /// Those who are away, for whom they act on what was sent to these by name.
  public let standsFor: [StandIn]
  /// The house itself (a sweep, an import, a command): may do everything everywhere.
  let isHouse: Bool

  public init(
    person: ID<Person>, grants: [Grant], organisation: OrganisationRef? = nil,
    allowed: Set<Right>? = nil, standsFor: [StandIn] = []
  ) {
    actor = .person(person)
    self.grants = grants
    self.organisation = organisation
    self.allowed = allowed
    self.standsFor = standsFor
    isHouse = false
  }

  private init(house actor: Actor) {
    self.actor = actor
    grants = []
    organisation = nil
    allowed = nil
    standsFor = []
    isHouse = true
  }

  private init(_ doer: Doer, standsFor: [StandIn]) {
    actor = doer.actor
    grants = doer.grants
    organisation = doer.organisation
    allowed = doer.allowed
    isHouse = doer.isHouse
    self.standsFor = standsFor
  }

  /// The same, acting for these.
  func standingFor(_ people: [StandIn]) -> Doer { Doer(self, standsFor: people) }

  /// The house itself, as one of its passes.
  public static func sweep(_ sweep: Actor.Sweep) -> Doer { Doer(house: .sweep(sweep)) }
  public static let command = Doer(house: .command)
  /// The house itself, reading in a file for somebody.
  public static func importer(_ person: ID<Person>) -> Doer { Doer(house: .importer(person)) }

  public var person: ID<Person>? {
    if case .person(let id) = actor { id } else { nil }
  }

  /// The grants that hold `right`; the house holds everything everywhere.
  public func grants(holding right: Right) -> [Grant] {
    if isHouse { return [Grant(role: .systemAdministrator)] }
    if let allowed, !allowed.contains(right) { return [] }
    return grants.filter { $0.role.rights.contains(right) }
  }

  /// Whether `right` is held anywhere at all.
  public func holds(_ right: Right) -> Bool { !grants(holding: right).isEmpty }

  /// Whether `right` is held for a thing that belongs to the given places. A thing without an area
  /// or organisation is within reach of those whose scope is everything of that sort.
  public func may(_ right: Right, organisationPath: String, areaPath: String) -> Bool {
    grants(holding: right).contains {
      organisationPath.hasPrefix($0.organisationPath) && areaPath.hasPrefix($0.areaPath)
    }
  }

  /// The grants by which they answer for an organisation, wherever they belong: of a role that acts for
  /// the organisation it is held over, where it carries `right`.
  func duties(_ right: Right) -> [Grant] {
    guard person != nil else { return [] }
    return grants(holding: right).filter {
      $0.role.actsForItsOrganisation && $0.organisationPath != ""
    }
  }

  /// Whether they answer for an organisation as its duty officer or dispatcher: for the very one that
  /// their role names, not for those below it, which answer for themselves.
  func isOnDuty(at organisationPath: String, areaPath: String, by right: Right) -> Bool {
    duties(right).contains {
      $0.organisationPath == organisationPath && areaPath.hasPrefix($0.areaPath)
    }
  }

  /// - Throws: `Fault` `right.missing` unless `right` is held somewhere.
  public func require(_ right: Right) throws {
    guard holds(right) else { throw Fault(.forbidden, "right.missing", ["right": right.rawValue]) }
  }
}

/// An organisation as far as scopes need it.
public struct OrganisationRef: Hashable, Sendable {
  public let id: ID<Organisation>
  public let path: String

  public init(id: ID<Organisation>, path: String) {
    self.id = id
    self.path = path
  }
}
