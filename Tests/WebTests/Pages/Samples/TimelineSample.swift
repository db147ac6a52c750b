import Base
import City
import Foundation

@testable import Web

extension ClockDetail {
  static let sample = [
    ClockDetail(
      step: .handling, face: .left(-76), limit: limit, extensions: [limit].compactMap(\.self),
      start: start, originalDeadline: Sample.at("2026-11-20T17:47+08:00"),
      explanation: explanation, pauses: ["survey": .plain("等待勘测")]),
    ClockDetail(
      step: .whole, face: .left(4510), start: Sample.at("2026-11-20T09:12+08:00")),
    ClockDetail(
      step: .dispatch, face: .done, limit: TimeLimit(.minutes(30)),
      start: Sample.at("2026-11-20T09:30+08:00")),
  ]

  private static let start = Sample.at("2026-11-20T10:05+08:00")
  private static let limit = TimeLimit(.workingMinutes(960))

  /// Over a lunch, a night, a weekend and a pause.
  private static let explanation: Explanation? = {
    let pause = Pause(
      from: Sample.at("2026-11-20T14:00+08:00"), to: Sample.at("2026-11-20T15:00+08:00"),
      reason: "survey")
    return (try? CalendarFile.standard).flatMap { calendar in
      limit?.explanation(
        from: start, calendar: calendar, zone: Wording.shanghai, pauses: [pause])
    }
  }()
}

extension CasePage.Event {
  static let sample: [CasePage.Event] = [
    CasePage.Event(
      at: Sample.at("2026-11-21T12:47+08:00"), who: .plain("系统"),
      what: .key("event.overdue", ["step": .key("clock.step.handling")]), sign: .clock),
    CasePage.Event(
      at: Sample.at("2026-11-20T15:20+08:00"), who: .plain("陆建明"), role: .plain("城市建设管理办公室"),
      what: .key("event.comment"), text: "已联系清运公司，铲车明早八点进场。\n超市监控已调取，车牌沪 D·7**31。", sign: .comment),
    CasePage.Event(
      at: Sample.at("2026-11-20T10:05+08:00"), who: .plain("陆建明"), role: .plain("城市建设管理办公室"),
      what: .key("event.take")),
    CasePage.Event(
      at: Sample.at("2026-11-20T10:01+08:00"), who: .plain("沈卫东"), role: .key("role.dispatcher"),
      what: .key("event.dispatch", ["unit": .plain("城市建设管理办公室")])),
    CasePage.Event(
      at: Sample.at("2026-11-20T09:58+08:00"), who: .plain("顾丽"), role: .plain("绿化市容站"),
      what: .key("event.return"), text: "建筑垃圾不属本站清运范围", sign: .stop),
    CasePage.Event(
      at: Sample.at("2026-11-20T09:31+08:00"), who: .plain("沈卫东"), role: .key("role.dispatcher"),
      what: .key("event.file"),
      facts: [CasePage.Fact(label: .key("case.kind"), value: .plain("偷倒乱倒垃圾渣土"))],
      sign: .done),
    CasePage.Event(
      at: Sample.at("2026-11-20T09:12+08:00"), who: .plain("金晓燕"),
      role: .key("role.intake-operator"),
      what: .key("event.report"), photos: [CasePage.Parts.photos[0]]),
  ]
}

extension ConflictPage {
  static let sample = ConflictPage(
    line: .overdue, move: .feedBack, changes: Array(CasePage.Event.sample.prefix(3)),
    typed: [
      CasePage.Fact(label: .key("feed-back.text"), value: .plain("垃圾已全部清运，路面冲洗干净。")),
      CasePage.Fact(label: .key("feed-back.fact"), value: .plain("属实，监控可见倾倒车辆")),
    ])
}
