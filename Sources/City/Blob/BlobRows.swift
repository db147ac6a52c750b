import Base
import Store

/// The SQL of kept files. Who names one in a table of theirs is listed here.
enum BlobRows {
  /// Enters a file; one that is known already stays as it is.
  static func insert(_ blob: Blob, in tx: Transaction) throws {
    try tx.put(
      """
      INSERT INTO blob (digest, size, media_type, created_at)
      VALUES (\(blob.digest), \(blob.size), \(blob.mediaType), \(tx.now))
      ON CONFLICT (digest) DO NOTHING
      """)
  }

  /// The tables that name files, each in its column `digest`.
  static let referring = ["case_attachment", "project_attachment"]

  /// Every file that something names, by its digest.
  static func referred(in snapshot: some Querying) throws -> [Blob] {
    try snapshot.all(
      """
      SELECT digest, size, media_type FROM blob WHERE digest IN (\(named("1 = 1")))
      ORDER BY digest
      """)
  }

  /// Those of some files that something names.
  static func used(_ digests: [String], in snapshot: some Querying) throws -> Set<String> {
    Set(try snapshot.column(named("digest IN \(list: digests)")))
  }

  private static func named(_ condition: SQL) -> SQL {
    referring.map { SQL(trusted: "SELECT digest FROM \($0) WHERE ") + condition }.joined(" UNION ")
  }
}

extension Blob: Row {
  public init(_ fields: inout Fields) throws {
    digest = try fields.next()
    size = try fields.next()
    mediaType = try fields.next()
  }
}
