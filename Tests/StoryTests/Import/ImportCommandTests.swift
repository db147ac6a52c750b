import Base
import City
import Foundation
import Store
import Testing

/// The command itself, in a process of its own.
@Suite(.enabled(if: Executable.isBuilt, "the executable is not built beside the tests"))
struct ImportCommandTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID())")

  private static let map = """
    name: 样例
    source: sample
    zone: Asia/Shanghai
    case:
      id: id
      title: title
      channel: hotline
      kind: P0001
      reported: opened
    make:
      classes:
        - code: P0
          name: 其他
          kinds:
            - { code: P0001, name: 其他事项 }

    """

  private func write(rows: Int) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(Self.map.utf8).write(to: folder.appending(path: "map.yaml"))
    var text = "id,title,opened\n"
    for row in 1...rows { text += "\(row),路灯不亮 \(row),2023-05-06 10:00:00\n" }
    try Data(text.utf8).write(to: folder.appending(path: "cases.csv"))
  }

  private func command(_ extra: [String] = []) -> [String] {
    [
      "case", "import", folder.appending(path: "cases.csv").path, "--map",
      folder.appending(path: "map.yaml").path, "--database",
      "sqlite:\(folder.appending(path: "town.sqlite").path)",
    ] + extra
  }

  private func cases() async throws -> Int {
    let path = folder.appending(path: "town.sqlite").path
    guard FileManager.default.fileExists(atPath: path) else { return 0 }
    let database = try SQLiteDatabase(
      path: path, options: .init(now: { Moment(milliseconds: 0) }))
    defer { try? database.close() }
    // Before the tables are there, there are no cases.
    return (try? await database.read { try $0.value("SELECT COUNT(*) FROM case_file") }) ?? 0
  }

  @Test("killed in the middle it keeps what was committed, and run again it ends the same")
  func killed() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = 3000
    try write(rows: rows)
    let database = try SQLiteDatabase(
      path: folder.appending(path: "town.sqlite").path,
      options: .init(now: { Moment(milliseconds: 0) }))
    defer { try? database.close() }
    try await database.migrate(Schema.migrations)
    func logged() throws -> Int {
      let path = folder.appending(path: "town.sqlite-wal").path
      return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }
    func committed() async throws -> Int {
      try await database.read { try $0.value("SELECT COUNT(*) FROM case_file") ?? 0 }
    }
    let before = try logged()
    let process = try Executable.start(command(["--batch", "20"]))
    // Nothing here waits for a turn among the other tests, since it would be over by then: what it
    // commits makes the log grow, some batches by this much.
    while try logged() < before + 1 << 20 && process.isRunning { usleep(500) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    let kept = try await committed()
    #expect(kept > 0 && kept < rows && kept % 20 == 0, "\(kept)")
    #expect(try await cases() == kept)
    let again = try Executable.run(command(["--json"]))
    #expect(again.status == 0, "\(again.errors)")
    #expect(
      again.output
        == #"{"created":\#(rows - kept),"read":\#(rows),"rejected":0,"unchanged":\#(kept),"updated":0}"#
        + "\n")
    #expect(try await cases() == rows)
    let proof = try Executable.run(Array(["ledger", "verify"] + command().suffix(2)))
    #expect(proof.status == 0, "\(proof.output)")
  }

  @Test("rejected rows are in a file beside it, and the command still ends well")
  func rejected() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(rows: 3)
    let path = folder.appending(path: "cases.csv")
    let text = try String(contentsOf: path, encoding: .utf8) + ",无编号,2023-05-06 10:00:00\n"
    try Data(text.utf8).write(to: path)
    let result = try Executable.run(command())
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("rejected     1"))
    #expect(result.errors.contains("cases.csv.rejected.csv"))
    let file = try String(contentsOf: path.appendingPathExtension("rejected.csv"), encoding: .utf8)
    #expect(file.contains("4,5,id,value.missing,id: "))
  }

  @Test("a map or file that is not there is a failure, a wrong call is another")
  func failures() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(rows: 1)
    var missing = command()
    missing[4] = "no-such-map"
    #expect(try Executable.run(missing).status == 1)
    var lost = command()
    lost[2] = folder.appending(path: "lost.csv").path
    #expect(try Executable.run(lost).status == 1)
    #expect(try Executable.run(["case", "import"]).status == 2)
    #expect(try Executable.run(command(["--batch"])).status == 2)
  }

  @Test("figures are counted over days, and each lists its cases")
  func figures() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(rows: 5)
    #expect(try Executable.run(command()).status == 0)
    let period = ["case", "figures", "--from", "2023-05-06", "--to", "2023-05-06"]
    let database = Array(command().suffix(2))
    let all = try Executable.run(period + database + ["--json"])
    for line in [
      #""denominator":null,"figure":"reported","minutes":null,"numerator":5,"rate":null}"#,
      #""denominator":0,"figure":"closing-rate","minutes":null,"numerator":0,"rate":null}"#,
    ] { #expect(all.output.contains(#"{"amount":null,"# + line)) }
    let list = try Executable.run(period + database + ["--list", "reported"])
    #expect(list.output.split(separator: "\n").count == 5)
    #expect(list.output.hasPrefix("230506-00005\treported\tP0001\t2023-05-06 10:00:00"))
    let other = ["case", "figures", "--from", "2023-05-07", "--to", "2023-05-07"]
    let none = try Executable.run(other + database + ["--list", "reported"])
    #expect(none.output == "")
    let unknown = try Executable.run(period + database + ["--organisation", "nobody"])
    #expect(unknown.status == 1)
    let noKind = try Executable.run(period + database + ["--kind", "NOPE"])
    #expect(noKind.status == 1 && noKind.output.isEmpty && noKind.errors.contains("NOPE"))
    let backwards = ["case", "figures", "--from", "2023-05-07", "--to", "2023-05-06"]
    #expect(try Executable.run(backwards + database).status == 2)
  }
}
