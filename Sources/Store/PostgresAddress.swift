import Base
import CPostgres

/// Where a PostgreSQL database is, as libpq reads it: `postgres://user@host:port/name?sslmode=…`.
public struct PostgresAddress: Equatable, Sendable {
  /// With the password that may stand in it: for libpq only.
  let url: String
  /// What may be shown and logged: without password and parameters.
  public let shown: String
  /// Of the database, such as `chengyun`; `database` where none is named.
  public let name: String

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
    guard Self.isSound(found) else { throw Fault(.invalid, "store.address") }
    self.url = url
    let user = found["user"].map { "\($0)@" } ?? ""
    let host = found["host"] ?? found["hostaddr"] ?? ""
    let port = found["port"].map { ":\($0)" } ?? ""
    name = found["dbname"] ?? "database"
    shown = "postgres://\(user)\(host)\(port)/\(found["dbname"] ?? "")"
  }

  /// A password with an unescaped sign in it is read as something else, and must not be shown as it.
  private static func isSound(_ found: [String: String]) -> Bool {
    let named = [found["user"], found["host"], found["dbname"]].compactMap { $0 }.joined()
    return (found["port"] ?? "").allSatisfy { $0.isASCII && $0.isNumber || $0 == "," }
      && named.allSatisfy {
        !"@:?#".contains($0) || $0 == ":" && found["host"]?.contains($0) == true
      }
  }
}

extension PostgresAddress: CustomStringConvertible, CustomReflectable {
  public var description: String { shown }
  public var customMirror: Mirror { Mirror(self, children: ["shown": shown]) }
}
