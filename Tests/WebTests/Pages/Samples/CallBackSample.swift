import Base
import City

@testable import Web

extension CallBackPage {
  /// Who is being called, after a wrong answer and two calls that nobody answered.
  static let sample: CallBackPage = {
    let forms = CasePage.forms
    let form = forms.callBack().form
    let fault = Fault.invalid("resolved", "value.missing")
    var call = Call(
      card: .handled, description: CasePage.Parts.description, person: CasePage.Parts.person,
      results: CasePage.Event.sample, missed: 2, form: form.returned(fault, typed: [:]),
      missing: Form(
        "missed", to: .callBack(ID<Case>(4312), "missed"), [],
        submit: .key("call-backs.missed.submit"), weight: .plain))
    call.errors = ErrorSummary(fault, in: form)
    return CallBackPage(
      lines: [
        Line(card: .handled, url: .callBack(ID<Case>(4312)), isChosen: true),
        Line(card: .overdue, url: .callBack(ID<Case>(4313)), isChosen: false),
      ], total: 61, call: call)
  }()

  static let empty = CallBackPage(lines: [], total: 0)
}
