import Base
import Crypto
import Store

/// What is done with duty grids, by who manages the organisations whose patrollers walk them.
public struct DutyGridDesk: Sendable {
  /// What an import of grids did, or would do.
  public struct Report: Sendable {
    public let summary: TreeImportSummary
    public let findings: [AreaFinding]
  }

  /// Grids that are brought in at once, at most.
  static let mostBrought = 5000

  /// Brings grids in, whole or not at all; the same again changes nothing. One that was retired is back in
  /// service.
  ///
  /// - Throws: `input.invalid` with fields named like `grids[3].code`: `value.missing`, `code.invalid`,
  ///   `value.long`, `area.code-twice`, `area.unknown`, `organisation.unknown`, `organisation.retired`,
  ///   `duty-grid.nowhere`, `duty-grid.both`; `area.check-failed` with a field for each finding beyond the
  ///   tolerance, unless they are accepted; `right.missing`.
  public static func load(
    _ drafts: [DutyGridDraft], accepting: Bool = false, by doer: Doer, in tx: Transaction
  ) throws -> Report {
    try doer.require(.organisationManage)
    var summary = TreeImportSummary()
    guard drafts.count <= mostBrought else {
      throw Fault(.tooLarge, "duty-grid.many", ["limit": String(mostBrought)])
    }
    var wrong: [Fault.Field] = []
    var seen: [String: Int] = [:]
    for (index, draft) in drafts.enumerated() {
      let place = drafts.count == 1 ? "" : "grids[\(index)]."
      wrong += try faults(of: draft, at: place, in: tx)
      if let first = seen.updateValue(index, forKey: draft.code), !draft.code.isEmpty {
        wrong.append(
          Fault.Field(
            place + "code", "area.code-twice", ["code": draft.code, "first": "grids[\(first)]"]))
      }
    }
    try wrong.throwIfAny("input.invalid")
    for draft in drafts {
      summary.read += 1
      switch try put(draft, by: doer, in: tx) {
      case .added: summary.added += 1
      case .changed: summary.changed += 1
      case .same: summary.unchanged += 1
      }
    }
    let findings = try DutyMap(reading: tx).findings(of: Set(drafts.map(\.code)))
    let refused = findings.filter { !$0.isTolerated }
    guard refused.isEmpty || accepting else {
      throw Fault(.invalid, "area.check-failed", fields: Array(refused.prefix(20).map(\.field)))
    }
    return Report(summary: summary, findings: findings)
  }

  /// Gives a grid in service another boundary; areas that it consisted of it does not any more.
  ///
  /// - Throws: `duty-grid.missing`, and what `load` throws.
  public static func setBoundary(
    _ shape: MultiPolygon, of code: String, accepting: Bool = false, by doer: Doer,
    in tx: Transaction
  ) throws {
    let grid = try reachable(code, by: doer, in: tx)
    let unit = try OrganisationRows.organisation(grid.organisation, in: tx)
    let draft = DutyGridDraft(
      code: code, name: grid.name, organisation: unit?.code ?? "", shape: shape)
    _ = try load([draft], accepting: accepting, by: doer, in: tx)
  }

  /// Takes a grid out of service; who patrols it does so no more.
  ///
  /// - Throws: `duty-grid.missing`, `right.missing`.
  public static func retire(_ code: String, by doer: Doer, in tx: Transaction) throws {
    let grid = try reachable(code, by: doer, in: tx)
    for turn in try DutyGridRows.turns(of: grid.id, at: tx.now, in: tx) {
      try DutyGridRows.end(turn.id, at: max(turn.from, tx.now), in: tx)
    }
    try DutyGridRows.retire(grid.id, in: tx)
    try note("duty-grid.retire", grid, Payload(), by: doer, in: tx)
  }

  /// Says that somebody patrols a grid, from a moment to another.
  ///
  /// - Throws: `duty-grid.missing`, `right.missing`; `input.invalid` with `person.unknown`,
  ///   `person.not-in-organisation`, `duty-grid.person-unfit`, `duty-grid.person-there`, `absence.order`.
  @discardableResult
  public static func assign(
    _ person: ID<Person>, to code: String, from: Moment? = nil, until: Moment? = nil,
    by doer: Doer, in tx: Transaction
  ) throws -> ID<DutyTurn> {
    let grid = try reachable(code, by: doer, in: tx)
    let from = max(from ?? tx.now, tx.now)
    if let until, until <= from { throw Fault.invalid("until", "absence.order") }
    guard let found = try PersonRows.find(person, in: tx), found.disabledAt == nil else {
      throw Fault.invalid("person", "person.unknown")
    }
    let home = try OrganisationRows.organisation(grid.organisation, in: tx)
    let path = try PersonRows.place(of: found.organisation, in: tx).organisationPath
    guard let home, path.hasPrefix(home.path) else {
      throw Fault.invalid(
        "person", "person.not-in-organisation", ["organisation": home?.code ?? ""])
    }
    guard try RoleRows.grants(of: person, in: tx).contains(where: { $0.role == .patroller }) else {
      throw Fault.invalid("person", "duty-grid.person-unfit")
    }
    let isThere = try DutyGridRows.turns(of: grid.id, at: from, in: tx).contains { turn in
      turn.person == person && (until.map { turn.from < $0 } ?? true)
    }
    guard !isThere else { throw Fault.invalid("person", "duty-grid.person-there") }
    let id = tx.newID(DutyTurn.self)
    try DutyGridRows.insert(id, grid.id, person, from, until, in: tx)
    try note(
      "duty-grid.assign", grid,
      Payload().with("person", person).with("from", from).with("until", until), by: doer, in: tx)
    return id
  }

  /// Ends now that somebody patrols a grid; what is still to come does not come.
  ///
  /// - Throws: `duty-grid.missing`, `duty-grid.nobody`, `right.missing`.
  public static func release(
    _ person: ID<Person>, from code: String, by doer: Doer, in tx: Transaction
  ) throws {
    let grid = try reachable(code, by: doer, in: tx)
    let turns = try DutyGridRows.turns(of: grid.id, at: tx.now, in: tx)
      .filter { $0.person == person }
    guard !turns.isEmpty else { throw Fault(.missing, "duty-grid.nobody") }
    for turn in turns { try DutyGridRows.end(turn.id, at: max(turn.from, tx.now), in: tx) }
    try note("duty-grid.release", grid, Payload().with("person", person), by: doer, in: tx)
  }
}

extension DutyGridDesk {
  private enum Outcome { case added, changed, same }

  private static func put(
    _ draft: DutyGridDraft, by doer: Doer, in tx: Transaction
  ) throws -> Outcome {
    guard let unit = try OrganisationRows.organisation(code: draft.organisation, in: tx) else {
      throw Fault.missing("organisation")
    }
    try doer.requireOrganisations(under: unit.path)
    let boundary = try draft.shape.map {
      try GeoJSON.text([GeoJSON.Feature(properties: [:], shape: $0)])
    }
    let areas = try draft.areas.compactMap { try AreaRows.area(code: $0, in: tx)?.id }
    let old = try DutyGridRows.grid(code: draft.code, in: tx)
    if let old {
      _ = try reachable(old, by: doer, in: tx)
      let isSame =
        try
        (!draft.hasExtent
        || (boundary == DutyGridRows.boundary(of: old.id, in: tx)
          && Set(areas) == Set(DutyGridRows.areas(of: old.id, in: tx).map(\.id))))
      if isSame, old.name == draft.name, old.organisation == unit.id, old.retiredAt == nil {
        return .same
      }
      if old.organisation != unit.id {
        // Who patrolled it belongs to another organisation.
        for turn in try DutyGridRows.turns(of: old.id, at: tx.now, in: tx) {
          try DutyGridRows.end(turn.id, at: max(turn.from, tx.now), in: tx)
        }
      }
      try DutyGridRows.update(old.id, name: draft.name, unit.id, in: tx)
    }
    let id = old?.id ?? tx.newID(DutyGrid.self)
    if old == nil { try DutyGridRows.insert(draft, id, unit.id, in: tx) }
    if draft.hasExtent {
      try DutyGridRows.setExtent(id, boundary: boundary, areas: Array(Set(areas)).sorted(), in: tx)
    }
    guard let grid = try DutyGridRows.grid(code: draft.code, in: tx) else {
      throw Fault(.missing, "duty-grid.missing")
    }
    let payload = Payload().with("areas", codes: draft.areas)
      .with("boundary", boundary.map { SHA256.hash(data: Array($0.utf8)).hexadecimal })
    try note("duty-grid.put", grid, payload, by: doer, in: tx)
    return old == nil ? .added : .changed
  }

  private static func faults(
    of draft: DutyGridDraft, at place: String, in tx: Transaction
  ) throws -> [Fault.Field] {
    var faults = Code.faults(code: draft.code, name: draft.name, at: place)
    let unit = try OrganisationRows.organisation(code: draft.organisation, in: tx)
    let given = ["organisation": draft.organisation.brief, "code": draft.organisation.brief]
    if draft.organisation.isEmpty {
      faults.append(Fault.Field(place + "organisation", "value.missing"))
    } else if unit == nil {
      faults.append(Fault.Field(place + "organisation", "organisation.unknown", given))
    } else if unit?.retiredAt != nil {
      faults.append(Fault.Field(place + "organisation", "organisation.retired", given))
    }
    for code in draft.areas where try AreaRows.area(code: code, in: tx) == nil {
      faults.append(Fault.Field(place + "areas", "area.unknown", ["area": code.brief]))
    }
    if draft.shape != nil, !draft.areas.isEmpty {
      faults.append(Fault.Field(place + "areas", "duty-grid.both"))
    }
    if !draft.hasExtent, try DutyGridRows.grid(code: draft.code, in: tx) == nil {
      faults.append(Fault.Field(place + "areas", "duty-grid.nowhere"))
    }
    return faults
  }

  private static func reachable(
    _ code: String, by doer: Doer, in tx: Transaction
  ) throws -> DutyGrid {
    try doer.require(.organisationManage)
    guard let grid = try DutyGridRows.grid(code: code, in: tx), grid.retiredAt == nil else {
      throw Fault(.missing, "duty-grid.missing")
    }
    return try reachable(grid, by: doer, in: tx)
  }

  private static func reachable(
    _ grid: DutyGrid, by doer: Doer, in tx: Transaction
  ) throws -> DutyGrid {
    let unit = try OrganisationRows.organisation(grid.organisation, in: tx)
    try doer.requireOrganisations(under: unit?.path ?? "")
    return grid
  }

  /// An entry about the organisation whose grid it is.
  private static func note(
    _ verb: String, _ grid: DutyGrid, _ payload: Payload, by doer: Doer, in tx: Transaction
  ) throws {
    try Edition.renew(.places, in: tx)
    try OrganisationDesk.record(
      verb, grid.organisation, payload.with("grid", grid.code), by: doer, in: tx)
  }
}
