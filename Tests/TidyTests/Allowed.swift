import Testing

/// What the rules let pass, each with its reason. An entry that nothing needs any more fails.
struct Allowed: Sendable, CustomStringConvertible {
  let rule: String
  let path: String
  let reason: String

  var description: String { "\(rule) in \(path)" }

  static let words: [Allowed] = []

  static let longFiles: [Allowed] = []

  static let sql: [Allowed] = []

  static let undocumented: [Allowed] = []
}

/// A place where a rule is broken.
struct Breach: Hashable, CustomStringConvertible {
  let rule: String
  let path: String
  var line: Int?
  let detail: String

  var description: String { path + (line.map { ":\($0): " } ?? ": ") + detail }
}

/// The breaches that no entry allows, and the entries that allow none, in words.
func unexplained(_ breaches: [Breach], allowed: [Allowed]) -> [String] {
  let open = breaches.filter { breach in
    !allowed.contains { $0.rule == breach.rule && $0.path == breach.path }
  }
  let idle = allowed.filter { entry in
    !breaches.contains { $0.rule == entry.rule && $0.path == entry.path }
  }
  let unreasoned = allowed.filter { $0.reason.isEmpty }
  return open.map(\.description) + idle.map { "Allowed.swift: nothing needs \($0) any more" }
    + unreasoned.map { "Allowed.swift: no reason is given for \($0)" }
}

/// Fails once for each of the faults, in a line of its own.
func expectNone(_ faults: [String], sourceLocation: SourceLocation = #_sourceLocation) {
  for fault in faults { Issue.record("\(fault)", sourceLocation: sourceLocation) }
}
