import Base
import Store

/// All SQL of what people wrote and attached, of who reported, and of the words to search by.
enum CaseNoteRows {
  static let search = SearchIndex(table: "case_search")

  static func notes(_ id: ID<Case>, in snapshot: some Querying) throws -> [CaseNote] {
    try snapshot.all(
      "SELECT \(CaseNote.columns) FROM case_note WHERE case_id = \(id) ORDER BY id LIMIT 1000")
  }

  static func insert(
    _ note: ID<CaseNote>, about id: ID<Case>, move: CaseMove, by author: ID<Person>?,
    body: String, factFinding: String?, claimFinding: String?, in tx: Transaction
  ) throws {
    try tx.put(
      """
      INSERT INTO case_note (id, case_id, move, author_id, body, fact_finding, claim_finding,
        created_at)
      VALUES (\(note), \(id), \(move), \(author), \(body), \(factFinding), \(claimFinding),
        \(tx.now))
      """)
  }

  static func attachments(_ id: ID<Case>, in snapshot: some Querying) throws -> [CaseAttachment] {
    try snapshot.all(
      """
      SELECT \(CaseAttachment.columns) FROM case_attachment
      JOIN blob ON blob.digest = case_attachment.digest
      WHERE case_id = \(id) ORDER BY case_attachment.id
      """)
  }

  static func attachment(
    _ id: ID<CaseAttachment>, in snapshot: some Querying
  ) throws -> CaseAttachment? {
    try snapshot.first(
      """
      SELECT \(CaseAttachment.columns) FROM case_attachment
      JOIN blob ON blob.digest = case_attachment.digest WHERE case_attachment.id = \(id)
      """)
  }

  static func attach(
    _ blob: Blob, as attachment: ID<CaseAttachment>, to id: ID<Case>, named name: String,
    subject: EvidenceRule.Subject, by person: ID<Person>?, in tx: Transaction
  ) throws {
    try tx.put(
      """
      INSERT INTO case_attachment (id, case_id, digest, name, subject, added_by, added_at)
      VALUES (\(attachment), \(id), \(blob.digest), \(name), \(subject), \(person), \(tx.now))
      """)
  }

  static func reporter(_ id: ID<Case>, in snapshot: some Querying) throws -> Reporter? {
    try snapshot.first("SELECT name, phone, address FROM case_reporter WHERE case_id = \(id)")
  }

  static func insert(
    _ reporter: Reporter, of id: ID<Case>, phoneDigest: [UInt8]?, in tx: Transaction
  ) throws {
    try tx.put(
      """
      INSERT INTO case_reporter (case_id, name, phone, phone_digest, address)
      VALUES (\(id), \(reporter.name), \(reporter.phone), \(phoneDigest), \(reporter.address))
      """)
  }

  /// The words by which a case is found. Its kind, the codes of its areas, those of the
  /// organisations that ever had a part, and who took it down are words too, so that a search within
  /// a scope reads few cases outside it.
  ///
  /// - Parameter texts: the words of its texts, where they are at hand.
  static func words(
    of file: Case, parts: [CaseAssignment], texts: String? = nil
  ) -> String {
    let number = SearchWords.indexing(file.number)
    let texts = texts ?? words(file.title, file.description, file.place)
    let areas = file.areaPath.split(separator: "/").map { word(area: String($0)) }
    let units = Set(parts.flatMap { $0.organisationPath.split(separator: "/") }).sorted()
      .map { word(organisation: String($0)) }
    let others = [word(kind: file.kind), file.reportedBy.map(word(reporter:))].compactMap { $0 }
    return ([number, texts] + areas + units + others).joined(separator: " ")
  }

  static func words(_ title: String, _ description: String, _ place: String) -> String {
    SearchWords.indexing([title, description, place].joined(separator: "\n"))
  }

  /// Enters the words of a case, in place of those it had; nothing is done where they are the same.
  static func index(
    _ words: String, of id: ID<Case>, replacing old: String? = nil, in tx: Transaction
  ) throws {
    guard words != old else { return }
    try tx.index(search, row: id.raw, removing: old, adding: words)
  }

  /// - Parameter path: of the area, or only its code.
  static func word(area path: String) -> String { "xa" + lastCode(of: path) }

  /// - Parameter path: of the organisation, or only its code.
  static func word(organisation path: String) -> String { "xo" + lastCode(of: path) }

  static func word(kind code: String) -> String { "xk" + code.lowercased().filter(isWordCharacter) }

  static func word(reporter: ID<Person>) -> String { "xr\(reporter)" }

  private static func lastCode(of path: String) -> String {
    (path.split(separator: "/").last ?? "").lowercased().filter(isWordCharacter)
  }

  private static func isWordCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }
}
