import Foundation
import TestSupport
import Testing

/// The same commands and the same server over a database of PostgreSQL.
@Suite(
  .enabled(if: Executable.isBuilt, "the executable is not built beside the tests"),
  .enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
struct PostgresCommandTests {
  private static let password = "lamp%2Flight"
  private let folder = FileManager.default.temporaryDirectory.appending(path: "postgres-\(UUID())")

  /// Where to sign in with a password, in a database without tables.
  private func address(_ test: TestDatabase) throws -> String {
    try #require(test.address).replacing("chengyun@", with: "guarded:\(Self.password)@")
  }

  @Test("a centre is set up by commands, and what they did is proved")
  func settingUp() async throws {
    let test = try await TestDatabase(engine: .postgres, isMigrated: false)
    let database = ["--database", try address(test)]
    let added = try Executable.run(
      ["person", "add", "duty", "--name", "值班长", "--role", "duty-officer", "--no-password"]
        + database)
    #expect(added.status == 0, "\(added.errors)")
    let list = try Executable.run(["person", "list"] + database)
    #expect(list.output.contains("值班长"))
    let proof = try Executable.run(["ledger", "verify"] + database)
    #expect(proof.status == 0, "\(proof.errors)")
    #expect(try await test.tables().contains("case_file"))
  }

  @Test(
    "a server answers, keeps attachments where it is told, and shows no password to the machine")
  func serving() async throws {
    let test = try await TestDatabase(engine: .postgres, isMigrated: false)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = try await RunningServer.start(
      [
        "--database=\(try address(test))", "--files", folder.appending(path: "files").path,
      ], in: folder
    ).process
    defer { process.terminate() }
    let shown = try String(
      contentsOfFile: "/proc/\(process.processIdentifier)/cmdline", encoding: .utf8)
    #expect(shown.contains("serve") && shown.contains("postgres://guarded@127.0.0.1"))
    #expect(!shown.contains(Self.password))
  }

  @Test(
    "an address that cannot be used is refused in one line without its password",
    arguments: [
      ("postgres://guarded:secret@127.0.0.1:1/x", Int32(1)),
      ("postgres://guarded:se/cret@127.0.0.1/x", 2), ("mysql://guarded:secret@127.0.0.1/x", 2),
    ])
  func refused(address: String, status: Int32) throws {
    let done = try Executable.run(["person", "list", "--database", address])
    #expect(done.status == status)
    #expect(done.output.isEmpty)
    #expect(!done.errors.contains("secret") && !done.errors.contains("cret@"))
    #expect(status != 1 || done.errors.split(separator: "\n").count == 1)
  }
}
