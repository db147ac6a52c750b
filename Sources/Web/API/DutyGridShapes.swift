import Base
import City
import Foundation

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

  /// Organisation and areas are named by code or path; what is not there stays as it was given, to be told.
  func draft(code: String, in directory: Directory) -> DutyGridDraft {
    DutyGridDraft(
      code: code, name: name,
      organisation: directory.parties.organisation(path: organisation)?.code ?? organisation,
      areas: (areas ?? []).map { directory.places.area(path: $0)?.code ?? $0 })
  }
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
