import Base
import Store

/// The SQL of kept files. Who refers to one is for those who attach it to say.
enum BlobRows {
  /// Enters a file; one that is known already stays as it is.
  static func insert(_ blob: Blob, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO blob (digest, size, media_type, created_at)
      VALUES (\(blob.digest), \(blob.size), \(blob.mediaType), \(tx.now))
      ON CONFLICT (digest) DO NOTHING
      """)
  }
}
