import Base

/// A form that changes something: where it goes, what it asks, what was wrong with it last time.
struct Form: Sendable {
  /// Unique on the page; begins the ids of its fields and names its kept draft.
  var id: String
  var action: SiteURL
  var sections: [Section]
  var submit: Phrase
  /// The revision of the thing that the person saw; a newer one is a conflict.
  var revision: String?
  /// Whether its fields are the thing itself, and not something to be said about it.
  var isContent = false
  /// One submission, so that sending twice does the thing once.
  var submission: String?
  var weight: Weight = .primary
  /// Asked once more before it is sent, where it cannot be undone.
  var confirmation: Phrase?
  /// Whether somebody who comes to the page types into it at once.
  var begins = false
  /// What is sent along unseen, e.g. the kind that was chosen a step before.
  var hidden: [Hidden] = []

  struct Hidden: Sendable {
    var name: String
    var value: String
  }

  /// Fields under one heading.
  struct Section: Sendable {
    var title: Phrase?
    var hint: Phrase?
    var fields: [Field]
    /// A map beside the fields `longitude` and `latitude` to choose a point on.
    var map: MapView?
    /// Unfolded by who needs it, or where something in it was typed.
    var isFolded = false
  }

  enum Weight: String, Sendable {
    case primary, plain, danger
  }

  init(
    _ id: String, to action: SiteURL, _ fields: [Field], submit: Phrase, revision: String? = nil,
    weight: Weight = .primary
  ) {
    self.init(
      id, to: action, sections: [Section(fields: fields)], submit: submit, revision: revision)
    self.weight = weight
  }

  init(
    _ id: String, to action: SiteURL, sections: [Section], submit: Phrase,
    revision: String? = nil, submission: String? = nil
  ) {
    self.id = id
    self.action = action
    self.sections = sections
    self.submit = submit
    self.revision = revision
    self.submission = submission
  }

  /// The form as it came back: what was wrong stands beside the fields, what was typed stays.
  /// - Parameter typed: the answers by field name; several for checks.
  func returned(_ fault: Fault, typed: [String: [String]]) -> Form {
    var form = self
    let wrong = Dictionary(
      fault.fields.map { ($0.name, Phrase($0)) }, uniquingKeysWith: { first, _ in first })
    for section in form.sections.indices {
      for index in form.sections[section].fields.indices {
        let name = form.sections[section].fields[index].name
        form.sections[section].fields[index].error = wrong[name]
        form.sections[section].fields[index].fill(typed[name])
      }
    }
    return form
  }

  var fields: [Field] { sections.flatMap(\.fields) }

  /// What was typed, under the labels of its fields, to be kept by hand.
  func answers(_ typed: [String: [String]]) -> [CasePage.Fact] {
    fields.compactMap { field in
      let values = (typed[field.name] ?? []).filter { !$0.isEmpty }
      guard !values.isEmpty else { return nil }
      return CasePage.Fact(
        label: field.label, value: .list(values.map { field.said($0) }))
    }
  }

  var hasPhotos: Bool {
    fields.contains { if case .photos = $0.control { true } else { false } }
  }
}

extension Field {
  /// Puts in what was typed. Passwords are never sent back, nor can files be.
  mutating func fill(_ typed: [String]?) {
    switch control {
    case .line(var line) where line.kind != .password:
      guard let value = typed?.first else { return }
      line.value = value
      control = .line(line)
    case .area(var area):
      guard let value = typed?.first else { return }
      area.value = value
      control = .area(area)
    case .select(var select):
      guard let typed else { return }
      for index in select.groups.indices { select.groups[index].options.choose(typed) }
      control = .select(select)
    case .radios(var options):
      guard let typed else { return }
      options.choose(typed)
      control = .radios(options)
    case .checks(var options):
      // A form that was sent names no box that is empty.
      options.choose(typed ?? [])
      control = .checks(options)
    case .line, .photos: return
    }
  }
}

extension Field {
  /// A value as its control words it.
  func said(_ value: String) -> Phrase {
    let options: [Option] =
      switch control {
      case .select(let select): select.groups.flatMap(\.options)
      case .radios(let options), .checks(let options): options
      case .line, .area, .photos: []
      }
    return options.first { $0.value == value }?.label ?? .plain(value)
  }
}

extension [Field.Option] {
  mutating func choose(_ values: [String]) {
    for index in indices { self[index].isChosen = values.contains(self[index].value) }
  }
}

extension Form.Section {
  /// Whether something in it was typed, or is wrong.
  fileprivate var isAnswered: Bool {
    fields.contains { field in
      if field.error != nil { return true }
      if case .line(let line) = field.control { return !line.value.isEmpty }
      return false
    }
  }
}

extension Form: Composed {
  var parts: [String: any Shown] {
    [
      "formID": id, "action": action, "submit": submit, "revision": revision,
      "submission": submission, "weight": weight.rawValue, "confirmation": confirmation,
      "hasPhotos": hasPhotos, "isContent": isContent, "begins": begins,
      "wasReturned": fields.contains { $0.error != nil },
      "hiddenFields": hidden.each { ["name": $0.name, "value": $0.value] },
      "parts": sections.enumerated().each { index, section in
        [
          "heading": section.title, "headingID": "\(id)-part-\(index + 1)",
          "lead": section.hint,
          "fields": section.fields.map { FieldView(field: $0, formID: id) },
          "map": section.map, "isFolded": section.isFolded, "isOpen": section.isAnswered,
        ]
      },
    ]
  }
}

/// What is wrong with a form, above it, each line leading to its field.
struct ErrorSummary: Sendable {
  struct Line: Sendable {
    /// The id of the control; nil when no field of the form has the fault's name.
    var target: String?
    var text: Phrase
  }

  /// The general sentence.
  var lead: Phrase
  var lines: [Line]

  /// - Parameter otherwise: the words for a field that the form does not have.
  init(
    _ fault: Fault, in form: Form, otherwise: (Fault.Field) -> Phrase = { Phrase($0) }
  ) {
    lead = Phrase(fault)
    let labels = Dictionary(
      form.fields.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
    lines = fault.fields.map { wrong in
      guard let label = labels[wrong.name] else { return Line(text: otherwise(wrong)) }
      return Line(
        target: FieldView.id(form.id, wrong.name),
        text: .key("errors.line", ["field": label, "wrong": Phrase(wrong)]))
    }
  }
}

extension ErrorSummary: Composed {
  var parts: [String: any Shown] {
    ["lead": lead, "lines": lines.each { ["target": $0.target, "text": $0.text] }]
  }
}
