import Base
import CPostgres

/// Where a PostgreSQL database is, as libpq reads it: `postgres://user@host:port/name?sslmode=…`.
public struct PostgresAddress: Equatable, Sendable {
  /// With the password that may stand in it: for libpq only.
  let url: String
  /// What may be shown and logged: without password and parameters.
  public let shown: String

  /// Whether a text is meant as such an address, right or wrong.
  public static func isMeant(by text: String) -> Bool {
    text.hasPrefix("postgres:") || text.hasPrefix("postgresql:")
  }

  /// - Throws: `Fault` `store.address`, which does not repeat the address, for libpq's own words do.
  public init(_ url: String) throws {
    var message: UnsafeMutablePointer<CChar>?
    let parts = PQconninfoParse(url, &message)
    defer {
      PQfreemem(message)
      PQconninfoFree(parts)
    }
    guard Self.isMeant(by: url), let parts else { throw Fault(.invalid, "store.address") }
    var found: [String: String] = [:]
    var part = parts
    while let keyword = part.pointee.keyword {
      if let value = part.pointee.val { found[String(cString: keyword)] = String(cString: value) }
      part += 1
    }
    self.url = url
    let user = found["user"].map { "\($0)@" } ?? ""
    let host = found["host"] ?? found["hostaddr"] ?? ""
    let port = found["port"].map { ":\($0)" } ?? ""
    shown = "postgres://\(user)\(host)\(port)/\(found["dbname"] ?? "")"
  }
}

extension PostgresAddress: CustomStringConvertible, CustomReflectable {
  public var description: String { shown }
  public var customMirror: Mirror { Mirror(self, children: ["shown": shown]) }
}
