import Base
import Store
import TestSupport
import Testing

@testable import City

@Suite struct LedgerVerifierTests {
  /// 25 entries, the first 20 under two seals.
  private static func sealed() async throws -> TestDatabase {
    let test = try await ledger(20)
    try await test.database.write { try LedgerSweep.seal(in: $0, of: 10) }
    try await append(5, to: test)
    return test
  }

  private static func verify(
    _ test: TestDatabase, head: LedgerHead? = nil
  ) async throws -> LedgerReport {
    try await LedgerVerifier(database: test.database, keptHead: head).verify()
  }

  /// What is found after somebody with a key to the file has run `sql`.
  private static func tampered(_ sql: SQL, head: LedgerHead? = nil) async throws -> LedgerBreak? {
    let test = try await sealed()
    let touched = try await test.database.write { try $0.run(sql) }
    #expect(touched > 0)
    return try await verify(test, head: head).broken
  }

  @Test("an untouched ledger is whole, with or without seals, and a kept head stays good")
  func whole() async throws {
    let empty = try await Self.verify(try await ledger(0))
    #expect(empty == LedgerReport())
    let test = try await Self.sealed()
    let report = try await Self.verify(test)
    #expect(report.isWhole)
    #expect(report.entries == 25)
    #expect(report.sealedEntries == 20)
    #expect(report.seals == 2)
    let head = try #require(report.head)
    try await append(40, to: test)
    try await test.database.write { try LedgerSweep.seal(in: $0, of: 10) }
    let later = try await Self.verify(test, head: head)
    #expect(later.isWhole)
    #expect(later.sealedEntries == 65)
    #expect(later.head != head)
  }

  @Test("entries of several batches are read to the end, whole batches or not")
  func batches() async throws {
    let test = try await Self.sealed()
    for batch in [1, 5, 7, 25, 26] {
      var verifier = LedgerVerifier(database: test.database)
      verifier.batch = batch
      let report = try await verifier.verify()
      #expect(report.isWhole)
      #expect(report.entries == 25)
      #expect(report.sealedEntries == 20)
    }
    try await test.database.write {
      try $0.run("UPDATE ledger_entry SET verb = 'x' WHERE sequence = 25")
    }
    var verifier = LedgerVerifier(database: test.database)
    verifier.batch = 5
    #expect(
      try await verifier.verify().broken == LedgerBreak(kind: .entryChanged, number: 25))
  }

  @Test(
    "a change of any column of any entry is found and named",
    arguments: [
      "recorded_at = recorded_at + 1", "occurred_at = occurred_at - 1", "actor_kind = 'person'",
      "actor_kind = 'nobody'", "actor_id = 5", "subject_kind = 'case'", "subject_kind = 'what'",
      "subject_id = subject_id + 1", "verb = 'town.tock'", "version = 2",
      "payload = '{}'", "payload = payload || ' '",
      "digest = (SELECT digest FROM ledger_entry WHERE sequence = 1)",
    ], [7, 23])
  func changed(change: String, sequence: Int64) async throws {
    let found = try await Self.tampered(
      SQL(trusted: "UPDATE ledger_entry SET \(change) WHERE sequence = \(sequence)"))
    #expect(found == LedgerBreak(kind: .entryChanged, number: sequence))
  }

  @Test("two entries that changed places are found")
  func swapped() async throws {
    let test = try await Self.sealed()
    try await test.database.write { tx in
      for (from, to) in [(4, 99), (5, 4), (99, 5)] {
        try tx.run("UPDATE ledger_entry SET sequence = \(to) WHERE sequence = \(from)")
      }
    }
    #expect(try await Self.verify(test).broken == LedgerBreak(kind: .sealChanged, number: 1))
  }

  @Test("an entry changed together with its digest breaks its seal")
  func rehashed() async throws {
    let test = try await Self.sealed()
    try await Self.rewrite(entry: 14, in: test)
    let report = try await Self.verify(test)
    #expect(report.broken == LedgerBreak(kind: .sealChanged, number: 2))
    #expect(report.sealedEntries == 10)
  }

  @Test(
    "a deleted entry is found, sealed or not",
    arguments: [(1, 1), (10, 10), (11, 11), (20, 20), (24, 24)])
  func deleted(sequence: Int64, named: Int64) async throws {
    let found = try await Self.tampered("DELETE FROM ledger_entry WHERE sequence = \(sequence)")
    #expect(found == LedgerBreak(kind: .entryMissing, number: named))
  }

  @Test("an entry put in before the first is found")
  func inserted() async throws {
    let found = try await Self.tampered(
      """
      INSERT INTO ledger_entry (sequence, recorded_at, occurred_at, actor_kind, actor_id,
        subject_kind, subject_id, verb, version, payload, digest)
      SELECT 0, recorded_at, occurred_at, actor_kind, actor_id, subject_kind, subject_id, verb,
        version, payload, digest FROM ledger_entry WHERE sequence = 1
      """)
    #expect(found == LedgerBreak(kind: .entryUnexpected, number: 0))
  }

  @Test("a tail cut off a seal is found, within a seal and at its edge", arguments: [0, 10, 15])
  func tail(last: Int64) async throws {
    let found = try await Self.tampered("DELETE FROM ledger_entry WHERE sequence > \(last)")
    #expect(found == LedgerBreak(kind: .tailCut, number: last + 1))
  }

  @Test("a tail cut off together with its seals is found against a kept head, and only so")
  func tailWithSeals() async throws {
    let test = try await Self.sealed()
    let head = try #require(try await test.database.read { try Ledger.head(in: $0) })
    try await test.database.write { tx in
      try tx.run("DELETE FROM ledger_entry WHERE sequence > 10")
      try tx.run("DELETE FROM ledger_seal WHERE number > 1")
    }
    #expect(try await Self.verify(test).isWhole)
    #expect(
      try await Self.verify(test, head: head).broken
        == LedgerBreak(kind: .headMissing, number: 2))
    try await append(30, to: test)
    try await test.database.write { try LedgerSweep.seal(in: $0, of: 10) }
    #expect(
      try await Self.verify(test, head: head).broken
        == LedgerBreak(kind: .headChanged, number: 2))
  }

  @Test("a chain written anew from the start is found against a kept head, and only so")
  func rewritten() async throws {
    let test = try await Self.sealed()
    let head = try #require(try await test.database.read { try Ledger.head(in: $0) })
    try await Self.rewrite(entry: 3, in: test)
    try await test.database.write { tx in
      try tx.run("DELETE FROM ledger_seal")
      try LedgerSweep.seal(in: tx, of: 10)
    }
    #expect(try await Self.verify(test).isWhole)
    #expect(
      try await Self.verify(test, head: head).broken
        == LedgerBreak(kind: .headChanged, number: 2))
  }

  @Test(
    "a seal that was changed or deleted is found and named",
    arguments: [
      ("UPDATE ledger_seal SET hash = previous_hash WHERE number = 1", .sealChanged, 1),
      ("UPDATE ledger_seal SET hash = previous_hash WHERE number = 2", .sealChanged, 2),
      ("UPDATE ledger_seal SET previous_hash = hash WHERE number = 2", .sealChanged, 2),
      ("UPDATE ledger_seal SET entry_count = 9 WHERE number = 2", .sealChanged, 2),
      ("UPDATE ledger_seal SET first_sequence = 12 WHERE number = 2", .sealChanged, 2),
      ("UPDATE ledger_seal SET last_sequence = 19 WHERE number = 2", .sealChanged, 2),
      ("UPDATE ledger_seal SET last_sequence = 5 WHERE number = 2", .sealChanged, 2),
      ("UPDATE ledger_seal SET last_sequence = 99 WHERE number = 2", .tailCut, 26),
      ("UPDATE ledger_seal SET number = 3 WHERE number = 2", .sealMissing, 2),
      ("DELETE FROM ledger_seal WHERE number = 1", .sealMissing, 1),
    ] as [(String, LedgerBreak.Kind, Int64)])
  func seals(sql: String, kind: LedgerBreak.Kind, number: Int64) async throws {
    let found = try await Self.tampered(SQL(trusted: sql))
    #expect(found == LedgerBreak(kind: kind, number: number))
  }

  /// Changes an entry as somebody would who knows how digests are made.
  private static func rewrite(entry sequence: Int64, in test: TestDatabase) async throws {
    try await test.database.write { tx in
      let entries = try Ledger.entries(after: sequence - 1, limit: 1, in: tx)
      let entry = try #require(entries.first)
      let digest = LedgerEntry.digest(
        recordedAt: entry.recordedAt, occurredAt: entry.occurredAt, actor: entry.actor,
        subjectKind: entry.subjectKind, subjectID: entry.subjectID, verb: "town.never",
        version: entry.version, payload: entry.payload)
      try tx.run(
        """
        UPDATE ledger_entry SET verb = 'town.never', digest = \(digest)
        WHERE sequence = \(sequence)
        """)
    }
  }
}
