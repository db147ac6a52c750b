import Base
import Store

/// The verbs and questions about duty grids, each in a transaction of its own.
extension DutyGridDesk {
  /// A grid with who patrols it.
  public struct Entry: Sendable {
    public let grid: DutyGrid
    /// The code of its organisation.
    public let organisation: String
    /// The codes of the areas that it consists of; empty for a boundary of its own.
    public let areas: [String]
    /// Who patrols it now or will, the first to begin first.
    public let people: [Patrol]
  }

  /// Somebody who patrols a grid.
  public struct Patrol: Sendable {
    public let turn: DutyTurn
    public let name: String
    public let signIn: String
  }

  /// Takes everything back that was tried out.
  private struct DryRun: Error {
    let report: Report
  }

  /// Those in service, by code.
  ///
  /// - Parameters:
  ///   - now: who patrols is told of those who do then or will.
  ///   - code: only this one.
  public static func list(
    of map: DutyMap, _ parties: PartyMap, at now: Moment, only code: String? = nil,
    in snapshot: some Querying
  ) throws -> [Entry] {
    let grids = code.map { map.grid(code: $0).map { [$0] } ?? [] } ?? map.grids
    let only = grids.count == 1 ? grids.first : nil
    let turns =
      try only.map { [$0.id: try DutyGridRows.turns(of: $0.id, at: now, in: snapshot)] }
      ?? DutyGridRows.turns(at: now, in: snapshot)
    let people = try PersonRows.names(
      of: grids.flatMap { turns[$0.id] ?? [] }.map(\.person), in: snapshot)
    return grids.map { grid in
      Entry(
        grid: grid, organisation: parties[grid.organisation]?.code ?? "",
        areas: (map.areas[grid.id] ?? []).map(\.code),
        people: (turns[grid.id] ?? []).map {
          Patrol(
            turn: $0, name: people[$0.person]?.name ?? "",
            signIn: people[$0.person]?.signIn ?? "")
        })
    }
  }

  /// Those in service, by code, as a database has them now.
  public static func list(at now: Moment, in snapshot: some Querying) throws -> [Entry] {
    try list(
      of: DutyMap(reading: snapshot), PartyMap(reading: snapshot), at: now, in: snapshot)
  }

  /// Brings grids in, or tries it out.
  ///
  /// - Throws: see `load`.
  public static func bring(
    _ drafts: [DutyGridDraft], accepting: Bool, isDryRun: Bool, by doer: Doer,
    into database: any Database
  ) async throws -> Report {
    do {
      return try await database.write { tx in
        let report = try load(drafts, accepting: accepting || isDryRun, by: doer, in: tx)
        if isDryRun { throw DryRun(report: report) }
        return report
      }
    } catch let dry as DryRun {
      return dry.report
    }
  }
}
