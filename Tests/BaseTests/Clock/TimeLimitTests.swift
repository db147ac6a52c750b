import Base
import Foundation
import Testing

@Suite struct TimeLimitTests {
  @Test(
    "a limit is read as an administrator writes it, and written in its shortest form",
    arguments: [
      ("30 minutes", TimeLimit.Measure.minutes(30), "30 minutes"),
      ("1 minute", .minutes(1), "1 minute"),
      ("0 minutes", .minutes(0), "0 minutes"),
      ("24 hours", .minutes(1440), "24 hours"),
      ("  24   hours ", .minutes(1440), "24 hours"),
      ("120 minutes", .minutes(120), "2 hours"),
      ("90 working-minutes", .workingMinutes(90), "90 working-minutes"),
      ("4 working-hours", .workingMinutes(240), "4 working-hours"),
      ("3 working-days", .workingDays(3, .civilCode), "3 working-days"),
      ("15 days", .days(15, .civilCode), "15 days"),
      ("1 day", .days(1, .civilCode), "1 day"),
      (
        "3 working-days, first day counted", .workingDays(3, .firstDayCounted),
        "3 working-days, first day counted"
      ),
      ("1 working-days, to the hour", .workingDays(1, .sameTime), "1 working-day, to the hour"),
      ("2 days,to the  hour", .days(2, .sameTime), "2 days, to the hour"),
      (
        "18:00 on working-day 1", .clock(minute: 1080, workingDay: 1), "18:00 on working-day 1"
      ),
      ("9:05 on working-day 0", .clock(minute: 545, workingDay: 0), "09:05 on working-day 0"),
      ("24:00 on working-day 0", .clock(minute: 1440, workingDay: 0), "24:00 on working-day 0"),
    ])
  func forms(text: String, measure: TimeLimit.Measure, shortest: String) throws {
    let limit = try #require(TimeLimit(text))
    #expect(limit.measure == measure)
    #expect(limit.description == shortest)
    #expect(TimeLimit(shortest) == limit)
  }

  @Test(
    "what is no limit is refused",
    arguments: [
      "", "3", "days", "-1 days", "0 days", "0 working-days", "1.5 hours", "3 weeks", "3 Days",
      "３ days", "3 working days", "3 days, to the minute", "3 days, first day counted, to the hour",
      "24 hours, to the hour", "18:00", "18:00 on day 1", "25:00 on working-day 1",
      "24:01 on working-day 1", "18:0 on working-day 1", "18:00 on working-day -1",
      "18:00 on working-day 1, to the hour", "3661 days", "99999999 minutes", "5270401 minutes",
    ])
  func refused(text: String) {
    #expect(TimeLimit(text) == nil)
  }

  @Test("in JSON a limit is its text")
  func json() throws {
    let limits = try JSONDecoder().decode([TimeLimit].self, from: Data(#"["3 working-days"]"#.utf8))
    #expect(try limits == [#require(TimeLimit("3 working-days"))])
    #expect(
      String(decoding: try JSONEncoder().encode(limits), as: UTF8.self) == #"["3 working-days"]"#)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([TimeLimit].self, from: Data(#"["soon"]"#.utf8))
    }
  }
}
