import Base
import City
import Foundation

@testable import Store

/// An engine that the tests run on.
public enum Engine: String, CaseIterable, Sendable {
  case sqlite, postgres

  /// The engine of every database that a test does not ask for by name: `CHENGYUN_ENGINE`.
  public static let usual =
    ProcessInfo.processInfo.environment["CHENGYUN_ENGINE"].flatMap(Engine.init) ?? .sqlite

  /// Those that this machine has.
  public static let all = allCases.filter { $0 == .sqlite || TestCluster.isInstalled }
}

/// One PostgreSQL for the tests of this process, on a free port of this machine, made when the first
/// test asks and removed when the process ends, however it ends.
public actor TestCluster {
  private static let programs = URL(filePath: "/usr/lib/postgresql/15/bin")
  private static let template = "migrated"

  public static let isInstalled = FileManager.default.isExecutableFile(
    atPath: programs.appending(path: "initdb").path)

  public static let shared = Task { try await TestCluster() }

  private let folder: URL
  private let port: Int
  /// While this is open the cluster is there; it closes with the process.
  private let life: FileHandle
  private let administrator: PostgresLink
  private var count = 0

  /// PostgreSQL does not run as the superuser.
  private static var asOwner: [String] {
    geteuid() == 0
      ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
  }

  init() async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "chengyun-pg-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if geteuid() == 0 {
      try Self.run(["/usr/bin/chown", "postgres:", folder.path])
    }
    let data = folder.appending(path: "data")
    try Self.run(
      Self.asOwner + [
        Self.programs.appending(path: "initdb").path, "--pgdata", data.path,
        "--username=chengyun", "--auth=trust", "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8",
      ])
    port = try Self.freePort()
    // Whoever is called so must show a password; the second only where nobody listens in.
    let rules = """
      host all guarded 127.0.0.1/32 scram-sha-256
      hostssl all sealed 127.0.0.1/32 scram-sha-256
      host all sealed 127.0.0.1/32 reject
      host all all 127.0.0.1/32 trust
      """
    try rules.write(to: data.appending(path: "pg_hba.conf"), atomically: false, encoding: .utf8)
    life = try Self.serve(data, port: port, folder: folder)
    administrator = try await Self.connected(Self.address("postgres", port: port))
    for role in ["guarded", "sealed"] {
      try administrator.script("CREATE ROLE \(role) LOGIN SUPERUSER PASSWORD 'lamp/light'")
    }
    try administrator.script("CREATE DATABASE \(Self.template)")
    let migrated = try PostgresDatabase(
      PostgresAddress(Self.address(Self.template, port: port)),
      options: .init(now: { Moment(milliseconds: 0) }))
    try await migrated.migrate(Schema.migrations)
    try migrated.close()
  }

  /// A database of its own, migrated or empty, by its address.
  public func create(migrated: Bool = true) throws -> String {
    count += 1
    let name = "test\(count)"
    try administrator.script(
      "CREATE DATABASE \(name)" + (migrated ? " TEMPLATE \(Self.template)" : ""))
    return Self.address(name, port: port)
  }

  public func drop(_ address: String) throws {
    let name = address.split(separator: "/").last ?? ""
    try administrator.script("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
  }

  /// Lets the cluster speak TLS, with a certificate for 127.0.0.1 and for no other address.
  ///
  /// - Returns: the certificate of the authority that signed it.
  public func offerTLS() throws -> URL {
    let authority = folder.appending(path: "authority.crt")
    guard !FileManager.default.fileExists(atPath: authority.path) else { return authority }
    let script = """
      cd "$1"
      key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
      openssl req -x509 $key -subj /CN=authority -keyout authority.key -out new.crt
      openssl req $key -subj /CN=server -keyout server.key -out server.csr
      printf 'subjectAltName=IP:127.0.0.1' >server.ext
      openssl x509 -req -in server.csr -CA new.crt -CAkey authority.key -days 2 \\
        -extfile server.ext -out server.crt
      chmod 600 server.key
      [ "$(id -u)" != 0 ] || chown postgres: server.key server.crt
      mv new.crt authority.crt
      """
    try Self.run(["/bin/sh", "-ec", "exec 2>/dev/null\n" + script, "sh", folder.path])
    for (setting, value) in [
      ("ssl_cert_file", folder.appending(path: "server.crt").path),
      ("ssl_key_file", folder.appending(path: "server.key").path), ("ssl", "on"),
    ] { try administrator.script("ALTER SYSTEM SET \(setting) = '\(value)'") }
    try administrator.script("SELECT pg_reload_conf()")
    return authority
  }

  /// Runs statements as the administrator of the cluster.
  public func run(_ text: String) throws { try administrator.script(text) }

  /// Ends the connections by which databases tell each other of commits.
  public func loseHeralds(of test: TestDatabase) throws {
    let name = test.address?.split(separator: "/").last ?? ""
    try administrator.script(
      """
      SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
      WHERE datname = '\(name)' AND query LIKE '%chengyun_commits%'
      """)
  }

  /// Whether anybody may connect anew; who is connected stays so.
  public func allow(_ isAllowed: Bool, newConnectionsTo test: TestDatabase) throws {
    let name = test.address?.split(separator: "/").last ?? ""
    try administrator.script("ALTER DATABASE \(name) ALLOW_CONNECTIONS \(isAllowed)")
  }

  // MARK: - Its making

  private static func address(_ name: String, port: Int) -> String {
    "postgres://chengyun@127.0.0.1:\(port)/\(name)"
  }

  /// A shell that starts the server and waits for the end of its input to remove it.
  private static func serve(_ data: URL, port: Int, folder: URL) throws -> FileHandle {
    let settings = [
      "listen_addresses=127.0.0.1", "port=\(port)", "unix_socket_directories=", "fsync=off",
      "synchronous_commit=off", "full_page_writes=off", "max_connections=900", "autovacuum=off",
      "shared_buffers=256MB", "max_wal_size=4GB", "deadlock_timeout=200ms", "lc_messages=C",
    ]
    let server =
      asOwner + [programs.appending(path: "postgres").path, "-D", data.path]
      + settings.flatMap { ["-c", $0] }
    let script = """
      folder=$1; shift
      "$@" >"$folder/log" 2>&1 </dev/null &
      server=$!
      cat >/dev/null
      kill -QUIT $server; wait $server; rm -rf "$folder"
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script, "sh", folder.path] + server
    let pipe = Pipe()
    _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return pipe.fileHandleForWriting
  }

  private static func connected(_ address: String) async throws -> PostgresLink {
    for _ in 0..<1200 {
      do { return try PostgresLink(PostgresAddress(address)) } catch {
        try await Task.sleep(for: .milliseconds(50))
      }
    }
    return try PostgresLink(PostgresAddress(address))
  }

  private static func run(_ command: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Fault(.broken, "test.cluster", ["command": command.joined(separator: " ")])
    }
  }

  private static func freePort() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(socket, pointer, length) == 0 && getsockname(socket, pointer, &length) == 0
      }
    }
    guard bound else { throw Fault(.broken, "test.cluster", ["command": "bind"]) }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}

/// A connection of somebody who knows nothing of our ways, such as an administrator's shell.
public final class PostgresSession {
  private let link: PostgresLink

  public init(_ test: TestDatabase) throws {
    link = try PostgresLink(PostgresAddress(test.address ?? ""))
  }

  public func run(_ text: String) throws { try link.script(text) }
}
