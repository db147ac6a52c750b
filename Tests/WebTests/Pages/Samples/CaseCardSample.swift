import Base
import City

@testable import Web

extension ClockFace {
  /// A running clock that ends so many minutes from now.
  static func left(_ minutes: Int64) -> ClockFace {
    .running(to: Sample.now + minutes * 60, now: Sample.now, soon: Sample.minutes(240))
  }

  static let done = ClockFace(phase: .met, deadline: Sample.at("2026-11-20T17:30+08:00"))
}

extension CaseCard {
  static func sample(
    _ number: Int64, _ title: String, kind: String, area: String, unit: String?, state: CaseState,
    clock: ClockFace?, channel: Channel = .patrol, marks: [CaseMark] = []
  ) -> CaseCard {
    CaseCard(
      url: Sample.url(number), number: "XH2611-\(number)", title: title, kind: .plain(kind),
      channel: channel, area: area, unit: unit, state: state, clock: clock,
      marks: marks, reportedAt: Sample.now + (number - 4400) * 600)
  }

  static let overdue = sample(
    4312, "新建一路 88 弄南门非机动车道堆放建筑垃圾约 3 吨", kind: "偷倒乱倒垃圾渣土", area: "伏虎村", unit: "城市建设管理办公室",
    state: .handling, clock: .left(-76), marks: [.urgent])

  static let soon = sample(
    4327, "违规收停车费，物业要求临时访客扫码缴费 30 元", kind: "物业管理", area: "徐行新村居委", unit: "房屋管理所",
    state: .dispatched, clock: .left(140), channel: .hotline, marks: [.confidential])

  static let calm = sample(
    4331, "启源路西侧雨水井盖松动，车辆经过有异响", kind: "雨水井盖", area: "启源路片区", unit: "水务站", state: .dispatched,
    clock: .left(200))

  static let rework = sample(
    4298, "澄浏公路人行道地砖破损 6 处", kind: "道路破损", area: "劳动村", unit: "公路养护一队", state: .handling,
    clock: .left(3260), marks: [.reworked, .extended])

  static let filed = sample(
    4335, "小庙村 12 组路灯连续三晚不亮", kind: "路灯", area: "小庙村", unit: nil, state: .filed, clock: .left(55))

  static let resident = sample(
    4338, "早市占道经营，消防通道无法通行", kind: "占道经营", area: "大石皮村", unit: nil, state: .reported,
    clock: .left(12), channel: .resident)

  static let handled = sample(
    4290, "绿化带内暴露垃圾", kind: "暴露垃圾", area: "红星村", unit: "绿化市容站", state: .handled,
    clock: .left(640))

  static let closed = sample(
    4217, "电动自行车在楼道内充电", kind: "电动自行车违规充电", area: "徐行新村居委", unit: "消防救援所",
    state: .closed, clock: .done, channel: .inspection)

  static let suspended = sample(
    4102, "违法搭建，待区规划资源局认定", kind: "违法建筑", area: "钱桥村", unit: "城管中队", state: .suspended,
    clock: ClockFace(phase: .paused, deadline: nil), channel: .upper)

  static let unknown = sample(
    4336, "河道水质异味", kind: "河道", area: "和桥村", unit: "水务站", state: .handling,
    clock: ClockFace(phase: .unknown, deadline: nil, missingYear: 2027), channel: .sensor)

  static let all = [
    overdue, resident, filed, soon, calm, handled, rework, unknown, suspended, closed,
  ]
}
