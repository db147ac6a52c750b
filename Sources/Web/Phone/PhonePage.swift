import Base
import City

/// The page of those who walk the grids: it is kept on the phone, and works there without network.
///
/// The server gives what stands still; the script fills in what is in `/m/data` and what waits on the
/// phone itself.
struct PhonePage: Page {
  static let template = "phone"

  /// Kinds by class, those that patrollers report.
  var kinds: [Field.Group]
  var kindWords: SiteURL?
  var photos: Field.Photos
  /// Areas to name where there is no position.
  var areas: [Field.Option] = []

  var title: Phrase { .key("phone.title") }
  var section: Section? { .phone }

  var parts: [String: any Shown] {
    [
      "matter": matter.map { FieldView(field: $0, formID: "phone") },
      "position": position.map { FieldView(field: $0, formID: "phone") },
      "spot": spot.map { FieldView(field: $0, formID: "phone") },
      "most": photos.most.description, "installs": true,
    ]
  }

  private var matter: [Field] {
    [
      Field(
        name: "kind", label: .key("file.kind"), isRequired: true,
        control: .select(
          Field.Select(groups: kinds, nothing: .key("choice.nothing"), words: kindWords))),
      .line("title", "file.name", Field.Line(maximumLength: 200), required: true),
      .area("description", "file.description", rows: 2),
      .checks(
        "urgent", "file.urgent.label",
        [Field.Option(value: "true", label: .key("file.urgent"))]),
    ]
  }

  private var position: [Field] {
    [
      .line("place", "file.address", Field.Line(maximumLength: 300)),
      .select("area", "file.area", areas, hint: "phone.area.hint"),
    ]
  }

  /// What is asked only where somebody ticks that it was done; until then the script has it switched off.
  private var spot: [Field] {
    var text = Field.area("text", "file.spot.text")
    text.isRequired = true
    return [text]
  }
}
