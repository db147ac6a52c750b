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
  /// Leaves out those who may sign in.
  public var onlyDisabled = false
  /// A part of the sign-in name or of the name, whatever its case and width; empty for all.
  public var text = ""

  public init() {}

  /// For `LIKE … ESCAPE '!'`; nil where nothing is looked for.
  var pattern: String? {
    let folded = SignInName.folded(text)
    guard !folded.isEmpty else { return nil }
    return "%" + folded.map { "%_!".contains($0) ? "!\($0)" : "\($0)" }.joined() + "%"
  }

  var checkedLimit: Int { min(max(limit, 1), Self.largestPage) }
}

/// A person with what they hold.
public struct PersonEntry: Sendable {
  public let person: Person
  public let grants: [Grant]
}
