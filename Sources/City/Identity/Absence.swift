import Base
import Store

/// A time in which somebody is away, and who stands in for them with what was sent to them by name.
public struct Absence: Row, Equatable {
  /// Why somebody is away.
  public enum Reason: String, Storable, CaseIterable, Codable {
    case leave, sick, training, business, other
  }

  public let id: ID<Absence>
  public let person: ID<Person>
  public let from: Moment
  /// The first moment at which they are back.
  public let until: Moment
  /// Nil: what was sent to them is for the others of their organisation.
  public let substitute: ID<Person>?
  public let reason: Reason
  public let enteredBy: ID<Person>?

  static let columns: SQL =
    "id, person_id, from_at, until_at, substitute_id, reason, entered_by"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    person = try fields.next()
    from = try fields.next()
    until = try fields.next()
    substitute = try fields.next()
    reason = try fields.next()
    enteredBy = try fields.next()
  }

  /// Whether it holds at a moment.
  public func holds(at now: Moment) -> Bool { from <= now && now < until }
}

/// An absence as somebody enters it.
public struct AbsenceDraft: Equatable, Sendable {
  public var person: ID<Person>
  public var from: Day
  /// The last day.
  public var until: Day
  public var substitute: ID<Person>?
  public var reason: Absence.Reason

  public init(
    person: ID<Person>, from: Day, until: Day, substitute: ID<Person>? = nil,
    reason: Absence.Reason = .leave
  ) {
    self.person = person
    self.from = from
    self.until = until
    self.substitute = substitute
    self.reason = reason
  }
}

/// Somebody who is away now, for whom another acts on what was sent to them by name.
public struct StandIn: Hashable, Sendable {
  public let person: ID<Person>
  /// What they hold: who stands in may do as much, on those cases only.
  let grants: [Grant]
  /// The unit that they send cases on for.
  let organisation: OrganisationRef?

  init(person: ID<Person>, grants: [Grant], organisation: OrganisationRef? = nil) {
    self.person = person
    self.grants = grants
    self.organisation = organisation
  }

  /// Whether a right of theirs covers these places.
  func may(_ right: Right, organisationPath: String, areaPath: String) -> Bool {
    grants(holding: right).contains {
      organisationPath.hasPrefix($0.organisationPath) && areaPath.hasPrefix($0.areaPath)
    }
  }

  /// Those of their grants that hold a right.
  func grants(holding right: Right) -> [Grant] {
    grants.filter { $0.role.rights.contains(right) }
  }
}

extension Doer {
  /// The same person by what is their own.
  var alone: Doer { standingFor([]) }

  /// Those whom `doer` stands in for and who have a right that covers these places.
  func standsFor(holding right: Right, organisationPath: String, areaPath: String) -> [StandIn] {
    guard !standsFor.isEmpty, allowed?.contains(right) ?? true else { return [] }
    return standsFor.filter {
      $0.may(right, organisationPath: organisationPath, areaPath: areaPath)
    }
  }
}
