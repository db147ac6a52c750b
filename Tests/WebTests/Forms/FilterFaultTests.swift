import City
import Store
import Testing

@testable import Web

/// What is asked in an address and cannot be: the page itself says so, at its field.
@Suite struct FilterFaultTests {
  @Test(
    "a wrong filter is told on the page it belongs to, beside its field, with the other filters kept",
    arguments: [
      ("/figures?from=2024-12-01&to=2024-01-01", "figures-to", "结束日期早于开始日期"),
      ("/figures?to=x&from=2024-03-01", "figures-to", "日期"),
      ("/figures?person=1", nil, "没有"),
      ("/rankings?from=2024-12-01&to=2024-01-01", "ranking-to", "结束日期早于开始日期"),
      ("/rankings?minimum=abc", "ranking-minimum", "value=\"abc\""),
      ("/who?kind=GONE", "who-kind", "GONE"),
      ("/cases?from=2024-12-01&to=2024-01-01", "filter-to", "结束日期早于开始日期"),
      ("/cases?state=gone", "filter-state", "gone"),
    ] as [(String, String?, String)])
  func told(_ address: String, _ field: String?, _ words: String) async throws {
    let town = try await WebTown()
    let leader = try await town.session(.leader)
    try await town.visit { visitor in
      let page = try await visitor.get(address, by: leader)
      #expect(page.status == 422)
      #expect(page.text.contains("class=\"filters\""), "the form is there")
      #expect(page.text.contains("error-summary") && page.text.contains(words))
      if let field {
        #expect(page.text.contains("href=\"#\(field)\""), "the summary leads to it")
        #expect(page.text.contains("id=\"\(field)-error\""))
      }
      #expect(!page.text.contains("fault-status"))
    }
  }

  @Test("the ledger's filters and its head likewise; its export leads back to them")
  func ledger() async throws {
    let town = try await WebTown()
    let audit = try await town.session(.audit)
    try await town.visit { visitor in
      let page = try await visitor.get("/ledger?from=x&verb=case.dispatch", by: audit)
      #expect(page.status == 422 && page.text.contains("id=\"ledger-from-error\""))
      #expect(page.text.contains("value=\"case.dispatch\""))
      let export = try await visitor.get("/ledger/export?as=csv&from=x", by: audit)
      let back = try await visitor.get(try #require(export.header("Location")), by: audit)
      #expect(back.status == 422 && back.text.contains("id=\"ledger-from-error\""))
      let head = try await visitor.submit("/ledger/verify", [("head", "garbage")], by: audit)
      #expect(head.status == 422 && head.text.contains("id=\"proof-head-error\""))
      #expect(head.text.contains("不是链头") && head.text.contains("value=\"garbage\""))
      #expect(!head.text.contains("账本首部"))
    }
  }

  @Test("which cases of a figure are listed is said by a word that is known, or not at all")
  func listed() async throws {
    let town = try await WebTown()
    let leader = try await town.session(.leader)
    try await town.visit { visitor in
      for path in ["/figures/reported", "/figures/handling-on-time/export"] {
        for (query, status) in [("?of=bogus", 422), ("?of=whole", 200), ("", 200)] {
          let answer = try await visitor.get(path + query, by: leader)
          #expect(answer.status == status, "\(path)\(query)")
        }
      }
    }
  }
}
