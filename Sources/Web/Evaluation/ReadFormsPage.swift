import Base
import City
import Foundation

/// Reading in a document: what was read stands beside its source, before anything is taken over.
struct ReadFormsPage: Page {
  static let template = "read-forms"

  var owners: [Field.Option]
  var fault: Fault?
  /// The file that was read; nil before.
  var file: String?
  var forms: [EvaluationForm] = []
  /// The source's lines; empty of a document that has none to show.
  var source: [String] = []
  /// The forms as they were read, to be sent back when they are taken over.
  var json = ""
  var year = ""

  var title: Phrase { .key("read-forms.title") }
  var section: Section? { .projects }
}

extension ReadFormsPage {
  var parts: [String: any Shown] {
    let doubtful = Set(forms.flatMap { $0.unplaced.compactMap(\.line) })
    return [
      "action": SiteURL.readForms, "take": SiteURL.takeForms, "list": SiteURL.projects,
      "errors": fault.map { fault in
        ErrorSummary(
          lead: Phrase(fault), lines: fault.fields.map { .init(text: .projectFault($0)) })
      }, "file": file, "json": json, "count": Phrase.count(forms.count), "year": year,
      "indicators": Phrase.count(forms.reduce(0) { $0 + $1.indicators.count }),
      "doubts": Phrase.count(forms.reduce(0) { $0 + $1.unplaced.count }),
      "owner": FieldView(
        field: .select(
          "organisation", "projects.organisation", owners, required: true, nothing: nil),
        formID: "take"),
      "hasSource": !source.isEmpty,
      "lines": source.enumerated().each { index, text in
        [
          "number": String(index + 1), "text": text, "isDoubtful": doubtful.contains(index + 1),
          "id": "line-\(index + 1)",
        ]
      },
      "forms": forms.enumerated().each { index, form in
        [
          "id": "take-form-\(index)", "value": String(index),
          "view": FormView(
            form: form, findings: form.findings),
          "name": form.project, "lines": Phrase.count(form.indicators.count),
          "score": form.total.score.text,
          "findings": form.findings.map(FindingView.init).each {
            [
              "severity": $0.severity.rawValue, "text": $0.text,
              "weight": $0.parts["weight"]
                ?? Phrase.plain(""),
            ]
          },
          "tally": Phrase.count(form.findings.count),
          "doubts": form.unplaced.each { doubt in
            [
              "text": doubt.text, "line": doubt.line.map(String.init),
              "href": doubt.line.flatMap { source.indices.contains($0 - 1) ? "line-\($0)" : nil },
              "why": Phrase.key("evaluation.unplaced.\(doubt.reason.rawValue)"),
            ]
          },
        ]
      },
    ]
  }
}
