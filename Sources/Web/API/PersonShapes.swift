import Base
import City
import Foundation

/// A person with what they hold; never anything of a password.
struct PersonOut: Encodable {
  let id: String
  let signIn: String
  let name: String
  let phone: String?
  /// Its code.
  let organisation: String?
  let post: String?
  let disabledAt: Moment?
  /// Their first and last day here.
  let validFrom: String?
  let validUntil: String?
  let roles: [RoleOut]
  /// Those of them that are held neither above where they belong nor below it, such as stayed when they
  /// were moved; not there where there is none.
  let rolesElsewhere: [RoleOut]?

  init(_ entry: PersonEntry, in parties: PartyMap, _ zone: TimeZone) {
    id = entry.person.id.description
    signIn = entry.person.signIn
    name = entry.person.name
    phone = entry.person.phone
    organisation = entry.person.organisation.flatMap { parties[$0]?.code }
    post = entry.person.post
    disabledAt = entry.person.disabledAt
    validFrom = entry.person.validFrom?.local(in: zone).day.description
    validUntil = entry.person.validUntil?.lastDay(in: zone).description
    roles = entry.grants.map(RoleOut.init)
    let own = entry.person.organisation.flatMap { parties[$0]?.path } ?? ""
    let elsewhere = entry.grants.filter { $0.isElsewhere(from: own) }
    rolesElsewhere = elsewhere.isEmpty ? nil : elsewhere.map(RoleOut.init)
  }
}

/// A role over a subtree; a path that is not there is everywhere.
struct RoleOut: Encodable {
  let role: String
  let organisation: String?
  let area: String?

  init(_ grant: Grant) {
    role = grant.role.rawValue
    organisation = grant.organisationPath.isEmpty ? nil : grant.organisationPath
    area = grant.areaPath.isEmpty ? nil : grant.areaPath
  }
}

struct PersonList: Encodable {
  let people: [PersonOut]
  let next: String?
}

/// A role as it is asked for; organisation and area by code or path.
struct RoleIn: JSONBody {
  var role: String
  var organisation: String?
  var area: String?

  static let keys: Set<String> = ["role", "organisation", "area"]
  static let expected: [String: JSONExpected] = [:]
}

/// Somebody to be added.
struct PersonIn: JSONBody {
  let signIn: String
  let name: String
  let phone: String?
  let organisation: String?
  let post: String?
  let roles: [RoleIn]?
  let password: String?
  let validFrom: String?
  let validUntil: String?

  static let keys: Set<String> = [
    "signIn", "name", "phone", "organisation", "post", "roles", "password", "validFrom",
    "validUntil",
  ]
  static let expected: [String: JSONExpected] = [:]

  func person(_ directory: Directory, _ zone: TimeZone) throws -> NewPerson {
    let facts = PersonFacts(
      name: name, phone: phone,
      organisation: try organisation.map { try directory.organisation($0).id }, post: post,
      validFrom: try validFrom.map { try Day(given: $0, "validFrom").start(in: zone) },
      validUntil: try validUntil.map {
        (try Day(given: $0, "validUntil") + 1).start(in: zone)
      })
    let grants = try (roles ?? []).enumerated().map { index, role in
      try directory.grant(role, at: "roles[\(index)].")
    }
    return NewPerson(signIn: signIn, facts: facts, grants: grants)
  }
}

/// Facts to be changed; a key that is not there keeps what there is, null takes it away.
struct PersonEditIn: JSONBody {
  let name: String?
  let phone: Edit<String>
  let organisation: Edit<String>
  let post: Edit<String>
  let validFrom: Edit<String>
  let validUntil: Edit<String>

  static let keys: Set<String> = [
    "name", "phone", "organisation", "post", "validFrom", "validUntil",
  ]
  static let expected: [String: JSONExpected] = [:]

  private enum Key: CodingKey { case name, phone, organisation, post, validFrom, validUntil }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    // A person always has a name: null is wrong, and not the same as nothing.
    name = values.contains(.name) ? try values.decode(String.self, forKey: .name) : nil
    phone = try values.edit(String.self, forKey: .phone)
    organisation = try values.edit(String.self, forKey: .organisation)
    post = try values.edit(String.self, forKey: .post)
    validFrom = try values.edit(String.self, forKey: .validFrom)
    validUntil = try values.edit(String.self, forKey: .validUntil)
  }

  func edit(_ directory: Directory, _ zone: TimeZone) throws -> PersonEdit {
    var edit = PersonEdit()
    edit.name = name
    edit.phone = phone
    edit.organisation = try organisation.map { try directory.organisation($0).id }
    edit.post = post
    edit.validFrom = try validFrom.map { try Day(given: $0, "validFrom").start(in: zone) }
    edit.validUntil = try validUntil.map {
      (try Day(given: $0, "validUntil") + 1).start(in: zone)
    }
    return edit
  }
}

struct PasswordIn: JSONBody {
  let password: String

  static let keys: Set<String> = ["password"]
  static let expected: [String: JSONExpected] = [:]
}

struct OwnPasswordIn: JSONBody {
  let old: String
  let new: String

  static let keys: Set<String> = ["old", "new"]
  static let expected: [String: JSONExpected] = [:]
}

/// How many sessions were ended.
struct SessionsEnded: Encodable {
  let ended: Int
}

/// What becomes of what somebody has who is barred.
struct DisableIn: JSONBody {
  /// Whom it goes to, or `organisation`; without it, it must be nothing.
  let handOverTo: String?

  static let keys: Set<String> = ["handOverTo"]
  static let expected: [String: JSONExpected] = [:]
}

extension Moment {
  /// The last day before it begins.
  func lastDay(in zone: TimeZone) -> Day {
    Moment(milliseconds: milliseconds - 1).local(in: zone).day
  }
}

extension Absence {
  /// The last day, or the one on which it was ended by hand.
  func lastDay(in zone: TimeZone) -> Day { until.lastDay(in: zone) }
}
