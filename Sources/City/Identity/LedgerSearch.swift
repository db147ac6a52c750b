import Base
import Store

/// Which entries of the ledger are looked for.
public struct LedgerFilter: Sendable, Equatable {
  public var subjectKind: SubjectKind?
  /// An id, which is unique over all kinds.
  public var subject: Int64?
  /// A person, whoever else they acted for; an import of theirs too.
  public var person: ID<Person>?
  /// `person`, `sweep`, `import` or `command`.
  public var actorKind: String?
  /// A verb, or the start of several up to a dot: `case.dispatch`, `person.`.
  public var verb: String?
  public var from: Moment?
  public var before: Moment?

  public init() {}

  var conditions: [SQL] {
    var all: [SQL] = []
    if let subjectKind { all.append("subject_kind = \(subjectKind)") }
    if let subject { all.append("subject_id = \(subject)") }
    if let person { all.append("actor_kind IN ('person', 'import') AND actor_id = \(person)") }
    if let actorKind { all.append("actor_kind = \(actorKind)") }
    if let verb, verb.hasSuffix(".") {
      all.append("verb >= \(verb) AND verb < \(String(verb.dropLast()) + "/")")
    } else if let verb {
      all.append("verb = \(verb)")
    }
    if let from { all.append("recorded_at >= \(from)") }
    if let before { all.append("recorded_at < \(before)") }
    return all
  }
}

/// Some entries of the ledger, the newest first.
public struct LedgerPage: Sendable {
  public let entries: [LedgerEntry]
  /// Where the next page begins; nil where everything was looked at.
  public let next: Int64?
  /// Whether the page ends because enough was looked at, and not because it is full.
  public let isSearchedPart: Bool
  /// The names and sign-in names of the people who acted.
  public let people: [ID<Person>: Person]
}

extension LedgerDesk {
  /// The most entries that are looked at for one page: the ledger has an index by subject only.
  static let searchedAtOnce: Int64 = 200_000
  /// The most entries of one file.
  public static let mostExported = 100_000

  /// Entries before a sequence, the newest first.
  ///
  /// - Throws: `right.missing`.
  public func search(
    _ filter: LedgerFilter, before sequence: Int64? = nil, limit: Int, by doer: Doer
  ) async throws -> LedgerPage {
    try doer.requireLedger()
    let limit = min(max(limit, 1), Self.largestPage)
    return try await database.read {
      try Self.search(filter, before: sequence, limit: limit, in: $0)
    }
  }

  static func search(
    _ filter: LedgerFilter, before sequence: Int64?, limit: Int, in snapshot: some Querying
  ) throws -> LedgerPage {
    let last = try Ledger.last(in: snapshot)
    var start = min(sequence ?? last + 1, last + 1)
    if sequence == nil, let before = filter.before {
      start = min(start, try first(recordedFrom: before, upTo: last, in: snapshot) + margin)
    }
    // By its subject an entry is found at once, however old it is.
    let window = filter.subject == nil ? start - searchedAtOnce : 0
    let all: [SQL] =
      ["sequence < \(start)", "sequence >= \(window)"] + filter.conditions
    let found: [LedgerEntry] = try snapshot.all(
      """
      SELECT \(LedgerEntry.columns) FROM ledger_entry WHERE \(all.joined(" AND "))
      ORDER BY sequence DESC LIMIT \(limit + 1)
      """)
    let entries = Array(found.prefix(limit))
    let isFull = found.count > limit
    let begins =
      try filter.from.map {
        try first(recordedFrom: $0, upTo: last, in: snapshot) - margin
      } ?? 0
    let goesOn = !isFull && window > 1 && window > begins
    let people = try PersonRows.names(of: entries.compactMap(\.actor.personID), in: snapshot)
    return LedgerPage(
      entries: entries, next: isFull ? entries.last?.sequence : goesOn ? window : nil,
      isSearchedPart: goesOn, people: people)
  }

  /// Entries around a time, since a clock may have been set back.
  private static let margin: Int64 = 10_000

  /// The first sequence that was recorded at a time or later, by halves.
  private static func first(
    recordedFrom time: Moment, upTo last: Int64, in snapshot: some Querying
  ) throws -> Int64 {
    var (low, high): (Int64, Int64) = (1, last + 1)
    while low < high {
      let middle = (low + high) / 2
      let recorded: Moment? = try snapshot.value(
        "SELECT recorded_at FROM ledger_entry WHERE sequence = \(middle)")
      if let recorded, recorded >= time { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// One entry, with the seal that covers it.
  ///
  /// - Throws: `right.missing`, `entry.missing`.
  public func entry(
    _ sequence: Int64, by doer: Doer
  ) async throws -> (entry: LedgerEntry, seal: LedgerSeal?, person: Person?) {
    try doer.requireLedger()
    return try await database.read { snapshot in
      guard
        let entry: LedgerEntry = try snapshot.first(
          "SELECT \(LedgerEntry.columns) FROM ledger_entry WHERE sequence = \(sequence)")
      else { throw Fault.missing("entry") }
      let seal: LedgerSeal? = try snapshot.first(
        """
        SELECT \(LedgerSeal.columns) FROM ledger_seal
        WHERE first_sequence <= \(sequence) AND last_sequence >= \(sequence)
        ORDER BY number LIMIT 1
        """)
      let person = try entry.actor.personID.flatMap { try PersonRows.find($0, in: snapshot) }
      return (entry, seal, person)
    }
  }

  /// What somebody typed as an actor: a sign-in name, or a kind of actor.
  ///
  /// - Throws: `input.invalid` with `ledger.actor-unknown`.
  public func actor(_ text: String, into filter: LedgerFilter) async throws -> LedgerFilter {
    var filter = filter
    if ["sweep", "import", "command"].contains(text) {
      filter.actorKind = text
      return filter
    }
    let name = try? SignInName(text)
    let found = try await database.read { snapshot in
      try name.flatMap { try PersonRows.find($0, in: snapshot)?.id }
    }
    guard let person = found ?? ID(text) else {
      throw Fault.invalid("actor", "ledger.actor-unknown", ["value": text.brief])
    }
    filter.person = person
    return filter
  }

  /// Every entry that is looked for, the newest first, some thousands at a time. That it was taken out is
  /// an entry itself.
  ///
  /// - Throws: `right.missing`; `ledger.too-many` beyond `most`, after as many lines.
  public func export(
    _ filter: LedgerFilter, most: Int = mostExported, by doer: Doer,
    lines: (LedgerPage) throws -> Void
  ) async throws {
    var next: Int64?
    var taken = 0
    repeat {
      let page = try await search(filter, before: next, limit: Self.largestPage, by: doer)
      taken += page.entries.count
      guard taken <= most else {
        throw Fault(.tooLarge, "ledger.too-many", ["limit": String(most)])
      }
      try lines(page)
      next = page.next
    } while next != nil
    let whole = taken
    try await database.write { tx in
      let (kind, subject): (SubjectKind, Int64) =
        doer.person.map { (.person, $0.raw) } ?? (.town, 0)
      try Ledger.append(
        "ledger.export", about: kind, subject, by: doer.actor,
        payload: Payload().with("count", Int64(whole)), in: tx)
    }
  }
}

extension Actor {
  /// The person who acted, or whose import it was.
  public var personID: ID<Person>? {
    switch self {
    case .person(let id): id
    case .importer(let id): id.raw == 0 ? nil : id
    case .sweep, .command: nil
    }
  }

  /// `person`, `sweep`, `import` or `command`.
  public var code: String { kind }
}
