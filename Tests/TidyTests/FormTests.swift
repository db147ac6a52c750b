import Testing

@Suite struct FormTests {
  static let mostLines = 400

  @Test("no file of code is longer than 400 lines")
  func length() {
    let code = House.files.filter {
      $0.path.hasSuffix(".swift") || $0.path.hasSuffix(".py") || $0.path.hasPrefix("scripts/")
    }
    let breaches = code.filter { $0.lines.count > Self.mostLines + 1 }.map {
      Breach(rule: "length", path: $0.path, detail: "\($0.lines.count - 1) lines")
    }
    expectNone(unexplained(breaches, allowed: Allowed.longFiles))
  }

  @Test("every public declaration of the floors says what it is")
  func documented() {
    var breaches: [Breach] = []
    let documentation = Documentation(of: House.sources.map(\.parts.code))
    for swift in House.sources {
      for line in documentation.missing(in: swift) {
        breaches.append(
          Breach(
            rule: "undocumented", path: swift.file.path, line: line,
            detail: "no doc comment: \(swift.file.lines[line - 1].drop { $0 == " " })"))
      }
    }
    expectNone(unexplained(breaches, allowed: Allowed.undocumented))
  }

  @Test("every file of tests has a test")
  func tested() {
    let idle = House.files.filter {
      $0.path.hasPrefix("Tests/")
        && ($0.name.hasSuffix("Tests.swift") && !$0.text.contains("@Test")
          || $0.name.hasPrefix("test_") && !$0.text.contains("def test_"))
    }
    expectNone(idle.map(\.path))
  }

  @Test("a doc comment counts over attributes, and conformances explain themselves")
  func documentation() {
    let text = """
      /// Told.
      @frozen
      public struct A: Sendable {
        public func bare() {}
        public static func == (a: A, b: A) -> Bool { true }
      }
      extension A: Shape {
        public func area() {}
      }
      extension A where B: Shape {
        public func naked<C>(_ c: C) {
        }
      }
      public enum B: Error {
      }
      /// Told.
      public protocol Shape {
        func area() -> Int
      }
      /// Told.
      public struct Square<A: Sendable>: Sendable {
        public let kind: struct
        public func area() -> Int { 1 }
        public func side() -> Int { 1 }
        /// Told.
        public func turned(by angle: Int) {}
        public func turned(_ way: String) {}
      }
      """
    let swift = SwiftFile(file: HouseFile(path: "a", text: text), parts: SwiftText(text))
    #expect(Documentation(of: [swift.parts.code]).missing(in: swift) == [4, 11, 14, 24])
  }
}
