import Base
import City

@testable import Web

extension BatchPage {
  static let sample = BatchPage(
    act: "dispatch", cases: [.filed, .soon],
    form: .batch(.dispatch, on: ["1", "2"], units: QueuePage.units, submission: "b7"))

  static let supervise = BatchPage(
    act: "supervise", cases: [.overdue],
    form: .batch(.supervise, on: ["1"], units: [], submission: "b8"))

  static let reported = BatchPage(
    act: "dispatch",
    report: Report(
      done: 12,
      failed: [
        Failed(
          number: "261121-00042", title: "<b>破损</b>", url: Sample.url(42),
          reasons: [Phrase(Fault(.conflict, "batch.nobody"))]),
        Failed(
          number: "4217", title: nil, url: Sample.url(4217),
          reasons: [Phrase(Fault.missing("case"))]),
      ]))

  static let exported = BatchPage(
    act: "export",
    report: Report(
      exporting: [ID(1), ID(2)], readable: [ID(1)],
      url: .exportCases.with([("ids", "1")])))
}
