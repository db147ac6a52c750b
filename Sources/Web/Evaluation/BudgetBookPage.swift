import Base
import City
import Foundation

/// The budget book of a project: every grant and change, and what the form makes of them.
struct BudgetBookPage: Page {
  static let template = "project-budget"

  var project: ProjectPage.Link
  var year: Int
  var organisation: String
  var moneyUnit: MoneyUnit?
  var lines: [Line]
  var sums: [Sum]
  var notices: [YearNotice] = []
  var errors: ErrorSummary?
  var entry: Form?
  var adopt: Form?

  struct Line: Sendable {
    var day: Day
    var kind: BudgetEntry.Kind
    var source: EvaluationBudgetRow.Name
    var amount: String
    var before: String
    var after: String
    var total: String
    var reason: String
    var paper: String
    var by: String
  }

  struct Sum: Sendable {
    var source: EvaluationBudgetRow.Name
    var cells: [Cell]
  }

  struct Cell: Sendable {
    var column: EvaluationBudgetRow.Column
    var book: String
    var form: String
    var origin: FigureOrigin?
  }

  var title: Phrase { .list([.key("budget.book"), .plain(project.name)]) }
  var section: Section? { .projects }
}

extension BudgetBookPage {
  init(_ detail: ProjectDetail, _ doer: Doer) {
    let (file, book) = (detail.file, detail.year.book)
    let project = file.project
    let places = book.entries.compactMap(\.amount.decimals).max() ?? 0
    self.init(
      project: .init(name: project.name, url: .project(project.id)), year: project.year,
      organisation: detail.parties[project.organisation]?.name ?? "",
      moneyUnit: project.moneyUnit,
      lines: book.lines.map { line in
        .init(
          day: line.entry.effective, kind: line.entry.kind, source: line.entry.source,
          amount: line.entry.amount.text, before: line.before.plain(places),
          after: line.after.plain(places), total: line.total.plain(places),
          reason: line.entry.reason, paper: line.entry.paper,
          by: line.entry.by.flatMap { detail.year.people[$0] } ?? "—")
      },
      sums: EvaluationBudgetRow.Name.allCases.map { row in
        .init(
          source: row,
          cells: [EvaluationBudgetRow.Column.opening, .adjusted].map { column in
            .init(
              column: column, book: book.figure(row, column)?.text ?? "",
              form: file.budget[row][column].text,
              origin: row == .total ? nil : book.origin(of: row, column, in: file.budget))
          })
      })
    notices = detail.year.notices.filter { $0.code == .budgetDeparts }
    guard ProjectFlow.moves(on: file, by: doer).contains(.edit) else { return }
    entry = .budgetEntry(project)
    entry?.submission = UUID().uuidString
    if !notices.isEmpty {
      var form = Form(
        "adopt", to: .adoptBudget(project.id), [], submit: .key("budget.adopt"),
        revision: String(project.revision), weight: .plain)
      form.confirmation = .key("budget.adopt.confirm")
      adopt = form
    }
  }

  var parts: [String: any Shown] {
    [
      "project": project, "year": String(year), "organisation": organisation,
      "list": SiteURL.projects.with([("year", String(year))]), "moneyUnit": moneyUnit?.rawValue,
      "errors": errors, "entry": entry, "adopt": adopt,
      "notices": notices.each { ["text": Phrase.notice($0)] },
      "lines": lines.each {
        [
          "day": $0.day.description, "kind": Phrase.key("budget.kind.\($0.kind.rawValue)"),
          "source": Phrase.key("budget.row.\($0.source.rawValue)"), "amount": $0.amount,
          "before": $0.before, "after": $0.after, "total": $0.total, "reason": $0.reason,
          "paper": $0.paper, "by": $0.by,
        ]
      },
      "sums": sums.each { sum in
        [
          "source": Phrase.key("budget.row.\(sum.source.rawValue)"),
          "isTotal": sum.source == .total,
          "cells": sum.cells.each {
            [
              "label": Phrase.key("budget.column.\($0.column.rawValue)"),
              "formLabel": Phrase.key("budget.form.\($0.column.rawValue)"),
              "book": $0.book.isEmpty ? "—" : $0.book, "form": $0.form.isEmpty ? "—" : $0.form,
              "origin": $0.origin.map { Phrase.key("budget.origin.\($0.rawValue)") },
              "isTyped": $0.origin == .typed,
            ]
          },
        ]
      },
    ]
  }
}

extension Form {
  static func budgetEntry(_ project: Project) -> Form {
    let sources: [EvaluationBudgetRow.Name] = [.currentYear, .carriedOver, .other]
    return Form(
      "entry", to: .budget(project.id),
      [
        .select(
          "kind", "budget.kind", .worded("budget.kind", ["change", "opening"]), required: true,
          nothing: nil),
        .select(
          "source", "budget.source", .worded("budget.row", sources.map(\.rawValue)),
          required: true, nothing: nil),
        .line(
          "amount", "budget.amount", .init(maximumLength: 40), required: true,
          hint: "budget.amount.hint", half: true),
        .line("effective", "budget.effective", .init(kind: .date), half: true),
        .line("paper", "budget.paper", .init(maximumLength: 200), half: true),
        .area("reason", "budget.reason", hint: "budget.reason.hint"),
      ], submit: .key("budget.enter"), revision: String(project.revision))
  }

  static func outsideScore(_ detail: ProjectDetail, canEdit: Bool) -> Form {
    let project = detail.file.project
    let indicators = Field.select(
      "indicator", "outside.indicator",
      detail.file.indicators.map {
        .init(value: $0.id.description, label: .plain($0.cells.name))
      }, nothing: "project.about.whole", hint: "outside.indicator.hint")
    return Form(
      "outside", to: .outsideScore(project.id),
      [
        .select(
          "kind", "outside.kind",
          .worded("outside.kind", OutsideScore.Kind.allCases.map(\.rawValue)), required: true,
          nothing: nil),
        .line("giver", "outside.giver", .init(maximumLength: 200), required: true),
      ] + (canEdit ? [indicators] : []) + [
        .line("score", "outside.score", .init(maximumLength: 30), required: true, half: true),
        .line("unit", "outside.unit", .init(value: "分", maximumLength: 20), half: true),
        .line("outOf", "outside.outOf", .init(maximumLength: 30), half: true),
        .line("mean", "outside.mean", .init(maximumLength: 30), half: true),
        .line("day", "outside.day", .init(kind: .date), required: true, half: true),
        .line("words", "project.words", .init(maximumLength: 2000)),
        .select(
          "document", "sheet.field.document",
          detail.parts.attachments.map {
            .init(value: $0.id.description, label: .plain($0.name))
          }, hint: "outside.document.hint"),
        .photos(
          "files", "sheet.field.files",
          .init(largest: BlobStore.largest, most: 1, takesPapers: true)),
      ], submit: .key("outside.bring"), revision: String(project.revision), weight: .plain)
  }

  static func rectified(_ item: Rectification, today: Day) -> Form {
    Form(
      "rectified-\(item.id)", to: .rectification(item.id),
      [
        .line(
          "day", "rectification.done-on", .init(kind: .date, value: today.description),
          required: true, half: true),
        .area("words", "rectification.done-words", required: true),
      ], submit: .key("rectification.mark"), weight: .plain)
  }

  static func notRectified(_ item: Rectification) -> Form {
    Form(
      "undone-\(item.id)", to: .rectification(item.id),
      [.area("words", "sheet.reason", required: true)], submit: .key("rectification.unmark"),
      weight: .plain)
  }
}
