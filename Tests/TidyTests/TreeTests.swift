import Foundation
import Testing

@Suite struct TreeTests {
  /// Names of a machine it was written on, and words that say the work is not done. They are put
  /// together here so that this file does not hold them.
  static let strangers: [(rule: String, pattern: String)] = [
    ("a path of one machine", ["/work", "/(?:main|shared|setup)|/ro", "ot/|/home/[a-z]"].joined()),
    ("unfinished work", [#"\b(?:TO"#, "DO|FIX", #"ME|XX"#, #"X)\b"#].joined()),
    ("how it came about", ["helper ", "session"].joined()),
  ]

  @Test("no file names a machine's own folders or unfinished work")
  func strangers() throws {
    var wrong: [String] = []
    for file in House.files {
      for (rule, pattern) in Self.strangers {
        wrong += try lines(of: pattern, in: file.text).map { "\(file.path):\($0): \(rule)" }
      }
    }
    expectNone(wrong)
  }

  @Test("the changelog says what is not yet released")
  func changelog() throws {
    let changelog = try #require(House.file("CHANGELOG.md"))
    #expect(changelog.text.contains("## [Unreleased]"))
  }

  @Test("every file of data is read as UTF-8 and ends its last line")
  func endings() {
    let open = House.files.filter { !$0.text.isEmpty && !$0.text.hasSuffix("\n") }
    expectNone(open.map(\.path))
  }
}

@Suite struct MigrationTests {
  static let migrations = House.files.filter {
    $0.path.hasPrefix("Sources/City/Schema/") && $0.path.hasSuffix(".sql")
  }

  @Test(
    "migrations are numbered from 0001 without a gap",
    .enabled(if: !migrations.isEmpty, "there are no migrations yet"))
  func contiguous() throws {
    for (index, file) in Self.migrations.enumerated() {
      let number = String(format: "%04d", index + 1)
      #expect(
        try !lines(of: "^\(number)-[a-z0-9-]+\\.sql$", in: file.name).isEmpty,
        "\(file.path) should be \(number)-….sql")
    }
  }
}

@Suite struct LocaleTests {
  static let languages = ["zh-Hans", "en"]
  static let locales = languages.compactMap { House.file("Sources/Web/Locales/\($0).yaml") }

  @Test(
    "every text is there in both languages, once, and says something",
    .enabled(if: !locales.isEmpty, "there are no locale files yet"))
  func parity() throws {
    let keys = Self.locales.map { keyed($0.text) }
    try #require(keys.count == Self.languages.count, "a locale file is missing")
    #expect(keys[0].keys.filter { keys[1][$0] == nil }.sorted() == [], "missing in English")
    #expect(keys[1].keys.filter { keys[0][$0] == nil }.sorted() == [], "missing in Chinese")
    for (language, entries) in zip(Self.languages, keys) {
      #expect(entries.filter { $0.value.count > 1 }.keys.sorted() == [], "twice in \(language)")
      #expect(entries.filter { $0.value == [""] }.keys.sorted() == [], "empty in \(language)")
    }
  }

  @Test("keys are read without comments, and a key given twice is seen")
  func reading() {
    let text = "# greeting\ncase.new: 登记: 一\n\nfault.a: \"b\"\ncase.new: c\nempty:\n"
    #expect(keyed(text) == ["case.new": ["登记: 一", "c"], "fault.a": ["\"b\""], "empty": [""]])
  }

  /// The flat `key: text` lines of a locale file; what is indented belongs to the text above.
  private func keyed(_ text: String) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix(" ") {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let said = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
      found[String(parts[0]), default: []].append(said)
    }
    return found
  }
}
