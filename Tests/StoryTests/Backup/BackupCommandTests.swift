import Base
import Foundation
import Store
import Testing

/// Backups by command: beside a server at work, and killed in the middle.
@Suite(.enabled(if: Executable.isBuilt, "the executable is not built beside the tests"))
struct BackupCommandTests {
  @Test("a backup beside a busy server holds all that was acknowledged before it, and is whole")
  func besideServer() async throws {
    let place = try ServerPlace()
    defer { place.remove() }
    let token = try place.prepare()
    let server = try await RunningServer.start(place)
    let backup = place.folder.appending(path: "backup").path
    let reported = Acknowledged()
    let writing = Task {
      var number = 200_000
      while !Task.isCancelled {
        number += 1
        let title = "情况 \(number)"
        if await server.report(title, token) != nil { await reported.add(title) }
      }
    }
    var before: [[String]] = []
    for _ in 0..<3 {
      let enough = await reported.titles.count + 20
      while await reported.titles.count < enough { try await Task.sleep(for: .milliseconds(5)) }
      before.append(await reported.titles)
      let made = try Executable.run(["backup", backup] + place.options)
      #expect(made.status == 0, "\(made.errors)")
    }
    writing.cancel()
    await writing.value
    server.process.terminate()
    server.process.waitUntilExit()
    let names = try Executable.run(["backup", "list", backup]).output.split(separator: "\n")
      .map { String($0.prefix { $0 != ":" }) }
    #expect(names.count == 3)
    for (name, titles) in zip(names, before) {
      let restored = place.folder.appending(path: "restored-\(name).sqlite").path
      let done = try Executable.run(
        ["restore", backup, "--snapshot", name, "--database", "sqlite:\(restored)"])
      #expect(done.status == 0, "\(done.errors)")
      let there = Set(try await Self.titles(restored))
      #expect(there.isSuperset(of: titles))
      let proof = try Executable.run(["ledger", "verify", "--database", "sqlite:\(restored)"])
      #expect(proof.status == 0, "\(proof.output)")
    }
  }

  private static func titles(_ path: String) async throws -> [String] {
    let database = try SQLiteDatabase(path: path, options: .init(now: { .init(milliseconds: 0) }))
    let titles: [String] = try await database.read {
      try $0.column("SELECT title FROM case_file")
    }
    try database.close()
    return titles
  }

  @Test("a backup that is killed leaves the earlier ones as they were, and the next one is made")
  func killed() async throws {
    let place = try ServerPlace()
    defer { place.remove() }
    _ = try Executable.run(["demo", "--small"] + place.options)
    let backup = place.folder.appending(path: "backup").path
    let first = try Executable.run(["backup", backup] + place.options)
    #expect(first.status == 0, "\(first.errors)")
    let incoming = backup + "/incoming"
    let names = { try FileManager.default.contentsOfDirectory(atPath: incoming) }
    var kills = 0
    for pause in stride(from: 5, through: 120, by: 10) {
      _ = try Executable.run(
        ["person", "add", "p\(pause)", "--name", "某", "--no-password"] + place.options)
      // With what killed ones left there it does away before it begins to write.
      try Data().write(to: URL(filePath: incoming + "/left"))
      let process = try Executable.start(["backup", backup] + place.options)
      // The thread sleeps and not the task, which would wake long after on a busy machine.
      var found = try names()
      while process.isRunning, found.isEmpty || found.contains("left") {
        usleep(1000)
        found = try names()
      }
      usleep(UInt32(pause) * 1000)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      // One that had nothing there yet, or nothing more, was not killed in the middle.
      let isCaught = try !names().isEmpty
      kills += process.terminationReason == .uncaughtSignal && isCaught ? 1 : 0
    }
    #expect(kills > 0)
    let name = String(first.output.dropFirst("backed up as ".count).prefix { $0 != ":" })
    for choice in [["--snapshot", name], []] {
      let proof = try Executable.run(["backup", "verify", backup] + choice)
      #expect(proof.status == 0, "\(proof.errors)")
    }
    let last = try Executable.run(["backup", backup, "--json"] + place.options)
    #expect(last.status == 0 && last.output.hasPrefix("{"), "\(last.errors)")
    #expect(try names().isEmpty)
  }

  @Test("a wrong call and a missing attachment are said in one line")
  func said() async throws {
    let place = try ServerPlace()
    defer { place.remove() }
    _ = try Executable.run(["demo", "--small"] + place.options)
    let backup = place.folder.appending(path: "backup").path
    let absent = try Executable.run(["backup", "verify", backup])
    #expect(absent.status == 1 && absent.errors.split(separator: "\n").count == 1)
    let postgres = try Executable.run(["backup", backup, "--database", "postgres://127.0.0.1/x"])
    #expect(postgres.status == 1 && postgres.errors.contains("docs/backup.md"))
    try FileManager.default.removeItem(atPath: place.database + ".files")
    let made = try Executable.run(["backup", backup] + place.options)
    #expect(made.status == 1 && made.output.hasPrefix("backed up as "))
    #expect(made.errors.contains("is not in \(place.database).files"))
    #expect(try Executable.run(["restore", backup] + place.options).status == 1)
  }
}

/// What a server has said that it has.
private actor Acknowledged {
  private(set) var titles: [String] = []

  func add(_ title: String) { titles.append(title) }
}
