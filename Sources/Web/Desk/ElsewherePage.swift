import Base
import City

/// A case that is taken back from whoever has it and sent to another, in one step.
struct ElsewherePage: Page {
  static let template = "elsewhere"

  var line: CaseCard
  var form: Form
  var errors: ErrorSummary?

  var title: Phrase { .key("elsewhere.title") }
  var section: Section? { .dispatch }

  var parts: [String: any Shown] {
    ["line": line, "form": form, "errors": errors, "desk": SiteURL.dispatch, "heading": title]
  }
}

extension Form {
  /// - Parameter leads: who may get it, the proposed one first.
  static func elsewhere(_ id: ID<Case>, revision: Int, leads: [Field.Group]) -> Form {
    let lead = Field(
      name: "organisation", label: .key("dispatch.lead"), isRequired: true,
      control: .select(Field.Select(groups: leads, nothing: .key("choice.nothing"))))
    var form = Form(
      "elsewhere", to: .sendElsewhere(id),
      [lead, .area("text", "elsewhere.text", required: true, hint: "elsewhere.text.hint")],
      submit: .key("elsewhere.submit"), revision: String(revision), weight: .danger)
    form.confirmation = .key("elsewhere.confirm")
    return form
  }
}
