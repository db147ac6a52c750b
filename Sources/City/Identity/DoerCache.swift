import Base
import Synchronization

/// Remembers for two seconds who a token belongs to, so that a busy caller costs no query.
///
/// What this process changes is forgotten at once; what another process changes, when the ledger tells
/// of it, and two seconds later in any case.
final class DoerCache<Known: Sendable>: Sendable {
  static var life: Int64 { 2 }
  static var most: Int { 4096 }

  private struct Entry {
    let known: Known
    let person: ID<Person>
    let until: Moment
  }

  private struct State {
    var entries: [[UInt8]: Entry] = [:]
    /// Counts what was forgotten, so that an answer read before is not kept after.
    var generation = 0
  }

  private let state = Mutex(State())

  /// What is known of a token at `now`, and what to hand to `keep` after looking it up.
  func find(_ digest: [UInt8], now: Moment) -> (known: Known?, generation: Int) {
    state.withLock { state in
      guard let entry = state.entries[digest], entry.until > now else {
        return (nil, state.generation)
      }
      return (entry.known, state.generation)
    }
  }

  /// - Parameter expiry: the token's own end, when that comes sooner.
  func keep(
    _ known: Known, of person: ID<Person>, for digest: [UInt8], expiry: Moment, now: Moment,
    since generation: Int
  ) {
    state.withLock { state in
      guard state.generation == generation else { return }
      if state.entries.count >= Self.most {
        state.entries = state.entries.filter { $0.value.until > now }
        if state.entries.count >= Self.most { state.entries.removeAll(keepingCapacity: true) }
      }
      let until = min(expiry, now + Self.life)
      state.entries[digest] = Entry(known: known, person: person, until: until)
    }
  }

  func forget(_ person: ID<Person>) {
    state.withLock { state in
      state.generation += 1
      state.entries = state.entries.filter { $0.value.person != person }
    }
  }

  func forgetAll() {
    state.withLock { state in
      state.generation += 1
      state.entries = [:]
    }
  }
}
