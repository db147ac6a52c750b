import Base
import City

/// Two versions of a form side by side; the form as it stands counts as one.
struct CompareFormsPage: Page {
  static let template = "compare-forms"

  var name: String
  var back: SiteURL
  var address: SiteURL
  var versions: [Int]
  /// A submission, `now` or `reading`.
  var before: Int
  var after: Int
  var comparison: FormComparison

  /// The form as it stands, and as it was read in.
  static let (now, reading) = (0, -1)

  var title: Phrase { .key("compare.title", ["name": .plain(name)]) }
  var section: Section? { .projects }
}

extension CompareFormsPage {
  /// Of the last two states there are, where none are asked for.
  init(_ detail: ProjectDetail, before asked: Int?, after other: Int?) {
    let read = detail.parts.reading.map { [(number: Self.reading, form: $0.form)] } ?? []
    let all = read + detail.parts.versions.map { ($0.number, $0.form) }
    let numbers = all.map(\.number) + [Self.now]
    func form(_ number: Int) -> EvaluationForm {
      all.first { $0.number == number }?.form ?? detail.file.form
    }
    let after = other.flatMap { numbers.contains($0) ? $0 : nil } ?? Self.now
    // What was handed in last and not touched since is the form as it stands.
    let last = all.map(\.number).last {
      $0 != after && FormComparison(form($0), form(after)).changes > 0
    }
    let before =
      asked.flatMap { numbers.contains($0) ? $0 : nil } ?? last
      ?? all.map(\.number).last { $0 != after } ?? Self.now
    self.init(
      name: detail.file.project.name, back: .project(detail.file.project.id),
      address: .compareProject(detail.file.project.id), versions: numbers, before: before,
      after: after, comparison: FormComparison(form(before), form(after)))
  }

  var parts: [String: any Shown] {
    [
      "name": name, "back": back, "action": address,
      "fields": [side("before", before), side("after", after)].map {
        FieldView(field: $0, formID: "compare")
      },
      "beforeLabel": label(before), "afterLabel": label(after),
      "changes": Phrase.count(comparison.changes), "isSame": comparison.changes == 0,
      "fieldRows": comparison.fields.filter { !($0.pair.before + $0.pair.after).isEmpty }.each {
        row(.key("project.field.\($0.name.rawValue)"), $0.pair)
      },
      "budgetRows": comparison.budget.filter(\.pair.isChanged).each {
        row(
          .list([
            .key("budget.row.\($0.row.rawValue)"), .key("budget.column.\($0.column.rawValue)"),
          ]), $0.pair)
      },
      "lines": comparison.lines.map(line),
      "total": row(.key("form.total"), comparison.total),
    ]
  }

  private func side(_ name: String, _ chosen: Int) -> Field {
    .select(
      name, "compare.\(name)",
      versions.map { .init(value: String($0), label: label($0), isChosen: $0 == chosen) },
      nothing: nil)
  }

  private func label(_ number: Int) -> Phrase {
    switch number {
    case Self.now: .key("compare.now")
    case Self.reading: .key("compare.reading")
    default: .key("compare.version", ["number": .plain(String(number))])
    }
  }

  private func row(_ label: Phrase, _ pair: FormComparison.Pair) -> [String: any Shown] {
    [
      "label": label, "before": pair.before.isEmpty ? "—" : pair.before,
      "after": pair.after.isEmpty ? "—" : pair.after, "isChanged": pair.isChanged,
    ]
  }

  private func line(_ line: FormComparison.Line) -> [String: any Shown] {
    let cells: [(String, FormComparison.Pair)] = [
      ("name", line.pair(\.name)), ("target", line.pair(\.target)),
      ("actual", line.pair(\.actual)), ("weight", line.pair(\.weight.text)),
      ("score", line.pair(\.score.text)), ("reason", line.pair(\.reason)),
    ]
    return [
      "name": line.after?.name ?? line.before?.name ?? "", "isChanged": line.isChanged,
      "isNew": line.before == nil, "isGone": line.after == nil,
      "cells": cells.filter { $0.1.isChanged || $0.0 == "score" }.each {
        row(.key("indicator.\($0.0)"), $0.1)
      },
    ]
  }
}
