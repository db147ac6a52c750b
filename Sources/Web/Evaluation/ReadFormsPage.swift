import Base
import City
import Foundation

/// Reading in documents: what was read stands beside its source, before anything is taken over.
struct ReadFormsPage: Page {
  static let template = "read-forms"

  var owners: [Field.Option]
  var fault: Fault?
  var files: [File] = []
  /// Of forms that say none.
  var year = ""
  /// The forms that were ticked, by their `FormChoice`; nil before anybody has chosen.
  var chosen: Set<String>?
  /// Whether forms of other units are to go to the organisation all the same.
  var goesElsewhere = false

  var title: Phrase { .key("read-forms.title") }
  var section: Section? { .projects }

  /// One file, read or refused.
  struct File: Sendable {
    var id: ID<FormReading>
    var name: String
    var fault: Fault?
    /// By their place in the file.
    var forms: [(place: Int, form: EvaluationForm)] = []
    var sections: [EvaluationDocument.Section] = []
    var places: [Int] = []
  }
}

extension ReadFormsPage.File {
  /// The most lines of a file that are shown.
  static let mostLines = 3000

  /// Readings with the findings of all their forms together.
  static func all(_ readings: [FormReading]) -> [Self] {
    let forms = readings.flatMap { reading in
      reading.forms.keys.sorted().compactMap { reading.forms[$0] }
    }
    var checked = EvaluationCheck.check(forms)[...]
    return readings.map { reading in
      Self(
        id: reading.id, name: reading.file, fault: reading.fault,
        forms: reading.forms.keys.sorted().compactMap { place in
          checked.popFirst().map { (place, $0) }
        }, sections: reading.sections, places: reading.places)
    }
  }

  fileprivate func section(of place: Int) -> Int {
    places.indices.contains(place) ? places[place] : 0
  }

  fileprivate func line(_ section: Int, _ line: Int) -> String { "line-\(id)-\(section)-\(line)" }

  fileprivate var shown: [[String: any Shown]] {
    let doubtful = Set(
      forms.flatMap { place, form in
        form.unplaced.compactMap { $0.line.map { line(section(of: place), $0) } }
      })
    var left = Self.mostLines
    return sections.enumerated().each { index, section in
      let lines = section.lines.prefix(left)
      left -= lines.count
      return [
        "name": section.name.isEmpty ? nil : section.name,
        "isCut": lines.count < section.lines.count,
        "lines": lines.enumerated().each { number, text in
          let id = line(index, number + 1)
          return ["text": text, "id": id, "isDoubtful": doubtful.contains(id)]
        },
      ]
    }
  }

  fileprivate func isShown(_ section: Int, _ line: Int) -> Bool {
    guard sections.indices.contains(section), line > 0,
      line <= sections[section].lines.count
    else { return false }
    return sections[..<section].reduce(line) { $0 + $1.lines.count } <= Self.mostLines
  }
}

extension ReadFormsPage {
  private var all: [EvaluationForm] { files.flatMap { $0.forms.map(\.form) } }

  var parts: [String: any Shown] {
    [
      "action": SiteURL.readForms, "take": SiteURL.takeForms, "discard": SiteURL.discardForms,
      "list": SiteURL.projects,
      "errors": summary, "asksElsewhere": goesElsewhere || isElsewhere,
      "goesElsewhere": goesElsewhere, "count": Phrase.count(all.count), "year": year,
      "hasForms": !all.isEmpty,
      "hasFiles": !files.isEmpty,
      "indicators": Phrase.count(all.reduce(0) { $0 + $1.indicators.count }),
      "doubts": Phrase.count(all.reduce(0) { $0 + $1.unplaced.count }),
      "owner": FieldView(
        field: .select(
          "organisation", "projects.organisation", owners, required: true, nothing: nil),
        formID: "take"),
      "files": zip(files, names).each { file, name in
        [
          "file": name, "refused": file.fault.map { Phrase($0) },
          "hasSource": !file.sections.isEmpty, "sections": file.shown,
          "forms": file.forms.each { form($1, at: $0, of: file) },
        ]
      },
    ]
  }

  /// What the files are called: of several with one name each further one has its number, so that they
  /// can be told apart.
  private var names: [String] {
    var taken: Set<String> = []
    return files.map { file in
      var (name, number) = (file.name, 1)
      while !taken.insert(name).inserted {
        number += 1
        name = "\(file.name) (\(number))"
      }
      return name
    }
  }

  private func form(
    _ form: EvaluationForm, at place: Int, of file: File
  ) -> [String: any Shown] {
    // The same form was read before, e.g. out of another format.
    let isCopy = form.findings.contains { $0.code == "tree.same-form" }
    let choice = FormChoice(reading: file.id, place: place).text
    return [
      "id": Self.control(file, place), "value": choice,
      "isChosen": chosen?.contains(choice) ?? !isCopy, "unit": form.unit.isEmpty ? nil : form.unit,
      "view": FormView(form: form, findings: form.findings), "name": form.project,
      "lines": Phrase.count(form.indicators.count), "score": form.total.score.text,
      "tally": Phrase.count(form.findings.count),
      "doubts": form.unplaced.map { doubt in
        let section = file.section(of: place)
        return UnplacedView(
          piece: doubt,
          href: doubt.line.flatMap { file.isShown(section, $0) ? file.line(section, $0) : nil })
      },
    ]
  }

  // MARK: - What is wrong

  private static func control(_ file: File, _ place: Int) -> String { "take-\(file.id)-\(place)" }

  private var isElsewhere: Bool { fault?.fields.contains { $0.code == "unit.elsewhere" } ?? false }

  /// Faults of forms are told by their file and project, and lead to their ticks.
  private var summary: ErrorSummary? {
    fault.map { fault in
      ErrorSummary(
        lead: Phrase(fault),
        lines: fault.fields.map { field in
          let parts = field.name.split(separator: ".").map(String.init)
          guard parts.first == "forms", parts.count > 2, let number = Int(parts[1]),
            taken.indices.contains(number)
          else { return .init(text: .projectFault(field)) }
          let (id, file, form) = taken[number]
          let rest = parts.dropFirst(2).joined(separator: ".")
          return .init(
            target: field.code == "unit.elsewhere" ? "take-elsewhere" : id,
            text: .key(
              "read-forms.wrong",
              [
                "file": .plain("\(file)#\(form.ordinal)"),
                "project": form.project.isEmpty ? .key("read-forms.unnamed") : .plain(form.project),
                "field": .projectField(rest), "wrong": Phrase(field),
              ]))
        })
    }
  }

  /// The ticked forms in the order in which they are taken over: control, file, form.
  private var taken: [(id: String, file: String, form: EvaluationForm)] {
    zip(files, names).flatMap { file, name in
      file.forms.filter { place, _ in
        chosen?.contains(FormChoice(reading: file.id, place: place).text) ?? true
      }.map { (Self.control(file, $0.place), name, $0.form) }
    }
  }
}

/// What could not be placed when a form was read, with the line of its source.
struct UnplacedView: Composed {
  var piece: UnplacedText
  /// The id of that line, where the page shows it.
  var href: String?

  var parts: [String: any Shown] {
    [
      "text": piece.text, "line": piece.line.map(String.init), "href": href,
      "why": Phrase.key("evaluation.unplaced.\(piece.reason.rawValue)"),
    ]
  }
}
