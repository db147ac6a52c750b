import Base
import City

extension ProjectPage {
  /// A form of something to be put right as it came back.
  mutating func put(_ fault: Fault, typed: [String: [String]], at id: ID<Rectification>) {
    guard let index = items.firstIndex(where: { $0.id == id }), let form = items[index].form else {
      errors = ErrorSummary(lead: Phrase(fault), lines: [])
      return
    }
    errors = ErrorSummary(fault, in: form)
    items[index].form = form.returned(fault, typed: typed)
    items[index].isOpen = true
  }
}

extension ProjectPage.PartRow: Composed {
  var parts: [String: any Shown] {
    [
      "link": link, "label": label, "isSum": link == nil,
      "cells": zip(["opening", "adjusted", "executed"], budget).each {
        ["label": Phrase.key("budget.column.\($0.0)"), "text": $0.1.isEmpty ? "—" : $0.1]
      },
    ]
  }
}

extension ProjectPage.Score: Composed {
  var parts: [String: any Shown] {
    [
      "kind": Phrase.key("outside.kind.\(kind.rawValue)"), "giver": giver, "text": text,
      "day": day.description, "about": about, "words": words, "file": file,
    ]
  }
}

extension ProjectPage.Item: Composed {
  var parts: [String: any Shown] {
    [
      "what": what, "responsible": responsible, "due": Phrase.due(due), "isOverdue": isOverdue,
      "doneOn": doneOn?.description, "doneWords": doneWords, "doneBy": doneBy, "form": form,
      "isOpen": isOpen,
      "act": doneOn == nil ? Phrase.key("rectification.mark") : .key("rectification.unmark"),
    ]
  }
}

extension YearNotice {
  /// Shown beneath its indicator.
  var isOfIndicator: Bool { if case .indicator = place { true } else { false } }
}

extension ProjectPageBuilder {
  /// What the year has beside the form.
  func addYear(to page: inout ProjectPage) {
    let (project, year) = (detail.file.project, detail.year)
    page.life = LifeView(year.life, of: project.id, today: detail.today)
    page.notices = year.notices
    page.budgetURL = .budget(project.id)
    page.partRows = partRows
    let moves = ProjectFlow.moves(on: detail.file, by: doer)
    if moves.contains(.attach) {
      page.scoreForm = .outsideScore(detail, canEdit: moves.contains(.edit))
    }
    page.scores = year.scores.reversed().map(score)
    page.items = year.rectifications.map(item)
  }

  /// How targets were changed in the year, by their indicators.
  var targetChanges: [ID<ProjectIndicator>: [Phrase]] {
    Dictionary(
      grouping: detail.year.sheets[.targets]?.targetChanges ?? [], by: \.indicator
    ).mapValues { changes in
      changes.map { change in
        .key(
          "target.changed",
          [
            "what": .key("target.change.\(change.field.rawValue)"),
            "before": .plain(change.before.isEmpty ? "—" : change.before),
            "after": .plain(change.after.isEmpty ? "—" : change.after),
            "reason": .plain(change.reason),
          ])
      }
    }
  }

  private var partRows: [ProjectPage.PartRow] {
    let parts = detail.year.parts
    guard !parts.isEmpty else { return [] }
    let columns: [EvaluationBudgetRow.Column] = [.opening, .adjusted, .executed]
    func cells(_ row: EvaluationBudgetRow) -> [String] { columns.map { row[$0].text } }
    var rows = parts.map { project, budget in
      ProjectPage.PartRow(
        link: .init(name: project.name, url: .project(project.id)), label: .plain(project.name),
        budget: cells(budget))
    }
    rows.append(
      .init(
        link: nil, label: .key("project.parts.sum"),
        budget: columns.map { column in
          let values = parts.map { $0.budget[column].value }
          let places = parts.compactMap { $0.budget[column].decimals }.max() ?? 0
          return values.contains(nil)
            ? "" : values.reduce(0) { $0 + ($1 ?? 0) }.plain(places)
        }))
    rows.append(
      .init(
        link: nil, label: .key("project.parts.own"), budget: cells(detail.file.budget.total)))
    return rows
  }

  private func score(_ score: OutsideScore) -> ProjectPage.Score {
    let file = detail.parts.attachments.first { $0.id == score.document }
    var text: [Phrase] = [
      .plain(
        score.score.text + score.unit + (score.outOf.isNone ? "" : " / " + score.outOf.text))
    ]
    if let difference = score.difference {
      text.append(
        .key(
          "outside.against",
          [
            "mean": .plain(score.mean.text),
            "difference": .plain(difference < 0 ? "\(difference)" : "+\(difference)"),
          ]))
    }
    return .init(
      kind: score.kind, giver: score.giver, text: .list(text), day: score.day,
      about: detail.file.indicators.first { $0.id == score.indicator }?.cells.name,
      words: score.words,
      file: file.map { .init(name: $0.name, size: $0.size, url: .projectFile($0.id)) })
  }

  private func item(_ item: Rectification) -> ProjectPage.Item {
    let project = detail.file.project
    let due = DueDay(item.due, detail.calendar)
    func may(_ right: Right) -> Bool {
      doer.may(right, organisationPath: project.organisationPath, areaPath: "")
    }
    let form: Form? =
      if item.doneOn == nil {
        may(.projectEdit) ? .rectified(item, today: detail.today) : nil
      } else {
        may(.projectApprove) ? .notRectified(item) : nil
      }
    return .init(
      id: item.id, what: item.what, responsible: item.responsible, due: due,
      isOverdue: item.doneOn == nil && due.day < detail.today, doneOn: item.doneOn,
      doneWords: item.doneWords,
      doneBy: item.doneBy.flatMap { detail.year.people[$0] } ?? "—", form: form)
  }
}
