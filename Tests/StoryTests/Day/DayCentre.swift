import Base
import City
import Foundation
import Store
import TestSupport
import Testing

/// A centre on one day: the clock goes on in steps of five minutes, people do what they do, and after
/// each step what time asks for is done.
struct DayCentre {
  enum Who: String, CaseIterable {
    case intake, dispatcher, duty, leader, patroller
    case roads, housing, market, management, managementMate, committee
  }

  let test: TestDatabase
  let centre: Centre
  let people: [Who: Doer]
  /// The cases of the day by what the story calls them.
  var cases: [String: ID<Case>] = [:]

  /// - Parameter start: when the day begins, e.g. `2024-03-05 08:30` in Shanghai.
  init(start: String) async throws {
    test = try await TestDatabase(clock: FakeClock(Self.iso(start)))
    centre = try await Centre(
      database: test.database, blobs: test.folder.appending(path: "blobs"), now: test.clock.now)
    try await centre.installShippedCatalogue(by: .command)
    people = try await test.database.write { try Self.found(in: $0) }
  }

  static func iso(_ text: String) -> String { text.replacing(" ", with: "T") + ":00+08:00" }

  private static func found(in tx: Transaction) throws -> [Who: Doer] {
    for (code, level, parent) in [
      ("310114", AreaLevel.district, nil), ("T", .town, "310114"), ("V1", .villageGrid, "T"),
    ] {
      let ring = [(31.4, 121.1), (31.4, 121.2), (31.5, 121.2), (31.5, 121.1), (31.4, 121.1)].map {
        Point(latitude: $0.0, longitude: $0.1)
      }
      try AreaDesk.add(
        AreaDraft(
          code: code, name: code, level: level, parent: parent,
          shape: MultiPolygon([Polygon(outer: ring)])), by: .command, in: tx)
    }
    let units: [(String, OrganisationKind)] = [
      ("grid-centre", .centre), ("roads", .unit), ("housing", .unit), ("market", .unit),
      ("city-management", .unit), ("police", .unit), ("patrol", .unit), ("committee-1", .village),
    ]
    var organisations: [String: OrganisationRef] = [:]
    for (code, kind) in units {
      let id = try OrganisationDesk.add(
        OrganisationDraft(
          code: code, name: code, kind: kind, parent: kind == .centre ? nil : "grid-centre",
          area: kind == .village ? "V1" : nil), by: .command, in: tx)
      let path = kind == .centre ? "grid-centre/" : "grid-centre/\(code)/"
      organisations[code] = OrganisationRef(id: id, path: path)
    }
    var people: [Who: Doer] = [:]
    for who in Who.allCases {
      let (role, code) = post(of: who)
      let organisation = try #require(organisations[code])
      let grant = Grant(
        role: role, organisationPath: role == .patroller ? "" : organisation.path,
        areaPath: role == .patroller ? "310114/T/V1/" : "")
      let person = try PersonDesk.add(
        NewPerson(
          signIn: who.rawValue.lowercased(),
          facts: PersonFacts(name: who.rawValue, organisation: organisation.id), grants: [grant]),
        by: .command, in: tx)
      people[who] = Doer(person: person, grants: [grant], organisation: organisation)
    }
    return people
  }

  private static func post(of who: Who) -> (Role, String) {
    switch who {
    case .intake: (.intakeOperator, "grid-centre")
    case .dispatcher: (.dispatcher, "grid-centre")
    case .duty: (.dutyOfficer, "grid-centre")
    case .leader: (.leader, "grid-centre")
    case .patroller: (.patroller, "patrol")
    case .roads: (.handler, "roads")
    case .housing: (.handler, "housing")
    case .market: (.handler, "market")
    case .management, .managementMate: (.handler, "city-management")
    case .committee: (.handler, "committee-1")
    }
  }

  // MARK: - What people do

  subscript(_ who: Who) -> Doer { people[who] ?? Doer(person: ID(0), grants: []) }

  func id(_ name: String) throws -> ID<Case> { try #require(cases[name], "\(name)") }

  mutating func report(
    _ name: String, _ kind: String, _ channel: Channel, _ fields: [String: FieldInput],
    by who: Who = .intake
  ) async throws {
    var report = CaseReport(kind: kind, channel: channel, title: "情况 \(name)")
    report.fields = fields
    report.latitude = 31.45
    report.longitude = 121.15
    if channel == .hotline { report.reporter = Reporter(name: "张三", phone: "13800001234") }
    cases[name] = try await centre.cases.report(report, by: self[who]).id
  }

  func make(
    _ move: CaseMove, _ name: String, by who: Who, _ change: (inout MoveInput) -> Void = { _ in }
  ) async throws {
    var input = MoveInput(text: "说明")
    change(&input)
    try await centre.cases.make(move, input, on: id(name), by: self[who])
  }

  /// A picture or paper of its own.
  func file(_ content: String, _ subject: EvidenceRule.Subject) throws -> NewAttachment {
    let blob = try centre.blobs.keep(Array("GIF89a\(content)".utf8))
    return NewAttachment(blob: blob, name: content, subject: subject)
  }

  func attach(_ subject: EvidenceRule.Subject, _ name: String, by who: Who) async throws {
    try await centre.cases.attach(
      file("\(name) \(subject.rawValue)", subject), to: id(name), by: self[who])
  }

  func state(_ name: String) async throws -> CaseState {
    try await centre.cases.detail(of: id(name), by: .command).view.case.state
  }

  func expect(_ name: String, is state: CaseState) async throws {
    let found = try await self.state(name)
    #expect(found == state, "\(name)")
  }

  /// The code of the fault that a move ends in.
  func refusal(of move: CaseMove, _ name: String, by who: Who) async throws -> String? {
    do {
      try await make(move, name, by: who)
      return nil
    } catch let fault as Fault {
      return fault.fields.first?.code ?? fault.code
    }
  }

  /// The verbs of a case's ledger, without `case.`, each with its time of day.
  func timeline(_ name: String) async throws -> [String] {
    try await centre.cases.detail(of: id(name), by: .command).entries.map { entry in
      let time = entry.occurredAt.local(in: centre.zone).clockText.prefix(5)
      return "\(time) \(entry.verb.dropFirst(5))"
    }
  }

  // MARK: - Time

  /// Something that happens at a time of the day.
  typealias Event = (at: String, happens: @Sendable (inout DayCentre) async throws -> Void)

  /// Lets the day pass until `end`, in steps of five minutes, each ended by a sweep.
  mutating func pass(_ events: [Event], on day: String, until end: String) async throws {
    var waiting = events
    let last = try #require(Moment(Self.iso("\(day) \(end)")))
    while test.clock.now() <= last {
      while let event = waiting.first,
        let moment = Moment(Self.iso("\(day) \(event.at)")), moment <= test.clock.now()
      {
        waiting.removeFirst()
        try await event.happens(&self)
      }
      try await centre.sweep(as: "day")
      test.clock.advance(seconds: 300)
    }
    #expect(waiting.isEmpty)
  }
}
