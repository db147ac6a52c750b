import HTTPTypes
import Hummingbird

/// The name under which a request is found in the logs of everything that it passed.
enum RequestName {
  static let header = HTTPField.Name("X-Request-Id")

  /// The name that came with it, where it is one; else `own`.
  static func of(_ request: Request, own: String) -> String {
    guard let given = header.flatMap({ request.headers[$0] }), isSound(given) else { return own }
    return given
  }

  /// 8 to 64 letters, digits, `-`, `_` and `.`, not digits alone, which could be a telephone number.
  static func isSound(_ name: String) -> Bool {
    (8...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        let character = Character(Unicode.Scalar(byte))
        return character.isASCII
          && (character.isLetter || character.isNumber || "-_.".contains(character))
      }
      && name.contains { $0.isLetter }
  }
}
