import Base

/// Filing a case: first the channel and the kind, then what the kind asks for.
struct FileCasePage: Page {
  static let template = "file-case"

  var channels: [String]
  var channel: String
  /// Kinds by class, those of the channel.
  var kinds: [Field.Group]
  var kind: Kind?
  var answers = Answers()
  /// One submission; sent twice it makes one case.
  var submission: String
  /// Where the map opens: the boundary of the reader's area, as GeoJSON.
  var shapes: [String] = []
  var photos: Field.Photos
  /// A patroller may file and handle in one step.
  var mayHandleOnTheSpot = false
  /// What was wrong with it last time, and what was typed.
  var returned: Returned?

  /// The kind that was chosen.
  struct Kind: Sendable {
    var code: String
    var name: String
    /// What the kind is and is not, from the catalogue.
    var explanation: String?
    /// Its own fields, named `fields.<code>`.
    var fields: [Field] = []
    var photosAreRequired = false
  }

  /// What is known beforehand, e.g. the point from a patroller's telephone.
  struct Answers: Sendable {
    var longitude = ""
    var latitude = ""
    var address = ""
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
      "kindIsChosen": kind != nil, "channelCode": channel,
      "kindCode": kind?.code, "kindName": kind?.name,
      "explanation": kind?.explanation,
      "channelName": Phrase.key("channel.\(channel)"),
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
        Field.Select(groups: kinds, nothing: .key("choice.nothing"), sendsForm: true)))
    kindField.fill([kind?.code ?? ""])
    kindField.isHalf = true
    var channelField = Field.select(
      "channel", "file.channel", .worded("channel", channels, chosen: channel), required: true,
      nothing: nil)
    channelField.isHalf = true
    if case .select(var select) = channelField.control {
      select.sendsForm = true
      channelField.control = .select(select)
    }
    return [channelField, kindField]
  }

  func form(_ kind: Kind) -> Form {
    var form = Form(
      "case", to: .queue, sections: sections(kind), submit: .key("file.submit"),
      submission: submission)
    form.hidden = [
      Form.Hidden(name: "channel", value: channel), Form.Hidden(name: "kind", value: kind.code),
    ]
    if let returned { form = form.returned(returned.fault, typed: returned.typed) }
    return form
  }

  private func sections(_ kind: Kind) -> [Form.Section] {
    let title = Field.Line(maximumLength: 100)
    var sections = [
      Form.Section(
        title: .key("file.matter"),
        fields: [
          .line("title", "file.name", title, required: true, hint: "file.name.hint"),
          .area("description", "file.description", required: true, rows: 5),
        ] + kind.fields),
      place,
      Form.Section(
        title: .key("file.photos"),
        fields: [.photos("photos", "file.photos.add", photos, required: kind.photosAreRequired)]),
    ]
    if channel != "patrol" && channel != "self" { sections.append(reporter) }
    if mayHandleOnTheSpot { sections.append(onTheSpot) }
    return sections
  }

  private var place: Form.Section {
    let map = MapView(shapes: shapes, picks: true, label: .key("file.map"))
    func degrees(_ value: String) -> Field.Line {
      Field.Line(kind: .number, value: value, step: "any")
    }
    return Form.Section(
      title: .key("file.place"),
      fields: [
        .line("address", "file.address", Field.Line(value: answers.address), required: true),
        .line("longitude", "file.longitude", degrees(answers.longitude), half: true),
        .line("latitude", "file.latitude", degrees(answers.latitude), half: true),
      ], map: map)
  }

  private var reporter: Form.Section {
    Form.Section(
      title: .key("file.reporter"), hint: .key("file.reporter.hint"),
      fields: [
        .line("reporter.name", "file.reporter.name", personal: true, half: true),
        .line(
          "reporter.phone", "file.reporter.phone", Field.Line(kind: .tel), personal: true,
          half: true),
        .line("reporter.address", "file.reporter.address", personal: true),
        .checks(
          "confidential", "file.confidential.label",
          [
            Field.Option(
              value: "yes", label: .key("file.confidential"),
              hint: .key("file.confidential.hint"))
          ]),
      ])
  }

  private var onTheSpot: Form.Section {
    Form.Section(
      title: .key("file.spot"), hint: .key("file.spot.hint"),
      fields: [
        .checks(
          "spot", "file.spot.label", [Field.Option(value: "yes", label: .key("file.spot.done"))]),
        .area("spot.result", "file.spot.result"),
        .photos("spot.photos", "file.spot.photos", photos),
      ])
  }
}
