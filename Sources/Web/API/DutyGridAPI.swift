import Base
import City
import Foundation
import HTTPTypes
import Hummingbird

/// Duty grids and who patrols them, over JSON.
struct DutyGridAPI {
  let site: Site

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/duty-grids", use: list)
    api.get("/duty-grids/at", use: at)
    api.post("/duty-grids/import", use: load)
    api.put("/duty-grids/{code}", use: put)
    api.post("/duty-grids/{code}/retire", use: retire)
    api.post("/duty-grids/{code}/people", use: assign)
    api.delete("/duty-grids/{code}/people/{id}", use: release)
  }

  @Sendable private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    return try Answer.json(try await entries(for: doer))
  }

  /// The grid at a place: of several the smallest; none outside of every grid.
  @Sendable private func at(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let query = Query(request)
    try query.requireOnce()
    let point = try query.point()
    let map = try await site.centre.cases.duties.value(from: site.centre.database)
    guard let grid = map.grid(at: point) else {
      return try Answer.json(DutyGridList(dutyGrids: []))
    }
    return try Answer.json(try await entries(for: doer, only: grid.code))
  }

  @Sendable private func load(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let query = Query(request)
    try query.requireOnce()
    let drafts = try DutyGridDraft.drafts(
      in: try await FileBody.read(request), system: try query.system(),
      organisation: query["organisation"])
    let isDryRun = try query.flag("dryRun") ?? false
    let report = try await DutyGridDesk.bring(
      drafts, accepting: try query.flag("accept") ?? false, isDryRun: isDryRun, by: doer,
      into: site.centre.database)
    return try Answer.json(DutyGridImportOut(report, isDryRun: isDryRun))
  }

  @Sendable private func put(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let code = try context.parameters.require("code")
    let asked = try Body.decode(DutyGridIn.self, from: try await Body.read(request))
    let draft = DutyGridDraft(
      code: code, name: asked.name, organisation: asked.organisation, areas: asked.areas ?? [])
    _ = try await DutyGridDesk.bring(
      [draft], accepting: asked.accept ?? false, isDryRun: false, by: doer,
      into: site.centre.database)
    return try await answer(code, doer)
  }

  @Sendable private func retire(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    let code = try context.parameters.require("code")
    try await site.centre.database.write { try DutyGridDesk.retire(code, by: doer, in: $0) }
    return Answer.nothing
  }

  @Sendable private func assign(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let code = try context.parameters.require("code")
    let asked = try Body.decode(DutyTurnIn.self, from: try await Body.read(request))
    let zone = site.centre.zone
    let from = try asked.from.map { try Day(given: $0, "from").start(in: zone) }
    let until = try asked.until.map { (try Day(given: $0, "until") + 1).start(in: zone) }
    try await site.centre.database.write {
      try DutyGridDesk.assign(
        asked.person, to: code, from: from, until: until, by: doer, in: $0)
    }
    return try await answer(code, doer)
  }

  @Sendable private func release(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let code = try context.parameters.require("code")
    let person = try CaseAPI.id(context, as: Person.self)
    try await site.centre.database.write {
      try DutyGridDesk.release(person, from: code, by: doer, in: $0)
    }
    return Answer.nothing
  }

  private func answer(_ code: String, _ doer: Doer) async throws -> Response {
    guard let found = try await entries(for: doer, only: code).dutyGrids.first else {
      throw Fault(.missing, "duty-grid.missing")
    }
    return try Answer.json(found)
  }

  /// Who patrols is for those who ask for checks and those who manage it.
  private func entries(for doer: Doer, only code: String? = nil) async throws -> DutyGridList {
    let now = site.centre.now()
    let zone = site.centre.zone
    let seesPeople = [Right.organisationManage, .personManage, .caseFile].contains(
      where: doer.holds)
    let found = try await site.centre.database.read {
      try DutyGridDesk.list(at: now, only: code, in: $0)
    }
    return DutyGridList(dutyGrids: found.map { DutyGridOut($0, zone, seesPeople: seesPeople) })
  }
}

/// Duty grids by code.
struct DutyGridList: Encodable {
  let dutyGrids: [DutyGridOut]
}

/// A duty grid with who patrols it.
struct DutyGridOut: Encodable {
  let code: String
  let name: String
  let organisation: String
  /// Empty for a boundary of its own.
  let areas: [String]
  /// Not there for who may not see it.
  let people: [Patrol]?

  struct Patrol: Encodable {
    let person: String
    let name: String
    let from: String
    /// The last day.
    let until: String?
  }

  init(_ entry: DutyGridDesk.Entry, _ zone: TimeZone, seesPeople: Bool) {
    code = entry.grid.code
    name = entry.grid.name
    organisation = entry.organisation
    areas = entry.areas
    people =
      seesPeople
      ? entry.people.map {
        Patrol(
          person: $0.turn.person.description, name: $0.name,
          from: $0.turn.from.local(in: zone).day.description,
          until: $0.turn.until?.lastDay(in: zone).description)
      } : nil
  }
}

/// A duty grid as it is asked for; without areas it keeps what it covers.
struct DutyGridIn: JSONBody {
  let name: String
  let organisation: String
  let areas: [String]?
  let accept: Bool?

  static let keys: Set<String> = ["name", "organisation", "areas", "accept"]
  static let expected: [String: JSONExpected] = [:]
}

/// Somebody who is to patrol a grid; from now on where it is not said, and without an end.
struct DutyTurnIn: JSONBody {
  let person: ID<Person>
  let from: String?
  /// The last day.
  let until: String?

  static let keys: Set<String> = ["person", "from", "until"]
  static let expected: [String: JSONExpected] = ["person": .id]
}

/// What an import of duty grids did, or would do.
public struct DutyGridImportOut: Encodable, Sendable {
  let isDryRun: Bool
  let read: Int
  let added: Int
  let changed: Int
  let unchanged: Int
  let findings: [AreaImportOut.Finding]

  public init(_ report: DutyGridDesk.Report, isDryRun: Bool) {
    self.isDryRun = isDryRun
    read = report.summary.read
    added = report.summary.added
    changed = report.summary.changed
    unchanged = report.summary.unchanged
    findings = report.findings.map(AreaImportOut.Finding.init)
  }

  /// Lines for a terminal.
  public var lines: [String] {
    [
      "\(read) read, \(added) added, \(changed) changed, \(unchanged) unchanged"
        + (isDryRun ? " (tried out; nothing was changed)" : "")
    ] + findings.map(\.line)
  }
}
