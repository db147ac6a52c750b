import Base

extension Role {
  /// The three administrators, whose powers are kept apart (系统、安全、审计三员分立, as GB/T 22239
  /// asks of systems that are graded for protection).
  public var isAdministrator: Bool {
    switch self {
    case .systemAdministrator, .securityAdministrator, .auditAdministrator: true
    default: false
    }
  }

  /// Whether one person may hold both. An administrator holds nothing else.
  public func goes(with other: Role) -> Bool {
    self == other || !(isAdministrator || other.isAdministrator)
  }
}

/// What may be granted to one person.
enum RoleRules {
  static let mostGrants = 50

  /// - Throws: `Fault` `input.invalid` with `role.separated` or `role.many`.
  static func check(_ roles: [Role]) throws {
    guard roles.count <= mostGrants else {
      throw Fault.invalid("role", "role.many", ["limit": String(mostGrants)])
    }
    for role in roles {
      guard let other = roles.first(where: { !role.goes(with: $0) }) else { continue }
      throw Fault.invalid(
        "role", "role.separated", ["role": role.rawValue, "other": other.rawValue])
    }
  }
}
