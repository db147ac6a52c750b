import Base
import City
import Store

/// The beginning of a case.
extension Life {
  /// Reports the case, and where that was done handles it in the same visit.
  ///
  /// - Parameter serial: a number of its own, for orders that come with one.
  mutating func begin(
    serial: Int, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    let doer = try reporter(scene, at: tx.now)
    let report = report(serial: serial, scene, now: tx.now)
    if plan.isOnTheSpot {
      let file = try scene.desk.handleOnTheSpot(
        report, feedback: text(.onTheSpot, scene), fields: answers(at: .feedback, scene, now: tx.now),
        evidence: evidence(at: CaseStage.allCases, scene, &dice), by: doer, in: tx)
      id = file.id
      return file
    }
    let file = try scene.desk.report(report, by: doer, in: tx)
    id = file.id
    if plan.channel == .patrol || plan.channel == .inspection || dice.chance(0.3) {
      try attach(at: .report, by: doer, scene, in: tx)
    }
    return file
  }

  private mutating func reporter(_ scene: TownScene, at now: Moment) throws -> Doer {
    switch plan.channel {
    case .patrol, .own: try scene.cast.patroller(in: plan.village, &dice)
    case .inspection: try scene.cast.dutyOfficer(at: now, scene.hours)
    default: try scene.cast.intake(at: now, scene.hours)
    }
  }

  private mutating func report(serial: Int, _ scene: TownScene, now: Moment) -> CaseReport {
    let village = scene.geography.villages[plan.village]
    let place = scene.geography.randomPlace(in: village, using: &dice)
    let words = description(of: place, village, scene)
    var report = CaseReport(kind: kind.code, channel: plan.channel, title: words.title)
    report.description = words.description
    report.fields = answers(at: .report, scene, now: now)
    report.place = place.address
    report.latitude = place.point.latitude
    report.longitude = place.point.longitude
    if fate.isConfidential { report.confidential = true }
    if [.hotline, .resident, .mediation].contains(plan.channel) {
      report.reporter = scene.texts.caller(at: place, &dice)
    }
    if plan.channel == .hotline || plan.channel == .upper {
      report.externalSource = plan.channel == .hotline ? "12345" : "district"
      report.externalID = orderNumber(serial, scene, now: now)
    }
    return report
  }

  /// As the city numbers its orders: the day and a count.
  private func orderNumber(_ serial: Int, _ scene: TownScene, now: Moment) -> String {
    let day = now.local(in: scene.hours.zone).day.description.filter { $0 != "-" }
    let count = String(serial)
    return "SH" + day + String(repeating: "0", count: max(0, 6 - count.count)) + count
  }
}
