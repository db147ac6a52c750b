import Base
import Paper

/// An organisation as somebody describes it, before it is in the tree.
public struct OrganisationDraft: Equatable, Sendable {
  public var code: String
  public var name: String
  public var kind: OrganisationKind
  /// The code of the organisation above; nil for a root.
  public var parent: String?
  /// The code of the area it looks after, for a village committee.
  public var area: String?

  public init(
    code: String, name: String, kind: OrganisationKind, parent: String? = nil,
    area: String? = nil
  ) {
    self.code = code
    self.name = name
    self.kind = kind
    self.parent = parent
    self.area = area
  }
}

/// Reads organisations from delimited text with the columns `code`, `name`, `kind` and, where they
/// are wanted, `parent` and `area`.
public enum OrganisationFile {
  /// Organisations a file has at most.
  public static let rowLimit = 20_000

  /// Reads the organisations of a file, in its order.
  ///
  /// - Throws: the faults of `TableReader`; `organisation.file-invalid` with fields named like
  ///   `line 3: kind`: `value.missing`, `code.invalid`, `value.long`,
  ///   `organisation.kind-unknown`, `organisation.code-twice`, `rows.too-many`, and those of
  ///   `table.row-invalid`.
  public static func drafts(in reader: TableReader) throws -> [OrganisationDraft] {
    try reader.header.require(["code", "name", "kind"])
    var drafts: [OrganisationDraft] = []
    var wrong: [Fault.Field] = []
    var lines: [String: Int] = [:]
    while let row = try reader.next() {
      if row.isEmpty { continue }
      let place = "line \(row.line): "
      guard drafts.count < rowLimit else {
        wrong.append(Fault.Field(place, "rows.too-many", ["limit": "\(rowLimit)"]))
        break
      }
      wrong += row.problem?.fields ?? []
      let draft = draft(of: row, at: place, adding: &wrong)
      if let first = lines[draft.code], !draft.code.isEmpty {
        wrong.append(
          Fault.Field(
            place + "code", "organisation.code-twice",
            ["code": draft.code, "first": "line \(first)"]))
      }
      lines[draft.code] = lines[draft.code] ?? row.line
      drafts.append(draft)
    }
    try wrong.throwIfAny("organisation.file-invalid")
    return drafts
  }

  private static func draft(
    of row: TableRow, at place: String, adding wrong: inout [Fault.Field]
  ) -> OrganisationDraft {
    let text = { (column: String) in
      row[column].flatMap { $0.isEmpty ? nil : $0 }
    }
    let kindText = text("kind") ?? ""
    let kind = OrganisationKind(rawValue: kindText)
    if kindText.isEmpty {
      wrong.append(Fault.Field(place + "kind", "value.missing"))
    } else if kind == nil {
      let known = OrganisationKind.allCases.map(\.rawValue).joined(separator: ", ")
      wrong.append(
        Fault.Field(
          place + "kind", "organisation.kind-unknown", ["value": kindText.brief, "known": known]))
    }
    // A draft of an unknown kind is never used: its mistake is thrown with all others.
    let draft = OrganisationDraft(
      code: text("code") ?? "", name: text("name") ?? "", kind: kind ?? .unit,
      parent: text("parent"), area: text("area"))
    wrong += Code.faults(code: draft.code, name: draft.name, at: place)
    return draft
  }
}
