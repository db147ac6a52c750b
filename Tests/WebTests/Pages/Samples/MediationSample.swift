import Base
import City

@testable import Web

extension MediationView {
  /// Two neighbours who met twice.
  static let sample: MediationView = {
    typealias Fact = CasePage.Fact
    func session(_ number: Int, _ at: String, _ body: String, next: String? = nil) -> Session {
      var facts = [
        Fact(label: .key("session.place"), value: .plain("平安客厅")),
        Fact(label: .key("session.mediators"), value: .plain("顾永兴")),
        Fact(label: .key("session.present"), value: .plain("****")),
      ]
      if let next {
        facts.append(Fact(label: .key("session.next"), value: .moment(Sample.at(next))))
      }
      return Session(number: number, heldAt: Sample.at(at), facts: facts, body: body)
    }
    return MediationView(
      parties: [
        Party(side: .applicant, name: "周**", phone: "126****1234", address: "****"),
        Party(side: .respondent, name: "陆**"),
      ],
      sessions: [
        session(
          1, "2026-11-18T09:30+08:00", "双方对漏水原因有分歧，请物业看过后再谈。",
          next: "2026-11-20T14:00+08:00"),
        session(2, "2026-11-20T14:00+08:00", "物业说明原因在楼上水管，双方各退一步。"),
      ],
      result: [
        Fact(label: .key("mediation.outcome"), value: .key("mediation.outcome.settled")),
        Fact(label: .key("mediation.agreement"), value: .key("mediation.agreement.written")),
        Fact(label: .key("mediation.amount"), value: .plain("12,600.50 元")),
        Fact(
          label: .key("mediation.perform-by"),
          value: .day(Day(year: 2026, month: 12, day: 1) ?? Day(number: 0))),
        Fact(label: .key("mediation.terms"), value: .plain("楼上修好水管，赔偿吊顶材料费。")),
      ], isOpen: false, opening: CasePage.forms.openParties(),
      paper: .agreement(ID<Sample>(4312)),
      printing: CasePage.forms.printAgreement(.agreement(ID<Sample>(4312))))
  }()
}
