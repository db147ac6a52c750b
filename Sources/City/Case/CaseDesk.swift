import Base
import Foundation
import Store

/// What people do with cases: the one door of the concept.
///
/// Every verb has a synchronous core that works in a transaction — so that an alarm can open a
/// case, an import run thousands of verbs, and the town be built, each in one — and a thin wrapper
/// that opens it.
public struct CaseDesk: Sendable {
  public let database: any Database
  let kinds: KindShelf
  let places: Latest<PlaceMap>
  let parties: Latest<PartyMap>
  /// The duty grids, as they stand.
  public let duties = Latest<DutyMap>()
  let clockwork: CaseClockwork
  let phones: PhoneDigest
  public let zone: TimeZone
  /// The present, where nothing is changed.
  let now: Now?

  public init(
    database: any Database, kinds: KindShelf, places: Latest<PlaceMap>, parties: Latest<PartyMap>,
    calendars: [String: WorkingCalendar], phones: PhoneDigest, zone: TimeZone, now: Now? = nil
  ) {
    self.database = database
    self.kinds = kinds
    self.places = places
    self.parties = parties
    clockwork = CaseClockwork(calendars: calendars, zone: zone)
    self.phones = phones
    self.zone = zone
    self.now = now
  }

  /// A case with what decides over it.
  ///
  /// - Throws: `case.missing`; also where `doer` may not read it, so that nobody learns of it.
  public func view(
    _ id: ID<Case>, by doer: Doer, in snapshot: some Querying
  ) throws -> CaseView {
    guard let view = try load(id, in: snapshot), view.isRead(by: doer) else {
      throw Fault.missing("case")
    }
    return view
  }

  /// Makes one move.
  ///
  /// - Parameter revision: what the case was when the form was shown; nil does not ask.
  /// - Throws: `case.missing`, `right.missing`, `case.stale`, what `CaseFlow.require` throws, and
  ///   `input.invalid`.
  @discardableResult
  public func make(
    _ move: CaseMove, _ input: MoveInput = MoveInput(), on id: ID<Case>, revision: Int? = nil,
    by doer: Doer, in tx: Transaction
  ) throws -> Case {
    let view = try standing(for: move, on: id, revision: revision, by: doer, in: tx)
    var change = CaseChange(view: view, desk: self, doer: doer, tx: tx)
    try change.make(move, input)
    return try change.finish(move)
  }

  /// A case on which `doer` may make a move as it stands.
  ///
  /// - Throws: as `make`, but for what the input asks.
  func standing(
    for move: CaseMove, on id: ID<Case>, revision: Int?, by doer: Doer, in tx: Transaction
  ) throws -> CaseView {
    // Who gave a part back no longer reads the case, but is told so when they try again.
    guard let view = try load(id, in: tx), view.isRead(by: doer) || view.hasHadPart(doer) else {
      throw Fault.missing("case")
    }
    if let revision, revision != view.case.revision {
      try CaseFlow.refuseStale(move, on: view, by: doer)
    }
    try CaseFlow.require(move, on: view, by: doer)
    return view
  }

  /// Makes one move in a transaction of its own.
  @discardableResult
  public func make(
    _ move: CaseMove, _ input: MoveInput = MoveInput(), on id: ID<Case>, revision: Int? = nil,
    by doer: Doer
  ) async throws -> Case {
    try await database.write { tx in
      try make(move, input, on: id, revision: revision, by: doer, in: tx)
    }
  }

  /// Opens the personal data of who reported a case; the opening is in the ledger.
  ///
  /// - Throws: `right.missing`; of a confidential case only those who take calls may open it.
  public func openReporter(
    of id: ID<Case>, by doer: Doer, in tx: Transaction
  ) throws -> Reporter {
    let view = try shown(id, by: doer, in: tx)
    guard try mayOpenReporter(of: view, by: doer, in: tx) else {
      throw Fault(.forbidden, "right.missing", ["right": Right.personalRead.rawValue])
    }
    return try opened(id, by: doer, in: tx)
  }

  /// The personal data that `doer` was found to be allowed to open.
  func opened(_ id: ID<Case>, by doer: Doer, in tx: Transaction) throws -> Reporter {
    var behalf: [ID<Person>] = []
    if !doer.standsFor.isEmpty, let view = try load(id, in: tx),
      !view.isWithin(.personalRead, of: doer.alone)
    {
      behalf = view.reach.behalf(of: doer, by: .personalRead)
    }
    try Ledger.append(
      Self.lookingVerb, about: .case, id.raw, by: doer.actor,
      payload: Payload().with("for", codes: behalf.map(\.description)), in: tx)
    return try CaseNoteRows.reporter(id, in: tx) ?? Reporter()
  }

  func load(_ id: ID<Case>, in snapshot: some Querying) throws -> CaseView? {
    guard let file = try CaseRows.find(id, in: snapshot) else { return nil }
    let parts = try CasePartRows.assignments(id, in: snapshot)
    let kind = try kinds.kind(file.kindVersion, in: snapshot)
    return CaseView(
      case: file, kind: kind,
      assignments: parts.filter { $0.purpose == .handle },
      checks: parts.filter { $0.purpose == .check },
      clocks: try CasePartRows.clocks(id, in: snapshot),
      pauses: try CasePartRows.pauses(id, in: snapshot),
      extensions: try CasePartRows.extensions(id, in: snapshot),
      links: try CaseLinkRows.links(of: id, in: snapshot),
      merges: try CaseMergeRows.merges(of: id, in: snapshot),
      mediation: kind.mediated ? try CaseMediationRows.mediation(of: id, in: snapshot) : nil)
  }
}
