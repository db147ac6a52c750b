import Base
import City
import Store
import TestSupport

/// A database with a small town, and the desks over it.
struct Office: Sendable {
  static let password = "correct horse"

  let test: TestDatabase
  let identity: Identity

  init(cost: PasswordCost = .none) async throws {
    test = try await TestDatabase()
    identity = Identity(database: test.database, now: test.clock.now, passwordCost: cost)
    try await test.database.write { tx in
      for path in ["centre/", "centre/roads/", "centre/roads/lamps/", "centre/water/"] {
        try Self.addOrganisation(path, in: tx)
      }
      for path in ["town/", "town/east/", "town/east/7/", "town/west/"] {
        try Self.addArea(path, in: tx)
      }
      try tx.run("INSERT INTO post (id, code, name) VALUES (1, 'lamplighter', '灯')")
    }
  }

  static func addOrganisation(_ path: String, in tx: Transaction) throws {
    let codes = path.split(separator: "/")
    let parent = codes.dropLast().map { "\($0)/" }.joined()
    try tx.run(
      """
      INSERT INTO organisation (id, parent_id, code, name, kind, path, updated_at)
      SELECT \(tx.newID(Organisation.self)), (SELECT id FROM organisation WHERE path = \(parent)),
        \(String(codes.last ?? "")), \(path), 'unit', \(path), 0
      """)
  }

  static func addArea(_ path: String, in tx: Transaction) throws {
    let codes = path.split(separator: "/")
    let parent = codes.dropLast().map { "\($0)/" }.joined()
    try tx.run(
      """
      INSERT INTO area (id, parent_id, level, code, name, path, updated_at)
      SELECT \(tx.newID(Area.self)), (SELECT id FROM area WHERE path = \(parent)), 'town',
        \(String(codes.last ?? "")), \(path), \(path), 0
      """)
  }

  /// Somebody with roles, who can sign in.
  @discardableResult
  func add(
    _ signIn: String, _ grants: [Grant] = [], organisation code: String? = nil,
    canSignIn: Bool = true
  ) async throws -> ID<Person> {
    var facts = PersonFacts(name: "\(signIn) 某人", phone: "13800001111")
    if let code {
      facts.organisation = try await test.database.read {
        try PersonDesk.organisation(code, in: $0)
      }
    }
    let new = NewPerson(signIn: signIn, facts: facts, grants: grants)
    return try await identity.people.add(
      new, password: canSignIn ? Self.password : nil, by: .command)
  }

  func doer(_ id: ID<Person>) async throws -> Doer? {
    try await test.database.read { try Doer.load(id, in: $0) }
  }

  func entries(about id: ID<Person>) async throws -> [LedgerEntry] {
    try await test.database.read { try Ledger.entries(about: id.raw, in: $0) }
  }

  func verbs(about id: ID<Person>) async throws -> [String] {
    try await entries(about: id).map(\.verb)
  }

  func count(_ table: String) async throws -> Int {
    try await test.database.read {
      try $0.value(SQL(trusted: "SELECT COUNT(*) FROM \(table)")) ?? -1
    }
  }
}

/// Bad input with one field at fault, whatever its arguments.
func field(_ name: String, _ code: String) -> @Sendable (any Error) -> Bool {
  { error in
    guard let fault = error as? Fault, fault.kind == .invalid else { return false }
    return fault.fields.map { [$0.name, $0.code] } == [[name, code]]
  }
}

/// A fault with a code, whatever its arguments.
func fault(_ code: String) -> @Sendable (any Error) -> Bool {
  { ($0 as? Fault)?.code == code }
}
