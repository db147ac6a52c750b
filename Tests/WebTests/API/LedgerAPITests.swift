import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City
@testable import Web

/// The ledger and its proof over the API.
@Suite struct LedgerAPITests {
  @Test("the entries come in their order, page by page, and say what each is about")
  func entries() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .closed)
    let audit = try await town.token(.audit)
    let all = try await town.count("ledger_entry")
    try await town.visit { site in
      var sequences: [Int] = []
      var subjects: Set<String> = []
      var after = "0"
      while true {
        let page = try await site.get(
          "/api/v1/ledger/entries?limit=7&after=\(after)", by: audit
        ).json()
        let entries = page["entries"]?.list ?? []
        #expect(entries.count <= 7)
        sequences += entries.compactMap { $0["sequence"]?.text.flatMap { Int($0) } }
        subjects.formUnion(entries.compactMap { $0["subject"]?.text })
        guard let next = page["next"]?.text else { break }
        after = next
      }
      #expect(sequences == Array(1...all))
      #expect(subjects.contains("case:\(id)"))
      #expect(
        try await site.get("/api/v1/ledger/entries?after=x", by: audit).wrong
          == ["after: value.range"])
      #expect(
        try await site.get("/api/v1/ledger/entries?limit=1001", by: audit).wrong
          == ["limit: value.range"])
    }
  }

  @Test("a whole ledger is proved, also against a head that was kept; a changed one is found")
  func proof() async throws {
    let town = try await WebTown()
    let audit = try await town.token(.audit)
    try await town.visit { site in
      let bare = try await site.get("/api/v1/ledger/head", by: audit).json()
      #expect(bare.object.isEmpty)
      let sealed = try await LedgerSweep.run(in: town.store.database, holder: "test")
      let head = try await site.get("/api/v1/ledger/head", by: audit).json()
      #expect(head["lastSequence"]?.text == String(sealed))
      let kept = try #require(head["head"]?.text)
      let whole = try await site.post(
        "/api/v1/ledger/verify", #"{"head": "\#(kept)"}"#, by: audit
      ).json()
      #expect(whole["intact"]?.flag == true)
      #expect(whole["head"]?.text == kept)
      #expect(whole["broken"] == nil)
      let other = "1:" + String(repeating: "0", count: 64)
      let rewritten = try await site.post(
        "/api/v1/ledger/verify", #"{"head": "\#(other)"}"#, by: audit
      ).json()
      #expect(rewritten["intact"]?.flag == false)
      #expect(rewritten["broken"]?["kind"]?.text == "head.changed")
      let wrong = try await site.post("/api/v1/ledger/verify", #"{"head": "1:ab"}"#, by: audit)
      #expect(wrong.wrong == ["head: ledger.head-unreadable"])
      try await town.store.database.write { tx in
        _ = try tx.run("UPDATE ledger_entry SET verb = 'nothing' WHERE sequence = 3")
      }
      let broken = try await site.post("/api/v1/ledger/verify", by: audit)
      #expect(broken.status == 200)
      #expect(try broken.json()["broken"]?["kind"]?.text == "entry.changed")
      #expect(try broken.json()["broken"]?["number"]?.text == "3")
    }
  }

  @Test("nobody but the audit administrator of everything reads or proves it")
  func refused() async throws {
    let town = try await WebTown()
    for who in [WebTown.Who.system, .security, .leader, .duty] {
      let caller = try await town.session(who)
      try await town.visit { site in
        for (method, path) in [("GET", "head"), ("GET", "entries"), ("POST", "verify")] {
          let answer = try await site.send(
            try #require(.init(method)), "/api/v1/ledger/\(path)", json: "", by: caller)
          #expect(answer.status == 403, "\(who) \(path)")
          #expect(answer.code == "right.missing", "\(who) \(path)")
        }
      }
    }
    let part = Doer(
      person: try town.person(.audit),
      grants: [Grant(role: .auditAdministrator, organisationPath: "grid-centre/")])
    await #expect(throws: Fault.self) {
      try await LedgerDesk(town.store.database).entries(after: 0, limit: 1, by: part)
    }
  }

  @Test("while one proof runs, another is told to come again")
  func oneAtATime() async throws {
    let town = try await WebTown()
    let audit = try await town.token(.audit)
    try await town.visit { site in
      try await town.site.proofGate.pass {
        let refused = try await site.post("/api/v1/ledger/verify", by: audit)
        #expect(refused.status == 503)
        #expect(refused.code == "ledger.proof-runs")
        #expect(refused.header("Retry-After") == "10")
      }
      #expect(try await site.post("/api/v1/ledger/verify", by: audit).status == 200)
    }
  }
}
