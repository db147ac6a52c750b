import Base
import Store

/// All SQL about duty grids.
enum DutyGridRows {
  static func all(in snapshot: some Querying) throws -> [DutyGrid] {
    try snapshot.all("SELECT \(DutyGrid.columns) FROM duty_grid ORDER BY code")
  }

  static func grid(code: String, in snapshot: some Querying) throws -> DutyGrid? {
    try snapshot.first("SELECT \(DutyGrid.columns) FROM duty_grid WHERE code = \(code)")
  }

  /// A boundary as it is stored: GeoJSON with one feature, in WGS-84.
  static func boundary(of grid: ID<DutyGrid>, in snapshot: some Querying) throws -> String? {
    try snapshot.value(
      "SELECT boundary FROM duty_grid WHERE id = \(grid) AND boundary IS NOT NULL")
  }

  /// All boundaries as they are stored.
  static func boundaries(in snapshot: some Querying) throws -> [ID<DutyGrid>: String] {
    var found: [ID<DutyGrid>: String] = [:]
    try snapshot.each("SELECT id, boundary FROM duty_grid WHERE boundary IS NOT NULL") { fields in
      found[try fields.next()] = try fields.next(String.self)
    }
    return found
  }

  /// The areas that each grid consists of, by path.
  static func areas(in snapshot: some Querying) throws -> [ID<DutyGrid>: [Area]] {
    let own: [Area] = try snapshot.all(
      """
      SELECT \(Area.columns) FROM area WHERE id IN (SELECT area_id FROM duty_grid_area)
      ORDER BY path
      """)
    var grids: [ID<Area>: [ID<DutyGrid>]] = [:]
    try snapshot.each("SELECT area_id, grid_id FROM duty_grid_area") { fields in
      grids[try fields.next(), default: []].append(try fields.next())
    }
    var found: [ID<DutyGrid>: [Area]] = [:]
    for area in own {
      for grid in grids[area.id] ?? [] { found[grid, default: []].append(area) }
    }
    return found
  }

  /// The boundaries of the areas that grids consist of.
  static func boundariesOfAreas(in snapshot: some Querying) throws -> [ID<Area>: String] {
    let found: [AreaRows.Boundary] = try snapshot.all(
      """
      SELECT id, boundary FROM area
      WHERE boundary IS NOT NULL AND id IN (SELECT area_id FROM duty_grid_area)
      """)
    return Dictionary(found.map { ($0.area, $0.text) }, uniquingKeysWith: { first, _ in first })
  }

  /// The areas that a grid consists of, by path.
  static func areas(of grid: ID<DutyGrid>, in snapshot: some Querying) throws -> [Area] {
    try snapshot.all(
      """
      SELECT \(Area.columns) FROM area
      WHERE id IN (SELECT area_id FROM duty_grid_area WHERE grid_id = \(grid)) ORDER BY path
      """)
  }

  static func insert(
    _ draft: DutyGridDraft, _ id: ID<DutyGrid>, _ organisation: ID<Organisation>,
    in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO duty_grid (id, code, name, organisation_id, updated_at)
      VALUES (\(id), \(draft.code), \(draft.name), \(organisation), \(tx.now))
      """)
  }

  /// Gives a grid its name and organisation, and brings it back into service.
  static func update(
    _ id: ID<DutyGrid>, name: String, _ organisation: ID<Organisation>, in tx: Transaction
  ) throws {
    try tx.run(
      """
      UPDATE duty_grid SET name = \(name), organisation_id = \(organisation), retired_at = NULL,
        updated_at = \(tx.now) WHERE id = \(id)
      """)
  }

  static func setExtent(
    _ id: ID<DutyGrid>, boundary: String?, areas: [ID<Area>], in tx: Transaction
  ) throws {
    try tx.run("UPDATE duty_grid SET boundary = \(boundary) WHERE id = \(id)")
    try tx.run("DELETE FROM duty_grid_area WHERE grid_id = \(id)")
    for area in areas {
      try tx.run("INSERT INTO duty_grid_area (grid_id, area_id) VALUES (\(id), \(area))")
    }
  }

  static func retire(_ id: ID<DutyGrid>, in tx: Transaction) throws {
    try tx.run(
      "UPDATE duty_grid SET retired_at = \(tx.now), updated_at = \(tx.now) WHERE id = \(id)")
  }

  /// Whether an organisation has one in service.
  static func names(_ organisation: ID<Organisation>, in snapshot: some Querying) throws -> Bool {
    try snapshot.value(
      """
      SELECT id FROM duty_grid WHERE organisation_id = \(organisation) AND retired_at IS NULL
      LIMIT 1
      """, as: Int64.self) != nil
  }

  // MARK: - Who patrols

  /// Those in service that somebody patrols at a moment, by code.
  static func grids(
    of person: ID<Person>, at now: Moment, in snapshot: some Querying
  ) throws -> [DutyGrid] {
    try snapshot.all(
      """
      SELECT \(DutyGrid.columns) FROM duty_grid WHERE retired_at IS NULL AND id IN (
        SELECT grid_id FROM duty_grid_person WHERE person_id = \(person) AND from_at <= \(now)
          AND (until_at IS NULL OR until_at > \(now))) ORDER BY code
      """)
  }

  /// Those that are not over at a moment, the first to begin first.
  static func turns(
    of grid: ID<DutyGrid>, at now: Moment, in snapshot: some Querying
  ) throws -> [DutyTurn] {
    try snapshot.all(
      """
      SELECT \(DutyTurn.columns) FROM duty_grid_person
      WHERE grid_id = \(grid) AND (until_at IS NULL OR until_at > \(now)) ORDER BY from_at, id
      """)
  }

  /// Those of all grids that are not over at a moment, the first to begin first.
  static func turns(
    at now: Moment, in snapshot: some Querying
  ) throws -> [ID<DutyGrid>: [DutyTurn]] {
    let found: [DutyTurn] = try snapshot.all(
      """
      SELECT \(DutyTurn.columns) FROM duty_grid_person
      WHERE until_at IS NULL OR until_at > \(now) ORDER BY from_at, id
      """)
    return Dictionary(grouping: found, by: \.grid)
  }

  static func insert(
    _ id: ID<DutyTurn>, _ grid: ID<DutyGrid>, _ person: ID<Person>, _ from: Moment,
    _ until: Moment?, in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO duty_grid_person (\(DutyTurn.columns))
      VALUES (\(id), \(grid), \(person), \(from), \(until))
      """)
  }

  static func end(_ id: ID<DutyTurn>, at end: Moment, in tx: Transaction) throws {
    try tx.run("UPDATE duty_grid_person SET until_at = \(end) WHERE id = \(id)")
  }
}
