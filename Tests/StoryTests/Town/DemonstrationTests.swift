import Base
import City
import Foundation
import Store
import TestSupport
import Testing

@testable import Town

/// A small town that several tests look at; built once.
private actor SmallTown {
  static let shared = SmallTown()
  static let today = "2026-11-20T15:40:00+08:00"

  private var building: Task<BuiltTown, any Error>?

  func built() async throws -> BuiltTown {
    if let building { return try await building.value }
    let building = Task { try await BuiltTown(seed: 11, today: Self.today) }
    self.building = building
    return try await building.value
  }
}

private struct BuiltTown: Sendable {
  let test: TestDatabase
  let centre: Centre
  let summary: Demonstration.Summary
  let today: Moment

  init(seed: UInt64, today: String) async throws {
    test = try await TestDatabase(clock: FakeClock(today))
    centre = try await Centre(
      database: test.database, blobs: test.folder.appending(path: "blobs"), now: test.clock.now)
    self.today = test.clock.now()
    summary = try await Demonstration.build(
      in: centre, seed: seed, today: self.today, size: .small)
  }

  /// Who a role's demonstration sign-in is, signed in with the demonstration's password.
  func doer(_ role: Role) async throws -> Doer {
    let way = try #require(summary.signIns.first { $0.role == role })
    let session = try await centre.identity.sessions.signIn(
      name: way.signIn, password: Demonstration.password)
    return try #require(try await centre.identity.sessions.doer(sessionToken: session.token)).doer
  }

  func waiting(for role: Role) async throws -> [CaseMove: Int] {
    let waiting = try await centre.cases.waiting(for: try await doer(role))
    return Dictionary(uniqueKeysWithValues: waiting.map { ($0.act, $0.total) })
  }

  func count(_ sql: SQL) async throws -> Int {
    try await centre.database.read { try $0.value(sql) ?? 0 }
  }
}

@Suite struct DemonstrationTests {
  private func town() async throws -> BuiltTown { try await SmallTown.shared.built() }

  /// Of the last three weeks.
  private static func figures(of town: BuiltTown) async throws -> [FigureValue] {
    let zone = town.centre.zone
    let day = town.today.local(in: zone).day
    let scope = FigureScope(
      from: (day + -20).start(in: zone), before: (day + 1).start(in: zone))
    return try await town.centre.database.read {
      try town.centre.cases.figures(scope, by: .command, now: town.today, in: $0)
    }
  }

  @Test("a small town has some three hundred cases, in every state")
  func states() async throws {
    let town = try await town()
    #expect((280...360).contains(town.summary.cases))
    #expect(try await town.count("SELECT COUNT(*) FROM case_file") == town.summary.cases)
    for state in CaseState.allCases where ![.void, .merged, .transferred].contains(state) {
      let count = try await town.count("SELECT COUNT(*) FROM case_file WHERE state = \(state)")
      #expect(count >= 3, "\(state)")
    }
    for state in [CaseState.merged, .transferred] {
      let count = try await town.count("SELECT COUNT(*) FROM case_file WHERE state = \(state)")
      #expect(count >= 1, "\(state)")
    }
    let open = try await town.count("SELECT COUNT(*) FROM case_file WHERE closed_at IS NULL")
    #expect(open == town.summary.open)
  }

  @Test("its ledger is whole, sealed, and in the order of time")
  func ledger() async throws {
    let town = try await town()
    let report = try await LedgerVerifier(database: town.centre.database).verify()
    #expect(report.isWhole)
    // Signing in, as other tests do, is entered too.
    let entries = town.summary.entries
    #expect(report.entries >= Int64(entries))
    #expect(report.sealedEntries == Int64(entries))
    let backwards = try await town.count(
      """
      SELECT COUNT(*) FROM ledger_entry AS a JOIN ledger_entry AS b ON b.sequence = a.sequence + 1
      WHERE b.recorded_at < a.recorded_at
      """)
    #expect(backwards == 0)
    let last: Int64? = try await town.centre.database.read {
      try $0.value("SELECT MAX(recorded_at) FROM ledger_entry")
    }
    #expect(Moment(milliseconds: try #require(last)) <= town.today)
  }

  @Test("the passes over what is due find nothing left to do")
  func sweeps() async throws {
    let town = try await BuiltTown(seed: 3, today: SmallTown.today)
    #expect(try await CaseSweep(desk: town.centre.cases).run() == 0)
    let sealed = try await LedgerSweep.run(in: town.centre.database, holder: "test")
    #expect(sealed == 0)
  }

  @Test("a project stands at each stage of the year, and something is late")
  func projectStages() async throws {
    let town = try await town()
    let doer = try await town.doer(.evaluator)
    let desk = town.centre.projects
    var states: [ProjectPhase: Set<LifeStep.State>] = [:]
    var notices: Set<YearNotice.Code> = []
    for year in 2025...2027 {
      var filter = ProjectFilter()
      filter.year = year
      let wanted = filter
      let lines = try await town.centre.database.read {
        try desk.lines(wanted, by: .command, now: town.today, in: $0).lines
      }
      for line in lines {
        for step in line.life.steps { states[step.phase, default: []].insert(step.state) }
        notices.formUnion(
          try await town.centre.database.read { snapshot in
            try desk.notices(
              of: desk.view(line.project.id, by: .command, in: snapshot), in: snapshot
            ).map(\.code)
          })
      }
    }
    #expect(states[.appraisal]?.isSuperset(of: [.done, .submitted, .open]) == true)
    #expect(states[.targets]?.isSuperset(of: [.done, .reviewed, .open]) == true)
    #expect(states[.monitoring]?.isSuperset(of: [.done, .submitted, .open]) == true)
    #expect(states[.use]?.isSuperset(of: [.done, .open, .ahead]) == true)
    #expect(notices.contains(.budgetDeparts) && !notices.contains(.targetMissing))
    let reminders = try await town.centre.database.read {
      try desk.reminders(for: doer, now: town.today, in: $0)
    }
    #expect(reminders.contains(where: \.isOverdue) && reminders.contains { !$0.isOverdue })
    #expect(
      try await town.count("SELECT COUNT(*) FROM ledger_entry WHERE verb = 'project.overdue'") > 0)
  }

  @Test("in a duty grid its patroller is asked to look before filing, elsewhere one of the village")
  func dutyGrids() async throws {
    let town = try await town()
    try await town.centre.database.read { snapshot in
      let entries = try DutyGridDesk.list(at: town.today, in: snapshot)
      #expect(entries.map(\.grid.code) == ["R1", "R2", "R3"])
      #expect(
        entries.allSatisfy { $0.people.count == 2 && $0.people[0].turn.holds(at: town.today) })
      let first = Dictionary(
        entries.map { ($0.grid.code, $0.people[0].turn.person) }, uniquingKeysWith: { $1 })
      let ids: [ID<Case>] = try snapshot.column(
        "SELECT DISTINCT case_id FROM case_assignment WHERE purpose = 'check' ORDER BY case_id")
      var within = 0
      for id in ids {
        let view = try town.centre.cases.view(id, by: .command, in: snapshot)
        let asked = view.checks.compactMap(\.person)
        let grid = try town.centre.cases.dutyGrid(of: view.case, in: snapshot)
        guard let grid, let person = first[grid.code] else { continue }
        #expect(asked.allSatisfy { $0 == person }, "\(view.case.number)")
        within += 1
      }
      #expect(ids.count > within && within > 0, "\(within) of \(ids.count)")
    }
  }

  @Test("whoever signs in finds work of their own")
  func desks() async throws {
    let town = try await town()
    #expect(Set(town.summary.signIns.map(\.role)) == Set(Role.allCases))
    let intake = try await town.waiting(for: .intakeOperator)
    #expect(Set(intake.keys).isSuperset(of: [.accept, .file, .callBack]))
    let dispatcher = try await town.waiting(for: .dispatcher)
    #expect(Set(dispatcher.keys).isSuperset(of: [.dispatch, .grantExtension, .verify, .close]))
    let roads = try await town.waiting(for: .handler)
    #expect(Set(roads.keys).isSuperset(of: [.take, .feedBack]))
    #expect(try await town.waiting(for: .patroller)[.verify, default: 0] >= 2)
    #expect(try await !town.waiting(for: .dutyOfficer).isEmpty)
    for role in [Role.intakeOperator, .dispatcher, .handler, .dutyOfficer, .leader] {
      let late = try await town.centre.cases.lateCounts(
        for: try await town.doer(role), now: town.today)
      #expect(late.overdue > 0, "\(role)")
    }
    for role in [Role.contractor, .assessor, .systemAdministrator, .auditAdministrator] {
      #expect(try await town.waiting(for: role).isEmpty, "\(role)")
    }
  }

  @Test("its figures look like a town's: in time almost always, called first always")
  func figures() async throws {
    let town = try await town()
    let figures = try await Self.figures(of: town)
    func rate(_ figure: CaseFigure) throws -> Double {
      try #require(figures.first { $0.figure == figure }?.rate)
    }
    #expect(try rate(.acceptanceOnTime) > 0.95)
    #expect(try rate(.handlingOnTime) > 0.85)
    #expect(try rate(.closingOnTime) > 0.9)
    #expect(try rate(.firstContactRate) == 1)
    #expect((0.5...1).contains(try rate(.resolvedRate)))
  }

  @Test("every move of the table is made in it, but for those that nobody needs there")
  func moves() async throws {
    let town = try await town()
    let verbs: [String] = try await town.centre.database.read {
      try $0.column("SELECT DISTINCT verb FROM ledger_entry WHERE verb LIKE 'case.%'")
    }
    let made = Set(verbs.compactMap { CaseMove(rawValue: String($0.dropFirst("case.".count))) })
    #expect(Set(CaseMove.allCases).subtracting(made).subtracting(Self.unneeded) == [])
  }

  /// Slips and seldom means.
  private static let unneeded: Set<CaseMove> = [
    .cancelCheck, .reopen, .askArbitration, .withdraw, .extendBelow, .unlink, .correct,
    .removeParty,
    .resume,
  ]

  @Test("cases of the centres above come down level by level, each level with its own clock")
  func levels() async throws {
    let town = try await town()
    for (path, depth) in [("city/district/", 1), ("city/", 2)] {
      let cases = try await town.count(
        "SELECT COUNT(*) FROM case_file WHERE organisation_path = \(path) AND dispatched_at IS NOT NULL"
      )
      #expect(cases >= 1, "\(path)")
      let clocked = try await town.count(
        """
        SELECT COUNT(DISTINCT c.id) FROM case_file AS c JOIN case_clock AS k ON k.case_id = c.id
        WHERE c.organisation_path = \(path) AND k.step = 'handling' AND k.level = \(depth)
        """)
      #expect(clocked >= 1 && clocked <= cases, "\(path)")
      let risen = try await town.count(
        "SELECT COUNT(*) FROM case_file WHERE organisation_path = \(path) AND closed_at IS NOT NULL"
      )
      #expect(risen >= 1, "\(path)")
    }
  }

  @Test("what was brought to the mediators' table has parties, sessions and an outcome as planned")
  func mediations() async throws {
    let town = try await town()
    let figures = try await Self.figures(of: town)
    func count(_ figure: CaseFigure) throws -> Int {
      try #require(figures.first { $0.figure == figure }).numerator
    }
    let settled = try await town.count(
      "SELECT COUNT(*) FROM case_mediation WHERE outcome = 'settled'")
    #expect((3...8).contains(settled))
    #expect(try count(.mediated) == settled && count(.settledRate) == settled)
    #expect((1...5).contains(try count(.writtenAgreements)))
    let sum = try await town.count("SELECT CAST(SUM(amount) AS BIGINT) FROM case_mediation")
    #expect(try count(.agreedAmount) == sum && sum > 0 && sum <= 9_640_000)
    let bare = try await town.count(
      """
      SELECT COUNT(*) FROM case_mediation AS m WHERE
        NOT EXISTS (SELECT 1 FROM case_party AS p WHERE p.case_id = m.case_id)
        OR NOT EXISTS (SELECT 1 FROM case_session AS s WHERE s.case_id = m.case_id)
      """)
    #expect(bare == 0)
  }

  @Test("cases that were handled have the evidence that their kinds ask for")
  func evidence() async throws {
    let town = try await town()
    let digests: [String] = try await town.centre.database.read {
      try $0.column("SELECT DISTINCT digest FROM case_attachment")
    }
    #expect((3...18).contains(digests.count))
    for digest in digests {
      let bytes = try #require(try town.centre.blobs.read(digest))
      #expect(FileKind.sniff(bytes) == .png)
    }
    let bare = try await town.count(
      """
      SELECT COUNT(*) FROM case_file AS c WHERE c.handled_at IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM case_attachment AS a WHERE a.case_id = c.id AND a.subject <> 'before')
      """)
    #expect(bare == 0)
  }

  @Test("the same seed makes the same town, but for what is secret")
  func deterministic() async throws {
    let one = try await town()
    let two = try await BuiltTown(seed: 11, today: SmallTown.today)
    #expect(one.summary == two.summary)
    let lines = { (town: BuiltTown) in
      try await town.centre.database.read { snapshot in
        var lines: [String] = []
        try snapshot.each(
          """
          SELECT number, state, title, description, fields, place, updated_at, revision
          FROM case_file ORDER BY id
          """
        ) { fields in
          let texts = try (0..<6).map { _ in try fields.next(String.self) }
          lines.append("\(texts) \(try fields.next(Int64.self)) \(try fields.next(Int64.self))")
        }
        try snapshot.each(
          """
          SELECT verb, subject_id, actor_id, recorded_at FROM ledger_entry
          WHERE sequence <= \(town.summary.entries) ORDER BY sequence
          """
        ) { fields in
          let verb = try fields.next(String.self)
          let numbers = try (0..<3).map { _ in try fields.next(Int64.self) }
          lines.append("\(verb) \(numbers)")
        }
        return lines
      }
    }
    #expect(try await lines(one) == lines(two))
    let other = try await BuiltTown(seed: 12, today: SmallTown.today)
    #expect(try await lines(one) != lines(other))
  }

  @Test("a town is built by night and at the turn of a year as well")
  func anyHour() async throws {
    for today in ["2026-11-22T03:10:00+08:00", "2026-01-01T00:10:00+08:00"] {
      let town = try await BuiltTown(seed: 5, today: today)
      #expect(town.summary.open > 40)
      #expect(try await LedgerVerifier(database: town.centre.database).verify().isWhole)
    }
  }

  @Test("nothing is built where something is")
  func refused() async throws {
    let town = try await BuiltTown(seed: 2, today: SmallTown.today)
    await #expect(throws: Fault(.conflict, "town.not-empty")) {
      try await Demonstration.build(
        in: town.centre, seed: 3, today: town.today, size: .small)
    }
  }
}
