import Foundation
import Testing

@testable import Base

@Suite struct ZoneOffsetsTests {
  @Test(
    "the table of a zone agrees with Foundation from 1900 to 2100",
    arguments: [
      "Asia/Shanghai", "America/New_York", "Europe/London", "Asia/Kathmandu",
      "Australia/Lord_Howe", "America/Sao_Paulo", "GMT",
    ])
  func table(name: String) throws {
    let zone = try #require(TimeZone(identifier: name))
    let offsets = ZoneOffsets.of(zone)
    var dice = Dice(seed: 7)
    for _ in 0..<1000 {
      let moment = Moment(milliseconds: Int64(dice.roll(-2_208_000_000...4_102_000_000)) * 1000)
      let local = moment.local(in: zone)
      let (day, millisecond) = offsets.local(moment.milliseconds)
      #expect(local == LocalTime(day: Day(number: day), millisecond: Int(millisecond)))
      #expect(
        offsets.moment(day, millisecond) == Moment(local, in: zone).milliseconds, "\(local)")
    }
  }

  @Test("times that are skipped or occur twice are read as everywhere in the house")
  func changes() throws {
    let zone = try #require(TimeZone(identifier: "America/New_York"))
    let offsets = ZoneOffsets.of(zone)
    for text in ["2024-03-10 02:30", "2024-11-03 01:30", "2024-03-10 02:00", "2024-03-10 03:00"] {
      let local = try #require(LocalTime(text))
      #expect(
        offsets.moment(local.day.number, Int64(local.millisecond))
          == Moment(local, in: zone).milliseconds, "\(text)")
    }
  }
}
