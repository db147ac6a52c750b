import Base
import Store

/// All SQL about organisations and posts.
enum OrganisationRows {
  static func all(in snapshot: some Querying) throws -> [Organisation] {
    try snapshot.all("SELECT \(Organisation.columns) FROM organisation ORDER BY path")
  }

  static func organisation(
    _ id: ID<Organisation>, in snapshot: some Querying
  ) throws -> Organisation? {
    try snapshot.first("SELECT \(Organisation.columns) FROM organisation WHERE id = \(id)")
  }

  static func organisation(
    code: String, in snapshot: some Querying
  ) throws -> Organisation? {
    try snapshot.first("SELECT \(Organisation.columns) FROM organisation WHERE code = \(code)")
  }

  static func subtree(_ path: String, in snapshot: some Querying) throws -> [Organisation] {
    try snapshot.all(
      """
      SELECT \(Organisation.columns) FROM organisation
      WHERE \(Subtree.holds("path", path)) ORDER BY path
      """)
  }

  static func insert(
    _ draft: OrganisationDraft, id: ID<Organisation>, under parent: Organisation?,
    area: ID<Area>?, in tx: Transaction
  ) throws {
    let path = (parent?.path ?? "") + draft.code + "/"
    try tx.run(
      """
      INSERT INTO organisation (id, parent_id, code, name, kind, path, area_id, updated_at)
      VALUES (\(id), \(parent?.id), \(draft.code), \(draft.name), \(draft.kind), \(path), \(area),
        \(tx.now))
      """)
  }

  static func rename(_ id: ID<Organisation>, to name: String, in tx: Transaction) throws {
    try tx.run("UPDATE organisation SET name = \(name), updated_at = \(tx.now) WHERE id = \(id)")
  }

  static func setArea(
    _ area: ID<Area>?, of id: ID<Organisation>, in tx: Transaction
  ) throws {
    try tx.run(
      "UPDATE organisation SET area_id = \(area), updated_at = \(tx.now) WHERE id = \(id)")
  }

  /// Returns how many rows it touched: none when it had been retired already.
  static func retire(_ id: ID<Organisation>, in tx: Transaction) throws -> Int {
    try tx.run(
      """
      UPDATE organisation SET retired_at = \(tx.now), updated_at = \(tx.now)
      WHERE id = \(id) AND retired_at IS NULL
      """)
  }

  static func setParent(
    _ parent: ID<Organisation>?, of id: ID<Organisation>, in tx: Transaction
  ) throws {
    try tx.run(
      "UPDATE organisation SET parent_id = \(parent), updated_at = \(tx.now) WHERE id = \(id)")
  }

  static func setPath(_ path: String, of id: ID<Organisation>, in tx: Transaction) throws {
    try tx.run("UPDATE organisation SET path = \(path) WHERE id = \(id)")
  }

  /// Lets the scopes of people follow a subtree to its new place.
  static func moveGrants(from old: String, to new: String, in tx: Transaction) throws {
    let paths: [String] = try tx.column(
      """
      SELECT DISTINCT organisation_path FROM role_grant
      WHERE \(Subtree.holds("organisation_path", old))
      """)
    for path in paths {
      try tx.run(
        """
        UPDATE role_grant SET organisation_path = \(new + path.dropFirst(old.count))
        WHERE organisation_path = \(path)
        """)
    }
  }

  /// Whether somebody who may sign in belongs to it.
  static func hasPeople(
    _ id: ID<Organisation>, in snapshot: some Querying
  ) throws -> Bool {
    try snapshot.value(
      """
      SELECT id FROM person WHERE organisation_id = \(id) AND disabled_at IS NULL LIMIT 1
      """, as: Int64.self) != nil
  }

  static func posts(in snapshot: some Querying) throws -> [Post] {
    try snapshot.all("SELECT \(Post.columns) FROM post ORDER BY code")
  }

  static func post(_ code: String, in snapshot: some Querying) throws -> Post? {
    try snapshot.first("SELECT \(Post.columns) FROM post WHERE code = \(code)")
  }

  /// How many people who may sign in have each post.
  static func peopleOfPosts(in snapshot: some Querying) throws -> [String: Int] {
    let found: [PostCount] = try snapshot.all(
      """
      SELECT post, COUNT(*) FROM person WHERE post IS NOT NULL AND disabled_at IS NULL
      GROUP BY post
      """)
    return Dictionary(found.map { ($0.code, $0.people) }, uniquingKeysWith: { first, _ in first })
  }

  private struct PostCount: Row {
    let code: String
    let people: Int

    init(_ fields: inout Fields) throws {
      code = try fields.next()
      people = try fields.next()
    }
  }

  static func insert(_ post: Post, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO post (\(Post.columns)) VALUES (\(post.id), \(post.code), \(post.name),
        \(post.validFrom), \(post.validUntil))
      """)
  }

  static func update(_ post: Post, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE post SET name = \(post.name), valid_from = \(post.validFrom),
        valid_until = \(post.validUntil) WHERE id = \(post.id)
      """)
  }
}
