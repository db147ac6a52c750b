import Foundation
import Store
import TestSupport
import Testing

/// Tries to serve, and ends it after a minute where it does not end by itself.
///
/// - Parameter isNobody: as a user who may write nowhere; the superuser may everywhere.
/// - Returns: the line in which it refuses.
private func refusal(
  _ arguments: [String], isNobody: Bool = false, location: SourceLocation = #_sourceLocation
) throws -> String {
  var wrapper = ["/usr/bin/timeout", "60"]
  if isNobody, geteuid() == 0 {
    wrapper += ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
  }
  let done = try Executable.run(
    ["serve", "--port", "0"] + arguments, locale: "C.UTF-8", through: wrapper)
  #expect(done.status == 1, sourceLocation: location)
  #expect(done.output == "", sourceLocation: location)
  let lines = done.errors.split(separator: "\n")
  #expect(lines.count == 1, "\(done.errors)", sourceLocation: location)
  return lines.first.map(String.init) ?? ""
}

/// A server that cannot work says why in one line, ends, and has changed nothing.
@Suite(.enabled(if: Executable.isBuilt, "the executable is not built beside the tests"))
struct StartTests {
  private let place: ServerPlace

  init() throws { place = try ServerPlace() }

  /// Every file below the folder; of the database what is in it, since opening it counts in its head.
  /// Not the lock, which says only who was last.
  private func contents() throws -> [String: String] {
    let all = try FileManager.default.subpathsOfDirectory(atPath: place.folder.path)
    var contents: [String: String] = [:]
    for path in all where !path.hasSuffix(".lock") {
      let file = place.folder.appending(path: path)
      contents[path] =
        file.path == place.database
        ? try python(Self.everything)
        : (try? Data(contentsOf: file))?.base64EncodedString() ?? ""
    }
    return contents
  }

  /// The rows of every table but those of the search, which cannot be read.
  private static let everything = """
    print([(n, 0 if n.startswith('case_search') else c.execute(f'SELECT * FROM "{n}"').fetchall()) \
    for n, in c.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()])
    """

  /// Changes the database by a connection that is closed again.
  private func change(_ sql: String) throws { _ = try python("c.executescript(sys.argv[2])", sql) }

  private func python(_ body: String, _ argument: String = "") throws -> String {
    let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); \(body); c.close()"
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, place.database, argument]
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text
  }

  private func set(_ permissions: Int, _ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
  }

  @Test("a second server on one file is refused by name of the first; a command is not")
  func second() async throws {
    defer { place.remove() }
    _ = try place.prepare()
    let first = try await RunningServer.start(place)
    let line = try refusal(place.options)
    #expect(line.contains("Another server works on") && line.contains(place.database))
    #expect(line.contains("process \(first.process.processIdentifier)"))
    // By another name it is the same file.
    let link = place.folder.appending(path: "link.sqlite").path
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: place.database)
    #expect(try refusal(["--database", "sqlite:\(link)"]).contains("Another server"))
    #expect(try Executable.run(["person", "list"] + place.options).status == 0)
    kill(first.process.processIdentifier, SIGKILL)
    first.process.waitUntilExit()
    let next = try await RunningServer.start(place)
    next.process.terminate()
    next.process.waitUntilExit()
    #expect(next.process.terminationStatus == 0)
  }

  @Test("a port that is taken, and an address that is not this machine's, are named")
  func address() async throws {
    defer { place.remove() }
    _ = try place.prepare()
    let first = try await RunningServer.start(place)
    let port = try #require(first.address.port)
    let other = place.folder.appending(path: "other.sqlite").path
    let before = try contents().keys.filter { $0.hasPrefix("other") }
    let taken = try refusal(["--port", "\(port)", "--database", "sqlite:\(other)"])
    #expect(taken.contains("Port \(port) at 127.0.0.1 is taken") && taken.contains("--port"))
    let metrics = try refusal(["--metrics", "127.0.0.1:\(port)", "--database", "sqlite:\(other)"])
    #expect(metrics.contains("Port \(port)"))
    let away = try refusal(["--host", "192.0.2.1", "--database", "sqlite:\(other)"])
    #expect(away.contains("192.0.2.1") && away.contains("--host"))
    #expect(try contents().keys.filter { $0.hasPrefix("other") } == before)
    first.process.terminate()
    first.process.waitUntilExit()
  }

  @Test(
    "a database of a newer version, or with a step missing or another, is refused as it is",
    arguments: [
      ("INSERT INTO schema_version VALUES (999, 'later', 0)", "newer than the program"),
      ("DELETE FROM schema_version WHERE number = 3", "Step 3 is missing"),
      ("UPDATE schema_version SET name = 'another' WHERE number = 2", "Step 2 is missing"),
      ("DELETE FROM schema_version", "tables of something else"),
    ])
  func schema(change sql: String, said: String) throws {
    defer { place.remove() }
    _ = try place.prepare()
    try change(sql)
    let before = try contents()
    #expect(try refusal(place.options).contains(said))
    #expect(try contents() == before)
  }

  @Test("a file of something else is refused as it is")
  func foreign() throws {
    defer { place.remove() }
    try change("CREATE TABLE places (id INTEGER PRIMARY KEY); INSERT INTO places VALUES (1)")
    let before = try contents()
    #expect(try refusal(place.options).contains("tables of something else"))
    #expect(try contents() == before)
    try Data("not a database, but long enough for one\n".utf8).write(
      to: URL(filePath: place.database))
    #expect(try refusal(place.options).contains("is no database"))
  }

  @Test("folders and files that may not be written are refused, and nothing is made")
  func unwritable() throws {
    defer { place.remove() }
    _ = try place.prepare()
    try set(0o755, place.folder.path)
    // Looking at it takes away what SQLite keeps beside the file while it is in use.
    _ = try contents()
    let before = try contents()
    let folder = try refusal(place.options, isNobody: true)
    #expect(folder.contains("folder") && folder.contains(place.folder.path))
    try set(0o777, place.folder.path)
    try set(0o444, place.database)
    #expect(try refusal(place.options, isNobody: true).contains("read-only"))
    try set(0o666, place.database)
    let files = place.folder.appending(path: "files").path
    try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: false)
    try set(0o555, files)
    let said = try refusal(place.options + ["--files", files], isNobody: true)
    #expect(said.contains(files) && said.contains("--files"))
    let file = place.folder.appending(path: "said").path
    try Data().write(to: URL(filePath: file))
    #expect(try refusal(place.options + ["--files", "\(file)/below"]).contains("--files"))
    #expect(try contents().filter { $0.key != "files" && $0.key != "said" } == before)
  }
}

/// The same on PostgreSQL.
@Suite(
  .enabled(if: Executable.isBuilt, "the executable is not built beside the tests"),
  .enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
struct PostgresStartTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "start-\(UUID())")

  private func refused(
    _ address: String, location: SourceLocation = #_sourceLocation
  ) throws -> String {
    let files = folder.appending(path: "files").path
    let line = try refusal(["--database", address, "--files", files], location: location)
    #expect(!line.contains("secret"), sourceLocation: location)
    #expect(!FileManager.default.fileExists(atPath: folder.path), sourceLocation: location)
    return line
  }

  @Test("a wrong password, database or port is named, and no secret")
  func unreachable() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let address = try #require(test.address)
    let wrong = try refused(address.replacing("chengyun@", with: "guarded:secret@"))
    #expect(wrong.contains("password authentication failed"))
    #expect(try refused(address + "-not-there").contains("does not exist"))
    #expect(try refused("postgres://chengyun:secret@127.0.0.1:1/x").contains("Connection refused"))
  }

  @Test(
    "a database of a newer version, half-migrated, of something else or read-only is left as it is",
    arguments: [
      ("INSERT INTO schema_version VALUES (999, 'later', 0)", "newer than the program"),
      ("DELETE FROM schema_version WHERE number = 3", "Step 3 is missing"),
      ("DROP TABLE schema_version", "tables of something else"),
    ])
  func schema(sql: String, said: String) async throws {
    let test = try await TestDatabase(engine: .postgres)
    try await test.database.write { try $0.run(SQL(trusted: sql)) }
    let tables = try await test.tables()
    #expect(try refused(try #require(test.address)).contains(said))
    #expect(try await test.tables() == tables)
  }

  @Test("a standby, which only reads, is refused")
  func readOnly() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let address = try #require(test.address)
    let said = try refused(address + "?options=-c%20default_transaction_read_only%3Don")
    #expect(said.contains("read-only"))
  }

  @Test("with TLS and a password that never crosses the wire it connects, to the right server only")
  func sealed() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let authority = try await TestCluster.shared.value.offerTLS()
    let address = try #require(test.address)
      .replacing("chengyun@", with: "sealed:lamp%2Flight@")
    let proof = "?sslmode=verify-full&sslrootcert=\(authority.path)&channel_binding=require"
    // The server takes its new settings over in its own time.
    var done = try Executable.run(["person", "list", "--database", address + proof])
    for _ in 0..<100 where done.status != 0 && done.errors.contains("SSL") {
      try await Task.sleep(for: .milliseconds(50))
      done = try Executable.run(["person", "list", "--database", address + proof])
    }
    #expect(done.status == 0, "\(done.errors)")
    #expect(try refused(address + "?sslmode=disable").contains("pg_hba.conf"))
    let stranger = "?sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt"
    #expect(try refused(address + stranger).contains("certificate verify failed"))
    let named = address.replacing("127.0.0.1", with: "localhost")
    #expect(try refused(named + proof).contains("does not match host name"))
  }
}
