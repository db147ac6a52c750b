import Testing

@testable import Web

/// What the script that searches a list of kinds asks for.
@Suite struct KindWordTests {
  @Test("the words of the kinds in force, kept for good under the address of their version")
  func words() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    try await town.visit { site in
      let page = try await site.get("/cases", by: session)
      let address = try #require(page.text.firstMatch(of: /data-find="([^"]+)"/)?.output.1)
      let answer = try await site.get(String(address), by: session)
      #expect(answer.status == 200)
      #expect(answer.header("Cache-Control")?.hasSuffix("immutable") == true)
      let words = try answer.json()
      #expect(words["E0102"]?["initials"]?.list.first?.text == "bllj")
      // A kind of the town's own is found like any other.
      #expect(words["T0001"]?["names"]?.list.first?.text == "每一步都有")
      for version in ["", "?version=0123456789abcdef", "?version=", "?version=a"] {
        let other = "/kinds/words" + version
        let answer = try await site.get(other, by: session)
        #expect(answer.status == 200 && answer.header("Cache-Control") == "no-store", "\(other)")
      }
    }
  }
}
