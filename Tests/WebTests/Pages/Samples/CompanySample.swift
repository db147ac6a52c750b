import Base
import City

@testable import Web

extension CompanyView {
  static let sample: CompanyView = {
    var view = CompanyView()
    view.links = [
      Linked(
        relation: "repeats", line: .overdue, unlinking: CasePage.forms.unlink(from: "261118-00017")),
      Linked(relation: "related", line: .overdue, unlinking: nil),
    ]
    view.hidden = 2
    view.merged = [
      Merged(
        line: .overdue, isRead: true,
        caller: [.init(label: .key("case.fact.phone"), value: .plain("138****1234"))],
        photos: CasePage.Parts.photos),
      Merged(line: .overdue, isRead: false),
    ]
    view.opening = CasePage.forms.openReporter()
    view.opening?.id = "open-merged"
    return view
  }()
}

extension SameView {
  static let sample = [
    SameView(
      line: .overdue,
      why: [
        .key("same.kind"), .key("same.metres", ["metres": .count(35)]),
        .key("same.days", ["days": .count(2)]),
        .key("same.words", ["words": .list([.plain("建筑垃圾"), .plain("非机动车道")])]),
      ],
      forms: [
        CasePage.forms.linkRepeat(with: "261118-00017"),
        CasePage.forms.merge(into: "261118-00017", revision: 4),
      ])
  ]
}
