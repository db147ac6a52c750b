import Base
import City

@testable import Web

extension AbsencePage {
  private static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

  private static func line(_ index: Int, name: String, mayEnd: Bool, manages: Bool) -> Line {
    Line(
      id: "\(9000 + index)", name: name, substitute: index == 1 ? nil : "陈<某>",
      isSubstituteGone: index == 2,
      from: day("2026-11-20"), until: day("2026-11-30"),
      reason: Absence.Reason.allCases[index % 5], isNow: index == 0, mayEnd: mayEnd,
      work: manages ? .personalWork.with([("person", "zhou")]) : nil)
  }

  static let form = Form.absence(
    people: [.init(value: "7002", label: .plain("周某（zhou）"))],
    substitutes: [.init(value: "7003", label: .plain("陈某（chen）"))], today: day("2026-11-21"))

  /// As who manages people sees it.
  static let sample = AbsencePage(
    own: [], others: [line(0, name: "周某", mayEnd: false, manages: false)],
    all: (0..<5).map { line($0, name: "周<某>\($0)", mayEnd: true, manages: true) }, form: form,
    work: Form(
      "work", to: .personalWork, [.line("person", "work.person", required: true)],
      submit: .key("work.show"), weight: .plain))

  static let own = AbsencePage(
    own: [line(0, name: "周某", mayEnd: true, manages: false)], others: [],
    form: .absence(people: [], substitutes: [], today: day("2026-11-21")))
}

extension WorkPage {
  static let sample = WorkPage(
    name: "周<某>", signIn: "zhou", isDisabled: false,
    lines: [
      Line(
        number: "261121-00042", kind: .plain("暴露垃圾"), state: .handling,
        clock: ClockFace(phase: .paused)),
      Line(number: "261121-00043", kind: .plain("道路破损"), state: .dispatched, clock: nil),
    ],
    form: .handOver(
      ID<Person>(7002), to: [.init(value: "7003", label: .plain("陈某（chen）"))],
      isDisabled: false, hasWork: true))

  static let empty = WorkPage(
    name: "周某", signIn: "zhou", isDisabled: true, lines: [], form: nil)
}
