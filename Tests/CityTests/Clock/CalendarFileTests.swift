import Base
import City
import Foundation
import Testing

private let sharedData = ProcessInfo.processInfo.environment["CHENGYUN_DATA"]

@Suite struct CalendarFileTests {
  @Test("the standard calendar knows the years 2019 to 2026 and no other")
  func years() throws {
    let china = try CalendarFile.standard
    #expect(china.years == .published(Set(2019...2026)))
    #expect(china.isWorkingDay(try day("2027-01-04")) == nil)
    #expect(china.isWorkingDay(try day("2018-12-28")) == nil)
    #expect(china.isWorkingDay(try day("2018-12-29")) == true)
  }

  @Test("a year of the standard calendar has its published number of working days")
  func workingDays() throws {
    let china = try CalendarFile.standard
    for (year, count) in [2023: 249, 2024: 251, 2025: 248, 2026: 248] {
      let first = try day("\(year)-01-01")
      let next = try day("\(year + 1)-01-01")
      let working = (0..<next - first).filter { china.isWorkingDay(first + $0) == true }
      #expect(working.count == count, "\(year)")
    }
  }

  @Test(
    "the standard calendar has exactly the special days of the collected notices",
    .enabled(if: sharedData != nil, "CHENGYUN_DATA is not set"))
  func notices() throws {
    let folder = URL(filePath: try #require(sharedData))
    let file = folder.appending(path: "holidays-cn/special-days-2019-2026.csv")
    let lines = try String(contentsOf: file, encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst()
    let days = try CalendarFile.standard.specialDays.map {
      "\($0.day),\($0.kind == .rest ? "休" : "班"),\($0.name)"
    }
    #expect(days.count == 286)
    #expect(days == lines.map(String.init).sorted())
  }

  @Test("the calendar round the clock is open at any moment of any year")
  func always() throws {
    let always = try CalendarFile.always
    #expect(always.isOpen(at: Moment(milliseconds: 0), in: .gmt) == true)
    #expect(always.isOpen(at: Moment(milliseconds: 9_999_999_999_999), in: .gmt) == true)
  }

  @Test("a calendar that does not ship is missing")
  func unknownName() {
    #expect(throws: Fault(.missing, "calendar.missing", ["name": "mars"])) {
      try CalendarFile.shipped("mars")
    }
  }

  @Test("every mistake in a file is named by file, line and key, all at once")
  func mistakes() throws {
    let text = """
      name: town
      years: [2024, never, 2024]
      hours:
        monday: 09:00-17:00
        funday: 09:00-17:00
        friday: 17:00-09:00
      make-up: [09:00-17:00]
      colour: red
      special:
        - { day: 2024-02-30, kind: rest, name: 元旦 }
        - { day: 2024-01-01, kind: off, name: 元旦 }
        - { day: 2024-01-02, kind: rest }
        - { day: 2024-01-03, kind: rest, name: 元旦 }
        - { day: 2024-01-03, kind: work, name: 元旦 }
        - { day: 2021-01-03, kind: work, name: 元旦 }
        - holiday
      """
    let fault = try #require(throws: Fault.self) {
      try CalendarFile.read(text, name: "town.yaml")
    }
    #expect(fault.kind == .invalid)
    #expect(fault.code == "calendar.invalid")
    #expect(fault.arguments == ["file": "town.yaml"])
    #expect(
      Set(fault.fields.map { "\($0.name) \($0.code)" }) == [
        "town.yaml:2 years[1] years", "town.yaml:2 years[2] duplicate",
        "town.yaml:5 hours.funday unknownKey", "town.yaml:6 hours.friday hours",
        "town.yaml:7 make-up required", "town.yaml:8 colour unknownKey",
        "town.yaml:10 special[0].day day", "town.yaml:11 special[1].kind specialKind",
        "town.yaml:12 special[2].name required", "town.yaml:14 special[4].day duplicate",
        "town.yaml:15 special[5].day dayOutsideYears", "town.yaml:16 special[6] notMapping",
      ])
  }

  @Test("a file that is no YAML, is empty, or has no open weekday is refused")
  func shapes() throws {
    func fields(_ text: String) -> [String] {
      do {
        _ = try CalendarFile.read(text, name: "x.yaml")
        return []
      } catch {
        return (error as? Fault)?.fields.map { "\($0.name) \($0.code)" } ?? ["\(error)"]
      }
    }
    #expect(fields("name: [") == ["x.yaml yaml"])
    #expect(fields("") == ["x.yaml notMapping"])
    #expect(fields("- 1") == ["x.yaml:1 notMapping"])
    #expect(
      fields("name: x\nyears: every\nmake-up: 09:00-17:00\nhours: {}\n") == [
        "x.yaml:4 hours noHours"
      ])
    #expect(
      fields("name: x\nyears: every\nmake-up: 09:00-17:00\nhours: 9-17\n")
        == ["x.yaml:4 hours notMapping"])
  }

  @Test("a file of unreasonable size is refused unread")
  func size() {
    let text = String(repeating: "#", count: 1_000_001)
    #expect(
      throws: Fault(.tooLarge, "calendar.tooLarge", ["file": "x.yaml", "limit": "1000000"])
    ) {
      try CalendarFile.read(text, name: "x.yaml")
    }
  }

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }
}
