import Base

@testable import Web

extension DeskPage {
  static let sample = DeskPage(
    counts: [
      Tally(label: .key("desk.tally.waiting"), count: 17, url: .queue, tone: .plain),
      Tally(label: .key("desk.tally.overdue"), count: 1, url: .queue, tone: .danger),
      Tally(label: .key("desk.tally.soon"), count: 4, url: .queue, tone: .soon),
      Tally(label: .key("desk.tally.done"), count: 1_238, url: .queue, tone: .plain),
    ],
    groups: [
      Group(act: "dispatch", cases: [.filed], total: 1, url: .queue),
      Group(act: "accept", cases: [.resident], total: 1, url: .queue),
      Group(act: "feed-back", cases: [.overdue, .rework], total: 2, url: .queue),
      Group(act: "take", cases: [.soon, .calm], total: 12, url: .queue),
      Group(act: "verify", cases: [.handled], total: 1, url: .queue),
    ], submission: "one")

  /// Of one who stands in for somebody.
  static let substitute = DeskPage(
    counts: [Tally(label: .key("desk.tally.waiting"), count: 2, url: .queue, tone: .plain)],
    groups: [
      Group(act: "take", cases: [.soon], total: 1, url: .queue),
      Group(act: "for-1", person: "周<某>", cases: [.calm], total: 1, url: .queue),
    ])

  static let empty = DeskPage(
    counts: [Tally(label: .key("desk.tally.overdue"), count: 0, url: .queue, tone: .danger)],
    groups: [])
}
