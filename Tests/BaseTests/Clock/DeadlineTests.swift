import Base
import Foundation
import Testing

@Suite struct DeadlineTests {
  private let zone = TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt

  private func moment(_ text: String) throws -> Moment {
    Moment(try #require(LocalTime(text)), in: zone)
  }

  @Test("how late is the natural time after the deadline, and nothing before it")
  func lateness() throws {
    let deadline = Deadline.due(try moment("2024-03-11 10:00"))
    #expect(deadline.lateness(at: try moment("2024-03-11 09:00")) == 0)
    #expect(deadline.lateness(at: try moment("2024-03-11 10:00")) == 0)
    #expect(deadline.lateness(at: try moment("2024-03-11 10:00:02")) == 2000)
  }

  @Test("nobody is late for a deadline that is not known")
  func noDeadline() throws {
    let now = try moment("2027-03-11 10:00")
    #expect(Deadline.unknown(missingYear: 2027).lateness(at: now) == nil)
    #expect(Deadline.standing(since: now).lateness(at: now) == nil)
    #expect(Deadline.unknown(missingYear: 2027).moment == nil)
  }

  @Test("how long a clock was held counts overlapping pauses once, within the period only")
  func pausedInAll() throws {
    let pauses = [
      Pause(from: try moment("2024-03-11 12:00"), to: try moment("2024-03-11 14:00"), reason: "a"),
      Pause(from: try moment("2024-03-11 13:00"), to: try moment("2024-03-11 15:00"), reason: "b"),
      Pause(from: try moment("2024-03-11 08:00"), to: try moment("2024-03-11 10:30"), reason: "c"),
      Pause(from: try moment("2024-03-11 17:00"), to: nil, reason: "d"),
    ]
    let total = Pause.total(
      pauses, from: try moment("2024-03-11 10:00"), to: try moment("2024-03-11 18:00"))
    #expect(total == (30 + 180 + 60) * 60_000)
    #expect(
      Pause.total(
        pauses, from: try moment("2024-03-11 10:00"), to: try moment("2024-03-11 13:00"))
        == (30 + 60) * 60_000)
  }

  @Test("the next opening is the moment itself while open, and unknown beyond the published years")
  func nextOpening() throws {
    let hours = try #require(OpenHours("09:00-11:30, 13:30-17:30"))
    let calendar = try #require(
      WorkingCalendar(
        name: "x", hours: [.monday: hours, .tuesday: hours], makeUpHours: hours,
        years: .published([2024])))
    func next(_ text: String) throws -> Deadline {
      calendar.nextOpening(from: try moment(text), in: zone)
    }
    #expect(try next("2024-03-11 10:00") == .due(moment("2024-03-11 10:00")))
    #expect(try next("2024-03-11 11:30") == .due(moment("2024-03-11 13:30")))
    #expect(try next("2024-03-12 17:30") == .due(moment("2024-03-18 09:00")))
    #expect(try next("2024-12-31 17:30") == .unknown(missingYear: 2025))
  }

  @Test("an explanation of a clock that stands still ends where it stands")
  func standing() throws {
    let hours = try #require(OpenHours("00:00-24:00"))
    let calendar = try #require(
      WorkingCalendar(
        name: "x", hours: [.monday: hours], makeUpHours: hours, years: .every))
    let since = try moment("2024-03-11 10:30")
    let explanation = try #require(TimeLimit("2 working-hours")).explanation(
      from: moment("2024-03-11 10:00"), calendar: calendar, zone: zone,
      pauses: [Pause(from: since, to: nil, reason: "a")])
    #expect(explanation.deadline == .standing(since: since))
    #expect(explanation.spans.map(\.end) == [since])
  }
}
