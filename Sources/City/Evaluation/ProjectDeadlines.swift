import Base
import Store

/// The days of a year, set for an organisation and all below it.
extension ProjectDesk {
  /// All deadlines of a year that concern what `doer` may see.
  public func deadlines(
    of year: Int, by doer: Doer, in snapshot: some Querying
  ) throws -> [ProjectDeadline] {
    try doer.require(.projectRead)
    let scopes = doer.grants(holding: .projectRead).filter { $0.areaPath.isEmpty }
      .map(\.organisationPath)
    let order = ProjectPhase.allCases
    return try ProjectPartRows.deadlines(of: year, in: snapshot).filter { deadline in
      scopes.contains {
        deadline.organisationPath.hasPrefix($0) || $0.hasPrefix(deadline.organisationPath)
      }
    }.sorted { left, right in
      (left.organisationPath, order.firstIndex(of: left.phase) ?? 0)
        < (right.organisationPath, order.firstIndex(of: right.phase) ?? 0)
    }
  }

  /// Sets or takes away the day until when a step of a year is due below an organisation.
  ///
  /// - Throws: `right.missing` for those who do not review for finance there; `input.invalid` with
  ///   `organisation.unknown` or `year.range`.
  public func setDeadline(
    _ due: Day?, for phase: ProjectPhase, year: Int, of organisation: ID<Organisation>,
    by doer: Doer, in tx: Transaction
  ) throws {
    _ = try owner(ofYear: year, organisation, by: doer, in: tx)
    try write(due, for: phase, year: year, of: organisation, by: doer, in: tx)
  }

  /// Sets a whole year's days for an organisation; a step that is left out has none of its own.
  ///
  /// - Throws: as `setDeadline`; `input.invalid` with `deadline.order` where a step would be due
  ///   before one that comes before it.
  public func setYear(
    _ days: [ProjectPhase: Day], year: Int, of organisation: ID<Organisation>, by doer: Doer,
    in tx: Transaction
  ) throws {
    let owner = try owner(ofYear: year, organisation, by: doer, in: tx)
    let all = try ProjectPartRows.deadlines(of: year, in: tx)
    let others = all.filter { $0.organisation != organisation }
    var faults: [Fault.Field] = []
    var last: (phase: ProjectPhase, day: Day)?
    for phase in ProjectPhase.allCases {
      let inherited = others.nearest(phase, above: owner.path)?.due
      guard let day = days[phase] ?? inherited else { continue }
      if let last, day < last.day, days[phase] != nil || days[last.phase] != nil {
        faults.append(
          .init(
            days[phase] != nil ? phase.rawValue : last.phase.rawValue, "deadline.order",
            ["phase": last.phase.rawValue, "day": last.day.description]))
      }
      last = (phase, day)
    }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    let own = all.filter { $0.organisation == organisation }
    for phase in ProjectPhase.allCases {
      let before = own.first { $0.phase == phase }?.due
      guard before != days[phase] else { continue }
      try write(days[phase], for: phase, year: year, of: organisation, by: doer, in: tx)
    }
  }

  private func owner(
    ofYear year: Int, _ id: ID<Organisation>, by doer: Doer, in tx: Transaction
  ) throws -> Organisation {
    try doer.require(.projectApprove)
    try Self.check(year: year)
    guard let owner = try OrganisationRows.organisation(id, in: tx) else {
      throw Fault.invalid("organisation", "organisation.unknown", ["organisation": "\(id)"])
    }
    guard doer.may(.projectApprove, organisationPath: owner.path, areaPath: "") else {
      throw Fault(.forbidden, "right.missing", ["right": Right.projectApprove.rawValue])
    }
    return owner
  }

  private func write(
    _ due: Day?, for phase: ProjectPhase, year: Int, of organisation: ID<Organisation>,
    by doer: Doer, in tx: Transaction
  ) throws {
    try ProjectPartRows.set(due, for: phase, year: year, of: organisation, in: tx)
    try Ledger.append(
      "project.deadline", about: .organisation, organisation.raw, by: doer.actor,
      payload: Payload().with("phase", phase.rawValue).with("year", Int64(year))
        .with("due", due?.description), in: tx)
  }
}
