import Base
import City
import Store

/// The year of the town's projects around their forms, so that each stage of it can be seen. All of it
/// is made up.
struct TownYear {
  let scene: TownScene
  /// Who writes, who reviews for the department, who for finance.
  let maker: Doer
  let leader: Doer
  let finance: Doer
  let today: Day

  private var desk: ProjectDesk { scene.projects }

  // MARK: - Before the budget

  /// An appraisal by others with its report, approved or still with finance.
  func appraise(_ id: ID<Project>, score: PrintedNumber, approved: Bool, in tx: Transaction) throws {
    var content = AppraisalContent()
    content.day = today + -40
    content.appraiser = "某会计师事务所"
    content.isOutside = true
    content.score = score
    content.mean = "86.61"
    content.conclusion = .support
    content.requested = "120.00"
    content.words = "立项依据充分，投入与产出基本匹配，建议分两批实施。"
    content.document = try desk.attach(
      scene.papers.appraisal, named: "事前绩效评估报告.pdf", to: id, by: maker, in: tx)
    try desk.write(.appraisal(content), on: id, by: maker, in: tx)
    try desk.make(.submit, .appraisal, on: id, by: maker, in: tx)
    if approved { try desk.make(.approve, .appraisal, on: id, by: finance, in: tx) }
  }

  /// The targets that the form has, or others, as far as `state`.
  func declare(
    _ id: ID<Project>, _ goal: String, _ lines: [TargetLine]? = nil, to state: SheetState,
    in tx: Transaction
  ) throws {
    let file = try desk.view(id, by: maker, in: tx)
    var content = TargetsContent()
    content.goal = goal
    content.lines = lines ?? file.indicators.map(TargetLine.init)
    try desk.write(.targets(content), on: id, by: maker, in: tx)
    guard state != .draft else { return }
    try desk.make(.submit, .targets, on: id, by: maker, in: tx)
    guard state != .submitted else { return }
    try desk.make(.review, .targets, words: "指标可衡量，同意。", on: id, by: leader, in: tx)
    guard state != .reviewed else { return }
    try desk.make(.approve, .targets, on: id, by: finance, in: tx)
  }

  /// One target becomes another, with its reason.
  func change(
    _ id: ID<Project>, _ name: String, to target: String, because reason: String,
    in tx: Transaction
  ) throws {
    try desk.make(.reopen, .targets, words: reason, on: id, by: maker, in: tx)
    guard
      var content = try desk.sheet(.targets, of: id, by: maker, in: tx).last?.content.targets,
      let place = content.lines.firstIndex(where: { $0.name == name })
    else { throw TownFault.nobody }
    content.lines[place].target = target
    try desk.write(.targets(content), on: id, by: maker, in: tx)
    try desk.make(.submit, .targets, on: id, by: maker, in: tx)
    try desk.make(.review, .targets, on: id, by: leader, in: tx)
    try desk.make(.approve, .targets, on: id, by: finance, in: tx)
  }

  // MARK: - In the year

  /// What was granted at the opening, and what was changed since.
  func grant(
    _ id: ID<Project>, _ opening: PrintedNumber, then change: PrintedNumber? = nil,
    because reason: String = "", in tx: Transaction
  ) throws {
    var entry = BudgetEntryDraft()
    entry.kind = .opening
    entry.amount = opening
    entry.paper = "镇财〔\(today.year)〕3号"
    entry.effective = Day(year: today.year, month: 1, day: 15)
    try desk.enter(entry, on: id, by: maker, in: tx)
    guard let change else { return }
    entry.kind = .change
    entry.amount = change
    entry.reason = reason
    entry.paper = "镇财〔\(today.year)〕21号"
    entry.effective = Day(year: today.year, month: 7, day: 10)
    try desk.enter(entry, on: id, by: maker, in: tx)
  }

  /// Monitoring at the end of June, or today.
  func monitor(
    _ id: ID<Project>, executed: PrintedNumber, _ figures: [(actual: String, forecast: String)],
    measures: String = "", to state: SheetState, in tx: Transaction
  ) throws {
    var content = MonitoringContent()
    content.asOf = min(today, Day(year: today.year, month: 6, day: 30) ?? today)
    content.executed = executed
    content.measures = measures
    content.lines = zip(try desk.view(id, by: maker, in: tx).indicators, figures).map {
      var line = MonitoringLine(id: $0.0.id)
      line.actual = $0.1.actual
      line.forecast = $0.1.forecast
      return line
    }
    try desk.write(.monitoring(content), on: id, by: maker, in: tx)
    guard state != .draft else { return }
    try desk.make(.submit, .monitoring, on: id, by: maker, in: tx)
    guard state != .submitted else { return }
    try desk.make(.approve, .monitoring, words: "按措施跟进。", on: id, by: leader, in: tx)
  }

  /// A score that others gave, with their paper.
  func score(
    _ id: ID<Project>, _ draft: OutsideScoreDraft, _ paper: Blob, named name: String,
    in tx: Transaction
  ) throws {
    var draft = draft
    draft.day = today + -12
    draft.document = try desk.attach(
      paper, named: name, to: id, indicator: draft.indicator, by: maker, in: tx)
    try desk.bring(draft, to: id, by: maker, in: tx)
  }

  // MARK: - After publication

  /// What follows from a published form; the first item is done, the second is late, the third near.
  func use(_ id: ID<Project>, in tx: Transaction) throws {
    var content = UseContent()
    content.decision = .reduce
    content.nextBudget = "600.00"
    content.words = "执行率和满意度较好，有责投诉超出目标，下年核减机动经费，用于雨季增加班次。"
    content.disclosedOn = today + -20
    content.disclosedAt = "镇政府网站信息公开栏"
    content.items = [
      ("雨季增加落叶清运班次", today + -15), ("公厕保洁改为第三方按季检查", today + -2), ("修订保洁考核办法", today + 5),
    ].map { what, due in
      var item = UseItem()
      item.what = what
      item.responsible = "市容环境卫生所"
      item.due = due
      return item
    }
    try desk.write(.use(content), on: id, by: maker, in: tx)
    try desk.make(.submit, .use, on: id, by: maker, in: tx)
    try desk.make(.approve, .use, on: id, by: finance, in: tx)
    let file = try desk.view(id, by: maker, in: tx)
    guard let first = try desk.rectifications(of: file, in: tx).first else { return }
    try desk.mark(
      first.id, done: today + -16, words: "自本月起每日增加一班，已连续三周无投诉。", by: maker, in: tx)
  }
}

extension TargetLine {
  /// One that is declared for the next year.
  init(_ level1: String, _ level2: String, _ name: String, _ target: String, _ weight: String) {
    self.init()
    self.level1 = level1
    self.level2 = level2
    self.name = name
    self.target = target
    self.weight = PrintedNumber(weight)
  }
}
