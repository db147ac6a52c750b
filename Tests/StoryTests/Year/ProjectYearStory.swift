import Base
import City
import Foundation
import Store
import TestSupport
import Testing

/// One project from its appraisal to the use of its result, over two years of a clock that is moved,
/// each step by the one whose work it is, through the desk and the sweep of a centre.
@Suite struct ProjectYearStory {
  private struct Cast: Sendable {
    let test: TestDatabase
    let centre: Centre
    let owner: ID<Organisation>
    let maker: Doer
    let leader: Doer
    let finance: Doer

    var desk: ProjectDesk { centre.projects }

    func on(_ day: String) throws {
      test.clock.set(try #require(Moment("\(day)T10:00:00+08:00")))
    }

    func waiting(_ doer: Doer) async throws -> [ProjectReminder] {
      let now = test.clock.now()
      return try await centre.database.read {
        try desk.reminders(for: doer, now: now, in: $0)
      }
    }

    func file(_ id: ID<Project>) async throws -> ProjectFile {
      try await centre.database.read { try desk.view(id, by: maker, in: $0) }
    }

    func life(_ id: ID<Project>) async throws -> [LifeStep.State] {
      let file = try await file(id)
      return try await centre.database.read { try desk.life(of: file, in: $0).steps.map(\.state) }
    }
  }

  private func cast() async throws -> Cast {
    let test = try await TestDatabase(clock: FakeClock("2024-09-02T09:00:00+08:00"))
    let centre = try await Centre(
      database: test.database, blobs: test.folder.appending(path: "blobs"), now: test.clock.now)
    let owner = try await test.database.write { tx in
      try OrganisationDesk.add(
        OrganisationDraft(code: "town", name: "镇", kind: .centre, parent: nil, area: nil),
        by: .command, in: tx)
    }
    func doer(_ name: String, _ role: Role) async throws -> Doer {
      let grant = Grant(role: role, organisationPath: "town/")
      let id = try await test.database.write { tx in
        try PersonDesk.add(
          NewPerson(
            signIn: name, facts: PersonFacts(name: name, organisation: owner), grants: [grant]),
          by: .command, in: tx)
      }
      return Doer(person: id, grants: [grant])
    }
    return Cast(
      test: test, centre: centre, owner: owner, maker: try await doer("maker", .evaluator),
      leader: try await doer("leader", .leader), finance: try await doer("finance", .evaluator))
  }

  @Test("a project goes through its whole year, and the ledger says who did what, and what was late")
  func wholeYear() async throws {
    let cast = try await cast()
    let (desk, owner) = (cast.desk, cast.owner)
    let days: [ProjectPhase: Day] = [
      .appraisal: try day("2024-10-15"), .targets: try day("2024-12-15"),
      .monitoring: try day("2025-07-19"), .submission: try day("2026-02-10"),
      .departmentReview: try day("2026-02-25"), .financeReview: try day("2026-03-10"),
      .publication: try day("2026-03-20"), .use: try day("2026-06-30"),
    ]
    try await cast.centre.database.write { tx in
      try desk.setYear(days, year: 2025, of: owner, by: cast.finance, in: tx)
    }
    var draft = ProjectDraft()
    draft.name = "网格巡查服务"
    draft.department = "主管部门"
    let id = try await desk.add(draft, year: 2025, for: owner, by: cast.maker)

    // Appraised before the budget, by others, with their report.
    try cast.on("2024-10-14")
    #expect(try await cast.waiting(cast.maker).map(\.phase) == [.appraisal])
    let report = try cast.centre.blobs.keep(Array("%PDF-1.4\nreport".utf8))
    var appraisal = AppraisalContent()
    appraisal.day = Day("2024-10-10")
    appraisal.appraiser = "某事务所"
    appraisal.isOutside = true
    appraisal.score = "89"
    appraisal.mean = "86.61"
    appraisal.conclusion = .support
    let asked = appraisal
    try await cast.centre.database.write { tx in
      var content = asked
      content.document = try desk.attach(report, named: "报告.pdf", to: id, by: cast.maker, in: tx)
      try desk.write(.appraisal(content), on: id, by: cast.maker, in: tx)
    }
    try await desk.make(.submit, .appraisal, on: id, by: cast.maker)
    #expect(try await cast.waiting(cast.finance).map(\.phase) == [.appraisal])
    try await desk.make(.approve, .appraisal, on: id, by: cast.finance)

    // Targets with the budget: late, given back once, and then approved.
    try cast.on("2024-12-17")
    try await cast.centre.sweep(as: "a")
    try await desk.write(try targets("≥1000次"), on: id, by: cast.maker)
    try await desk.make(.submit, .targets, on: id, by: cast.maker)
    try await desk.make(.giveBack, .targets, words: "偏低", on: id, by: cast.leader)
    let lines = try await cast.centre.database.read {
      try desk.sheet(.targets, of: id, by: cast.maker, in: $0).last?.content.targets?.lines ?? []
    }
    try await desk.write(try targets("≥1200次", ids: lines), on: id, by: cast.maker)
    try await desk.make(.submit, .targets, on: id, by: cast.maker)
    try await desk.make(.review, .targets, on: id, by: cast.leader)
    await #expect(throws: (any Error).self, "who wrote does not approve") {
      try await desk.make(.approve, .targets, on: id, by: cast.maker)
    }
    try await desk.make(.approve, .targets, on: id, by: cast.finance)
    #expect(try await cast.file(id).indicators.map(\.cells.target) == ["≥1200次", "≥90%"])

    // The year: money comes and changes, monitoring asks, a target is changed.
    try cast.on("2025-01-06")
    try await enter("100.00", .opening, "2025-01-01", "", id, cast)
    try cast.on("2025-07-21")
    try await enter("-10.00", .change, "2025-07-01", "统一压减", id, cast)
    try await cast.centre.sweep(as: "a")
    // The targets were; the 19th of July is a Saturday, so that monitoring is due today.
    #expect(try await late(id, cast) == 1)
    var monitoring = MonitoringContent()
    monitoring.asOf = Day("2025-06-30")
    monitoring.executed = "20.00"
    monitoring.lines = try await cast.file(id).indicators.map { MonitoringLine(id: $0.id) }
    monitoring.lines[0].actual = "300次"
    monitoring.lines[1].actual = "91%"
    try await desk.write(.monitoring(monitoring), on: id, by: cast.maker)
    await #expect(throws: (any Error).self, "what is behind wants measures") {
      try await desk.make(.submit, .monitoring, on: id, by: cast.maker)
    }
    monitoring.measures = "增配人员，按季支付。"
    try await desk.write(.monitoring(monitoring), on: id, by: cast.maker)
    try await desk.make(.submit, .monitoring, on: id, by: cast.maker)
    try await desk.make(.approve, .monitoring, on: id, by: cast.leader)
    try await desk.make(.reopen, .targets, words: "道路施工停巡两个月", on: id, by: cast.maker)
    try await desk.write(try targets("≥1000次", ids: lines), on: id, by: cast.maker)
    try await desk.make(.submit, .targets, on: id, by: cast.maker)
    try await desk.make(.review, .targets, on: id, by: cast.leader)
    try await desk.make(.approve, .targets, on: id, by: cast.finance)

    // The form begins with all that, is filled in, reviewed by two and published.
    try cast.on("2026-02-09")
    #expect(try await cast.waiting(cast.maker).map(\.phase) == [.submission])
    var form = ProjectDraft(try await cast.file(id))
    #expect(form.budget.total.opening == "100.00" && form.budget.total.adjusted == "90.00")
    #expect(form.indicators[0].cells.target == "≥1000次")
    form.budget.currentYear.executed = "88.00"
    form.budget.total.executed = "88.00"
    form.result = "全年巡查 1,010 次，满意度 92.5%。"
    for (place, actual) in ["1010次", "92.5%"].enumerated() {
      form.indicators[place].cells.actual = actual
      form.indicators[place].cells.score = form.indicators[place].cells.weight
    }
    try await desk.edit(id, form, by: cast.maker)
    try await desk.make(.submit, on: id, by: cast.maker)
    try await desk.make(.reviewDepartment, on: id, by: cast.leader)
    try await desk.make(.reviewFinance, on: id, by: cast.finance)
    try await desk.make(.publish, on: id, by: cast.maker)

    // Its result is used, and what is to be put right is watched.
    try cast.on("2026-04-01")
    var use = UseContent()
    use.decision = .keep
    use.words = "保持规模"
    var item = UseItem()
    item.what = "补充人手"
    item.responsible = "巡查科"
    item.due = Day("2026-05-29")
    use.items = [item]
    try await desk.write(.use(use), on: id, by: cast.maker)
    try await desk.make(.submit, .use, on: id, by: cast.maker)
    try await desk.make(.approve, .use, on: id, by: cast.finance)
    try cast.on("2026-06-03")
    let open = try await cast.waiting(cast.maker)
    #expect(open.map(\.isOverdue) == [true])
    for _ in 0..<2 { try await cast.centre.sweep(as: "a") }
    let kept = try #require(open.first?.rectification)
    try await cast.centre.database.write { tx in
      try desk.mark(kept.id, done: Day("2026-06-02"), words: "已到岗", by: cast.maker, in: tx)
    }
    #expect(try await cast.waiting(cast.maker).isEmpty)
    #expect(try await cast.life(id).allSatisfy { $0 == .done })
    try await proveLedger(id, cast)
  }

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  private func targets(_ target: String, ids: [TargetLine] = []) throws -> SheetContent {
    var content = TargetsContent()
    content.goal = "全年不间断巡查"
    for (place, cells) in [("巡查次数", target, "60"), ("居民满意度", "≥90%", "30")].enumerated() {
      var line = TargetLine()
      line.id = ids.indices.contains(place) ? ids[place].id : nil
      line.level1 = "产出指标"
      line.name = cells.0
      line.target = cells.1
      line.weight = PrintedNumber(cells.2)
      content.lines.append(line)
    }
    return .targets(content)
  }

  private func enter(
    _ amount: PrintedNumber, _ kind: BudgetEntry.Kind, _ day: String, _ reason: String,
    _ id: ID<Project>, _ cast: Cast
  ) async throws {
    var entry = BudgetEntryDraft()
    entry.kind = kind
    entry.amount = amount
    entry.reason = reason
    entry.effective = Day(day)
    let draft = entry
    try await cast.centre.database.write { tx in
      _ = try cast.desk.enter(draft, on: id, by: cast.maker, in: tx)
    }
  }

  private func late(_ id: ID<Project>, _ cast: Cast) async throws -> Int {
    try await cast.centre.database.read {
      try Ledger.entries(about: id.raw, in: $0).count { $0.verb == "project.overdue" }
    }
  }

  private func proveLedger(_ id: ID<Project>, _ cast: Cast) async throws {
    let entries = try await cast.centre.database.read {
      try Ledger.entries(about: id.raw, in: $0)
    }
    // The targets of 2024 and one thing to be put right; each once.
    #expect(entries.count { $0.verb == "project.overdue" } == 2)
    let verbs = Set(entries.map(\.verb))
    for verb in [
      "project.appraisal.approve", "project.targets.return", "project.targets.approve",
      "project.targets.reopen", "project.targets-taken", "project.budget",
      "project.monitoring.approve", "project.publish", "project.use.approve",
      "project.rectification-done",
    ] {
      #expect(verbs.contains(verb), "\(verb)")
    }
    #expect(entries.allSatisfy { !$0.payload.contains("停巡") }, "words are not in the ledger")
    #expect(try await LedgerVerifier(database: cast.centre.database).verify().isWhole)
  }
}
