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
    if plan.isOnTheSpot { return try handleOnTheSpot(report, by: doer, scene, in: tx) }
    let file = try scene.desk.report(report, by: doer, in: tx)
    id = file.id
    if plan.channel == .patrol || plan.channel == .inspection || dice.chance(0.3) {
      try attach(at: .report, by: doer, scene, in: tx)
    }
    return file
  }

  private mutating func handleOnTheSpot(
    _ report: CaseReport, by doer: Doer, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    let done = feedback(scene, now: tx.now)
    let isSwept = Self.sweptKinds.contains(kind.code) && dice.chance(0.5)
    return try scene.desk.handleOnTheSpot(
      report, feedback: isSwept ? sentence(.onTheSpot, scene) : done.text, fields: done.fields,
      evidence: evidence(at: CaseStage.allCases, scene, &dice), by: doer, in: tx)
  }

  /// Kinds that a patroller settles with a broom or a word.
  private static let sweptKinds: Set<String> = ["E0102", "E0506", "E0507"]

  private mutating func reporter(_ scene: TownScene, at now: Moment) throws -> Doer {
    if plan.level != .town { return try officer(scene, at: now) }
    return switch plan.channel {
    case .patrol, .own: try scene.cast.patroller(in: plan.village, &dice)
    case .inspection: try scene.cast.dutyOfficer(at: now, scene.hours)
    default: try scene.cast.intake(at: now, scene.hours)
    }
  }

  private mutating func report(serial: Int, _ scene: TownScene, now: Moment) -> CaseReport {
    let place = scene.geography.randomPlace(in: village(scene), using: &dice)
    let told = scene.texts.report(
      of: kind.code, by: Self.witnesses.contains(plan.channel) ? .patroller : .resident, at: place,
      in: village(scene), time: now.local(in: scene.hours.zone),
      wanted: kind.field("legal") == nil ? [:] : ["legal": plan.isUnlawful ? "no" : "yes"],
      using: &dice)
    self.told = told
    var report = CaseReport(kind: kind.code, channel: plan.channel, title: told?.title ?? "")
    report.description = told?.description ?? ""
    report.fields = told?.fields ?? [:]
    report.place = place.address
    report.latitude = place.point.latitude
    report.longitude = place.point.longitude
    if fate.isConfidential { report.confidential = true }
    if Self.callers.contains(plan.channel) {
      report.reporter = scene.texts.caller(at: place, using: &dice)
    }
    if plan.level == .town, let source = Self.sources[plan.channel] {
      report.externalSource = source
      report.externalID = orderNumber(serial, scene, now: now)
    }
    return report
  }

  /// Channels of those who saw it themselves.
  private static let witnesses: Set<Channel> = [.patrol, .own, .inspection, .camera]
  /// Channels with somebody at the other end.
  private static let callers: Set<Channel> = [.hotline, .resident, .mediation]
  /// The platforms that orders come from with a number.
  private static let sources: [Channel: String] = [.hotline: "12345", .upper: "district"]

  /// As the city numbers its orders: the day and a count.
  private func orderNumber(_ serial: Int, _ scene: TownScene, now: Moment) -> String {
    let day = now.local(in: scene.hours.zone).day.description.filter { $0 != "-" }
    let count = String(serial)
    return "SH" + day + String(repeating: "0", count: max(0, 6 - count.count)) + count
  }
}
