import Base
import Foundation
import Paper

/// A row as its map reads it: a past case, and what has to be there before it can be taken over.
struct MappedRow: Sendable {
  let past: PastCase
  /// To be made where no kind in force has its code.
  let madeKind: CaseKind?
  /// To be made where no organisation has its code; it hangs below the centre.
  let madeOrganisation: OrganisationDraft?
  /// What the map let pass, to be told with the summary.
  let notes: [ImportNote]
}

/// Something that an import did not take just as it stood.
public enum ImportNote: String, Sendable, CaseIterable {
  /// A text was too long, and the map says that it is cut.
  case cutText
  /// There was no time of report, and the map says which one to take.
  case assumedTime
}

/// Reads one row by the rules of a map, and gathers everything that is wrong with it.
struct RowMapper {
  let map: ImportMap
  let row: TableRow
  private var faults: [Fault.Field] = []
  private var notes: [ImportNote] = []

  init(_ row: TableRow, by map: ImportMap) {
    self.map = map
    self.row = row
  }

  /// - Throws: `table.row-invalid`; `input.invalid` with every wrong field, by its column.
  static func mapped(_ row: TableRow, by map: ImportMap) throws -> MappedRow {
    if let problem = row.problem { throw problem }
    var mapper = RowMapper(row, by: map)
    return try mapper.mapped()
  }

  private mutating func mapped() throws -> MappedRow {
    let facts = map.facts
    let id = text(facts.id, atMost: 128)
    if id == nil { missing(facts.id.columns.first ?? "id") }
    let title = text(facts.title, atMost: CaseDesk.longestTitle)
    if title == nil { missing(facts.title.columns.first ?? "title") }
    let channel = word(facts.channel)
    let kind = kind(facts.kind)
    let organisation = facts.organisation.flatMap { self.organisation($0) }
    let reported = moment(facts.reported)
    if reported == nil, self[facts.reported.column].isEmpty { missing(facts.reported.column) }
    let closed = facts.closed.flatMap { moment($0) }
    let state = facts.state.map { word($0) } ?? (closed == nil ? .reported : .closed)
    var past = PastCase(
      source: map.source, id: id ?? "", kind: kind?.code ?? "", channel: channel ?? .upper,
      title: title ?? "", reportedAt: reported ?? Moment(milliseconds: 0), state: state ?? .reported
    )
    past.closedAt = closed
    past.organisation = organisation?.code
    readRest(into: &past)
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    return MappedRow(
      past: past, madeKind: kind?.made, madeOrganisation: organisation?.made, notes: notes)
  }

  private mutating func readRest(into past: inout PastCase) {
    let facts = map.facts
    let longest = MoveInput.longestText
    past.description = facts.description.flatMap { text($0, atMost: longest) } ?? ""
    past.place = facts.place.flatMap { text($0, atMost: CaseDesk.longestPlace) } ?? ""
    past.closingNote = facts.closingNote.flatMap { text($0, atMost: longest) }
    past.reply = facts.reply.flatMap { text($0, atMost: longest) }
    past.area = facts.area.flatMap { word($0) }
    past.outcome = facts.outcome.flatMap { word($0) }
    past.dueAt = facts.due.flatMap { moment($0) }
    past.repliedAt = facts.replied.flatMap { moment($0) }
    past.reporter = Reporter(
      name: optional(facts.reporter.name), phone: optional(facts.reporter.phone),
      address: optional(facts.reporter.address))
    for (code, column) in facts.fields {
      if let value = optional(column) { past.fields[code] = .text(value) }
    }
    past.runsClocks = facts.runsClocks
    if let point = facts.point { read(point, into: &past) }
  }

  // MARK: - Rules

  /// The field of a column without the blanks around it; empty where there is none.
  private subscript(column: String) -> String {
    let text = row[column] ?? ""
    // Most fields begin and end with a letter, and looking is cheaper than trimming.
    guard let first = text.utf8.first, let last = text.utf8.last else { return "" }
    let isPlain = (0x21...0x7E).contains(first) && (0x21...0x7E).contains(last)
    return isPlain ? text : text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func optional(_ column: String?) -> String? {
    guard let column else { return nil }
    let text = self[column]
    return text.isEmpty ? nil : text
  }

  private mutating func missing(_ column: String) {
    faults.append(Fault.Field(column, "value.missing"))
  }

  /// Texts that are too long are left to the check unless the map cuts them.
  private mutating func text(_ rule: TextRule, atMost limit: Int) -> String? {
    for source in rule.sources {
      var text = self[source.column]
      if text.isEmpty { continue }
      if let first = source.first { text = String(text.prefix(first)) }
      if rule.cut, text.utf8.count > limit, text.unicodeScalars.count > limit {
        text = String(text.unicodeScalars.prefix(limit))
        notes.append(.cutText)
      }
      return text
    }
    return rule.fallback
  }

  private mutating func word<Word>(_ rule: WordRule<Word>) -> Word? {
    guard let column = rule.column else { return rule.fallback }
    let text = self[column]
    if let word = rule.values[text] { return word }
    if let fallback = rule.fallback { return fallback }
    // Where no values are listed, codes stand in the column themselves.
    if rule.values.isEmpty { return text.isEmpty ? nil : text as? Word }
    faults.append(Fault.Field(column, "value.unmapped", ["value": text.brief]))
    return nil
  }

  private mutating func moment(_ rule: TimeRule) -> Moment? {
    let text = self[rule.column]
    if text.isEmpty {
      if rule.missing != nil { notes.append(.assumedTime) }
      return rule.missing
    }
    if let moment = ImportTime.moment(text, in: map.zone) { return moment }
    faults.append(Fault.Field(rule.column, "value.moment", ["value": text.brief]))
    return nil
  }

  private mutating func read(_ rule: PointRule, into past: inout PastCase) {
    past.coordinates = rule.system
    past.latitude = coordinate(rule.latitude, rule)
    past.longitude = coordinate(rule.longitude, rule)
  }

  private mutating func coordinate(_ column: String, _ rule: PointRule) -> Double? {
    let text = self[column]
    if text.isEmpty || rule.unknown.contains(text) { return nil }
    if let number = Double(text), number.isFinite { return number }
    faults.append(Fault.Field(column, "value.number", ["value": text.brief]))
    return nil
  }
}

// MARK: - What is made

extension RowMapper {
  private mutating func kind(_ rule: KindRule) -> (code: String, made: CaseKind?)? {
    guard let made = rule.made, let column = rule.code.column else {
      guard let code = word(rule.code) else {
        if let column = rule.code.column, self[column].isEmpty { missing(column) }
        return nil
      }
      return (code, nil)
    }
    let name = self[column]
    if let code = rule.code.values[name] { return (code, nil) }
    guard !name.isEmpty else {
      guard let fallback = rule.code.fallback else {
        missing(column)
        return nil
      }
      return (fallback, nil)
    }
    let code = DerivedCode.of(name, prefix: made.prefix)
    let named = made.classColumn.map { self[$0] } ?? made.className
    let className = named.isEmpty ? made.className : named
    let kindClass = CaseClass(
      code: DerivedCode.of(className, prefix: made.prefix), name: String(className.prefix(60)),
      english: Self.english(className))
    var kind = CaseKind(code: code, in: kindClass, name: String(name.prefix(60)))
    kind.english = Self.english(name)
    return (code, kind)
  }

  private static func english(_ name: String) -> String {
    name.allSatisfy(\.isASCII) ? String(name.prefix(120)) : ""
  }

  private mutating func organisation(
    _ rule: OrganisationRule
  ) -> (code: String, made: OrganisationDraft?)? {
    guard let kind = rule.makes, let column = rule.code.column else {
      return word(rule.code).map { ($0, nil) }
    }
    let value = self[column]
    if value.isEmpty { return rule.code.fallback.map { ($0, nil) } }
    let code = rule.code.values[value] ?? (Code.isSound(value) ? value : DerivedCode.of(value))
    let name = rule.names[value] ?? String(value.prefix(Code.longestName))
    return (code, OrganisationDraft(code: code, name: name, kind: kind))
  }
}
