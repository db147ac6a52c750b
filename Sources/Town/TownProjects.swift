import Base
import City
import Store

/// The town's fiscal projects: last year's published, this year's in every state, written by those
/// whose work it is. All of it is made up.
struct TownProjects {
  let scene: TownScene

  init(_ scene: TownScene) { self.scene = scene }

  private var desk: ProjectDesk { scene.projects }

  /// Everything at one present, the end of the town's time.
  func make(in tx: Transaction) throws {
    guard let evaluator = scene.cast.evaluators.first,
      let keeper = scene.cast.evaluators.last, let leader = scene.cast.leaders.first,
      let centre = try desk.owner(named: TownUnits.centre.code, in: tx),
      let unit = try desk.owner(named: TownUnits.withProjects, in: tx)
    else { throw TownFault.nobody }
    let today = tx.now.local(in: desk.zone).day
    try lastYear(today.year - 1, unit, by: keeper, leader, evaluator, in: tx)
    try lastYear(
      today.year - 1, centre, [TownForms.platforms, TownForms.patrol], by: .command, leader,
      evaluator, in: tx)
    try reviewed(today.year, unit, by: keeper, leader, evaluator, in: tx)
    try ownProjects(today.year, centre, by: evaluator, in: tx)
    let days: [(ProjectPhase, Int)] = [
      (.submission, -3), (.departmentReview, 5), (.financeReview, 12), (.publication, 30),
    ]
    for (phase, offset) in days {
      try desk.setDeadline(
        today + offset, for: phase, year: today.year, of: centre, by: evaluator, in: tx)
    }
  }

  /// Two that have gone all the way.
  private func lastYear(
    _ year: Int, _ unit: ID<Organisation>,
    _ drafts: [TownForm] = [TownForms.cleaning, TownForms.sorting], by keeper: Doer,
    _ leader: Doer, _ finance: Doer, in tx: Transaction
  ) throws {
    for draft in drafts {
      let id = try desk.add(draft.form(shrunk: true), year: year, for: unit, by: keeper, in: tx)
      try desk.make(.submit, words: "年度自评已完成。", on: id, by: keeper, in: tx)
      try desk.make(.reviewDepartment, on: id, by: leader, in: tx)
      try desk.make(.reviewFinance, on: id, by: finance, in: tx)
      try desk.make(.publish, on: id, by: keeper, in: tx)
    }
  }

  /// The unit's own of this year: one with each reviewer, one given back and handed in anew.
  private func reviewed(
    _ year: Int, _ unit: ID<Organisation>, by keeper: Doer, _ leader: Doer, _ finance: Doer,
    in tx: Transaction
  ) throws {
    let cleaning = try desk.add(
      TownForms.cleaning.form(), year: year, for: unit, by: keeper, in: tx)
    try desk.make(.submit, on: cleaning, by: keeper, in: tx)
    try desk.make(
      .giveBack, words: "公厕保洁合格率的依据只有自查记录，请补充第三方检查结果。", on: cleaning, by: leader, in: tx)
    try desk.edit(cleaning, TownForms.cleaning.form(after: true), by: keeper, in: tx)
    try desk.make(.submit, words: "已按意见补充并调减得分。", on: cleaning, by: keeper, in: tx)
    let sorting = try desk.add(
      TownForms.sorting.form(), year: year, for: unit, by: keeper, in: tx)
    try desk.make(.submit, on: sorting, by: keeper, in: tx)
    try desk.make(.reviewDepartment, words: "同意。", on: sorting, by: leader, in: tx)
    let toilets = try desk.add(
      TownForms.toilets.form(), year: year, for: unit, by: keeper, in: tx)
    try desk.make(.submit, on: toilets, by: keeper, in: tx)
    try desk.make(.reviewDepartment, on: toilets, by: leader, in: tx)
    try desk.make(.reviewFinance, on: toilets, by: finance, in: tx)
  }

  /// The centre's: a total with its parts, and one whose form still contradicts itself.
  private func ownProjects(
    _ year: Int, _ centre: ID<Organisation>, by evaluator: Doer, in tx: Transaction
  ) throws {
    let total = try desk.add(
      TownForms.platforms.form(), year: year, for: centre, by: evaluator, in: tx)
    for part in [TownForms.video, TownForms.orders] {
      var draft = part.form()
      draft.parent = total
      try desk.add(draft, year: year, for: centre, by: evaluator, in: tx)
    }
    try desk.add(TownForms.patrol.form(), year: year, for: centre, by: evaluator, in: tx)
    let duty = try desk.add(TownForms.duty.form(), year: year, for: centre, by: evaluator, in: tx)
    try desk.make(.submit, on: duty, by: evaluator, in: tx)
  }
}

extension ProjectDesk {
  /// The organisation with a code.
  fileprivate func owner(
    named code: String, in tx: Transaction
  ) throws -> ID<Organisation>? {
    try owners(by: .command, in: tx).first { $0.code == code }?.id
  }
}
