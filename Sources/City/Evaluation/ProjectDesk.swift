import Base
import Foundation
import Store

/// What people do with projects and their forms: the one door of the concept.
///
/// Every verb has a synchronous core that works in a transaction, and a thin wrapper that opens it.
public struct ProjectDesk: Sendable {
  public let database: any Database
  let parties: Latest<PartyMap>
  let shelf = FindingShelf()
  let policies = Latest<CheckPolicy>()
  let now: Now
  public let zone: TimeZone
  /// By which a due day that is no working day moves to the next.
  public let calendar: WorkingCalendar

  /// - Parameter now: tells on which day a rule of checking is switched off.
  public init(
    database: any Database, parties: Latest<PartyMap>, zone: TimeZone, calendar: WorkingCalendar,
    now: @escaping Now
  ) {
    self.database = database
    self.parties = parties
    self.zone = zone
    self.calendar = calendar
    self.now = now
  }

  /// The rules by which forms are checked here.
  public var checks: CheckDesk {
    CheckDesk(database: database, policies: policies, parties: parties, zone: zone)
  }

  /// A project with its form.
  ///
  /// - Throws: `project.missing`; also where `doer` may not read it, so that nobody learns of it.
  public func view(
    _ id: ID<Project>, by doer: Doer, in snapshot: some Querying
  ) throws -> ProjectFile {
    guard let file = try load(id, in: snapshot), file.project.state != .discarded,
      file.project.isWithin(.projectRead, of: doer)
    else { throw Fault.missing("project") }
    return file
  }

  /// A published form, for everybody.
  ///
  /// - Throws: `project.missing`, also of a form that is not published.
  public func published(
    _ id: ID<Project>, in snapshot: some Querying
  ) throws -> ProjectFile {
    guard let file = try load(id, in: snapshot), file.project.state == .published else {
      throw Fault.missing("project")
    }
    return file
  }

  func load(_ id: ID<Project>, in snapshot: some Querying) throws -> ProjectFile? {
    guard let project = try ProjectRows.find(id, in: snapshot) else { return nil }
    return try files([project], in: snapshot).first
  }

  /// Projects with their forms, in their order.
  func files(_ projects: [Project], in snapshot: some Querying) throws -> [ProjectFile] {
    let ids = projects.map(\.id)
    let budgets = try ProjectRows.budgets(of: ids, in: snapshot)
    let indicators = try ProjectRows.indicators(of: ids, in: snapshot)
    let hands = try ProjectPartRows.hands(of: ids, in: snapshot)
    return projects.map { project in
      ProjectFile(
        project: project, budget: budgets[project.id] ?? EvaluationBudget(),
        indicators: indicators[project.id] ?? [], hands: hands[project.id] ?? [])
    }
  }

  /// A project on which `doer` may make a move as it stands.
  ///
  /// - Throws: `project.missing`, `project.stale`, and what `ProjectFlow.require` throws.
  func standing(
    for move: ProjectMove, on id: ID<Project>, revision: Int?, by doer: Doer, in tx: Transaction
  ) throws -> ProjectFile {
    let file = try view(id, by: doer, in: tx)
    if let revision, revision != file.project.revision {
      try ProjectFlow.refuseStale(move, on: file, by: doer)
    }
    try ProjectFlow.require(move, on: file, by: doer)
    return file
  }

  /// Writes a project's own row after a change, with its entry in the ledger.
  func finish(
    _ project: Project, _ move: ProjectMove, _ payload: Payload = Payload(), by doer: Doer,
    in tx: Transaction
  ) throws -> Project {
    try finish(project, verb: move.rawValue, payload, by: doer, in: tx)
  }

  /// The same of what is no move of the form's life.
  @discardableResult
  func finish(
    _ project: Project, verb: String, _ payload: Payload = Payload(), by doer: Doer,
    in tx: Transaction
  ) throws -> Project {
    var project = project
    let revision = project.revision
    project.revision += 1
    project.updatedAt = tx.now
    guard try ProjectRows.update(project, from: revision, in: tx) else {
      throw Fault(
        .conflict, "project.stale",
        ["stage": project.state.rawValue, "revision": String(project.revision)])
    }
    try Ledger.append(
      "project.\(verb)", about: .project, project.id.raw, by: doer.actor,
      payload: payload.with("revision", Int64(project.revision))
        .with("state", project.state.rawValue), in: tx)
    if let file = try load(project.id, in: tx) { try SavedRows.keep(file, in: tx) }
    return project
  }

  /// The body that a new project belongs to.
  ///
  /// - Throws: `right.missing` outside the scope of editing; `input.invalid` with
  ///   `organisation.unknown`.
  func owner(
    _ id: ID<Organisation>, by doer: Doer, in tx: Transaction
  ) throws -> Organisation {
    try doer.require(.projectEdit)
    guard let organisation = try OrganisationRows.organisation(id, in: tx),
      organisation.retiredAt == nil
    else {
      throw Fault.invalid(
        "organisation", "organisation.unknown", ["organisation": "\(id)"])
    }
    guard doer.may(.projectEdit, organisationPath: organisation.path, areaPath: "") else {
      throw Fault(.forbidden, "right.missing", ["right": Right.projectEdit.rawValue])
    }
    return organisation
  }

  /// The organisations for which `doer` may make projects, by path.
  public func owners(by doer: Doer, in snapshot: some Querying) throws -> [Organisation] {
    try parties.value(in: snapshot).organisations.filter {
      $0.retiredAt == nil && [.centre, .unit, .village].contains($0.kind)
        && doer.may(.projectEdit, organisationPath: $0.path, areaPath: "")
    }
  }

  func today(_ now: Moment) -> Day { now.local(in: zone).day }
}
