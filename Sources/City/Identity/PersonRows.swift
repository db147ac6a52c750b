import Base
import Store

/// The SQL of people.
enum PersonRows {
  static func find(_ id: ID<Person>, in snapshot: some Querying) throws -> Person? {
    try snapshot.first("SELECT \(Person.columns) FROM person WHERE id = \(id)")
  }

  static func find(_ signIn: SignInName, in snapshot: some Querying) throws -> Person? {
    try snapshot.first("SELECT \(Person.columns) FROM person WHERE sign_in = \(signIn.text)")
  }

  /// False when somebody has the name already.
  static func add(
    _ id: ID<Person>, _ signIn: SignInName, _ facts: PersonFacts, password: PasswordHash?,
    in tx: Transaction
  ) throws -> Bool {
    try tx.run(
      """
      INSERT INTO person (id, sign_in, name, phone, organisation_id, post, password, valid_from,
        valid_until, disabled_at, created_at, updated_at)
      VALUES (\(id), \(signIn.text), \(facts.name), \(facts.phone), \(facts.organisation),
        \(facts.post), \(password?.description), \(facts.validFrom), \(facts.validUntil),
        \(facts.validFrom.flatMap { $0 > tx.now ? tx.now : nil }), \(tx.now), \(tx.now))
      ON CONFLICT (sign_in) DO NOTHING
      """) > 0
  }

  static func update(_ id: ID<Person>, _ facts: PersonFacts, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE person SET name = \(facts.name), phone = \(facts.phone),
        organisation_id = \(facts.organisation), post = \(facts.post),
        valid_from = \(facts.validFrom), valid_until = \(facts.validUntil), updated_at = \(tx.now)
      WHERE id = \(id)
      """)
  }

  /// False when it stood like that already.
  static func setDisabled(
    _ isDisabled: Bool, _ id: ID<Person>, in tx: Transaction
  ) throws -> Bool {
    let change: SQL =
      isDisabled
      ? "disabled_at = \(tx.now), updated_at = \(tx.now) WHERE disabled_at IS NULL"
      : "disabled_at = NULL, updated_at = \(tx.now) WHERE disabled_at IS NOT NULL"
    return try tx.run("UPDATE person SET \(change) AND id = \(id)") > 0
  }

  // MARK: - Passwords

  static func password(of id: ID<Person>, in snapshot: some Querying) throws -> String? {
    try snapshot.value("SELECT password FROM person WHERE id = \(id) AND password IS NOT NULL")
  }

  /// Whether an enabled person still has the password that was read before.
  static func canSignIn(
    _ id: ID<Person>, with password: String, in tx: Transaction
  ) throws -> Bool {
    try tx.value(
      """
      SELECT 1 FROM person WHERE id = \(id) AND password = \(password) AND disabled_at IS NULL
      """, as: Int.self) != nil
  }

  static func setPassword(_ hash: PasswordHash, of id: ID<Person>, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE person SET password = \(hash.description), updated_at = \(tx.now) WHERE id = \(id)
      """)
  }

  // MARK: - Where they belong

  static func place(of organisation: ID<Organisation>?, in snapshot: some Querying) throws
    -> PersonPlace
  {
    guard let organisation else { return PersonPlace.nowhere }
    return try snapshot.first(
      """
      SELECT o.id, o.path, a.path FROM organisation o LEFT JOIN area a ON a.id = o.area_id
      WHERE o.id = \(organisation)
      """) ?? PersonPlace.nowhere
  }

  /// The path of an organisation, by its code.
  static func path(ofOrganisation code: String, in snapshot: some Querying) throws -> String? {
    try snapshot.value("SELECT path FROM organisation WHERE code = \(code)")
  }

  /// The path of an area, by its code.
  static func path(ofArea code: String, in snapshot: some Querying) throws -> String? {
    try snapshot.value("SELECT path FROM area WHERE code = \(code)")
  }

  static func organisation(
    _ codeOrPath: String, in snapshot: some Querying
  ) throws -> ID<Organisation>? {
    try snapshot.value(
      "SELECT id FROM organisation WHERE code = \(codeOrPath) OR path = \(codeOrPath)")
  }

  static func holds(organisation path: String, in snapshot: some Querying) throws -> Bool {
    try snapshot.value("SELECT 1 FROM organisation WHERE path = \(path)", as: Int.self) != nil
  }

  static func holds(area path: String, in snapshot: some Querying) throws -> Bool {
    try snapshot.value("SELECT 1 FROM area WHERE path = \(path)", as: Int.self) != nil
  }

  /// Whether there is a post that may be given at a moment.
  static func holds(
    post code: String, at now: Moment, in snapshot: some Querying
  ) throws -> Bool {
    try snapshot.value(
      """
      SELECT 1 FROM post WHERE code = \(code) AND (valid_from IS NULL OR valid_from <= \(now))
        AND (valid_until IS NULL OR valid_until > \(now))
      """, as: Int.self) != nil
  }

  /// Whose time begins or is over at a moment and who still stands otherwise. At most 200.
  static func turning(
    at now: Moment, in snapshot: some Querying
  ) throws -> (starting: [ID<Person>], ending: [ID<Person>]) {
    (
      try snapshot.column(
        """
        SELECT id FROM person WHERE valid_from <= \(now) AND disabled_at < valid_from
          AND (valid_until IS NULL OR valid_until > \(now)) ORDER BY valid_from LIMIT 200
        """),
      try snapshot.column(
        """
        SELECT id FROM person WHERE valid_until <= \(now) AND disabled_at IS NULL
        ORDER BY valid_until LIMIT 200
        """)
    )
  }

  // MARK: - Names and work

  /// What some people are called.
  static func names(
    of people: [ID<Person>], in snapshot: some Querying
  ) throws -> [ID<Person>: Person] {
    guard !people.isEmpty else { return [:] }
    let found: [Person] = try snapshot.all(
      "SELECT \(Person.columns) FROM person WHERE id IN \(list: Array(Set(people)))")
    return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// How many parts of open cases were sent to somebody by name and are not done.
  static func openParts(of id: ID<Person>, in snapshot: some Querying) throws -> Int {
    try snapshot.value(
      """
      SELECT COUNT(*) FROM case_assignment WHERE person_id = \(id) AND is_active = 1
        AND ended_at IS NULL AND state IN ('sent', 'taken', 'passed')
      """) ?? 0
  }

  // MARK: - Lists

  /// Those within reach of any of `reach`, by sign-in name.
  static func list(
    _ query: PersonQuery, reach: [Grant], in snapshot: some Querying
  ) throws -> [Person] {
    var conditions: [SQL] = [
      "(" + reach.map(within).joined(" OR ") + ")",
      Subtree.holds("COALESCE(o.path, '')", query.organisationPath),
    ]
    if let after = query.after { conditions.append("p.sign_in > \(after)") }
    if query.onlyDisabled {
      conditions.append("p.disabled_at IS NOT NULL")
    } else if !query.includesDisabled {
      conditions.append("p.disabled_at IS NULL")
    }
    if let pattern = query.pattern {
      conditions.append(
        "(p.sign_in LIKE \(pattern) ESCAPE '!' OR LOWER(p.name) LIKE \(pattern) ESCAPE '!')")
    }
    if let role = query.role {
      conditions.append(
        """
        EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = p.id AND g.role = \(role))
        """)
    }
    return try snapshot.all(
      """
      SELECT p.id, p.sign_in, p.name, p.phone, p.organisation_id, p.post, p.disabled_at,
        p.valid_from, p.valid_until
      FROM person p LEFT JOIN organisation o ON o.id = p.organisation_id
        LEFT JOIN area a ON a.id = o.area_id
      WHERE \(conditions.joined(" AND ")) ORDER BY p.sign_in LIMIT \(query.checkedLimit)
      """)
  }

  private static func within(_ grant: Grant) -> SQL {
    "("
      + Subtree.holds("COALESCE(o.path, '')", grant.organisationPath) + " AND "
      + Subtree.holds("COALESCE(a.path, '')", grant.areaPath) + ")"
  }
}

/// Where a person belongs, as far as scopes need it.
struct PersonPlace: Row {
  let organisation: OrganisationRef?
  /// Of the area that the organisation answers for; empty when it has none.
  let areaPath: String

  static let nowhere = PersonPlace(organisation: nil, areaPath: "")

  var organisationPath: String { organisation?.path ?? "" }

  private init(organisation: OrganisationRef?, areaPath: String) {
    self.organisation = organisation
    self.areaPath = areaPath
  }

  init(_ fields: inout Fields) throws {
    organisation = OrganisationRef(id: try fields.next(), path: try fields.next())
    areaPath = try fields.next(String?.self) ?? ""
  }
}
