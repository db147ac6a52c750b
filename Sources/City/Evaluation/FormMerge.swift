import Base
import Store

/// What somebody typed over an older form, put onto the newest one.
///
/// A field that only they changed is theirs, one that only others changed stays as those left it. Where
/// both did, theirs stands and both are shown.
public struct FormMerge: Equatable, Sendable {
  /// A field that two have written.
  public struct Clash: Equatable, Sendable {
    /// As a fault would name it: `goal`, `indicators.2.actual`; a line that is gone `indicators.2`.
    public let field: String
    /// What stands there now; nil of a line that others took out.
    public let stored: String?
    /// What was typed; nil of a line that was taken out.
    public let typed: String?
  }

  /// To be saved over the newest revision.
  public private(set) var draft: ProjectDraft
  public private(set) var clashes: [Clash] = []
  /// The fields that others changed and that are taken over.
  public private(set) var taken: [String] = []
  /// The fields that were typed and stand.
  public private(set) var kept: [String] = []

  /// - Parameter base: the form that was typed over; nil where it is not known any more: then every
  ///   difference is a clash.
  init(_ typed: ProjectDraft, over base: FormFields?, onto stored: ProjectDraft) {
    draft = stored
    draft.budgetReason = typed.budgetReason
    draft.budgetDay = typed.budgetDay
    let (mine, theirs) = (FormFields(typed), FormFields(stored))
    let heads = theirs.values.keys.filter { !$0.hasPrefix("line.") }.sorted()
    for field in heads {
      let stored = theirs.values[field] ?? ""
      let value = merged(field, mine.values[field] ?? "", stored, base?.values[field])
      if value != stored { draft.write(value, in: field) }
    }
    mergeLines(typed, base, stored)
  }

  private mutating func mergeLines(
    _ typed: ProjectDraft, _ base: FormFields?, _ stored: ProjectDraft
  ) {
    var lines: [IndicatorDraft] = []
    for line in stored.indicators {
      guard let id = line.id else { continue }
      let field = "indicators.\(lines.count)"
      guard let mine = typed.indicators.first(where: { $0.id == id }) else {
        // Taken out by the typist, or made by others since.
        let wasThere = base?.has(id) ?? false
        let changed = FormFields.cells.contains { cell in
          base?.values[FormFields.key(id, cell)] != line[cell]
        }
        if wasThere, !changed {
          kept.append(field)
          continue
        }
        if wasThere {
          clashes.append(Clash(field: field, stored: line.cells.name, typed: nil))
        } else {
          taken.append(field)
        }
        lines.append(line)
        continue
      }
      var merged = line
      for cell in FormFields.cells {
        let value = self.merged(
          "\(field).\(cell)", mine[cell], line[cell], base?.values[FormFields.key(id, cell)])
        if merged[cell] != value { merged[cell] = value }
      }
      lines.append(merged)
    }
    let there = Set(stored.indicators.compactMap(\.id))
    for line in typed.indicators where !(line.id.map(there.contains) ?? false) {
      let field = "indicators.\(lines.count)"
      var line = line
      if let id = line.id {
        // Others took it out: it comes back only if it was written in.
        let changed = FormFields.cells.contains { cell in
          base?.values[FormFields.key(id, cell)] != line[cell]
        }
        guard changed else { continue }
        clashes.append(Clash(field: field, stored: nil, typed: line.cells.name))
        line.id = nil
      } else {
        kept.append(field)
      }
      lines.append(line)
    }
    draft.indicators = lines
  }

  private mutating func merged(
    _ field: String, _ mine: String, _ theirs: String, _ base: String?
  ) -> String {
    if mine == theirs { return theirs }
    guard let base else {
      clashes.append(Clash(field: field, stored: theirs, typed: mine))
      return mine
    }
    if mine == base {
      taken.append(field)
      return theirs
    }
    if theirs == base {
      kept.append(field)
      return mine
    }
    clashes.append(Clash(field: field, stored: theirs, typed: mine))
    return mine
  }
}

extension ProjectDesk {
  /// What was typed over an older revision, put onto the form as it stands.
  ///
  /// The caller has seen the project.
  public func merge(
    _ typed: ProjectDraft, over revision: Int, onto file: ProjectFile, in snapshot: some Querying
  ) throws -> FormMerge {
    FormMerge(
      typed, over: try SavedRows.find(file.project.id, revision: revision, in: snapshot),
      onto: ProjectDraft(file))
  }
}
