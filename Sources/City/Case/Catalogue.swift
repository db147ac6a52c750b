import Base
import Crypto
import Foundation

/// The kinds of case that are in force together, as one immutable value.
public struct Catalogue: Sendable {
  /// The most kinds of one catalogue.
  public static let mostKinds = 5000

  /// In the order of the files, class by class as written there.
  public let kinds: [CaseKind]
  /// In the order of their first kinds.
  public let classes: [CaseClass]
  /// SHA-256 of ``canonicalText`` in hexadecimal: the same kinds in the same order are the same
  /// version, whatever the files' comments and layout.
  public let version: String
  /// All of it as JSON with sorted keys, for storage.
  public let canonicalText: String
  private let places: [String: Int]

  /// - Parameter kinds: with distinct codes; of two with one code the first counts.
  public init(_ kinds: [CaseKind]) throws {
    var places: [String: Int] = [:]
    var classes: [CaseClass] = []
    var known: Set<CaseClass> = []
    var distinct: [CaseKind] = []
    for kind in kinds where places[kind.code] == nil {
      places[kind.code] = distinct.count
      distinct.append(kind)
      if known.insert(kind.kindClass).inserted { classes.append(kind.kindClass) }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = try encoder.encode(distinct)
    self.kinds = distinct
    self.classes = classes
    self.places = places
    canonicalText = String(decoding: bytes, as: UTF8.self)
    version = SHA256.hash(data: bytes).hexadecimal
  }

  /// What was stored. Throws a `DecodingError` when the text is no catalogue.
  public init(canonicalText: String) throws {
    try self.init(JSONDecoder().decode([CaseKind].self, from: Data(canonicalText.utf8)))
  }

  public subscript(code: String) -> CaseKind? { places[code].map { kinds[$0] } }

  /// The kinds of a class, in the order of the catalogue.
  public func kinds(of kindClass: CaseClass) -> [CaseKind] {
    kinds.filter { $0.kindClass == kindClass }
  }

  /// The kinds that a case of `channel` may be of.
  public func kinds(for channel: Channel) -> [CaseKind] { kinds.filter { $0.allows(channel) } }
}

extension Catalogue: Equatable {
  public static func == (left: Self, right: Self) -> Bool { left.version == right.version }
}
