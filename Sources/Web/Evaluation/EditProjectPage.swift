import Base
import City

/// The editor of a form: every cell, what is proposed for it, and what is doubtful beside it.
struct EditProjectPage: Page {
  static let template = "edit-project"
  static let formID = "edit"
  /// Empty lines below those that are there.
  static let spare = 3

  var name: String
  var action: SiteURL
  var check: SiteURL
  var back: SiteURL
  var revision: String
  var draft: ProjectDraft
  var form: EvaluationForm
  var findings: [Finding] = []
  var documents: [Document] = []
  var parents: [Document] = []
  var library = IndicatorLibrary.shipped
  /// What it says otherwise than the papers of its year.
  var notices: [YearNotice] = []
  /// What could not be placed when the form was read in; of one that was handed in since, nothing.
  var unplaced: [UnplacedText] = []
  var fault: Fault?
  /// How what was typed was put onto a newer form.
  var merge: FormMerge?

  /// Something to choose, by its id.
  struct Document: Sendable {
    var id: String
    var name: String
  }

  var title: Phrase { .key("project.edit.title", ["name": .plain(name)]) }
  var section: Section? { .projects }
}

extension EditProjectPage {
  var parts: [String: any Shown] {
    let view = FormView(form: form, findings: findings)
    return [
      "name": name, "action": action, "check": check, "back": back, "revision": revision,
      "errors": summary, "wasReturned": fault != nil, "merge": merge.map(MergeView.init),
      "notices": notices.map(NoticeView.init),
      "doubts": unplaced.map { UnplacedView(piece: $0) },
      "doubtCount": Phrase.count(unplaced.count), "isDoubtOpen": true,
      "head": head.map { FieldView(field: $0, formID: Self.formID) },
      "texts": [goal, result].each { field in
        [
          "field": FieldView(field: field, formID: Self.formID), "spot": "at-\(field.name)",
          "findings": view.findings(at: .field(field.name == "goal" ? .goal : .result)),
        ]
      },
      "budget": budget,
      "budgetFields": budgetFields.map {
        FieldView(field: $0, formID: Self.formID)
      },
      "budgetFindings": view.findings(at: .budget), "lines": lines(view), "spares": spares,
      "isEmpty": draft.indicators.isEmpty,
      "headFindings": view.findings(at: .whole), "totalFindings": view.findings(at: .total),
      "rate": form.budget.total.rate.text, "budgetScore": form.budget.total.score.text,
      "totalWeight": form.total.weight.text, "totalScore": form.total.score.text,
      "grade": form.grade, "names": names,
      "levels": ["数量指标", "质量指标", "时效指标", "经济成本指标", "社会效益指标", "生态效益指标", "可持续影响指标", "服务对象满意度指标"],
    ]
  }

  /// Terms to begin an indicator with: those of the chosen sector.
  private var names: [[String: any Shown]] {
    var seen: Set<String> = []
    return library.entries(of: draft.sector).filter { seen.insert($0.name).inserted }.each {
      [
        "name": $0.name, "target": $0.target, "level1": $0.level1, "level2": $0.level2,
        "direction": $0.direction?.rawValue,
      ]
    }
  }

  private var summary: ErrorSummary? {
    fault.map { fault in
      ErrorSummary(
        lead: Phrase(fault),
        lines: fault.fields.map { field in
          .init(
            target: FieldView.id(Self.formID, Self.control(field.name)), text: .projectFault(field))
        })
    }
  }

  /// The control that a fault leads to; a line as a whole is its name.
  private static func control(_ field: String) -> String {
    let parts = field.split(separator: ".")
    return parts.count == 2 && parts[0] == "indicators" ? field + ".name" : field
  }

  private func error(_ name: String) -> Phrase? {
    fault?.fields.first { Self.control($0.name) == name }.map { Phrase($0) }
  }

  private func with(_ field: Field) -> Field {
    var field = field
    field.error = error(field.name)
    return field
  }

  private var head: [Field] {
    let sectors = library.sectors.map {
      Field.Option(
        value: $0.code, label: .named($0.name, english: $0.english),
        isChosen: $0.code == draft.sector)
    }
    let parents = parents.map {
      Field.Option(
        value: $0.id, label: .plain($0.name), isChosen: $0.id == draft.parent?.description)
    }
    let units = MoneyUnit.allCases.map {
      Field.Option(
        value: $0.rawValue, label: .plain($0.rawValue), isChosen: $0 == draft.moneyUnit)
    }
    return [
      .line("name", "project.name", .init(value: draft.name, maximumLength: 200), required: true),
      .line("department", "project.department", .init(value: draft.department), half: true),
      .line("unit", "project.unit", .init(value: draft.unit), half: true),
      .select("sector", "project.sector", sectors), .select("parent", "project.parent", parents),
      .select("moneyUnit", "project.money-unit", units),
    ].map(with)
  }

  private var goal: Field { with(.area("goal", "project.field.goal", draft.goal, rows: 5)) }
  private var result: Field { with(.area("result", "project.field.result", draft.result, rows: 5)) }

  private var budgetFields: [Field] {
    [
      .line(
        "budgetReason", "project.budget.reason", .init(value: draft.budgetReason),
        hint: "project.budget.reason.hint", half: true),
      .line(
        "budgetDay", "project.budget.day",
        .init(kind: .date, value: draft.budgetDay?.description ?? ""), half: true),
    ].map(with)
  }

  private var budget: [[String: any Shown]] {
    EvaluationBudgetRow.Name.allCases.each { name in
      let row = draft.budget[name]
      let columns: [EvaluationBudgetRow.Column] = [.opening, .adjusted, .executed]
      return [
        "row": name.rawValue, "label": Phrase.key("budget.row.\(name.rawValue)"),
        "isTotal": name == .total, "weight": draft.budget.total.weight.text,
        "rate": form.budget[name].rate.text,
        "cells": columns.each { column in
          let field = "budget.\(name.rawValue).\(column.rawValue)"
          return [
            "id": FieldView.id(Self.formID, field), "name": field, "value": row[column].text,
            "label": Phrase.key("budget.column.\(column.rawValue)"), "error": error(field),
          ]
        },
      ]
    }
  }

  private func lines(_ view: FormView) -> [[String: any Shown]] {
    draft.indicators.enumerated().each { index, line in
      IndicatorFields(
        index: index, line: line, documents: documents, isSpare: false,
        findings: view.findings(at: .indicator(index)), error: error
      ).parts
    }
  }

  private var spares: [[String: any Shown]] {
    (0..<Self.spare).each { place in
      IndicatorFields(
        index: draft.indicators.count + place, line: IndicatorDraft(), documents: documents,
        isSpare: true, findings: [], error: error
      ).parts
    }
  }
}

extension ErrorSummary {
  init(lead: Phrase, lines: [Line]) {
    self.lead = lead
    self.lines = lines
  }
}
