import Base

/// Which people to list.
public struct PersonQuery: Sendable {
  /// The most that one page holds.
  public static let largestPage = 200

  /// The sign-in name that the last page ended with.
  public var after: String?
  public var limit = largestPage
  /// The subtree of organisations they belong to; empty for all.
  public var organisationPath = ""
  public var role: Role?
  public var includesDisabled = false

  public init() {}

  var checkedLimit: Int { min(max(limit, 1), Self.largestPage) }
}

/// A person with what they hold.
public struct PersonEntry: Sendable {
  public let person: Person
  public let grants: [Grant]
}
