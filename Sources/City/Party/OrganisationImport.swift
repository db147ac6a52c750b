import Base
import Store

extension OrganisationDesk {
  /// Brings organisations in, parents in the same list or already in the tree; whole or not at all.
  ///
  /// Organisations that are there by their code get the name, parent and area of the list; the same
  /// list again changes nothing.
  /// - Throws: `organisation.file-invalid` with fields named like `organisations[3].parent`:
  ///   `organisation.parent-unknown`, `organisation.parent-loop`, `organisation.kind-differs`,
  ///   `area.unknown`; the faults of `add` and `move`.
  public static func load(
    _ drafts: [OrganisationDraft], by doer: Doer, in tx: Transaction
  ) throws -> TreeImportSummary {
    try doer.require(.organisationManage)
    let order = try order(of: drafts, in: tx)
    var summary = TreeImportSummary()
    for draft in order {
      summary.read += 1
      guard let stored = try OrganisationRows.organisation(code: draft.code, in: tx) else {
        try add(draft, by: doer, in: tx)
        summary.added += 1
        continue
      }
      if try update(stored, to: draft, by: doer, in: tx) {
        summary.changed += 1
      } else {
        summary.unchanged += 1
      }
    }
    return summary
  }

  /// Throws like the synchronous `load`.
  public func load(
    _ drafts: [OrganisationDraft], by doer: Doer
  ) async throws -> TreeImportSummary {
    try await database.write { try Self.load(drafts, by: doer, in: $0) }
  }

  /// Whether anything was changed.
  private static func update(
    _ stored: Organisation, to draft: OrganisationDraft, by doer: Doer, in tx: Transaction
  ) throws -> Bool {
    let before = try Edition.current(.party, in: tx)
    let parent = try draft.parent.flatMap { try OrganisationRows.organisation(code: $0, in: tx) }
    let area = try draft.area.flatMap { try AreaRows.area(code: $0, in: tx) }
    try rename(stored.id, to: draft.name, by: doer, in: tx)
    try move(stored.id, under: parent?.id, by: doer, in: tx)
    try setArea(area?.id, of: stored.id, by: doer, in: tx)
    return try Edition.current(.party, in: tx) != before
  }

  /// The list with parents before their children.
  private static func order(
    of drafts: [OrganisationDraft], in tx: Transaction
  ) throws -> [OrganisationDraft] {
    try faults(of: drafts, in: tx).throwIfAny("organisation.file-invalid")
    let listed = Set(drafts.map(\.code))
    var done: Set<String> = []
    var order: [OrganisationDraft] = []
    var waiting = Array(drafts.enumerated())
    while !waiting.isEmpty {
      let ready = waiting.filter { _, draft in
        draft.parent.map { !listed.contains($0) || done.contains($0) } ?? true
      }
      // Whoever still waits when nothing is ready, waits for itself.
      guard !ready.isEmpty else {
        try waiting.map { index, draft in
          Fault.Field(
            "organisations[\(index)].parent", "organisation.parent-loop", ["code": draft.code])
        }.throwIfAny("organisation.file-invalid")
        break
      }
      order += ready.map(\.element)
      done.formUnion(ready.map(\.element.code))
      waiting.removeAll { done.contains($0.element.code) }
    }
    return order
  }

  private static func faults(
    of drafts: [OrganisationDraft], in tx: Transaction
  ) throws -> [Fault.Field] {
    let stored = Dictionary(
      uniqueKeysWithValues: try OrganisationRows.all(in: tx).map { ($0.code, $0) })
    let areas = Set(try AreaRows.all(in: tx).map(\.code))
    let listed = Set(drafts.map(\.code))
    return drafts.enumerated().flatMap { index, draft -> [Fault.Field] in
      let place = "organisations[\(index)]."
      var faults: [Fault.Field] = []
      if let parent = draft.parent, stored[parent] == nil, !listed.contains(parent) {
        faults.append(
          Fault.Field(place + "parent", "organisation.parent-unknown", ["parent": parent.brief]))
      }
      if let area = draft.area, !areas.contains(area) {
        faults.append(Fault.Field(place + "area", "area.unknown", ["area": area.brief]))
      }
      if let kind = stored[draft.code]?.kind, kind != draft.kind {
        faults.append(
          Fault.Field(place + "kind", "organisation.kind-differs", ["kind": kind.rawValue]))
      }
      return faults
    }
  }
}
