import Base
import City

@testable import Web

extension LedgerPageView {
  private static let lines = (1...3).map { number in
    EntryLine(
      sequence: 90_000 - Int64(number), at: Sample.now, actor: .plain("沈<某>（shen）"),
      verb: "case.dispatch",
      subject: .list([.key("ledger.kind.case"), .plain("4217")]),
      subjectURL: .ledger.with([("subject", "4217")]), payload: #"{"lead":"roads","state":"x"}"#)
  }

  static let sample: LedgerPageView = {
    var page = LedgerPageView(query: LedgerQuery { $0 == "verb" ? "case.dispatch" : nil })
    page.entries = lines
    page.next = .ledger.with([("before", "89997")])
    page.isSearchedPart = true
    page.head = "12:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    page.sealedAt = Sample.now
    page.proof = Proof(error: Phrase(Fault(.unavailable, "ledger.proof-runs", ["seconds": "10"])))
    return page
  }()

  static let proving: LedgerPageView = {
    var page = LedgerPageView(query: LedgerQuery())
    page.proof = Proof(isRunning: true, done: 40_000, total: 90_000)
    return page
  }()
}

extension LedgerEntryPage {
  static let sample = LedgerEntryPage(
    sequence: 4217, recordedAt: Sample.now, occurredAt: Sample.now, actor: .plain("沈某（shen）"),
    actorURL: .ledger.with([("actor", "shen")]), verb: "case.dispatch",
    subject: .list([.key("ledger.kind.case"), .plain("17")]),
    subjectURL: .ledger.with([("subject", "17")]), thing: Sample.url(17),
    payload: [("lead", "roads"), ("helpers", "<a>, b")], digest: "9f86d081884c7d65", seal: "12")
}
