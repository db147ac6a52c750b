import Base
import City
import Store

/// The demonstration town: a made-up town with a year of its work, built by the verbs that people
/// use.
public enum Demonstration {
  /// How much of the town's life is built.
  public enum Size: Sendable {
    /// A year, as a town's own report counts it.
    case year
    /// A fortnight with something of everything, for tests.
    case small
  }

  /// How far the building is.
  public struct Progress: Sendable {
    /// Cases that have come up, of all that will.
    public let done: Int
    public let total: Int
  }
  public static func build(
    in centre: Centre, seed: UInt64, today: Moment, size: Size,
    progress: @Sendable (Progress) -> Void
  ) async throws {
    let volume = size == .year ? TownVolume.year : TownVolume.fortnight
    let geography = TownGeography(seed: seed)
    let catalogue = try Catalogue.read(Catalogue.shippedFiles, knowing: Centre.knownNames)
    let calendar = try CalendarFile.standard
    let plan = TownPlan(TownPlan.Frame(seed: seed, today: today, volume: volume, villages: geography.villages.map { _ in 1 }, catalogue: catalogue, calendar: calendar, zone: centre.zone))
    let ids = IDSource(node: 1)
    let cast = try await centre.database.write { tx in
      let tx = tx.at(plan.start + -86400, ids: ids)
      try CatalogueDesk.install(catalogue, by: .command, in: tx)
      for draft in geography.drafts { try AreaDesk.add(draft, by: .command, in: tx) }
      var cast = TownCast()
      let root = try OrganisationDesk.add(OrganisationDraft(code: "centre", name: "中心", kind: .centre, area: geography.town.code), by: .command, in: tx)
      var n = 0
      func person(_ role: Role, _ organisation: ID<Organisation>, _ organisationPath: String, _ areaPath: String = "") throws -> Doer {
        n += 1
        let id = try PersonDesk.add(NewPerson(signIn: "p\(n)", facts: PersonFacts(name: "人\(n)", organisation: organisation), grants: [Grant(role: role, organisationPath: organisationPath, areaPath: areaPath)]), by: .command, in: tx)
        guard let d = try Doer.load(id, in: tx) else { throw TownFault.nobody }
        return d
      }
      for _ in 0..<4 { cast.intake.append(try person(.intakeOperator, root, "centre/")) }
      for _ in 0..<3 { cast.dispatchers.append(try person(.dispatcher, root, "centre/")) }
      for _ in 0..<3 { cast.dutyOfficers.append(try person(.dutyOfficer, root, "centre/")) }
      for code in ["grid-centre","city-management","sanitation","roads","water","landscape","housing","planning","agriculture","safety","fire","police","market","health","civil","labour"] {
        let id = try OrganisationDesk.add(OrganisationDraft(code: code, name: code, kind: .unit, parent: "centre"), by: .command, in: tx)
        cast.handlers[id] = try (0..<3).map { _ in try person(.handler, id, "centre/\(code)/") }
        cast.units.append(code)
      }
      for (i, v) in geography.villages.enumerated() {
        let id = try OrganisationDesk.add(OrganisationDraft(code: "village-\(i)", name: v.name, kind: .village, parent: "centre", area: v.code), by: .command, in: tx)
        cast.handlers[id] = try (0..<2).map { _ in try person(.handler, id, "centre/village-\(i)/") }
        cast.patrollers[i] = try (0..<2).map { _ in try person(.patroller, root, "centre/", v.area.path) }
      }
      return cast
    }
    try await centre.kinds.refresh(from: centre.database)
    let scene = TownScene(desk: centre.cases, geography: geography, cast: cast, photographs: try TownPhotographs(seed: seed, in: centre.blobs), hours: TownHours(calendar: calendar, zone: centre.zone), texts: TownTexts())
    var run = TownRun(scene, plan: plan, seed: seed, today: today, ids: ids, shelf: centre.kinds)
    var more = true
    while more {
      (run, more) = try await centre.database.write { [run] tx in
        var next = run
        let more = try next.advance(steps: 4000, in: tx)
        return (next, more)
      }
      progress(Progress(done: run.progress.done, total: run.progress.of))
    }
  }
}
