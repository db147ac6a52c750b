import Base
import Crypto
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// A ledger with entries 1, 2, 3 …
func ledger(_ count: Int) async throws -> TestDatabase {
  let test = try await TestDatabase()
  try await append(count, to: test)
  return test
}

func append(_ count: Int, to test: TestDatabase) async throws {
  try await test.database.write { tx in
    for index in 0..<count {
      try Ledger.append(
        "town.tick", about: .town, Int64(index) - 2, by: .command,
        payload: Payload().with("n", Int64(index)).with("word", "路灯 \"\\"), in: tx)
    }
  }
}

/// An entry that tells of nothing but its number.
func note(_ number: Int64, in tx: Transaction) throws {
  try Ledger.append("town.note", about: .town, number, by: .command, in: tx)
}

@Suite struct LedgerSealTests {
  @Test("a pass seals everything in ranges, and a second pass changes nothing")
  func ranges() async throws {
    let test = try await ledger(25)
    let sealed = try await test.database.write { try LedgerSweep.seal(in: $0, of: 10) }
    #expect(sealed == 25)
    #expect(try await test.database.write { try LedgerSweep.seal(in: $0, of: 10) } == 0)
    try await append(1, to: test)
    #expect(try await test.database.write { try LedgerSweep.seal(in: $0, of: 10) } == 1)
    let seals = try await test.database.read { snapshot -> [LedgerSeal] in
      try snapshot.all("SELECT \(LedgerSeal.columns) FROM ledger_seal ORDER BY number")
    }
    #expect(seals.map(\.number) == [1, 2, 3, 4])
    #expect(seals.map(\.firstSequence) == [1, 11, 21, 26])
    #expect(seals.map(\.lastSequence) == [10, 20, 25, 26])
    #expect(seals.map(\.entryCount) == [10, 10, 5, 1])
    #expect(seals.dropFirst().map(\.previousHash) == seals.dropLast().map(\.hash))
  }

  @Test("a seal is the hash that its description says, worked out another way")
  func formula() async throws {
    let test = try await ledger(3)
    try await test.database.write { try LedgerSweep.seal(in: $0) }
    let entries = try await test.database.read { try Ledger.entries(after: 0, limit: 9, in: $0) }
    var bytes = Data(repeating: 0, count: 32)
    for entry in entries {
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: entry.sequence >> (56 - 8 * $0)) }
      bytes += entry.digest
    }
    let head = try #require(try await test.database.read { try Ledger.head(in: $0) })
    #expect(head.hash == Array(SHA256.hash(data: bytes)))
    #expect(head.number == 1)
  }

  @Test("a digest is the hash of the columns' text, worked out another way")
  func digest() async throws {
    let test = try await ledger(3)
    let entries = try await test.database.read { try Ledger.entries(after: 0, limit: 9, in: $0) }
    #expect(entries.count == 3)
    for entry in entries {
      let columns = [
        "\(entry.recordedAt.milliseconds)", "\(entry.occurredAt.milliseconds)", "command", "0",
        "town", "\(entry.subjectID)", "town.tick", "1", entry.payload,
      ]
      #expect(
        entry.digest == Array(SHA256.hash(data: Data(columns.joined(separator: "\0").utf8))))
    }
  }

  @Test("one transaction makes as many seals as it is told; the runner goes on to the end")
  func runner() async throws {
    let test = try await ledger(25)
    let first = try await test.database.write { try LedgerSweep.seal(in: $0, ranges: 1, of: 10) }
    #expect(first == 10)
    #expect(try await LedgerSweep.run(in: test.database, holder: "a") == 15)
    #expect(try await LedgerSweep.run(in: test.database, holder: "a") == 0)
  }

  @Test("while another process has the lease, nothing is sealed")
  func lease() async throws {
    let test = try await ledger(5)
    let taken = try await test.database.write {
      try Lease.take(LedgerSweep.lease, holder: "b", for: 30, in: $0)
    }
    #expect(taken != nil)
    #expect(try await LedgerSweep.run(in: test.database, holder: "a") == 0)
    test.clock.advance(seconds: 30)
    #expect(try await LedgerSweep.run(in: test.database, holder: "a") == 5)
  }

  @Test("a printed head reads back, in either case of letters; anything else does not")
  func head() async throws {
    let test = try await ledger(1)
    #expect(try await test.database.read { try Ledger.head(in: $0) } == nil)
    try await test.database.write { try LedgerSweep.seal(in: $0) }
    let head = try #require(try await test.database.read { try Ledger.head(in: $0) })
    #expect(head.description.count == 66)
    #expect(LedgerHead(head.description) == head)
    #expect(LedgerHead(head.description.uppercased()) == head)
    let digits = String(repeating: "0", count: 64)
    for text in [
      "", "1", "1:", "0:\(digits)", "1:\(digits)0", "1:g\(digits.dropLast())", "x:\(digits)",
    ] {
      #expect(LedgerHead(text) == nil)
    }
  }
}
