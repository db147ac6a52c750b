import Base
import Store
public struct PartyMap: Editioned {
  public static let edition = Edition.party
  public init(reading snapshot: some Querying) throws {}
  public var centres: [Organisation] { [] }
  public func organisation(code: String) -> Organisation? { nil }
  public func organisation(lookingAfter: ID<Area>) -> Organisation? { nil }
  public func subtree(_ path: String) -> [Organisation] { [] }
  public func centre(of path: String?) -> Organisation? { nil }
  public func responsible(kind: String, areaPath: String) throws -> (organisation: Organisation, person: ID<Person>?)? { nil }
}
