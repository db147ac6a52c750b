/// Numbers without gaps, each given once: their last one is a row, and writes take turns.
public enum Count {
  /// One more than what this count gave last; 1 the first time.
  ///
  /// The row is read once for all writes that are committed together.
  ///
  /// - Parameter name: that of its counter, for which nothing else may write the row.
  public static func next(_ name: String, in tx: Transaction) throws -> Int64 {
    let kept = "counter " + name
    let last = try tx.once(kept) {
      try tx.value("SELECT last FROM counter WHERE name = \(name)") ?? 0
    }
    try tx.put(
      """
      INSERT INTO counter (name, last) VALUES (\(name), \(last + 1))
      ON CONFLICT (name) DO UPDATE SET last = excluded.last
      """)
    tx.keep(last + 1, as: kept)
    return last + 1
  }
}
