import Base
import City
import Foundation

/// A place in a list that is ordered by a name.
struct NameCursor {
  let name: String

  init(name: String) { self.name = name }

  /// Reads what `text` wrote; nil for anything else.
  init?(_ text: String) {
    let base = text.replacing("-", with: "+").replacing("_", with: "/")
    let padded = base + String(repeating: "=", count: (4 - base.count % 4) % 4)
    guard text.utf8.count <= 600, let data = Data(base64Encoded: padded),
      let name = String(validating: data, as: UTF8.self), !name.isEmpty
    else { return nil }
    self.name = name
  }

  /// Stands in any address.
  var text: String {
    Data(name.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }
}

extension Query {
  /// - Throws: `input.invalid` for the parameters of a list of people.
  func people(_ directory: Directory) throws -> PersonQuery {
    try requireOnce()
    var query = PersonQuery()
    query.limit = try whole("limit", 1...PersonQuery.longestAnswer) ?? 50
    query.role = try self["role"].map { try CaseAPI.choice("role", $0, as: Role.self) }
    query.organisationPath =
      try self["organisation"].map { try directory.organisation($0).path } ?? ""
    query.text = try searched("text") ?? ""
    let disabled = try flag("disabled")
    query.includesDisabled = disabled != false
    query.onlyDisabled = disabled == true
    query.after = try self["cursor"].map { text in
      guard let cursor = NameCursor(text) else {
        throw Fault.invalid("cursor", "cursor.unreadable")
      }
      return cursor.name
    }
    return query
  }

  /// - Throws: `value.unknown` unless it is `true` or `false`.
  func flag(_ name: String) throws -> Bool? {
    try self[name].map { try CaseAPI.choice(name, $0, as: Truth.self) == .true }
  }

  private enum Truth: String, CaseIterable { case `true`, `false` }
}

extension PersonQuery {
  /// The most that one page of the API holds.
  static var longestAnswer: Int { largestPage - 1 }

  /// The same with room for one more.
  var beyond: PersonQuery {
    var query = self
    query.limit += 1
    return query
  }
}
