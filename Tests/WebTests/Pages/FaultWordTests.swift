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

  /// The keys of the dictionary that a text begins with, `[]` none; nil where it begins otherwise.
  private func keys(at start: Substring) -> Set<String>? {
    var rest = start.drop { ", \n".contains($0) }
    guard rest.popFirst() == "[" else { return start.hasPrefix(")") ? [] : nil }
    var depth = 1
    let body = rest.prefix { character in
      if "[(".contains(character) { depth += 1 }
      if ")]".contains(character) { depth -= 1 }
      return depth > 0
    }
    return Set(body.matches(of: /"([a-zA-Z]+)":/).map { String($0.1) })
  }

  @Test("what a sentence names, the fault brings with it")
  func arguments() throws {
    let wording = try Wording.embedded(.chinese)
    let thrown =
      /(?:Fault\(\s*\.[a-zA-Z]+,|\.invalid\(\s*[^,]+,|Fault\.Field\([^,]+,)\s*"([a-zA-Z.-]+)"/
    var seen = 0
    for text in Self.texts {
      for match in text.matches(of: thrown) {
        guard let given = keys(at: text[match.range.upperBound...]) else { continue }
        let key = (match.0.hasPrefix("Fault(") ? "fault." : "field.") + match.1
        let asked = Set(
          (wording.texts[key] ?? "").matches(of: /\{([a-zA-Z]+)\}/).map { String($0.1) })
        seen += asked.isEmpty ? 0 : 1
        #expect(asked.subtracting(given).sorted() == [], "\(key)")
      }
    }
    #expect(seen > 50)
  }
}
