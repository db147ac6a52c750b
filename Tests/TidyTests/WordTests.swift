import Testing

@Suite struct WordTests {
  /// Each rule's name and the pattern that finds its breach in code without strings.
  static let forbidden: [(rule: String, pattern: String)] = [
    ("try!", #"\btry!"#),
    ("as!", #"\bas!"#),
    ("force unwrap", #"(?<!\btry)(?<!\bas)(?<=[\w)\]}>?"`])!(?!=)"#),
    ("print", #"(?<![\w.])(?:debugP|p)rint\("#),
    ("@unchecked", "@unchecked"),
    ("nonisolated(unsafe)", #"nonisolated\(unsafe\)"#),
    ("Date()", #"\bDate\(\)|\bDate\.now\b|\bDate\(timeIntervalSinceNow"#),
    ("fatalError", #"\bfatalError\("#),
  ]

  @Test("no code crashes at will, prints, reads the clock or evades the compiler's checks")
  func words() throws {
    var breaches: [Breach] = []
    for swift in House.swift {
      for (rule, pattern) in Self.forbidden {
        for line in try lines(of: pattern, in: swift.parts.code) {
          breaches.append(
            Breach(rule: rule, path: swift.file.path, line: line, detail: rule))
        }
      }
    }
    expectNone(unexplained(breaches, allowed: Allowed.words))
  }

  @Test(
    "each forbidden word is found where it stands",
    arguments: [
      ("try!", "let a = try! b()"), ("as!", "let a = b as! C"),
      ("force unwrap", "a!.b"), ("force unwrap", "a()!"), ("force unwrap", "a[0]!\n"),
      ("force unwrap", "var a: B!"), ("force unwrap", #""\(a!)""#), ("print", "print(a)"),
      ("@unchecked", "extension A: @unchecked Sendable {}"), ("Date()", "let now = Date()"),
      ("nonisolated(unsafe)", "nonisolated(unsafe) var a = 1"), ("fatalError", "fatalError()"),
    ])
  func found(rule: String, code: String) throws {
    #expect(try broken(by: code) == [rule])
  }

  @Test(
    "sound code is left alone",
    arguments: [
      "a != b", "if !a { return !b }", "f(!a, [!b])", "#if !DEBUG", "// a!", #""print(a!)""#,
      "Date(timeIntervalSince1970: 0)", "printer(a)", "log.print(a)", "a!=b", "let a = /b!/",
    ])
  func sound(code: String) throws {
    #expect(try broken(by: code) == [])
  }

  private func broken(by code: String) throws -> [String] {
    let text = SwiftText(code).code
    return try Self.forbidden.filter { try !lines(of: $0.pattern, in: text).isEmpty }.map(\.rule)
  }
}
