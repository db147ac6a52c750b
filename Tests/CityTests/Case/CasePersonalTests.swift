import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// Who reported a case: masked, opened by few and never unseen, and nowhere else.
@Suite struct CasePersonalTests {
  private static func report(confidential: Bool = false) -> CaseReport {
    var report = CaseTown.report()
    report.reporter = Reporter(name: "欧阳静怡", phone: "13800001234", address: "青年路5弄")
    report.confidential = confidential
    return report
  }

  private static func openings(_ id: ID<Case>, _ town: CaseTown) async throws -> [Actor] {
    try await town.database.read { try Ledger.entries(about: id.raw, in: $0) }
      .filter { $0.verb == "case.open-reporter" }.map(\.actor)
  }

  @Test(
    "of a name its first character is shown, of a number its ends, of an address nothing",
    arguments: [
      (Reporter(name: "张三", phone: "13800001234", address: "青年路"), ["张**", "138****1234", "****"]),
      (Reporter(name: "欧阳静怡", phone: "02159741234", address: nil), ["欧**", "021****1234", "-"]),
      (Reporter(name: nil, phone: "59741234", address: nil), ["-", "****34", "-"]),
      (Reporter(name: nil, phone: "110", address: nil), ["-", "****", "-"]),
      (Reporter(), ["-", "-", "-"]),
    ])
  func masked(reporter: Reporter, shown: [String]) {
    let masked = reporter.masked
    #expect([masked.name, masked.phone, masked.address].map { $0 ?? "-" } == shown)
  }

  @Test("who may open it does, and each opening is in the ledger; who may not leaves no trace")
  func opening() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling, Self.report())
    var expected: [Actor] = []
    for who in CaseTown.Who.allCases {
      let may: Set<CaseTown.Who> = [
        .intake, .dispatcher, .duty, .roads, .roadsMate, .roadsHead, .sanitation,
      ]
      let opened: Reporter? = try? await town.desk.openReporter(of: id, by: town[who])
      #expect((opened != nil) == may.contains(who), "\(who)")
      guard let opened else { continue }
      #expect(opened == Self.report().reporter)
      expected.append(town[who].actor)
    }
    #expect(try await Self.openings(id, town) == expected)
    #expect(try await town.view(id).case.revision == 6)
  }

  @Test("of a confidential order only those who take calls open it, not those who handle it")
  func confidential() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling, Self.report(confidential: true))
    for who in CaseTown.Who.allCases {
      let opened: Reporter? = try? await town.desk.openReporter(of: id, by: town[who])
      #expect((opened != nil) == [CaseTown.Who.intake, .duty].contains(who), "\(who)")
    }
    #expect(try await Self.openings(id, town).count == 2)
  }

  @Test("a unit that gave its part back opens nothing any more")
  func returned() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling, Self.report())
    try await town.make(.giveBack, by: .roads, on: id)
    let fault = try await town.fault {
      _ = try await town.desk.openReporter(of: id, by: town[.roads])
    }
    #expect(fault?.code == "case.missing")
  }

  @Test("after a long random life no name, number, address or text of anybody is in the ledger")
  func ledger() async throws {
    let walk = try await CaseWalk.town(cases: 40, steps: 500, seed: 4)
    let town = walk.town
    for id in walk.ids { _ = try await town.desk.openReporter(of: id, by: .command) }
    let payloads: [String] = try await town.database.read {
      try $0.column("SELECT payload FROM ledger_entry")
    }
    let all = payloads.joined(separator: "\n")
    #expect(payloads.count > 300 && walk.reporters.count > 10)
    for reporter in walk.reporters {
      for secret in [reporter.name, reporter.phone, reporter.address].compactMap({ $0 }) {
        #expect(!all.contains(secret), "\(secret)")
      }
    }
    // Nor what people wrote: a case's texts are known there by their digests only.
    for text in ["停车", "路灯", "说明", "更正", "属实", "合理", "虚构", "欧阳"] {
      #expect(!all.contains(text), "\(text)")
    }
    #expect(payloads.allSatisfy { $0.allSatisfy(\.isASCII) })
  }

  @Test("it is not in the words that cases are found by, and the phone is kept as a digest beside")
  func index() async throws {
    let town = try await CaseTown()
    let id = try await town.report(Self.report()).id
    let view = try await town.view(id)
    let words = CaseNoteRows.words(of: view.case, parts: view.parts)
    for secret in ["欧阳", "静怡", "1380", "青年"] { #expect(!words.contains(secret)) }
    let digest: [UInt8]? = try await town.database.read {
      try $0.value("SELECT phone_digest FROM case_reporter WHERE case_id = \(id)")
    }
    #expect(digest?.count == 32)
    // Another installation's digest of the same number is another.
    #expect(digest == PhoneDigest(key: Array(repeating: 7, count: 32)).digest("138 0000 1234"))
    #expect(digest != PhoneDigest(key: Array(repeating: 8, count: 32)).digest("13800001234"))
  }

  @Test("erased, the case and its ledger stand as they did")
  func erased() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling, Self.report())
    try await town.database.write { tx in
      try PastRows.removeReporter(of: id, in: tx)
      try tx.run("UPDATE case_note SET body = '' WHERE case_id = \(id)")
    }
    #expect(try await LedgerVerifier(database: town.database).verify().isWhole)
    let detail = try await town.desk.detail(of: id, by: town[.intake])
    #expect(detail.parts.reporter == nil)
    #expect(try await town.desk.openReporter(of: id, by: town[.intake]) == Reporter())
    var filter = CaseFilter()
    filter.text = "13800001234"
    #expect(try await town.desk.lines(filter, by: town[.intake]).lines.isEmpty)
    try await town.make(.comment, by: .intake, on: id)
  }
}
