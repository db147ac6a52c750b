import Foundation
import Testing

@testable import City

@Suite("Printed numbers")
struct PrintedNumberTests {
  @Test(
    "Figures are read exactly as people print them",
    arguments: [
      ("1,838.35", "1838.35"), ("１２３", "123"), ("100.00%", "100"), ("９９．５％", "99.5"),
      ("0.10", "0.1"),
      ("-3.5", "-3.5"), ("−3", "-3"), ("2372389.00", "2372389"), ("0", "0"),
    ])
  func values(text: String, value: String) {
    #expect(PrintedNumber(text).value == Decimal(string: value))
    #expect(PrintedNumber(text).text == text)
  }

  @Test(
    "What is no number has no value",
    arguments: ["", "—", "-", "/", "1,83", "1,2345", "12.", ".5", "1.2.3", "十", "5天", "1 2", "1e5"])
  func none(text: String) {
    #expect(PrintedNumber(text).value == nil)
  }

  @Test("A dash is nothing printed for a number, but is kept")
  func dashes() {
    #expect(PrintedNumber("—").isNone)
    #expect(!PrintedNumber("—").isEmpty)
    #expect(!PrintedNumber("0").isNone)
  }

  @Test("The digits after the point are counted as printed")
  func decimals() {
    #expect(PrintedNumber("10.00").decimals == 2)
    #expect(PrintedNumber("10").decimals == 0)
    #expect(PrintedNumber("84.17%").decimals == 2)
    #expect(PrintedNumber("—").decimals == nil)
  }
}
