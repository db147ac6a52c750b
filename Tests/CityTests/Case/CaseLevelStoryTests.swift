import Base
import Store
import TestSupport
import Testing

@testable import City

/// City → district → town → unit → person: one case, and what each level makes of it.
@Suite struct CaseLevelStoryTests {
  /// Five levels over the small town's places, one person who does everything at each.
  struct Levels {
    let town: CaseTown
    var people: [String: Doer] = [:]

    static let tree: [(code: String, kind: OrganisationKind, below: String?)] = [
      ("city", .centre, nil), ("district", .centre, "city"), ("hall", .centre, "district"),
      ("works", .unit, "hall"), ("other-district", .centre, "city"),
    ]

    init() async throws {
      town = try await CaseTown()
      people = try await town.database.write { tx in
        for (code, kind, below) in Self.tree {
          try SmallTown.organisation(code, kind, below: below, in: tx)
        }
        return [
          "city": try Self.add("city", [.dutyOfficer], at: "city", in: tx),
          "district": try Self.add("district", [.dutyOfficer], at: "district", in: tx),
          "hall": try Self.add("hall", [.dutyOfficer], at: "hall", in: tx),
          "works": try Self.add("works", [.dispatcher, .handler], at: "works", in: tx),
          "worker": try Self.add("worker", [.handler], at: "works", in: tx),
          "other": try Self.add("other", [.dutyOfficer], at: "other-district", in: tx),
        ]
      }
    }

    private static func add(
      _ name: String, _ roles: [Role], at code: String, in tx: Transaction
    ) throws -> Doer {
      let organisation = try #require(try OrganisationRows.organisation(code: code, in: tx))
      let grants = roles.map { Grant(role: $0, organisationPath: organisation.path) }
      let person = try PersonDesk.add(
        NewPerson(
          signIn: "level-" + name,
          facts: PersonFacts(name: name, organisation: organisation.id), grants: grants),
        by: .command, in: tx)
      return Doer(
        person: person, grants: grants,
        organisation: OrganisationRef(id: organisation.id, path: organisation.path))
    }

    func who(_ name: String) throws -> Doer { try #require(people[name]) }

    func make(
      _ at: String, _ move: CaseMove, by name: String, on id: ID<Case>,
      _ change: (inout MoveInput) throws -> Void = { _ in }
    ) async throws {
      try town.set("2024-" + at)
      var input = town.input(for: move, now: town.clock.now())
      input.organisation = nil
      input.helpers = nil
      input.until = nil
      try change(&input)
      try await town.desk.make(move, input, on: id, by: try who(name))
    }

    /// A case that the city has sent to an organisation.
    func sent(to code: String) async throws -> ID<Case> {
      let city = try who("city")
      let id = try await town.database.write {
        try town.desk.report(CaseTown.report(), by: city, in: $0).id
      }
      try await make("03-04 10:00", .accept, by: "city", on: id)
      try await make("03-04 10:30", .file, by: "city", on: id)
      try await make("03-04 11:00", .dispatch, by: "city", on: id) { $0.organisation = code }
      return id
    }

    /// The deadline that somebody's list shows; `none` where the case is not in it.
    func due(_ name: String) async throws -> String {
      var filter = CaseFilter()
      filter.order = .due
      let lines = try await town.desk.lines(filter, by: try who(name)).lines
      return lines.first.map { CaseTown.text($0.dueAt) } ?? "none"
    }
  }

  @Test("late at the town, in time at the unit, at the district and for the city")
  func story() async throws {
    let levels = try await Levels()
    let town = levels.town
    let city = try levels.who("city")
    let id = try await town.database.write {
      try town.desk.report(CaseTown.report(), by: city, in: $0).id
    }
    try await levels.make("03-04 10:00", .accept, by: "city", on: id)
    try await levels.make("03-04 10:15", .contact, by: "city", on: id)
    try await levels.make("03-04 10:30", .file, by: "city", on: id)
    try await levels.make("03-04 11:00", .dispatch, by: "city", on: id) {
      $0.organisation = "district"
    }
    #expect(try await levels.due("district") == "03-11 17:30")
    #expect(try await levels.due("other") == "none")
    #expect(try await levels.due("hall") == "none")
    try await levels.make("03-04 13:30", .take, by: "district", on: id)
    try await levels.make("03-04 14:00", .passOn, by: "district", on: id) {
      $0.organisation = "hall"
      $0.until = try CaseTown.at("2024-03-07 12:00")
    }
    // The town lets it lie, and is late before it sends it on.
    try await levels.make("03-08 09:00", .passOn, by: "hall", on: id) { $0.organisation = "works" }
    try await levels.make("03-08 10:00", .passOn, by: "works", on: id) {
      $0.person = levels.people["worker"]?.person
      $0.until = try CaseTown.at("2024-03-11 12:00")
    }
    #expect(try await levels.due("city") == "03-11 17:30")
    #expect(try await levels.due("district") == "03-11 17:30")
    #expect(try await levels.due("hall") == "03-07 12:00")
    #expect(try await levels.due("works") == "03-15 17:30")
    let now = town.clock.now()
    for (name, late) in [("city", 0), ("district", 0), ("hall", 1), ("works", 0)] {
      let counts = try await town.desk.lateCounts(for: try levels.who(name), now: now)
      #expect(counts.overdue == late, "\(name)")
    }
    let desk = try await town.desk.waiting(for: try levels.who("worker"))
    #expect(desk.map(\.act) == [.take])
    #expect(desk.first?.lines.first.map { CaseTown.text($0.dueAt) } == "03-11 12:00")
    let tree = try await town.view(id).tree
    #expect(tree.map(\.level) == [0, 1, 2, 3])

    try await levels.make("03-08 11:00", .take, by: "worker", on: id)
    try await town.desk.attach(
      NewAttachment(blob: CaseTown.file(), name: "a", subject: .after), to: id,
      by: try levels.who("worker"))
    try await levels.make("03-11 10:00", .feedBack, by: "worker", on: id)
    try await levels.make("03-11 11:00", .feedBack, by: "works", on: id)
    #expect(try await town.view(id).case.state == .handling)
    try await levels.make("03-11 14:00", .feedBack, by: "hall", on: id)
    try await levels.make("03-11 16:00", .feedBack, by: "district", on: id)
    let view = try await town.view(id)
    #expect(view.case.state == .handled && view.case.handledBy == levels.people["district"]?.person)
    #expect(view.clocks.filter { $0.step == .handling }.allSatisfy { $0.isDone })
    for (code, value) in [
      (nil, "1/1"), ("district", "1/1"), ("hall", "0/1"), ("works", "1/1"),
    ] as [(String?, String)] {
      #expect(try await town.figure(.handlingOnTime, of: code) == value, "\(code ?? "all")")
    }
    // Nobody of those below verifies; the city does.
    for name in ["district", "hall", "works", "worker"] {
      #expect(view.wasHandled(by: try levels.who(name)), "\(name)")
    }
    try await levels.make("03-11 17:00", .verify, by: "city", on: id)
  }

  @Test("a centre below another sees what it was sent beside its own, and nothing else")
  func lists() async throws {
    let levels = try await Levels()
    let town = levels.town
    var ids: [String: ID<Case>] = [:]
    for name in ["city", "district", "other"] {
      let doer = try levels.who(name)
      ids[name] = try await town.database.write {
        try town.desk.report(CaseTown.report(), by: doer, in: $0).id
      }
    }
    let sent = try #require(ids["city"])
    try await levels.make("03-04 10:00", .accept, by: "city", on: sent)
    try await levels.make("03-04 10:30", .file, by: "city", on: sent)
    try await levels.make("03-04 11:00", .dispatch, by: "city", on: sent) {
      $0.organisation = "district"
    }
    for order in CaseFilter.Order.allCases {
      var filter = CaseFilter()
      filter.order = order
      func seen(_ name: String) async throws -> Set<ID<Case>> {
        Set(try await town.desk.lines(filter, by: try levels.who(name)).lines.map(\.id))
      }
      #expect(try await seen("city") == Set(ids.values), "\(order)")
      #expect(try await seen("district") == Set([ids["district"], sent].compactMap { $0 }))
      #expect(try await seen("other") == Set([ids["other"]].compactMap { $0 }))
      #expect(try await seen("hall").isEmpty)
      filter.text = "大坑"
      #expect(try await seen("district").count == 2)
      #expect(try await seen("other").count == 1)
    }
  }
}
