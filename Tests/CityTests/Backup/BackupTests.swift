import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// A backup holds everything, once; and what is not what was put in is refused.
@Suite struct BackupTests {
  /// A small town on SQLite with two cases and an attachment.
  private struct Place {
    let test: TestDatabase
    let blobs: BlobStore
    let folder: BackupFolder
    let picture = [UInt8]([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13])
    var attached = ""

    init() async throws {
      test = try await TestDatabase(engine: .sqlite)
      blobs = BlobStore(folder: test.folder.appending(path: "files"))
      folder = BackupFolder(test.folder.appending(path: "backup"))
      try await Centre(database: test.database, blobs: blobs.folder, now: test.clock.now)
        .installShippedCatalogue(by: .command)
      try await test.database.write { try SmallTown.build(in: $0) }
      let blob = try blobs.keep(picture + [UInt8](repeating: 7, count: 40))
      attached = blob.digest
      try await test.database.write { tx in
        try BlobRows.insert(blob, in: tx)
        try LedgerSweep.seal(in: tx)
      }
      try await attach()
    }

    /// Lets the attachment hang from a project, which needs no flow.
    private func attach() async throws {
      let digest = attached
      try await test.database.write { tx in
        let body: Int64 = try tx.value("SELECT MIN(id) FROM organisation") ?? 0
        try tx.run(
          """
          INSERT INTO project (id, year, organisation_id, name, department, unit, state, goal,
            result, total_weight, total_score, grade, version, created_at, revision, updated_at)
          VALUES (1, 2025, \(body), '', '', '', 'draft', '', '', '', '', '', 0, 0, 0, 0)
          """)
        try tx.run(
          """
          INSERT INTO project_attachment (id, project_id, digest, name, added_at)
          VALUES (1, 1, \(digest), 'a.png', 0)
          """)
      }
    }

    func make() async throws -> Backup.Summary {
      let source = try SQLiteDatabase(
        path: test.folder.appending(path: "test.sqlite").path, options: .init(now: test.clock.now))
      let summary = try await Backup(folder, now: test.clock.now).make(
        of: source, files: blobs, progress: { _, _, _ in })
      try source.close()
      return summary
    }

    var restore: Restore { Restore(folder, now: test.clock.now) }
    var target: URL { test.folder.appending(path: "restored.sqlite") }
    var targetFiles: URL { test.folder.appending(path: "restored.files") }

    func restored() async throws {
      _ = try await restore.restore(to: target.path, files: targetFiles) { _, _, _ in }
    }

    /// The files of the backup, by their paths in it.
    func parts() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(
          atPath: folder.folder.appending(path: path).path, isDirectory: &isFolder)
        return !isFolder.boolValue
      }
    }
  }

  @Test("what is restored has every row, the ledger and the attachments; nothing else may read it")
  func whole() async throws {
    let place = try await Place()
    let made = try await place.make()
    #expect(made.manifest.missing.isEmpty && made.manifest.files.map(\.digest) == [place.attached])
    #expect(made.manifest.tables["organisation"] == 6 && made.manifest.ledger.seals == 1)
    try await place.restored()
    let copy = try SQLiteDatabase(
      path: place.target.path, options: .init(now: place.test.clock.now))
    let tables = try await copy.read { try $0.tables() }
    #expect(Set(tables.map(\.name)) == Set(made.manifest.tables.keys) && tables.count > 30)
    for table in tables {
      let now = try await copy.read { try $0.rows(of: table, limit: 10_000) }
      let then = try await place.test.database.read { try $0.rows(of: table, limit: 10_000) }
      #expect(now == then, "\(table.name)")
    }
    try copy.close()
    let kept = BlobStore(folder: place.targetFiles)
    #expect(try kept.read(place.attached) == place.blobs.read(place.attached))
    for part in try place.parts().map({ place.folder.folder.appending(path: $0).path })
      + [place.target.path]
    {
      let mode = try FileManager.default.attributesOfItem(atPath: part)[.posixPermissions]
      #expect((mode as? Int).map { $0 & 0o077 } == 0, "\(part)")
    }
  }

  @Test("a second backup writes what has changed only, and both can be had")
  func incremental() async throws {
    let place = try await Place()
    let first = try await place.make()
    let same = try await place.make()
    #expect(first.newBytes == first.allBytes && same.newBytes == 0)
    #expect(same.manifest.name > first.manifest.name)
    try await place.test.database.write { tx in
      try tx.run("UPDATE organisation SET name = '新名' WHERE code = 'roads'")
    }
    let changed = try await place.make()
    #expect(changed.newBytes > 0 && changed.newBytes < first.allBytes / 3)
    for made in [first, same, changed] {
      let found = try await place.restore.verify(made.manifest.name) { _, _, _ in }
      #expect(found == made.manifest)
    }
  }

  @Test("one byte that was changed anywhere is found, and nothing is restored")
  func altered() async throws {
    let place = try await Place()
    _ = try await place.make()
    for part in try place.parts() {
      let url = place.folder.folder.appending(path: part)
      let bytes = Array(try Data(contentsOf: url))
      for at in Set([0, bytes.count / 2, bytes.count - 1]) where bytes.count > 2 {
        var other = bytes
        other[at] ^= 1
        try Data(other).write(to: url)
        try await refused(place, "backup.altered", "\(part) at \(at)")
      }
      try Data(bytes).write(to: url)
    }
    try await place.restored()
  }

  @Test("a backup that is cut short is found, and nothing is restored")
  func cutShort() async throws {
    let place = try await Place()
    _ = try await place.make()
    for part in try place.parts() where part.hasPrefix("pieces") || part.hasPrefix("snapshots") {
      let url = place.folder.folder.appending(path: part)
      let bytes = try Data(contentsOf: url)
      try bytes.dropLast(1).write(to: url)
      try await refused(place, "backup.altered", part)
      try FileManager.default.removeItem(at: url)
      try await refused(
        place, part.hasPrefix("pieces") ? "backup.cut-short" : "backup.missing", part)
      try bytes.write(to: url)
    }
    try await place.restored()
  }

  @Test(
    "a newer backup, one of a newer database and one of something else are refused",
    arguments: [
      (#""format":1"#, #""format":2"#, "backup.newer"),
      (#""kind":"chengyun-backup""#, #""kind":"other""#, "backup.not-a-backup"),
      (#""schema":"#, #""schema":9"#, "store.newer"),
      (#""organisation":6"#, #""organisation":7"#, "backup.different"),
    ])
  func others(there: String, instead: String, code: String) async throws {
    let place = try await Place()
    let made = try await place.make()
    let url = place.folder.folder.appending(path: "snapshots/\(made.manifest.name)")
    let text = String(decoding: try made.manifest.bytes().dropLast(66), as: UTF8.self)
    #expect(text.contains(there))
    let other = text.replacing(there, with: instead)
    try Data(BackupManifest.sealed(Array(other.utf8))).write(to: url)
    try await refused(place, code, instead)
  }

  private func refused(_ place: Place, _ code: String, _ what: String) async throws {
    for _ in 0..<1 {
      await #expect(throws: Fault.self, "\(what)") {
        try await place.restored()
      }
      do {
        _ = try await place.restore.verify { _, _, _ in }
        Issue.record("\(what) was not found")
      } catch let fault as Fault { #expect(fault.code == code, "\(what)") }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: place.test.folder.path)
    #expect(!left.contains { $0.hasPrefix("restored") }, "\(left)")
    #expect(try place.parts().filter { $0.hasPrefix("incoming") }.isEmpty)
  }

  @Test("nothing is restored over anything")
  func occupied() async throws {
    let place = try await Place()
    _ = try await place.make()
    for taken in [place.target.path, place.target.path + "-wal"] {
      try Data("mine".utf8).write(to: URL(filePath: taken))
      await #expect(throws: Fault(.conflict, "backup.occupied", ["path": taken])) {
        try await place.restored()
      }
      #expect(try Data(contentsOf: URL(filePath: taken)) == Data("mine".utf8))
      try FileManager.default.removeItem(atPath: taken)
    }
    try FileManager.default.createDirectory(
      at: place.targetFiles, withIntermediateDirectories: true)
    try await place.restored()
  }

  @Test("an attachment that is gone is named, and the rest is backed up")
  func missing() async throws {
    let place = try await Place()
    try FileManager.default.removeItem(at: place.blobs.url(of: place.attached))
    let made = try await place.make()
    #expect(made.manifest.missing == [place.attached] && made.manifest.files.isEmpty)
    try await place.restored()
  }

  @Test("old backups go with what only they held")
  func pruned() async throws {
    let place = try await Place()
    for name in ["甲", "乙", "丙"] {
      try await place.test.database.write { tx in
        try tx.run("UPDATE organisation SET name = \(name) WHERE code = 'roads'")
      }
      _ = try await place.make()
    }
    let gone = try Backup(place.folder, now: place.test.clock.now).prune(keeping: 1)
    #expect(gone.backups == 2 && gone.pieces > 0)
    #expect(try place.folder.names().count == 1)
    try await place.restored()
    #expect(try Backup(place.folder, now: place.test.clock.now).prune(keeping: 1) == (0, 0))
  }

  @Test("a folder with something else in it is left alone")
  func foreign() async throws {
    let place = try await Place()
    try FileManager.default.createDirectory(
      at: place.folder.folder, withIntermediateDirectories: true)
    let mine = place.folder.folder.appending(path: "mine")
    try Data().write(to: mine)
    await #expect(throws: Fault.self) { _ = try await place.make() }
    #expect(try place.parts() == ["mine"])
  }

  @Test("every table that names files is looked at for what must be kept")
  func referring() async throws {
    let test = try await TestDatabase(engine: .sqlite, isMigrated: false)
    try await test.database.migrate(Schema.migrations)
    let found: [String] = try await test.database.read {
      try $0.column(
        """
        SELECT t.name FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS f
        WHERE t.type = 'table' AND f."table" = 'blob' ORDER BY t.name
        """)
    }
    #expect(found == BlobRows.referring)
  }
}
