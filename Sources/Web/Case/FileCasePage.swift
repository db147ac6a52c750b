import Base
import City

/// Filing a case: first the channel and the kind, then what the kind asks for.
struct FileCasePage: Page {
  static let template = "file-case"

  var channels: [Channel]
  var channel: Channel
  /// Kinds by class, those of the channel.
  var kinds: [Field.Group]
  /// What kinds are found by.
  var kindWords: SiteURL?
  /// The kind that was chosen.
  var kind: CaseKind?
  /// What the report begins with.
  var template: CaseTemplate?
  var answers = Answers()
  /// One submission; sent twice it makes one case.
  var submission: String
  /// Where the map opens: the boundary of the reader's area, as GeoJSON.
  var shapes: [String] = []
  var photos: Field.Photos
  /// Areas to name where there is no point.
  var areas: [Field.Option] = []
  /// Whether the reader may handle on the spot what the kind allows to.
  var mayHandleOnTheSpot = false
  /// What was wrong with it last time, and what was typed.
  var returned: Returned?

  /// What is known beforehand, e.g. the point from a patroller's telephone.
  struct Answers: Sendable {
    var longitude = ""
    var latitude = ""
    var place = ""
  }

  struct Returned: Sendable {
    var fault: Fault
    var typed: [String: [String]]
  }

  var title: Phrase { .key("file.title") }
  var section: Section? { .new }
  var extras: [Extra] { [.map] }
}

extension FileCasePage {
  var parts: [String: any Shown] {
    [
      "kindIsChosen": kind != nil,
      "choosing": choosing.map { FieldView(field: $0, formID: "choose") },
      "form": kind.map(form),
      "errors": returned.flatMap { returned in
        kind.map { ErrorSummary(returned.fault, in: form($0)) }
      },
    ]
  }

  private var choosing: [Field] {
    var kindField = Field(
      name: "kind", label: .key("file.kind"), isRequired: true,
      control: .select(
        Field.Select(
          groups: kinds, nothing: .key("choice.nothing"), sendsForm: true, words: kindWords)))
    kindField.fill([kind?.code ?? ""])
    kindField.isHalf = true
    kindField.accessKey = "K"
    var channelField = Field.select(
      "channel", "file.channel",
      .worded("channel", channels.map(\.rawValue), chosen: channel.rawValue), required: true,
      nothing: nil)
    channelField.isHalf = true
    if case .select(var select) = channelField.control {
      select.sendsForm = true
      channelField.control = .select(select)
    }
    return [channelField, kindField] + [templateField].compactMap { $0 }
  }

  private var templateField: Field? {
    guard let kind, !kind.templates.isEmpty else { return nil }
    let options = kind.templates.map {
      Field.Option(
        value: $0.name, label: .named($0.name, english: $0.english),
        isChosen: $0.name == template?.name)
    }
    var field = Field.select("template", "file.template", options).at("T")
    field.isHalf = true
    if case .select(var select) = field.control {
      select.sendsForm = true
      field.control = .select(select)
    }
    return field
  }

  func form(_ kind: CaseKind) -> Form {
    var form = Form(
      "case", to: .queue, sections: sections(kind), submit: .key("file.submit"),
      submission: submission)
    form.hidden = [
      Form.Hidden(name: "channel", value: channel.rawValue),
      Form.Hidden(name: "kind", value: kind.code),
    ]
    form.begins = true
    if let returned { form = form.returned(returned.fault, typed: returned.typed) }
    return form
  }

  /// Who calls comes first, since they say so first.
  private func sections(_ kind: CaseKind) -> [Form.Section] {
    var sections = channel.bringsReporter ? [reporter(kind)] : []
    sections += [
      matter(kind), place,
      Form.Section(title: .key("file.photos"), fields: [photographs(kind)]),
    ]
    if kind.mediated { sections += Self.parties }
    if mayHandleOnTheSpot && kind.onTheSpot { sections.append(onTheSpot(kind)) }
    return sections
  }

  private func matter(_ kind: CaseKind) -> Form.Section {
    let title = Field.Line(value: template?.title ?? "", maximumLength: 200)
    return Form.Section(
      title: .key("file.matter"),
      fields: [
        .line("title", "file.name", title, required: true, hint: "file.name.hint").at("N"),
        .area("description", "file.description", template?.text ?? "", rows: 5),
        .checks(
          "urgent", "file.urgent.label",
          [
            Field.Option(
              value: "true", label: .key("file.urgent"), isChosen: kind.urgency == .urgent)
          ]
        ).at("U"),
      ] + kind.fields.filter { $0.stage == .report }.map { Field($0) })
  }

  /// Whoever stands before the matter is told how many photographs it will be filed with.
  private func photographs(_ kind: CaseKind) -> Field {
    var field = Field.photos("attachments", "file.photos.add", photos)
    let needed = kind.evidence.first { $0.stage == .report && $0.subject == .before }?.count ?? 0
    if needed > 0, !channel.bringsReporter || channel == .inspection {
      field.hint = .key(
        "file.photos.needed",
        [
          "needed": .count(needed), "most": .count(photos.most), "largest": .size(photos.largest),
        ])
    }
    return field
  }

  private var place: Form.Section {
    let map = MapView(shapes: shapes, picks: true, label: .key("file.map"))
    func degrees(_ value: String) -> Field.Line {
      Field.Line(kind: .number, value: value, step: "any")
    }
    return Form.Section(
      title: .key("file.place"),
      fields: [
        .line("place", "file.address", Field.Line(value: answers.place, maximumLength: 300)).at(
          "P"),
        .line("longitude", "file.longitude", degrees(answers.longitude), half: true),
        .line("latitude", "file.latitude", degrees(answers.latitude), half: true),
        .select("area", "file.area", areas, hint: "file.area.hint"),
      ], map: map)
  }

  private func reporter(_ kind: CaseKind) -> Form.Section {
    Form.Section(
      title: .key("file.reporter"), hint: .key("file.reporter.hint"),
      fields: [
        .line(
          "reporter.phone", "file.reporter.phone", Field.Line(kind: .tel), personal: true,
          half: true
        ).at("R"),
        .line("reporter.name", "file.reporter.name", personal: true, half: true),
        .line("reporter.address", "file.reporter.address", personal: true),
        .checks(
          "confidential", "file.confidential.label",
          [
            Field.Option(
              value: "true", label: .key("file.confidential"),
              hint: .key("file.confidential.hint"), isChosen: kind.confidentialByDefault)
          ]
        ).at("C"),
      ])
  }

  /// Feedback and photographs as the kind asks for them when a case is handled.
  private func onTheSpot(_ kind: CaseKind) -> Form.Section {
    Form.Section(
      title: .key("file.spot"), hint: .key("file.spot.hint"),
      fields: [
        .checks(
          "spot", "file.spot.label", [Field.Option(value: "true", label: .key("file.spot.done"))]),
        .area("text", "file.spot.text"),
        .photos("spot.attachments", "file.spot.photos", photos),
      ] + kind.fields.filter { $0.stage == .feedback }.map { Field($0) })
  }
}

extension Channel {
  /// Whether somebody outside stands behind a report that comes this way.
  var bringsReporter: Bool { ![.patrol, .own, .sensor, .camera].contains(self) }
}
