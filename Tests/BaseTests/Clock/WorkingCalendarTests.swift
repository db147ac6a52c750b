import Base
import Foundation
import Testing

@Suite struct WorkingCalendarTests {
  private func calendar(_ years: WorkingCalendar.Years) throws -> WorkingCalendar {
    let hours = try #require(OpenHours("09:00-11:30, 13:30-17:30"))
    let makeUpHours = try #require(OpenHours("10:00-12:00"))
    let weekdays = Weekday.allCases.filter { !$0.isWeekend }
    let days: [WorkingCalendar.SpecialDay] = [
      .init(day: try day("2024-01-01"), kind: .rest, name: "元旦"),
      .init(day: try day("2023-12-30"), kind: .work, name: "元旦"),
      .init(day: try day("2024-02-04"), kind: .work, name: "春节"),
    ]
    return try #require(
      WorkingCalendar(
        name: "x", hours: Dictionary(uniqueKeysWithValues: weekdays.map { ($0, hours) }),
        makeUpHours: makeUpHours, years: years,
        specialDays: days))
  }

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  private func moment(_ text: String) throws -> Moment { try #require(Moment(text)) }

  @Test(
    "a day works by the notice, else by its weekday, and is unknown in other years",
    arguments: [
      ("2024-01-01", false), ("2024-01-02", true), ("2024-01-06", false), ("2024-02-04", true),
      ("2023-12-30", true), ("2023-12-29", nil), ("2025-01-01", nil), ("1969-12-31", nil),
    ] as [(String, Bool?)])
  func workingDays(text: String, works: Bool?) throws {
    #expect(try calendar(.published([2024])).isWorkingDay(day(text)) == works)
  }

  @Test("a calendar for every year knows days long ago and far away")
  func everyYear() throws {
    let calendar = try calendar(.every)
    #expect(calendar.isWorkingDay(try day("1969-12-31")) == true)
    #expect(calendar.isWorkingDay(try day("1969-12-28")) == false)
    #expect(calendar.isWorkingDay(try day("2199-12-31")) == true)
    #expect(calendar.isWorkingDay(try day("2024-01-01")) == false)
  }

  @Test("years apart leave the years between them unknown")
  func gap() throws {
    let calendar = try calendar(.published([2024, 2026]))
    #expect(calendar.isWorkingDay(try day("2025-06-02")) == nil)
    #expect(calendar.isWorkingDay(try day("2026-06-02")) == true)
  }

  @Test("the instant of opening is open, that of closing is not, and lunch is closed")
  func open() throws {
    let calendar = try calendar(.published([2024]))
    for (text, open) in [
      ("2024-01-02T09:00Z", true), ("2024-01-02T11:29:59.999Z", true),
      ("2024-01-02T11:30Z", false), ("2024-01-02T12:00Z", false), ("2024-01-02T13:30Z", true),
      ("2024-01-02T17:30Z", false), ("2024-01-01T10:00Z", false), ("2024-02-04T09:30Z", false),
      ("2024-02-04T10:30Z", true),
    ] {
      #expect(calendar.isOpen(at: try moment(text), in: .gmt) == open, "\(text)")
    }
    #expect(calendar.isOpen(at: try moment("2025-01-02T10:00Z"), in: .gmt) == nil)
  }

  @Test("a calendar without an open weekday is refused")
  func neverOpen() throws {
    let hours = try #require(OpenHours("09:00-17:00"))
    #expect(WorkingCalendar(name: "x", hours: [:], makeUpHours: hours, years: .every) == nil)
  }

  @Test("hours are read and written", arguments: ["09:00-11:30, 13:30-17:30", "00:00-24:00"])
  func hours(text: String) throws {
    #expect(OpenHours(text)?.description == text)
    #expect(OpenHours("9:00-11:30,13:30 - 17:30")?.segments.count == 2)
  }

  @Test(
    "hours that are empty, out of order or overlap are refused",
    arguments: [
      "", "9-17", "17:00-09:00", "09:00-09:00", "09:00-12:00, 11:00-17:00",
      "13:00-17:00, 09:00-12:00", "09:00-24:01", "09:00-12:00,", "09:00", "09:60-10:00",
    ])
  func badHours(text: String) {
    #expect(OpenHours(text) == nil)
  }
}
