import Base

/// One clear answer when something cannot be done: what, and what to do about it.
struct FaultPage: Page {
  static let template = "fault"

  /// The status that the answer carries: 401, 403, 404, 409, 413, 422, 429, 500 or 503.
  var status: Int
  var fault: Fault
  /// To be told to the operators; the log has it too.
  var reference: String?
  /// Where to go from here, else the desk.
  var back: SiteURL?
  /// Where to go after signing in: the form that was not taken.
  var next: SiteURL?

  var title: Phrase { .either(["fault.title.\(status)", "fault.title.500"]) }
}

extension FaultPage {
  var parts: [String: any Shown] {
    [
      "status": "\(status)", "what": Phrase(fault),
      "advice": Phrase.either([
        "fault.advice.\(fault.code)", "fault.advice.\(status)", "fault.advice.500",
      ]),
      "reference": reference, "back": (back ?? .home).description,
      "needsSignIn": status == 401, "signIn": SiteURL.signIn.with([("next", next?.description)]),
      "details": fault.fields.each {
        ["field": $0.name, "wrong": Phrase($0)]
      },
    ]
  }
}
