import Base

/// What will happen next, the earliest first: a binary heap. Of things at the same moment, the one
/// that was put in first.
struct EventQueue<Event: Sendable>: Sendable {
  private struct Entry {
    let moment: Moment
    let order: Int
    let event: Event

    func isBefore(_ other: Entry) -> Bool {
      (moment, order) < (other.moment, other.order)
    }
  }

  private var heap: [Entry] = []
  private var added = 0

  /// When the next thing happens; nil when nothing will.
  var nextMoment: Moment? { heap.first?.moment }

  mutating func add(_ event: Event, at moment: Moment) {
    heap.append(Entry(moment: moment, order: added, event: event))
    added += 1
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func next() -> (moment: Moment, event: Event)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.moment, first.event)
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) { least = child }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
