import Base
import Foundation
import Testing
import Yams

@Suite struct ClockVectorTests {
  @Test("every published vector gives its deadline, and its explanation the same one")
  func deadlines() throws {
    let vectors = try ClockVectors().vectors
    #expect(vectors.count >= 70)
    #expect(Set(vectors.map(\.name)).count == vectors.count)
    for vector in vectors {
      let expected = try expected(vector)
      let deadline = vector.limit.deadline(
        from: vector.start, calendar: vector.calendar, zone: vector.zone, pauses: vector.pauses,
        until: vector.moment("until"))
      #expect(deadline == expected, "\(vector.name)")
      let explanation = vector.limit.explanation(
        from: vector.start, calendar: vector.calendar, zone: vector.zone, pauses: vector.pauses,
        until: vector.moment("until"))
      #expect(explanation.deadline == expected, "\(vector.name)")
    }
  }

  @Test("every published vector gives its elapsed time")
  func elapsed() throws {
    for vector in try ClockVectors().elapsed {
      let end = try #require(vector.moment("to"), "\(vector.name)")
      let spent = vector.limit.elapsed(
        from: vector.start, to: end, calendar: vector.calendar, zone: vector.zone,
        pauses: vector.pauses)
      #expect((vector.node["spent"] == nil) == (vector.node["unknown"] != nil))
      #expect(spent == vector.amount(vector.node["spent"]), "\(vector.name)")
    }
  }

  @Test("every published vector is explained by its spans")
  func explained() throws {
    for vector in try ClockVectors().explained {
      let explanation = vector.limit.explanation(
        from: vector.start, calendar: vector.calendar, zone: vector.zone, pauses: vector.pauses)
      let spans = explanation.spans.map {
        [text($0.start, vector), text($0.end, vector), $0.reason.code, number($0.spent)]
          + ($0.reason.name.map { [$0] } ?? [])
      }
      let expected = try #require(vector.node["spans"]?.sequence).map { span in
        try #require(span.sequence).compactMap(\.string)
      }
      #expect(spans == expected, "\(vector.name)")
    }
  }

  private func expected(_ vector: ClockVector) throws -> Deadline {
    if let due = vector.moment("due") { return .due(due) }
    if let year = vector.year("unknown") { return .unknown(missingYear: year) }
    return .standing(since: try #require(vector.moment("standing"), "\(vector.name)"))
  }

  private func text(_ moment: Moment, _ vector: ClockVector) -> String {
    String(moment.local(in: vector.zone).description.dropLast(3))
  }

  private func number(_ spent: TimeSpent) -> String {
    switch spent {
    case .milliseconds(let count): String(count / 60_000)
    case .days(let count): String(count)
    }
  }
}
