import Base
import City

/// One sheet of a project's year: what it says, what gives cause to ask, what may be done.
struct SheetPage: Page {
  static let template = "project-sheet"

  var kind: SheetKind
  var project: ProjectPage.Link
  var year: Int
  var organisation: String
  var state: SheetState
  var due: DueDay?
  var isOverdue = false
  var errors: ErrorSummary?
  /// What was typed over an older revision stands in the form, and this is what is stored.
  var clashes: [Clash] = []
  var facts: [CasePage.Fact] = []
  var document: FormView.FileLink?
  /// Paragraphs with their headings.
  var texts: [CasePage.Fact] = []
  var table: Table?
  var warnings: [Warning] = []
  var changes: [Change] = []
  /// Nil where the reader may not write.
  var form: SheetForm?
  var moves: [ProjectPage.Move] = []
  var rounds: [Round] = []
  var words: [FormView.Said] = []

  /// A field that has another value than the one that was typed.
  struct Clash: Sendable {
    var label: Phrase
    var stored: String
  }

  struct Table: Sendable {
    var title: Phrase
    var heads: [Phrase]
    var rows: [[String]]
  }

  struct Warning: Sendable {
    var severity: Finding.Severity
    var text: Phrase
  }

  struct Change: Sendable {
    var name: String
    var what: Phrase
    var before: String
    var after: String
    var reason: String
    var at: Moment?
    var by: String
  }

  struct Round: Sendable {
    var number: Int
    var state: SheetState
    var reason: String
    var submitted: (by: String, at: Moment)?
    var settled: (by: String, at: Moment)?
  }

  var title: Phrase {
    .list([.key("project.phase.\(kind.phase.rawValue)"), .plain(project.name)])
  }
  var section: Section? { .projects }
}

extension SheetPage {
  var parts: [String: any Shown] {
    [
      "kind": kind.rawValue, "heading": Phrase.key("project.phase.\(kind.phase.rawValue)"),
      "lead": Phrase.key("sheet.\(kind.rawValue).lead"), "project": project, "year": String(year),
      "organisation": organisation, "list": SiteURL.projects.with([("year", String(year))]),
      "state": state.rawValue, "stateLabel": Phrase.key("sheet.state.\(state.rawValue)"),
      "due": due.map { Phrase.due($0) }, "isOverdue": isOverdue, "errors": errors,
      "clashes": clashes.each { ["label": $0.label, "stored": $0.stored] }, "facts": facts,
      "document": document, "texts": texts, "table": table,
      "warnings": warnings.each {
        [
          "severity": $0.severity.rawValue, "text": $0.text,
          "weight": Phrase.key("finding.severity.\($0.severity.rawValue)"),
        ]
      },
      "changes": changes.each {
        [
          "name": $0.name, "what": $0.what, "before": $0.before, "after": $0.after,
          "reason": $0.reason, "at": $0.at, "by": $0.by,
        ]
      },
      "form": form, "moves": moves, "words": words,
      "rounds": rounds.each { round in
        [
          "number": String(round.number),
          "stateLabel": Phrase.key("sheet.state.\(round.state.rawValue)"),
          "reason": round.reason, "submitted": round.submitted.map(Self.signed),
          "settled": round.settled.map(Self.signed),
        ]
      },
    ]
  }

  private static func signed(_ hand: (by: String, at: Moment)) -> [String: any Shown] {
    ["by": hand.by, "at": hand.at]
  }

  /// A form of a move as it came back.
  mutating func put(_ fault: Fault, typed: [String: [String]], in move: SheetMove) {
    guard let index = moves.firstIndex(where: { $0.code == move.rawValue }) else { return }
    errors = ErrorSummary(fault, in: moves[index].form)
    moves[index].form = moves[index].form.returned(fault, typed: typed)
    for other in moves.indices { moves[other].isOpen = other == index }
  }
}

extension SheetPage.Table: Composed {
  var parts: [String: any Shown] {
    [
      "title": title, "heads": heads,
      "lines": rows.each { row in
        [
          "cells": zip(heads, row).enumerated().each { index, cell in
            ["isName": index == 0, "label": cell.0, "text": cell.1]
          }
        ]
      },
    ]
  }
}

/// The form of a sheet: fields, lines of fields, fields.
struct SheetForm: Sendable {
  static let id = "sheet"

  var action: SiteURL
  var revision: String
  /// One submission, so that sending twice does the thing once.
  var submission: String?
  var head: [Field]
  var lines: [Line] = []
  var tail: [Field] = []
  var takesFiles = false
  var wasReturned = false

  struct Line: Sendable {
    var legend: Phrase
    var hint: String?
    /// The stored thing that it is, sent along unseen.
    var id: String?
    var prefix: String
    var fields: [Field]
    var isSpare = false
    var isRemovable = true
  }

  var fields: [Field] { head + lines.flatMap(\.fields) + tail }

  /// What was wrong beside its field.
  mutating func put(_ fault: Fault) {
    wasReturned = true
    let wrong = Dictionary(
      fault.fields.map { ($0.name, Phrase($0)) }, uniquingKeysWith: { first, _ in first })
    func put(_ fields: inout [Field]) {
      for index in fields.indices { fields[index].error = wrong[fields[index].name] }
    }
    put(&head)
    put(&tail)
    for index in lines.indices { put(&lines[index].fields) }
  }

  /// What is wrong, each line leading to its field.
  func summary(_ fault: Fault) -> ErrorSummary {
    let labels = Dictionary(
      fields.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
    let legends = Dictionary(
      lines.map { ($0.prefix, $0.legend) }, uniquingKeysWith: { first, _ in first })
    return ErrorSummary(
      lead: Phrase(fault),
      lines: fault.fields.map { field in
        let prefix = field.name.split(separator: ".").prefix(2).joined(separator: ".")
        let label =
          labels[field.name] ?? .either(["sheet.field.\(field.name)", "sheet.field.other"])
        let whole = legends[prefix].map { Phrase.list([$0, label]) } ?? label
        return .init(
          target: labels[field.name].map { _ in FieldView.id(Self.id, field.name) },
          text: .key("errors.line", ["field": whole, "wrong": Phrase(field)]))
      })
  }
}

extension SheetForm: Composed {
  var parts: [String: any Shown] {
    func shown(_ fields: [Field]) -> [FieldView] {
      fields.map { FieldView(field: $0, formID: Self.id) }
    }
    func line(_ line: Line) -> [String: any Shown] {
      [
        "legend": line.legend, "note": line.hint, "id": line.id, "prefix": line.prefix,
        "fields": shown(line.fields), "isSpare": line.isSpare,
        "removeID": line.isRemovable && line.id != nil
          ? FieldView.id(Self.id, "\(line.prefix).remove") : nil,
      ]
    }
    return [
      "formID": Self.id, "action": action, "revision": revision,
      "submission": submission, "head": shown(head),
      "lines": lines.filter { !$0.isSpare }.map(line),
      "spares": lines.filter(\.isSpare).map(line), "tail": shown(tail),
      "takesFiles": takesFiles, "wasReturned": wasReturned,
    ]
  }
}

extension Phrase {
  /// `2025-01-31`, or with the day it counts from where that is another.
  static func due(_ due: DueDay) -> Phrase {
    due.isMoved
      ? .key("due.moved", ["day": .day(due.day), "given": .day(due.given)]) : .day(due.day)
  }
}
