import Foundation
import Testing

@testable import City

/// Every finding can be worded with the arguments it has.
@Suite struct FindingWordTests {
  private static func words(_ language: String) throws -> [String: String] {
    let file = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "../../../Sources/Web/Locales/\(language).yaml")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return Dictionary(
      lines.filter { $0.hasPrefix("finding.") }.compactMap { line in
        line.firstRange(of: ": ").map {
          (String(line[..<$0.lowerBound]), String(line[$0.upperBound...]))
        }
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test("every rule has a sentence, whose figures the finding has", arguments: ["zh-Hans", "en"])
  func sentences(language: String) throws {
    let words = try Self.words(language)
    let forms =
      (CheckCase.sums + CheckCase.review + CheckCase.text).map {
        EvaluationCheck.check([CheckCase.form($0.shows)])[0]
      } + EvaluationCheck.check(TreeSamples.forms) + EvaluationCheck.check(TreeSamples.kept)
    for finding in forms.flatMap(\.findings) {
      let sentence = try #require(words["finding.\(finding.sentence)"], "\(finding.sentence)")
      let wanted = Set(sentence.matches(of: /\{([A-Za-z0-9]+)\}/).map { String($0.1) })
      #expect(wanted.subtracting(finding.arguments.keys) == [], "\(finding.code)")
      for name in CheckRule.codedArguments where wanted.contains(name) {
        let value = finding.arguments[name] ?? ""
        #expect(words["finding.\(name).\(value)"] != nil, "\(finding.code): \(name) \(value)")
      }
    }
    for basis in CheckRule.Basis.allCases {
      #expect(words["finding.basis.\(basis.rawValue)"] != nil)
    }
    for severity in Finding.Severity.allCases {
      #expect(words["finding.severity.\(severity.rawValue)"] != nil)
    }
  }
}
