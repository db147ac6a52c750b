import Base

/// The door: a name and a password.
struct SignInPage: Page {
  static let template = "sign-in"

  /// As typed last time.
  var name = ""
  var fault: Fault?
  /// After too many tries nobody gets in under this name before this time.
  var lockedUntil: Moment?
  /// Where to go afterwards.
  var next: SiteURL?
  /// Said after a session ran out: what was typed is kept.
  var sessionIsLost = false
  /// Only in a demonstration: everybody's way in.
  var demonstration: [Demonstration] = []

  struct Demonstration: Sendable {
    var name: String
    var password: String
    /// The code of the role.
    var role: String
    var organisation: String
  }

  var title: Phrase { .key("sign-in.title") }
}

extension SignInPage {
  var parts: [String: any Shown] {
    let form = form
    return [
      "form": form, "next": next?.description, "sessionIsLost": sessionIsLost,
      "errors": fault.map { ErrorSummary($0, in: form) },
      "lockedUntil": lockedUntil,
      "demonstration": demonstration.each {
        [
          "name": $0.name, "password": $0.password, "organisation": $0.organisation,
          "role": Phrase.coded($0.role, family: "role"),
        ]
      },
      "commonPassword": demonstration.first?.password, "action": SiteURL.signIn,
    ]
  }

  private var form: Form {
    let name = Field.Line(value: name, autocomplete: "username", maximumLength: 100)
    let password = Field.Line(
      kind: .password, autocomplete: "current-password", maximumLength: 200)
    let form = Form(
      "sign-in", to: .signIn,
      [
        .line("name", "sign-in.name", name, required: true),
        .line("password", "sign-in.password", password, required: true),
      ], submit: .key("sign-in.submit"))
    return fault.map { form.returned($0, typed: ["name": [self.name]]) } ?? form
  }
}
