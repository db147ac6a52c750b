import Base
import Store
import Testing

@testable import City

/// What a list and a case tell about time and number.
@Suite struct CaseCountTests {
  @Test("a list is counted over all its pages, no further than asked, and within what is seen")
  func count() async throws {
    let town = try await CaseTown()
    for village in [0, 0, 1] {
      _ = try await town.database.write {
        try town.desk.report(CaseTown.report(village: village), by: town[.intake], in: $0)
      }
    }
    let all = CaseFilter()
    #expect(try await town.desk.count(all, upTo: 500, by: town[.leader]) == 3)
    #expect(try await town.desk.count(all, upTo: 1, by: town[.leader]) == 2)
    #expect(try await town.desk.count(all, upTo: 500, by: town[.villageLeader]) == 1)
    var words = CaseFilter()
    words.text = "大坑"
    #expect(try await town.desk.count(words, upTo: 500, by: town[.leader]) == 3)
    words.text = "没有这样的词"
    #expect(try await town.desk.count(words, upTo: 500, by: town[.leader]) == 0)
    var due = CaseFilter()
    due.order = .due
    due.states = [.closed]
    #expect(try await town.desk.count(due, upTo: 500, by: town[.leader]) == 0)
    await #expect(throws: Fault.self) {
      try await town.desk.count(all, upTo: 500, by: town[.system])
    }
  }

  @Test("a pause that began after a clock stopped has no part in why its deadline was so")
  func stoppedBeforeThePause() async throws {
    let start = try CaseTown.at("2024-03-04 09:30")
    let clockwork = CaseClockwork(
      calendars: ["china": try CalendarFile.standard], zone: .gmt)
    var clock = CaseClock(
      id: ID(1), caseID: ID(2), step: .dispatch, limit: CaseTown.limit("1 hour"),
      calendar: "china", startedAt: start)
    clock = clockwork.computed(clock, pauses: [])
    let pause = Pause(from: start + 600, to: nil, reason: "wait")
    let running = try #require(clockwork.explanation(of: clock, pauses: [pause]))
    #expect(running.deadline.moment == nil)
    clock.stoppedAt = start + 300
    let stopped = try #require(clockwork.explanation(of: clock, pauses: [pause]))
    #expect(stopped.deadline.moment == clock.dueAt)
    #expect(stopped.spans.map(\.end) == [start + 3600])
  }
}
