import Base
import Store

/// The SQL of kept files. Who refers to one is for those who attach it to say.
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
    let named = Self.referring.map { SQL(trusted: "SELECT digest FROM \($0)") }
    return try snapshot.all(
      """
      SELECT digest, size, media_type FROM blob WHERE digest IN (\(named.joined(" UNION ")))
      ORDER BY digest
      """)
  }
}

extension Blob: Row {
  public init(_ fields: inout Fields) throws {
    digest = try fields.next()
    size = try fields.next()
    mediaType = try fields.next()
  }
}
