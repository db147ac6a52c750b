import City
import Foundation
import Testing

@testable import Web

/// Every fault that our code can throw has words in both languages.
@Suite struct FaultWordTests {
  private static let sources = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  private static let texts: [String] = {
    let walk = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    return (walk?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
      .compactMap { try? String(contentsOf: $0, encoding: .utf8) }
  }()

  private func codes(_ pattern: some RegexComponent<(Substring, Substring)>) -> Set<String> {
    Set(Self.texts.flatMap { $0.matches(of: pattern).map { String($0.1) } })
  }

  @Test("every code of a fault has its sentence")
  func faults() throws {
    let wording = try Wording.embedded(.chinese)
    let thrown = codes(/Fault\(\s*\.[a-zA-Z]+,\s*"([a-zA-Z.-]+)"/)
    let missing = codes(/Fault\.missing\("([a-z]+)"\)/).map { "\($0).missing" }
    #expect(thrown.count > 50)
    #expect(thrown.union(missing).filter { !wording.knows("fault.\($0)") }.sorted() == [])
  }

  @Test("every verb of a case's ledger has its word in the timeline")
  func events() throws {
    let wording = try Wording.embedded(.chinese)
    let written = codes(/Ledger\.append\(\s*"case\.([a-z-]+)"/)
    #expect(written.contains("import-change"))
    let verbs = written.union(CaseMove.allCases.map(\.rawValue))
    #expect(verbs.filter { !wording.knows("event.\($0)") }.sorted() == [])
  }

  @Test("every code of a field at fault has its sentence")
  func fields() throws {
    let wording = try Wording.embedded(.chinese)
    let named = codes(/\.invalid\(\s*[^,]+,\s*"([a-zA-Z.-]+)"/)
      .union(codes(/Fault\.Field\([^,]+,\s*"([a-zA-Z.-]+)"/))
      .union(codes(/\.init\([^,()]+(?:\([^()]*\))?, "([a-z]+\.[a-z.-]+)"/))
      .union(codes(/FieldRefusal\("([a-zA-Z.-]+)"/))
      .union(codes(/complain\("([a-zA-Z.-]+)"/))
      .union(codes(/complaints\.add\([^"]+, "([a-zA-Z.-]+)"/))
      .union(codes(/"((?:yaml|catalogue)\.[a-z-]+\.[a-z-]+)"/))
    #expect(named.count > 80)
    #expect(named.filter { !wording.knows("field.\($0)") }.sorted() == [])
  }
}
