import Base
import Store

/// Who acts for each of some people at a moment: themselves, or, while they are away, the first of the
/// chain of substitutes who is there. Read for all of them at once, a link of the chains at a time.
struct Actors {
  /// Those who were asked about and whoever their chains name, as far as they are there.
  private(set) var people: [ID<Person>: Person] = [:]
  private var absences: [ID<Person>: Absence] = [:]

  /// - Parameter now: nil where nobody knows the time; then nobody is away.
  init(for asked: [ID<Person>], at now: Moment?, in snapshot: some Querying) throws {
    var next = Set(asked)
    for _ in 0...AbsenceRows.longestChain where !next.isEmpty {
      people.merge(try PersonRows.names(of: next.sorted(), in: snapshot)) { old, _ in old }
      guard let now else { return }
      let away = try AbsenceRows.current(of: next.sorted(), at: now, in: snapshot)
      absences.merge(away) { old, _ in old }
      next = Set(away.values.compactMap(\.substitute)).filter { people[$0] == nil }
    }
  }

  /// - Returns: nobody where nobody is named who is there; until when the person themselves is away.
  func acting(for person: ID<Person>) -> (person: Person?, until: Moment?) {
    var next: ID<Person>? = person
    for _ in 0...AbsenceRows.longestChain {
      guard let found = next.flatMap({ people[$0] }), found.disabledAt == nil else { break }
      guard let absence = absences[found.id] else { return (found, absences[person]?.until) }
      next = absence.substitute
    }
    return (nil, absences[person]?.until)
  }
}

extension PersonDesk {
  /// See `Actors`.
  static func acting(
    for person: ID<Person>, at now: Moment, in snapshot: some Querying
  ) throws -> (person: Person?, until: Moment?) {
    try Actors(for: [person], at: now, in: snapshot).acting(for: person)
  }
}
