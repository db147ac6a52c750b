import Base

/// What is done every so often by all processes together: when it was done last is a row.
public enum Pace {
  /// Whether it is time for something again. It counts as done then, so that one caller is told so.
  ///
  /// - Parameters:
  ///   - name: that of its counter.
  ///   - seconds: from one time to the next.
  public static func isDue(
    _ name: String, every seconds: Int64, in tx: Transaction
  ) throws -> Bool {
    try tx.run(
      """
      INSERT INTO counter (name, last) VALUES (\(name), \(tx.now))
      ON CONFLICT (name) DO UPDATE SET last = excluded.last
      WHERE counter.last <= \(tx.now + -seconds)
      """) > 0
  }
}
