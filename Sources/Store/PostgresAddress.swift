import Base
import CPostgres

/// Where a PostgreSQL database is, as libpq reads it: `postgres://user@host:port/name?sslmode=…`.
///
/// Several servers may stand in it, `host1:port1,host2:port2`, to be tried in turn; with
/// `target_session_attrs=read-write` the first that takes writes is the one, so that a standby that
/// was promoted is found.
public struct PostgresAddress: Equatable, Sendable {
  /// With the password that may stand in it: for libpq only.
  let url: String
  /// What may be shown and logged: without password and parameters.
  public let shown: String
  /// Of the database, such as `chengyun`; `database` where none is named.
  public let name: String

  /// What the server calls our connections: `chengyun`, and behind it what the address says. That our
  /// own are known among others is what `PostgresHold` goes by.
  let program: String

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
    let hosts = Self.hosts(found["host"] ?? found["hostaddr"] ?? "", found["port"])
    name = found["dbname"] ?? "database"
    program = "chengyun" + (found["application_name"].map { " " + $0 } ?? "")
    shown = "postgres://\(user)\(hosts)/\(found["dbname"] ?? "")"
  }

  /// Each server with its port; one port may be for all of them.
  private static func hosts(_ hosts: String, _ ports: String?) -> String {
    let ports = ports?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    let hosts = hosts.split(separator: ",", omittingEmptySubsequences: false)
    guard !hosts.isEmpty else { return ports.first.map { ":\($0)" } ?? "" }
    return hosts.indices.map { place in
      let port = ports.count == hosts.count ? ports[place] : ports.first ?? ""
      return port.isEmpty ? "\(hosts[place])" : "\(hosts[place]):\(port)"
    }
    .joined(separator: ",")
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
