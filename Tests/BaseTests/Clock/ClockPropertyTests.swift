import Base
import Foundation
import Testing

@Suite struct ClockPropertyTests {
  /// Runs a property over clocks by chance; the number in a failure repeats it.
  private func forAll(
    _ property: (ClockSample, inout Dice, Comment) throws -> Void
  ) rethrows {
    for seed in 0..<1000 {
      var dice = Dice(seed: UInt64(seed))
      guard let sample = ClockSample(&dice) else { continue }
      try property(sample, &dice, "seed \(seed): \(sample.limit) from \(sample.start)")
    }
  }

  @Test("what elapsed until the deadline is the budget, and a millisecond before it was less")
  func inverse() throws {
    try forAll { sample, _, comment in
      let deadline = try #require(sample.deadline, comment)
      #expect(
        sample.elapsed(from: sample.start, to: deadline) == sample.limit.budget, comment)
      guard deadline > sample.start else { return }
      let before = Moment(milliseconds: deadline.milliseconds - 1)
      let spent = try #require(sample.elapsed(from: sample.start, to: before), comment)
      #expect(spent.amount < sample.limit.budget.amount, comment)
    }
  }

  @Test("a deadline is never before the start, and only a limit of nothing is due at once")
  func forward() throws {
    try forAll { sample, _, comment in
      let deadline = try #require(sample.deadline, comment)
      #expect(deadline >= sample.start, comment)
      #expect((deadline == sample.start) == (sample.limit.budget.amount == 0), comment)
    }
  }

  @Test("who starts later is not due earlier")
  func monotoneInStart() throws {
    try forAll { sample, dice, comment in
      let later = sample.start + Int64(dice.roll(0...5 * 86_400))
      // A day to the hour is counted at an instant that depends on the start, and a pause may
      // lie over the one and not over the other.
      let pauses = sample.limit.convention == .sameTime ? [] : sample.pauses
      let early = try #require(sample.deadline(pauses: pauses), comment)
      let late = try #require(sample.deadline(from: later, pauses: pauses), comment)
      #expect(early <= late, comment)
    }
  }

  @Test("a longer limit is not due earlier")
  func monotoneInBudget() throws {
    try forAll { sample, dice, comment in
      let limit = try #require(sample.limit.longer(by: dice.roll(1...9)), comment)
      let short = try #require(sample.deadline, comment)
      let long = try #require(sample.deadline(limit: limit), comment)
      #expect(short <= long, comment)
    }
  }

  @Test("computing again, with the pauses in any order, gives the same")
  func idempotent() {
    forAll { sample, dice, comment in
      let shuffled = sample.pauses.shuffled(using: &dice)
      #expect(sample.deadline == sample.deadline(pauses: shuffled), comment)
      #expect(sample.deadline == sample.deadline, comment)
    }
  }

  @Test("pauses add exactly the time that would have been counted in them")
  func pausesAddWhatTheyHeld() throws {
    try forAll { sample, _, comment in
      guard sample.limit.isTime else { return }
      let deadline = try #require(sample.deadline, comment)
      let running = try #require(
        sample.elapsed(from: sample.start, to: deadline, pauses: []), comment)
      // The pauses one by one, each from where those before it ended.
      var held: Int64 = 0
      var free = sample.start
      for pause in sample.pauses.sorted(by: { $0.start < $1.start }) {
        let from = max(pause.start, free)
        let end = min(try #require(pause.end), deadline)
        guard from < end else { continue }
        held += try #require(sample.elapsed(from: from, to: end, pauses: []), comment).amount
        free = end
      }
      #expect(running.amount == sample.limit.budget.amount + held, comment)
    }
  }

  @Test("time that elapsed in two parts adds up")
  func additive() throws {
    try forAll { sample, dice, comment in
      guard sample.limit.isTime else { return }
      let middle = sample.start + Int64(dice.roll(0...5 * 86_400))
      let end = middle + Int64(dice.roll(0...5 * 86_400))
      let first = try #require(sample.elapsed(from: sample.start, to: middle), comment)
      let second = try #require(sample.elapsed(from: middle, to: end), comment)
      let whole = try #require(sample.elapsed(from: sample.start, to: end), comment)
      #expect(first.amount + second.amount == whole.amount, comment)
    }
  }

  @Test("an explanation has no gaps, ends at the deadline, and its counted parts are the budget")
  func explanation() throws {
    try forAll { sample, _, comment in
      let explanation = sample.limit.explanation(
        from: sample.start, calendar: sample.calendar, zone: sample.zone, pauses: sample.pauses)
      let deadline = try #require(sample.deadline, comment)
      #expect(explanation.deadline == .due(deadline), comment)
      var at = sample.start
      for span in explanation.spans {
        #expect(span.start == at && span.end >= at, comment)
        #expect(span.reason.isCounted || span.spent.amount == 0, comment)
        at = span.end
      }
      #expect(at == deadline, comment)
      let counted = explanation.spans.reduce(0) { $0 + $1.spent.amount }
      #expect(counted == sample.limit.budget.amount, comment)
    }
  }

  @Test("working time is counted where the calendar is open and no pause holds, nowhere else")
  func countedIsOpen() {
    forAll { sample, _, comment in
      guard case .workingMinutes = sample.limit.measure else { return }
      let explanation = sample.limit.explanation(
        from: sample.start, calendar: sample.calendar, zone: sample.zone, pauses: sample.pauses)
      for span in explanation.spans {
        for edge in [span.start, Moment(milliseconds: span.end.milliseconds - 1)] {
          let held = sample.pauses.contains { $0.start <= edge && edge < $0.end ?? edge }
          let open = sample.calendar.isOpen(at: edge, in: sample.zone) == true
          if case .paused = span.reason {
            #expect(held, comment)
          } else {
            #expect(!held && open == span.reason.isCounted, comment)
          }
        }
      }
    }
  }
}
