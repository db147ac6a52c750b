import Base
import Store
import TestSupport
import Testing

@testable import City

/// A move that lacks something names all that it lacks, and writes nothing of itself.
@Suite struct CaseRefusalTests {
  /// A move in a situation whose input is spoilt, and the fields that are then named.
  struct Lack: CustomTestStringConvertible, Sendable {
    let move: CaseMove
    let situation: CaseSituation
    let who: CaseTown.Who
    let spoil: @Sendable (inout MoveInput) -> Void
    let named: [String]

    init(
      _ move: CaseMove, _ situation: CaseSituation, _ who: CaseTown.Who, _ named: [String],
      _ spoil: @escaping @Sendable (inout MoveInput) -> Void
    ) {
      self.move = move
      self.situation = situation
      self.who = who
      self.spoil = spoil
      self.named = named
    }

    var testDescription: String { "\(move.rawValue) \(named)" }
  }

  static let long = String(repeating: "长", count: 8001)

  static let lacks: [Lack] = [
    Lack(.accept, .reported, .intake, ["text value.long"]) { $0.text = long },
    Lack(.reject, .reported, .intake, ["text value.missing"]) { $0.text = " \n" },
    Lack(.reject, .accepted, .dispatcher, ["text value.control"]) { $0.text = "a\u{7}b" },
    Lack(
      .file, .accepted, .intake, ["kind kind.unknown", "title value.missing", "area area.unknown"]
    ) {
      $0.kind = "nothing"
      $0.title = " "
      $0.area = "nowhere"
    },
    Lack(.askCheck, .accepted, .intake, ["organisation value.missing"]) {
      $0.organisation = " "
      $0.person = nil
    },
    Lack(.askCheck, .accepted, .intake, ["organisation organisation.unknown"]) {
      $0.organisation = "nobody"
    },
    Lack(.askCheck, .checking, .duty, ["person person.not-in-organisation"]) {
      $0.organisation = "roads"
    },
    Lack(.confirmCheck, .checking, .patroller, ["text value.missing"]) { $0.text = " " },
    Lack(.denyCheck, .checking, .patroller, ["text value.missing"]) { $0.text = nil },
    Lack(.cancelCheck, .checking, .intake, ["text value.long"]) { $0.text = long },
    Lack(.file, .accepted, .intake, ["fields.count value.number"]) {
      $0.fields = ["count": "many"]
    },
    Lack(.file, .accepted, .intake, ["longitude point.half"]) { $0.latitude = 31.45 },
    Lack(.dispatch, .filed, .dispatcher, ["organisation value.missing"]) { $0.organisation = "" },
    Lack(.dispatch, .filed, .dispatcher, ["organisation organisation.unknown"]) {
      $0.organisation = "nobody"
    },
    Lack(.dispatch, .filed, .dispatcher, ["helpers organisation.unknown"]) {
      $0.helpers = ["sanitation", "nobody"]
    },
    Lack(.dispatch, .filed, .dispatcher, ["helpers helper.is-lead"]) { $0.helpers = ["roads"] },
    Lack(.dispatch, .filed, .dispatcher, ["text value.long"]) { $0.text = long },
    Lack(.askArbitration, .filed, .dispatcher, ["text value.missing"]) { $0.text = nil },
    Lack(.arbitrate, .disputed, .duty, ["organisation organisation.unknown"]) {
      $0.organisation = "nobody"
    },
    Lack(.appeal, .closed, .roads, ["text value.missing"]) { $0.text = nil },
    Lack(.grantAppeal, .appealed, .leader, ["text value.missing"]) { $0.text = nil },
    Lack(.refuseAppeal, .appealed, .duty, ["text value.missing"]) { $0.text = " " },
    Lack(.take, .dispatched, .roads, ["text value.control"]) { $0.text = "\u{0}" },
    Lack(.giveBack, .handling, .roads, ["text value.missing"]) { $0.text = nil },
    Lack(
      .feedBack, .handling, .roads,
      [
        "factFinding value.missing", "claimFinding value.missing", "fields.cause value.long",
        "attachments evidence.missing",
      ]
    ) {
      $0.factFinding = nil
      $0.claimFinding = " "
      $0.fields = ["cause": .text(String(repeating: "因", count: 201))]
    },
    Lack(.feedBack, .handling, .roads, ["attachments evidence.missing"]) { _ in },
    Lack(.feedBack, .handling, .roads, ["text value.missing"]) { $0.text = "" },
    Lack(.feedBack, .handling, .sanitation, ["factFinding value.long"]) { $0.factFinding = long },
    Lack(.rework, .handled, .dispatcher, ["text value.missing"]) { $0.text = nil },
    Lack(.askExtension, .handling, .roads, ["text value.missing"]) { $0.text = nil },
    Lack(.askExtension, .handling, .roads, ["limit limit.unreadable"]) { $0.limit = "soon" },
    Lack(.askExtension, .handling, .roads, ["limit limit.over"]) { $0.limit = "30 days" },
    Lack(.refuseExtension, .asked, .dispatcher, ["text value.missing"]) { $0.text = nil },
    Lack(.grantExtension, .asked, .dispatcher, ["text value.long"]) { $0.text = long },
    Lack(
      .suspend, .handling, .dispatcher,
      ["reason value.missing", "until value.missing", "approver value.missing"]
    ) {
      $0.reason = nil
      $0.until = nil
      $0.approver = nil
    },
    Lack(
      .suspend, .handling, .dispatcher,
      ["reason pause.not-allowed", "until moment.past", "approver person.not-approver"]
    ) {
      $0.reason = "tired"
      $0.until = Moment("2024-03-04T09:30:00+08:00")
      $0.approver = ID(12345)
    },
    Lack(.suspend, .handling, .dispatcher, ["until moment.far"]) {
      $0.until = Moment("2025-04-01T09:30:00+08:00")
    },
    Lack(.contact, .handling, .roads, ["reached value.missing"]) { $0.reached = nil },
    Lack(.contact, .handling, .roads, ["text value.missing"]) { $0.text = nil },
    Lack(
      .close, .verified, .dispatcher,
      [
        "conditions condition.unmet", "outcome value.long", "text value.long",
        "fields.bill value.number",
      ]
    ) {
      $0.conditions = ["told", "unheard"]
      $0.outcome = String(repeating: "a", count: 65)
      $0.text = long
      $0.fields = ["bill": "viel"]
    },
    Lack(
      .close, .verified, .dispatcher, ["conditions condition.unmet", "conditions condition.unmet"]
    ) { $0.conditions = nil },
    Lack(.callBack, .handled, .intake, ["satisfaction value.range"]) { $0.satisfaction = 9 },
    Lack(.callBack, .handled, .intake, ["text value.long"]) { $0.text = long },
    Lack(.reopen, .closed, .intake, ["text value.missing"]) { $0.text = nil },
    Lack(.supervise, .handling, .leader, ["text value.missing", "until value.missing"]) {
      $0.text = " "
      $0.until = nil
    },
    Lack(.supervise, .reported, .duty, ["until moment.past"]) {
      $0.until = Moment("2024-03-04T09:30:00+08:00")
    },
    Lack(.supervise, .filed, .leader, ["until moment.far"]) {
      $0.until = Moment("2025-04-01T09:30:00+08:00")
    },
    Lack(.answer, .supervised, .sanitation, ["text value.missing"]) { $0.text = nil },
    Lack(.comment, .handling, .leader, ["text value.missing"]) { $0.text = "\r\n" },
    Lack(.correct, .handling, .intake, ["description value.long", "place value.long"]) {
      $0.description = long
      $0.place = String(repeating: "路", count: 301)
    },
    Lack(.correct, .handling, .intake, ["text value.long"]) { $0.text = long },
    Lack(
      .link, .handling, .dispatcher,
      ["relation value.missing", "other value.missing", "text value.long"]
    ) {
      $0.relation = nil
      $0.text = long
    },
    Lack(.link, .filed, .intake, ["relation value.not-listed", "other case.number-unknown"]) {
      $0.relation = "friends"
      $0.other = "240304-99999"
    },
    Lack(.merge, .handling, .dispatcher, ["other value.missing", "text value.long"]) {
      $0.text = long
    },
    Lack(.merge, .filed, .dispatcher, ["other case.number-unknown"]) { $0.other = "240304-99999" },
    Lack(.unmerge, .merged, .dispatcher, ["text value.long"]) { $0.text = long },
    Lack(
      .transfer, .filed, .dispatcher,
      ["direction value.missing", "platform value.missing", "text value.missing"]
    ) {
      $0.direction = nil
      $0.platform = " "
      $0.text = nil
    },
    Lack(
      .transfer, .accepted, .dispatcher, ["direction value.not-listed", "platform value.long"]
    ) {
      $0.direction = "sideways"
      $0.platform = String(repeating: "区", count: 101)
    },
    Lack(.transferBack, .transferred, .intake, ["text value.missing"]) { $0.text = "" },
    Lack(.unlink, .linked, .intake, ["other value.missing"]) { _ in },
  ]

  @Test(
    "what is missing or wrong is named, all of it, and nothing is half-written", arguments: lacks)
  func refused(_ lack: Lack) async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: lack.situation)
    try await town.database.write { tx in
      let before = try town.dump(id, in: tx)
      let fault = #expect(throws: Fault.self) {
        try town.make(lack.move, by: lack.who, on: id, lack.spoil, in: tx)
      }
      #expect(fault?.code == "input.invalid")
      #expect(fault?.fields.map { "\($0.name) \($0.code)" } == lack.named)
      // Looked at within the transaction: it is not the roll-back that keeps it whole.
      #expect(try town.dump(id, in: tx) == before)
    }
  }

  @Test("files that come with a refused move are not attached")
  func attachments() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let photo = NewAttachment(blob: CaseTown.file("b"), name: "b.jpg", subject: .after)
    var input = town.input(for: .feedBack, now: town.clock.now())
    input.factFinding = nil
    let before = try await town.database.read { try town.dump(id, in: $0) }
    let spoilt = input
    let fault = try await town.fault {
      try await town.desk.make(
        .feedBack, spoilt, attaching: [photo], on: id, revision: nil, by: town[.roads])
    }
    #expect(fault?.fields.map(\.name) == ["factFinding"])
    #expect(try await town.database.read { try town.dump(id, in: $0) } == before)
    input.factFinding = "属实"
    let whole = input
    try await town.desk.make(
      .feedBack, whole, attaching: [photo], on: id, revision: nil, by: town[.roads])
    #expect(try await town.database.read { try town.dump(id, in: $0) }.attachments.count == 1)
  }

  @Test("a correction that changes nothing is refused and writes nothing")
  func nothingCorrected() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let before = try await town.database.read { try town.dump(id, in: $0) }
    let fault = try await town.fault {
      try await town.make(.correct, by: .intake, on: id) { $0.title = CaseTown.report().title }
    }
    #expect(fault?.code == "case.nothing-corrected")
    #expect(try await town.database.read { try town.dump(id, in: $0) } == before)
  }

  @Test("a suspension is approved by who may: a duty officer or leader of the case's centre")
  func approvers() async throws {
    let town = try await CaseTown()
    for who in CaseTown.Who.allCases {
      let id = try await town.bring(to: .handling)
      let person = town[who].person
      let fault = try await town.fault {
        try await town.make(.suspend, by: .dispatcher, on: id) { $0.approver = person }
      }
      let may = [CaseTown.Who.duty, .leader, .villageLeader].contains(who)
      #expect((fault == nil) == may, "\(who)")
      if !may { #expect(fault?.fields.map(\.code) == ["person.not-approver"], "\(who)") }
    }
  }

  @Test("the evidence and the conditions that are missing are told by name and number")
  func named() async throws {
    let town = try await CaseTown()
    let handling = try await town.bring(to: .handling)
    try await town.attach(.before, to: handling, by: .roads)
    let evidence = try await town.fault { try await town.make(.feedBack, by: .roads, on: handling) }
    #expect(
      evidence?.fields.first?.arguments == ["subject": "after", "needed": "1", "there": "0"])
    let verified = try await town.bring(to: .verified)
    let condition = try await town.fault {
      try await town.make(.close, by: .dispatcher, on: verified) { $0.conditions = ["tidy"] }
    }
    #expect(condition?.fields.first?.arguments == ["condition": "told", "text": "已告知"])
  }
}
