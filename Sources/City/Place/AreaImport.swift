import Base
import Store

/// What an import of areas or organisations did.
public struct TreeImportSummary: Codable, Equatable, Sendable {
  public var read = 0
  public var added = 0
  public var changed = 0
  public var unchanged = 0

  public init() {}
}

extension AreaDesk {
  /// Brings areas in, parents in the same list or already in the tree; whole or not at all.
  ///
  /// Areas that are there by their code get the name and boundary of the list; the same list again
  /// changes nothing.
  /// - Throws: `area.file-invalid` with fields named like `features[3].properties.parent`:
  ///   `area.parent-unknown`, `area.level-order`, `area.moved`; `right.missing`.
  public static func load(
    _ drafts: [AreaDraft], by doer: Doer, in tx: Transaction
  ) throws -> TreeImportSummary {
    try doer.require(.areaManage)
    try faults(of: drafts, in: tx).throwIfAny("area.file-invalid")
    var summary = TreeImportSummary()
    // A parent's rank is lower than its children's, so that parents come first.
    for draft in drafts.sorted(by: { $0.level.rank < $1.level.rank }) {
      summary.read += 1
      guard let area = try AreaRows.area(code: draft.code, in: tx) else {
        try add(draft, by: doer, in: tx)
        summary.added += 1
        continue
      }
      if try update(area, to: draft, by: doer, in: tx) {
        summary.changed += 1
      } else {
        summary.unchanged += 1
      }
    }
    return summary
  }

  /// - Throws: see the synchronous `load`.
  public func load(_ drafts: [AreaDraft], by doer: Doer) async throws -> TreeImportSummary {
    try await database.write { try Self.load(drafts, by: doer, in: $0) }
  }

  /// Whether anything was changed.
  private static func update(
    _ area: Area, to draft: AreaDraft, by doer: Doer, in tx: Transaction
  ) throws -> Bool {
    let before = try Edition.current(.places, in: tx)
    try rename(area.id, to: draft.name, by: doer, in: tx)
    if let shape = draft.shape { try setBoundary(shape, of: area.id, by: doer, in: tx) }
    return try Edition.current(.places, in: tx) != before
  }

  private static func faults(
    of drafts: [AreaDraft], in tx: Transaction
  ) throws -> [Fault.Field] {
    let stored = Dictionary(
      uniqueKeysWithValues: try AreaRows.all(in: tx).map { ($0.code, $0) })
    let codes = Dictionary(
      stored.values.map { ($0.id, $0.code) }, uniquingKeysWith: { first, _ in first })
    let levels = Dictionary(
      drafts.map { ($0.code, $0.level) }, uniquingKeysWith: { first, _ in first })
    return drafts.enumerated().flatMap { index, draft -> [Fault.Field] in
      let place = "features[\(index)].properties."
      if let area = stored[draft.code] {
        let parent = area.parent.flatMap { codes[$0] }
        return area.level == draft.level && parent == draft.parent
          ? [] : [Fault.Field(place + "code", "area.moved", ["code": draft.code])]
      }
      guard let code = draft.parent, let level = levels[code] else {
        return draft.faults(under: draft.parent.flatMap { stored[$0] }, at: place)
      }
      return draft.faults(underLevel: level, at: place)
    }
  }
}
