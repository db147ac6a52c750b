import Base
import City

struct AreaList: Encodable {
  let areas: [AreaOut]
}

struct AreaOut: Encodable {
  let id: String
  let parent: String?
  let level: String
  let code: String
  let name: String
  let path: String

  init(_ area: Area) {
    id = area.id.description
    parent = area.parent?.description
    level = area.level.rawValue
    code = area.code
    name = area.name
    path = area.path
  }
}

/// An area to be added; its boundary comes by an address of its own.
struct AreaIn: JSONBody {
  let code: String
  let name: String
  let level: AreaLevel
  /// The code of the area above.
  let parent: String?

  static let keys: Set<String> = ["code", "name", "level", "parent"]
  static let expected: [String: JSONExpected] = [
    "level": .choice(AreaLevel.allCases.map(\.rawValue))
  ]

  var draft: AreaDraft { AreaDraft(code: code, name: name, level: level, parent: parent) }
}

/// What of an area may be changed.
struct AreaEditIn: JSONBody {
  let name: String

  static let keys: Set<String> = ["name"]
  static let expected: [String: JSONExpected] = [:]
}
