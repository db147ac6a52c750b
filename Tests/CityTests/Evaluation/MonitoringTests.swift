import Base
import Foundation
import Testing

@testable import City

@Suite struct MonitoringTests {
  private func codes(
    _ target: String, _ actual: String, _ forecast: String = "",
    _ direction: ScoreDirection? = nil, on day: String = "2025-06-30"
  ) -> [String] {
    var line = MonitoringLine(id: ID(1))
    line.name = "指标"
    line.target = target
    line.actual = actual
    line.forecast = forecast
    line.direction = direction
    var content = MonitoringContent()
    content.asOf = Day(day)
    content.lines = [line]
    return content.warnings(year: Int(day.prefix(4)) ?? 0).map(\.code.rawValue)
  }

  @Test("the year's share is of its days, and a leap year has one more")
  func elapsed() {
    var content = MonitoringContent()
    content.asOf = Day("2025-06-30")
    #expect(content.elapsed(year: 2025) == 49.59)
    content.asOf = Day("2024-06-30")
    #expect(content.elapsed(year: 2024) == 49.73)
    content.asOf = Day("2024-12-31")
    #expect(content.elapsed(year: 2024) == 100)
    #expect(content.elapsed(year: 2023) == nil)
  }

  @Test(
    "money is behind from 15 points on, and over when there is more spent than granted",
    arguments: [
      ("34.58", ["execution-behind"]), ("34.59", []), ("60", []), ("100", []),
      ("100.01", ["execution-over"]), ("", []),
    ])
  func execution(executed: String, expected: [String]) {
    var content = MonitoringContent()
    content.asOf = Day("2025-06-30")
    content.adjusted = "100"
    content.executed = PrintedNumber(executed)
    #expect(content.warnings(year: 2025).map(\.code.rawValue) == expected)
  }

  @Test(
    "a count is measured by its share of the year, a level by itself",
    arguments: [
      ("≥1200次", "600次", []), ("≥1200次", "476次", []), ("≥1200次", "475次", ["behind"]),
      ("=100.00(个)", "10个", ["behind"]), ("≥95%", "94.9%", ["below"]), ("≥95%", "96%", []),
      ("≤5件", "3件", []), ("≤5件", "6件", ["exceeded"]), ("≤100%", "101%", ["exceeded"]),
      ("=0次", "1次", []), ("≥1200次", "600人", ["units"]), ("稳步提升", "提升", []),
    ])
  func lines(target: String, actual: String, expected: [String]) {
    #expect(codes(target, actual) == expected)
  }

  @Test("of a target = the direction tells whether another figure is worse")
  func directions() {
    #expect(codes("=0次", "1次", "", .lessIsBetter) == ["exceeded"])
    #expect(codes("=3项", "", "2项", .moreIsBetter) == ["at-risk"])
    #expect(codes("=3项", "", "4项", .moreIsBetter) == [])
    #expect(codes("=3项", "", "2项") == ["at-risk"])
  }

  @Test("a forecast that misses the target is at risk, whatever was reached so far")
  func forecasts() {
    #expect(codes("≥1200次", "700次", "1100次") == ["at-risk"])
    #expect(codes("≥1200次", "300次", "1100次") == ["behind", "at-risk"])
    #expect(codes("≥1200次", "700次", "1300次") == [])
    #expect(codes("≥1200次", "700次", "1300人") == ["units"])
    #expect(codes("≥95%", "", "") == ["silent"])
  }

  @Test("a day that has passed without a word is told, one to come is not")
  func days() {
    #expect(codes("2025年5月前", "", "6月完成") == ["day-passed", "at-risk"])
    #expect(codes("2025年11月前", "", "11月完成") == [])
    #expect(codes("≤5.00(月)", "", "6月").contains("day-passed"))
    #expect(codes("6月30日前", "", "按期") == [])
  }
}
