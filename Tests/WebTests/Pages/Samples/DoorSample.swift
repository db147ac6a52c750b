import Base
import City

@testable import Web

extension SignInPage {
  static let sample: SignInPage = {
    var page = SignInPage()
    page.next = .queue
    page.demonstration = [
      ("shouli", .intakeOperator), ("paiqian", .dispatcher), ("chuzhi", .handler),
      ("wangge", .patroller), ("zhiban", .dutyOfficer), ("lingdao", .leader),
      ("xitong", .systemAdministrator), ("shenji", .auditAdministrator),
    ].map { (name: String, role: Role) in
      Demonstration(name: name, password: "town-2026", role: role.rawValue, organisation: "徐行镇")
    }
    return page
  }()

  /// After a lost session, with a wrong password, and then locked.
  static let refused: SignInPage = {
    var page = SignInPage()
    page.name = "paiqian"
    page.sessionIsLost = true
    page.fault = Fault(
      .invalid, "sign-in.wrong", fields: [Fault.Field("password", "value.missing")])
    page.lockedUntil = Sample.now + 900
    return page
  }()
}

extension FaultPage {
  static let kinds: [(Int, Fault.Kind)] = [
    (422, .invalid), (401, .unauthenticated), (403, .forbidden), (404, .missing), (409, .conflict),
    (413, .tooLarge), (429, .tooMany), (500, .broken), (503, .unavailable),
  ]

  static let samples = kinds.map { status, kind in
    FaultPage(
      status: status,
      fault: Fault(
        kind, status == 404 ? "case.missing" : "a-code-without-words",
        fields: status == 422 ? [Fault.Field("fields.area", "value.unasked")] : []),
      reference: status == 500 ? "7f3a-21c9" : nil, back: .queue)
  }
}
