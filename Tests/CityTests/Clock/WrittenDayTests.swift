import Base
import Testing

/// Days as people write them.
@Suite struct WrittenDayTests {
  @Test(
    "a day is understood in the ways in which people write it",
    arguments: [
      "2026-11-03", "2026-11-3", "2026/11/3", "2026.11.3", "2026年11月3日", "２０２６年１１月３日",
      "２０２６－１１－０３", " 2026-11-03 ", "2026 年 11 月 3 日",
    ])
  func understood(_ text: String) {
    #expect(Day(written: text)?.description == "2026-11-03")
  }

  @Test(
    "what is no day is refused",
    arguments: [
      "", "2026", "2026-13-01", "2026-02-30", "26-11-03", "morgen", "2026-11", "日", "年月日",
    ])
  func refused(_ text: String) {
    #expect(Day(written: text) == nil)
  }
}
