import Base
import City
import Store
import Testing

@testable import Web

/// The ledger as those read it who may, and its proof.
@Suite struct LedgerPageTests {
  private func numbers(_ text: String) -> [String] {
    text.matches(of: /href="\/ledger\/entries\/(\d+)">/).map { String($0.1) }
  }

  @Test(
    "entries are filtered by subject, actor, verb and day; filters stay in the address; one opens")
  func filters() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .dispatched)
    let file = try await town.file(id)
    let audit = try await town.session(.audit)
    try await town.visit { visitor in
      func found(_ query: String) async throws -> [String] {
        numbers(try await visitor.get("/ledger?\(query)", by: audit).text)
      }
      #expect(try await found("subject=\(file.number)") == found("subject=\(id)"))
      let verbs = try await town.verbs(about: id)
      #expect(try await found("subject=\(file.number)").count == verbs.count)
      #expect(try await found("subject=\(id)&verb=case.dispatch").count == 1)
      #expect(try await found("subject=\(id)&verb=case.").count == verbs.count)
      #expect(try await found("subject=\(id)&actor=dispatcher").count == 1)
      #expect(try await found("subject=\(id)&from=2024-03-05") == [])
      #expect(try await found("subject=\(id)&to=2024-03-04").count == verbs.count)
      #expect(try await found("kind=person&subject=\(id)") == [])
      #expect(try await found("actor=sweep") == [])
      let wrong = try await visitor.get("/ledger?actor=nobody-here", by: audit)
      #expect(wrong.status == 422)
      for _ in 0..<4 { _ = try await town.bring(to: .closed) }
      let page = try await visitor.get("/ledger", by: audit)
      #expect(numbers(page.text).count == 50 && page.text.contains("before="))
      let before = try #require(numbers(page.text).last)
      let next = try await visitor.get("/ledger?before=\(before)", by: audit)
      #expect(Int(numbers(next.text).first ?? "") == Int(before).map { $0 - 1 })
      let sequence = try #require(try await found("subject=\(id)&verb=case.dispatch").first)
      let entry = try await visitor.get("/ledger/entries/\(sequence)", by: audit)
      #expect(entry.text.contains("roads") && entry.text.contains("sanitation"))
      #expect(!entry.text.contains("/cases/\(id)"), "who reads the ledger reads no cases")
      #expect(try await visitor.get("/ledger/entries/999999", by: audit).status == 404)
      let list = try await visitor.get(
        "/api/v1/ledger/search?subject=\(file.number)&verb=case.dispatch", by: audit)
      #expect(list.value["entries"]?.list.map { $0["sequence"]?.text } == [sequence])
      let export = try await visitor.get("/ledger/export?as=csv&subject=\(id)", by: audit)
      #expect(export.text.split(whereSeparator: \.isNewline).count == verbs.count + 1)
      #expect(try await found("verb=ledger.export").count == 1)
    }
  }

  @Test("nobody reads it who may not, nor a part of it")
  func refused() async throws {
    let town = try await WebTown()
    let duty = try await town.session(.duty)
    try await town.visit { visitor in
      for address in [
        "/ledger", "/ledger/entries/1", "/ledger/export?as=csv", "/ledger/verify/progress",
      ] {
        #expect(try await visitor.get(address, by: duty).status == 403, "\(address)")
      }
      #expect(try await visitor.submit("/ledger/verify", [], by: duty).status == 403)
      #expect(try await visitor.get("/api/v1/ledger/search", by: duty).status == 403)
      let desk = try await visitor.get("/desk", by: duty)
      #expect(!desk.text.contains(#"href="/ledger""#))
    }
  }

  @Test(
    "the proof says that it is whole, with a head to print; what was changed is found and named")
  func proves() async throws {
    let town = try await WebTown()
    _ = try await town.bring(to: .dispatched)
    _ = try await LedgerSweep.run(in: town.store.database, holder: "test")
    let audit = try await town.session(.audit)
    try await town.visit { visitor in
      #expect(try await visitor.submit("/ledger/verify", [], by: audit).status == 303)
      let whole = try await visitor.get("/ledger", by: audit)
      #expect(whole.text.contains("完整："))
      let head = try await town.store.database.read { try Ledger.head(in: $0)?.description }
      let printed = try #require(head)
      #expect(whole.text.contains(printed))
      let wrong = try await visitor.submit("/ledger/verify", [("head", "nonsense")], by: audit)
      #expect(wrong.status == 422)
      try await town.store.database.write {
        _ = try $0.run("UPDATE ledger_entry SET verb = 'case.accept' WHERE sequence = 7")
      }
      _ = try await visitor.submit("/ledger/verify", [], by: audit)
      let broken = try await visitor.get("/ledger", by: audit)
      #expect(broken.text.contains("不完整：一条被改动（7）"))
    }
  }
}
