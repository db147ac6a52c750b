import Base
import Store

/// The desk's verbs and questions, each in a transaction or on a snapshot of its own: what pages,
/// the API and commands call.
extension CaseDesk {
  /// Takes a report down with its files, once for a key: a repeat gets the case that the first one
  /// made.
  ///
  /// - Parameter key: the caller's key, with a digest of all that decides what is made.
  public func report(
    _ report: CaseReport, attaching files: [NewAttachment] = [], key: RequestKey? = nil,
    by doer: Doer
  ) async throws -> (case: Case, isNew: Bool) {
    try doer.require(.caseReport)
    let prepared = prepare(report)
    return try await once(key, by: doer) { tx in
      let file = try self.report(report, prepared: prepared, by: doer, in: tx)
      for new in files {
        try attach(new.blob, named: new.name, as: new.subject, to: file.id, by: doer, in: tx)
      }
      return file
    }
  }

  /// Reports what was handled on the spot, once for a key.
  ///
  /// - Parameters:
  ///   - fields: answers for the report, the feedback and the closing; the kind says which is which.
  ///   - isTold: whether it is told later, so that all was done when it was reported and not now.
  public func handleOnTheSpot(
    _ report: CaseReport, feedback: String, fields: [String: FieldInput],
    evidence: [NewAttachment], key: RequestKey? = nil, isTold: Bool = false, by doer: Doer
  ) async throws -> (case: Case, isNew: Bool) {
    let later = Set(
      kinds.current(report.kind)?.1.fields.filter { $0.stage != .report }.map(\.code) ?? [])
    var report = report
    report.fields = fields.filter { !later.contains($0.key) }
    let first = report
    return try await once(key, by: doer) { tx in
      try handleOnTheSpot(
        first, feedback: feedback, fields: fields.filter { later.contains($0.key) },
        evidence: evidence.map { ($0.blob, $0.name, $0.subject) }, isTold: isTold, by: doer, in: tx)
    }
  }

  private func once(
    _ key: RequestKey?, by doer: Doer, _ make: @escaping @Sendable (Transaction) throws -> Case
  ) async throws -> (case: Case, isNew: Bool) {
    try await database.write { tx in
      guard let key, let person = doer.person else { return (try make(tx), true) }
      if let known = try Idempotency.subject(
        for: key.text, digest: key.digest, by: person, in: tx)
      {
        // Who may report gets their own report back, also with a token that reads nothing else.
        try doer.require(.caseReport)
        guard let view = try load(ID(known), in: tx) else { throw Fault.missing("case") }
        return (view.case, false)
      }
      let file = try make(tx)
      try Idempotency.remember(
        file.id.raw, for: key.text, digest: key.digest, by: person, in: tx)
      return (file, true)
    }
  }

  /// A case with its parts and its ledger.
  public func detail(of id: ID<Case>, by doer: Doer) async throws -> CaseDetail {
    try await database.read { snapshot in
      let view = try view(id, by: doer, in: snapshot)
      let entries = try Ledger.entries(about: id.raw, in: snapshot)
      return CaseDetail(
        view: view, parts: try parts(of: view, in: snapshot), entries: entries,
        checkers: [.accepted, .checking].contains(view.case.state)
          ? try checkers(for: view, in: snapshot) : [],
        dutyGrid: try dutyGrid(of: view.case, in: snapshot),
        proposal: view.case.state == .filed ? try proposal(for: view, in: snapshot) : nil,
        people: try CasePartRows.names(
          about: id, and: entries.flatMap(\.peopleNamed), in: snapshot),
        company: try company(of: view, entries: entries, by: doer, in: snapshot),
        transfers: try CaseTransferRows.transfers(of: id, in: snapshot),
        mayOpenMediation: try mayOpenMediation(of: view, by: doer, in: snapshot))
    }
  }

  /// How many cases a list has; see the function of the same name.
  public func count(_ filter: CaseFilter, upTo most: Int, by doer: Doer) async throws -> Int {
    try await database.read { try count(filter, upTo: most, by: doer, in: $0) }
  }

  /// A page of cases; see the function of the same name.
  public func lines(
    _ filter: CaseFilter, after cursor: CaseCursor? = nil, limit: Int = 50, by doer: Doer
  ) async throws -> CaseLines {
    try await database.read {
      try lines(filter, after: cursor, limit: limit, by: doer, in: $0)
    }
  }

  /// All figures of a scope; see `figures(_:by:now:in:)`.
  public func figures(
    _ scope: FigureScope, by doer: Doer, now: Moment
  ) async throws -> [FigureValue] {
    try await database.read { try figures(scope, by: doer, now: now, in: $0) }
  }

  /// A page of cases, or of those behind a figure; see the functions of the same name.
  public func lines(
    of figure: CaseFigure, counting: Bool, _ scope: FigureScope, after cursor: CaseCursor?,
    limit: Int, by doer: Doer, now: Moment
  ) async throws -> CaseLines {
    try await database.read {
      try lines(
        of: figure, counting: counting, scope, after: cursor, limit: limit, by: doer, now: now,
        in: $0)
    }
  }

  /// Opens the personal data of who reported a case; the opening is in the ledger.
  public func openReporter(of id: ID<Case>, by doer: Doer) async throws -> Reporter {
    try await database.write { try openReporter(of: id, by: doer, in: $0) }
  }

  /// A file's row, if `doer` may read the case that it belongs to.
  public func attachment(
    _ id: ID<CaseAttachment>, by doer: Doer
  ) async throws -> CaseAttachment {
    try await database.read { try attachment(id, by: doer, in: $0) }
  }

  /// Files that come with a move, and the move, in one.
  @discardableResult
  public func make(
    _ move: CaseMove, _ input: MoveInput, attaching files: [NewAttachment], on id: ID<Case>,
    revision: Int?, by doer: Doer
  ) async throws -> Case {
    try await database.write { tx in
      // Whether the move is made at all comes first: its answer tells more than that of a file.
      if !files.isEmpty {
        _ = try standing(for: move, on: id, revision: revision, by: doer, in: tx)
      }
      for file in files {
        try attach(
          file.blob, named: file.name, as: file.subject, to: id, for: move, by: doer, in: tx)
      }
      return try make(move, input, on: id, revision: revision, by: doer, in: tx)
    }
  }

  /// Attaches a kept file to a case.
  @discardableResult
  public func attach(
    _ file: NewAttachment, to id: ID<Case>, by doer: Doer
  ) async throws -> ID<CaseAttachment> {
    try await database.write {
      try attach(file.blob, named: file.name, as: file.subject, to: id, by: doer, in: $0)
    }
  }

  /// - Throws: what `view` throws, where the case may not be read.
  public func requireReading(_ id: ID<Case>, by doer: Doer) async throws {
    _ = try await database.read { try view(id, by: doer, in: $0) }
  }
}

extension LedgerEntry {
  /// Those for whom it was done, and between whom a case was handed over.
  fileprivate var peopleNamed: [ID<Person>] {
    (list("for") + [figures["from-person"], figures["to-person"]].compactMap { $0 })
      .compactMap { ID($0) }
  }
}

/// What tells one request from another.
public struct RequestKey: Sendable {
  /// The caller's own text.
  public let text: String
  /// Over all that decides what is made.
  public let digest: [UInt8]

  public init(text: String, digest: [UInt8]) {
    self.text = text
    self.digest = digest
  }
}

/// A kept file that is to belong to a case.
public struct NewAttachment: Sendable {
  public let blob: Blob
  public let name: String
  public let subject: EvidenceRule.Subject

  public init(blob: Blob, name: String, subject: EvidenceRule.Subject) {
    self.blob = blob
    self.name = name
    self.subject = subject
  }
}

/// Everything that one case's page shows.
public struct CaseDetail: Sendable {
  public let view: CaseView
  public let parts: CaseParts
  /// Oldest first.
  public let entries: [LedgerEntry]
  /// Who may be asked to check it on the spot, the nearest first, while it is to be filed.
  public let checkers: [Checker]
  /// The duty grid in which it lies.
  public let dutyGrid: DutyGrid?
  /// Who should get it, while it waits for dispatch.
  public let proposal: Proposal?
  /// The names of the people who had to do with it.
  public let people: [ID<Person>: String]
  /// The cases that belong to it.
  public let company: CaseCompany
  /// Where it was transferred to, oldest first.
  public let transfers: [CaseTransfer]
  /// Whether the reader may open who the parties of a mediation are.
  public let mayOpenMediation: Bool
}
