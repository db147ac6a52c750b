import Base
import Foundation
import Store
import Testing

@testable import City

/// Lives of cases told by the clock, and clocks as lines of text.
extension CaseTown {
  /// One thing that somebody did at a time in Shanghai, `03-04 10:00` of 2024 or with its year.
  struct Step: Sendable {
    let at: String
    let move: CaseMove
    let who: Who
    let change: @Sendable (inout MoveInput) -> Void

    init(
      _ at: String, _ move: CaseMove, _ who: Who,
      _ change: @escaping @Sendable (inout MoveInput) -> Void = { _ in }
    ) {
      self.at = at.count == 11 ? "2024-" + at : at
      self.move = move
      self.who = who
      self.change = change
    }
  }

  /// Does one thing after another, the clock moved to each; what the lead feeds back has its
  /// photograph.
  func live(_ id: ID<Case>, _ steps: [Step]) async throws {
    for step in steps {
      try set(step.at)
      if step.move == .feedBack, step.who == .roads {
        try await attach(.after, to: id, by: .roads)
      }
      try await make(step.move, by: step.who, on: id, step.change)
    }
  }

  /// A time in Shanghai without its year: `03-04 10:00`.
  static func text(_ moment: Moment?) -> String {
    guard let moment, let zone = TimeZone(identifier: "Asia/Shanghai") else { return "-" }
    return String(moment.local(in: zone).description.dropFirst(5).prefix(11))
  }

  /// Each clock as `step start > deadline, end done|undone|runs`, in the order of their starts.
  func clockTexts(_ id: ID<Case>) async throws -> [String] {
    try await view(id).clocks.map { clock in
      let end =
        clock.stoppedAt.map { "\(Self.text($0)) \(clock.isDone ? "done" : "undone")" } ?? "runs"
      return
        "\(clock.step.rawValue) \(Self.text(clock.startedAt)) > \(Self.text(clock.dueAt)), \(end)"
    }
  }

  /// The clocks of one step, as above.
  func clockTexts(_ id: ID<Case>, _ step: ClockStep) async throws -> [String] {
    try await clockTexts(id).filter { $0.hasPrefix(step.rawValue + " ") }
  }

  /// The way of `T0001` from its report at 09:30 on Monday 4 March to handling at 11:00.
  static let toHandling = [
    Step("03-04 10:00", .accept, .intake), Step("03-04 10:30", .file, .intake),
    Step("03-04 11:00", .dispatch, .dispatcher), Step("03-04 11:10", .take, .roads),
    Step("03-04 11:20", .take, .sanitation),
  ]

  /// From there to handled at 10:00 on Wednesday.
  static let toHandled = [
    Step("03-05 10:00", .feedBack, .sanitation), Step("03-06 10:00", .feedBack, .roads),
  ]

  static let toClosed = [
    Step("03-06 15:00", .verify, .dispatcher), Step("03-07 09:10", .close, .dispatcher),
  ]
}
