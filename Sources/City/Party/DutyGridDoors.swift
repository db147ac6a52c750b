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
  public static func list(
    at now: Moment, only code: String? = nil, in snapshot: some Querying
  ) throws -> [Entry] {
    let map = try DutyMap(reading: snapshot)
    let parties = try PartyMap(reading: snapshot)
    return try map.grids.filter { code == nil || $0.code == code }.map { grid in
      Entry(
        grid: grid, organisation: parties[grid.organisation]?.code ?? "",
        areas: (map.areas[grid.id] ?? []).map(\.code),
        people: try turns(of: grid.id, at: now, in: snapshot).map {
          Patrol(turn: $0.turn, name: $0.name, signIn: $0.signIn)
        })
    }
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
