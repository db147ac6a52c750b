import Store

/// Subtrees of organisations and areas in SQL: a path is the codes from the root, each ended by `/`.
enum Subtree {
  /// The rows whose `column` holds a path in the subtree of `path`; all rows for the empty path.
  ///
  /// Half-open, because `0` follows `/` in every engine's binary order, so that an index serves it.
  static func holds(_ column: SQL, _ path: String) -> SQL {
    if path.isEmpty { return "1 = 1" }
    return "(\(column) >= \(path) AND \(column) < \(String(path.dropLast()) + "0"))"
  }
}
