import Base
import Store

/// The cases that belong to one: as much of them as its reader may see.
public struct CaseCompany: Sendable {
  /// Another case, and how it belongs to this one.
  public struct Linked: Sendable {
    public let line: CaseLine
    public let relation: CaseRelation
    /// Whether the other one was reported before this one.
    public let isEarlier: Bool
    public let linkedAt: Moment
  }

  /// A case that is part of this one: who may read this one sees its files and its masked caller.
  public struct Merged: Sendable {
    public let line: CaseLine
    /// Whether its own page may be read.
    public let isRead: Bool
    /// Complete; whoever shows it masks it.
    public let reporter: Reporter?
    public let attachments: [CaseAttachment]
  }

  /// The newest first.
  public internal(set) var links: [Linked] = []
  /// How many linked cases its reader may not see: nothing else is said of them.
  public internal(set) var hiddenLinks = 0
  /// The numbers of cases that the timeline names and its reader may see.
  public internal(set) var numbers: [ID<Case>: String] = [:]
  /// Whether it repeats an earlier case, which its reader need not see.
  public internal(set) var isRepeat = false

  /// The case that this one is part of, where its reader may see it.
  public internal(set) var into: CaseLine?
  /// The cases that are part of this one, oldest first.
  public internal(set) var merged: [Merged] = []

  public init() {}
}

extension CaseDesk {
  /// The most cases of a timeline whose numbers are looked up.
  private static let mostNamed = 200

  /// The cases that belong to one that `doer` may read.
  func company(
    of view: CaseView, entries: [LedgerEntry], by doer: Doer, in snapshot: some Querying
  ) throws -> CaseCompany {
    let id = view.case.id
    var company = CaseCompany()
    company.isRepeat = view.links.contains { $0.relation == .repeat && $0.later == id }
    let named = entries.compactMap { $0.figures["other"].flatMap { ID<Case>($0) } }
    let mergedIDs = view.mergedHere.map(\.caseID)
    let ids = Set(
      view.links.map { $0.other(than: id) } + named.suffix(Self.mostNamed) + mergedIDs
        + [view.mergedInto?.into].compactMap { $0 })
    let seen = try lines(of: ids.sorted(), by: doer, in: snapshot)
    company.numbers = seen.mapValues(\.number)
    for link in view.links {
      let other = link.other(than: id)
      guard let line = seen[other] else {
        company.hiddenLinks += 1
        continue
      }
      company.links.append(
        CaseCompany.Linked(
          line: line, relation: link.relation, isEarlier: other == link.earlier,
          linkedAt: link.linkedAt))
    }
    company.links.sort { $0.line.id > $1.line.id }
    company.into = view.mergedInto.flatMap { seen[$0.into] }
    let all = try lines(of: mergedIDs, by: .command, in: snapshot)
    for merged in mergedIDs {
      guard let line = all[merged] else { continue }
      company.merged.append(
        CaseCompany.Merged(
          line: line, isRead: seen[merged] != nil,
          reporter: try CaseNoteRows.reporter(merged, in: snapshot),
          attachments: try CaseNoteRows.attachments(merged, in: snapshot)))
    }
    return company
  }

  /// Those of some cases that `doer` may see.
  func lines(
    of ids: [ID<Case>], by doer: Doer, in snapshot: some Querying
  ) throws -> [ID<Case>: CaseLine] {
    guard !ids.isEmpty else { return [:] }
    let scope = try scope(.caseRead, of: doer, in: snapshot).condition
    let all = ["c.id IN \(list: ids)", scope].compactMap { $0 }
    let lines: [CaseLine] = try snapshot.all(
      "SELECT \(CaseLine.columns) FROM case_file AS c WHERE \(all.joined(" AND "))")
    return Dictionary(lines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension CaseDesk {
  /// A case that `doer` may read, or that is part of one that they may read.
  ///
  /// - Throws: `case.missing`.
  func shown(_ id: ID<Case>, by doer: Doer, in snapshot: some Querying) throws -> CaseView {
    guard let view = try load(id, in: snapshot) else { throw Fault.missing("case") }
    if view.isRead(by: doer) { return view }
    guard let into = view.mergedInto?.into, try load(into, in: snapshot)?.isRead(by: doer) == true
    else { throw Fault.missing("case") }
    return view
  }

  /// Whether the caller's data may be opened: through the case itself, or through the one that it is
  /// part of.
  func mayOpenReporter(
    of view: CaseView, by doer: Doer, in snapshot: some Querying
  ) throws -> Bool {
    let into = try view.mergedInto.flatMap { try load($0.into, in: snapshot) }
    return Self.mayOpenReporter(of: view, through: [view, into].compactMap { $0 }, by: doer)
  }

  private static func mayOpenReporter(
    of view: CaseView, through ways: [CaseView], by doer: Doer
  ) -> Bool {
    ways.contains { way in
      view.case.isConfidential
        ? way.case.isWithin(.personalRead, of: doer) && way.case.isWithin(.caseAccept, of: doer)
        : way.isWithin(.personalRead, of: doer)
    }
  }

  /// Opens the caller's data of a case and of all that are part of it, as far as `doer` may; each
  /// opening is in the ledger.
  ///
  /// - Throws: `right.missing` where none may be opened.
  public func openReporters(
    of id: ID<Case>, by doer: Doer
  ) async throws -> [ID<Case>: Reporter] {
    try await database.write { tx in
      let view = try self.view(id, by: doer, in: tx)
      var opened: [ID<Case>: Reporter] = [:]
      if try mayOpenReporter(of: view, by: doer, in: tx) {
        opened[id] = try self.opened(id, by: doer, in: tx)
      }
      for part in view.mergedHere.map(\.caseID) {
        guard let merged = try load(part, in: tx),
          Self.mayOpenReporter(of: merged, through: [merged, view], by: doer)
        else { continue }
        opened[part] = try self.opened(part, by: doer, in: tx)
      }
      guard !opened.isEmpty else {
        throw Fault(.forbidden, "right.missing", ["right": Right.personalRead.rawValue])
      }
      return opened
    }
  }
}
