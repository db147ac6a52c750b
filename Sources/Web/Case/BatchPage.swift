import Base
import City

/// Cases that were chosen for one move, and its form; or what became of each.
struct BatchPage: Page {
  static let template = "batch"

  /// The move, or `export`.
  var act: String
  var cases: [CaseCard] = []
  var form: Form?
  var errors: ErrorSummary?
  /// Nil before it was made.
  var report: Report?
  /// The desk that it was made from; nil for the queue.
  var back: Back?

  /// A desk from which cases are chosen.
  enum Back: String, Sendable {
    case desk, dispatch

    var url: SiteURL { self == .desk ? .desk : .dispatch }
  }

  struct Report: Sendable {
    var done: Int
    var failed: [Failed]
    /// What can be read of an export, as files.
    var export: ExportLinks?
  }

  /// A case on which nothing was done, and why.
  struct Failed: Sendable {
    var number: String
    var title: String?
    var url: SiteURL
    var reasons: [Phrase]
  }

  var title: Phrase { .key("batch.title.\(act)") }
  var section: Section? { back.map { $0 == .desk ? .desk : .dispatch } ?? .cases }

  var parts: [String: any Shown] {
    [
      "list": back?.url ?? .queue,
      "from": Phrase.key(back.map { "\($0.rawValue).title" } ?? "queue.title"),
      "return": Phrase.key(back.map { "batch.back.\($0.rawValue)" } ?? "batch.back"),
      "heading": title, "count": Phrase.count(cases.count),
      "cases": cases, "form": form, "errors": errors, "report": report, "isChosen": report == nil,
    ]
  }
}

extension BatchPage.Report: Composed {
  var parts: [String: any Shown] {
    [
      "isAny": done > 0,
      "done": Phrase.key(
        export == nil ? "batch.done" : "batch.exported", ["count": .count(done)]),
      "export": done > 0 ? export : nil,
      "failures": failed.isEmpty
        ? nil
        : Phrase.key(
          export == nil ? "batch.failed" : "batch.not-exported", ["count": .count(failed.count)]),
      "failed": failed.each {
        [
          "number": $0.number, "name": $0.title, "url": $0.url,
          "reasons": $0.reasons.each { ["text": $0] },
        ]
      },
    ]
  }
}

extension BatchPage.Failed {
  init(_ outcome: CaseBatch.Outcome, _ fault: Fault) {
    number = outcome.number ?? outcome.id.description
    title = outcome.title
    url = .file(outcome.id)
    reasons =
      fault.fields.isEmpty ? [Phrase(fault)] : fault.fields.map { Phrase.named($0) }
  }
}

extension BatchPage.Report {
  /// What may be read of the cases that were chosen for an export, and what not.
  init(exporting ids: [ID<Case>], readable: Set<ID<Case>>, url: SiteURL) {
    done = readable.count
    failed = ids.filter { !readable.contains($0) }.map {
      BatchPage.Failed(
        number: $0.description, url: .file($0), reasons: [Phrase(Fault.missing("case"))])
    }
    export = ExportLinks(url: url)
  }
}

extension Phrase {
  /// What is wrong with a field, after its name.
  fileprivate static func named(_ field: Fault.Field) -> Phrase {
    let labels = ["organisation": "dispatch.lead", "helpers": "dispatch.helpers"]
    let label = labels[field.name] ?? (field.name == "until" ? "supervise.until" : "supervise.text")
    return .key("errors.line", ["field": .key(label), "wrong": Phrase(field)])
  }
}

extension Form {
  /// - Parameters:
  ///   - ids: of the cases that were chosen.
  ///   - units: who may lead.
  static func batch(
    _ move: CaseMove, on ids: [String], units: [Field.Option], submission: String
  ) -> Form {
    let fields: [Field] =
      move == .dispatch
      ? [
        .select(
          "organisation", "dispatch.lead", units, nothing: "batch.by-rule",
          hint: "batch.by-rule.hint"),
        .area("text", "move.note", rows: 2),
      ]
      : move == .take
        ? [.area("text", "move.note", rows: 2)]
        : [
          .area("text", "supervise.text", required: true),
          .line("until", "supervise.until", .init(kind: .date), hint: "batch.until.hint"),
        ]
    var form = Form(
      "batch", to: .makeBatch, fields, submit: .key("batch.do.\(move.rawValue)"))
    form.submission = submission
    form.hidden =
      [.init(name: "move", value: move.rawValue)]
      + ids.map { .init(name: "cases", value: $0) }
    return form
  }
}
