import Base
import City

/// A body's projects over its years, side by side.
struct ProjectYearsPage: Page {
  static let template = "project-years"

  var body: String
  var years: [Int]
  var sums: [Sum]
  var lines: [Line]

  struct Sum: Sendable {
    var year: Int
    var projects: Int
    var adjusted: String
    var executed: String
    var rate: String
    var errors: Int
    var warnings: Int
  }

  struct Line: Sendable {
    var name: String
    /// One for each year; nil where the body had no such project.
    var cells: [Cell?]
  }

  struct Cell: Sendable {
    var url: SiteURL
    var adjusted: String
    var rate: String
    var score: String
    var grade: String
    var errors: Int
  }

  var title: Phrase { .key("years.title", ["name": .plain(body)]) }
  var section: Section? { .projects }
}

extension ProjectYearsPage {
  init(_ years: ProjectYears) {
    self.init(
      body: years.body.name, years: years.years,
      sums: years.sums.map {
        Sum(
          year: $0.year, projects: $0.projects, adjusted: ProjectsPage.amount($0.money.adjusted),
          executed: ProjectsPage.amount($0.money.executed),
          rate: ProjectsPage.percent($0.money.rate), errors: $0.errors, warnings: $0.warnings)
      },
      lines: years.lines.map { line in
        Line(
          name: line.name,
          cells: years.years.map { year in
            line.cells[year].map { cell in
              Cell(
                url: .project(cell.project.id), adjusted: cell.budget.adjusted.text,
                rate: ProjectsPage.percent(cell.rate), score: cell.total?.plain(2) ?? "—",
                grade: cell.grade?.rawValue ?? "", errors: cell.errors)
            }
          })
      })
  }

  var parts: [String: any Shown] {
    [
      "name": body, "list": SiteURL.projects, "years": years.map { String($0) },
      "sums": sums.each {
        [
          "year": String($0.year), "projects": Phrase.count($0.projects), "adjusted": $0.adjusted,
          "executed": $0.executed, "rate": $0.rate, "errors": Phrase.count($0.errors),
          "warnings": Phrase.count($0.warnings),
          "url": SiteURL.projects.with([("year", String($0.year))]),
        ]
      },
      "lines": lines.each { line in
        [
          "name": line.name,
          "cells": line.cells.each { cell -> [String: any Shown] in
            guard let cell else { return ["isNone": true] }
            return [
              "url": cell.url, "adjusted": cell.adjusted.isEmpty ? "—" : cell.adjusted,
              "rate": cell.rate, "score": cell.score, "grade": cell.grade,
              "errors": cell.errors > 0 ? Phrase.counted("tally.error", cell.errors) : nil,
            ]
          },
        ]
      },
    ]
  }
}

/// A published form, for everybody.
struct PublishedFormPage: Page {
  static let template = "published"

  var form: EvaluationForm
  var print: SiteURL

  var title: Phrase { .plain(form.project) }
  var parts: [String: any Shown] {
    ["view": FormView(form: form, isChecked: false), "print": PrintLinks(url: print)]
  }
}

/// Begins a project.
struct NewProjectPage: Page {
  static let template = "new-project"

  var form: Form
  var errors: ErrorSummary?

  var title: Phrase { .key("projects.new") }
  var section: Section? { .projects }
  var parts: [String: any Shown] {
    ["form": form, "errors": errors, "list": SiteURL.projects]
  }
}
