import Base
import City
import Store

/// The demonstration town: a made-up town with a year of its work, built by the verbs that people
/// use, under a clock that is simulated.
public enum Demonstration {
  /// How much of the town's life is built.
  public enum Size: String, Sendable, CaseIterable {
    /// A year, as a town's own report counts it.
    case year
    /// A fortnight with something of everything, for tests.
    case small

    var volume: TownVolume { self == .year ? .year : .fortnight }
  }

  /// How far the building is.
  public struct Progress: Sendable, Equatable {
    /// Cases that have come up, of all that will.
    public let done: Int
    public let total: Int
  }

  /// What was built.
  public struct Summary: Sendable, Equatable {
    public let cases: Int
    /// Neither closed nor void.
    public let open: Int
    /// Entries of the ledger.
    public let entries: Int
    public let areas: Int
    public let organisations: Int
    public let people: Int
    public let signIns: [SignIn]
  }

  /// One of those whom the town can be tried as.
  public struct SignIn: Sendable, Equatable {
    public let role: Role
    public let signIn: String
    /// What people call them.
    public let name: String
  }

  /// The password of everybody in the town. It is printed for all to see: nothing in the town is
  /// anybody's, and nobody should run a real centre on it.
  public static let password = "yunpu-town-demo"

  /// Steps of one transaction.
  private static let batch = 4000

  /// Builds the town in an empty centre: people, places, catalogue, and the cases of its time up to
  /// the present, some of which wait in every state. The same for the same seed and present, but for
  /// what is secret.
  ///
  /// The present must not be after the centre's own. Whoever builds into a file may do without
  /// durability while it lasts: a half-built town is thrown away and made again.
  /// - Throws: `town.not-empty` when something is there already.
  @discardableResult
  public static func build(
    in centre: Centre, seed: UInt64, today: Moment, size: Size = .year,
    progress: @Sendable (Progress) -> Void = { _ in }
  ) async throws -> Summary {
    let geography = TownGeography(seed: seed)
    let people = TownPeople(seed: seed, geography: geography)
    let catalogue = try Catalogue.read(Catalogue.shippedFiles, knowing: Centre.knownNames)
    let calendar = try CalendarFile.standard
    let plan = TownPlan(
      TownPlan.Frame(
        seed: seed, today: today, volume: size.volume, villages: weights(geography),
        catalogue: catalogue, calendar: calendar, zone: centre.zone))
    let ids = IDSource(node: try await centre.database.write { try NodeNumber.next(in: $0) })
    let founding = Founding(geography: geography, people: people, catalogue: catalogue)
    let hash = try PasswordHash(hashing: password)
    let cast = try await centre.database.write { tx in
      // The evening before, so that everything is there when the first report comes.
      try founding.found(centre, password: hash, in: tx.at(plan.start + -4 * 3600, ids: ids))
    }
    try await centre.kinds.refresh(from: centre.database)
    let scene = TownScene(
      desk: centre.cases, projects: centre.projects, geography: geography, cast: cast,
      photographs: try TownPhotographs(seed: seed, in: centre.blobs),
      papers: try TownPapers(in: centre.blobs),
      hours: TownHours(calendar: calendar, zone: centre.zone), texts: TownTexts())
    var run = TownRun(
      scene, plan: plan, seed: seed, today: today, ids: ids, shelf: centre.kinds)
    while !run.isAtEnd {
      run = try await centre.database.write { [run] tx in
        try run.advanced(by: batch, in: tx)
      }
      progress(Progress(done: run.reported, total: plan.cases.count))
    }
    return Summary(
      cases: run.reported, open: run.open, entries: run.entries, areas: geography.areas.count,
      organisations: people.organisations.count, people: people.people.count,
      signIns: signIns(people))
  }

  /// Whom the town can be tried as, one for each role.
  public static func signIns(seed: UInt64) -> [SignIn] {
    signIns(TownPeople(seed: seed, geography: TownGeography(seed: seed)))
  }

  private static func signIns(_ people: TownPeople) -> [SignIn] {
    people.demonstration.compactMap { role, signIn in
      people.people.first { $0.signIn == signIn }.map {
        SignIn(role: role, signIn: signIn, name: $0.name)
      }
    }
  }

  /// Where more people live, more comes up.
  private static func weights(_ geography: TownGeography) -> [Double] {
    geography.villages.enumerated().map { index, village in
      village.isTownCentre ? 15 : 6 + Double(index * 5 % 7) * 0.6
    }
  }
}
