import Base
import Store
import TestSupport
import Testing

@testable import City

@Suite struct CaseAttachingTests {
  private static func count(_ id: ID<Case>, _ town: CaseTown) async throws -> Int {
    try await town.database.read { try CaseNoteRows.attachments(id, in: $0) }.count
  }

  @Test("the same file for the same purpose is attached once; for another purpose once more")
  func once() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let first = try await town.attach(.after, to: id, by: .roads)
    #expect(try await town.attach(.after, to: id, by: .sanitation) == first)
    #expect(try await town.attach(.before, to: id, by: .roads) != first)
    #expect(try await Self.count(id, town) == 2)
  }

  @Test("no case has more than its most files, and the one too many leaves no trace")
  func most() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    for number in 0..<CaseDesk.mostAttachments {
      try await town.attach(.document, to: id, by: .roads, named: "\(number)")
    }
    let before = try await town.database.read { try town.dump(id, in: $0) }
    let fault = try await town.fault {
      try await town.attach(.document, to: id, by: .roads, named: "one more")
    }
    #expect(fault?.code == "attachment.many")
    #expect(try await town.database.read { try town.dump(id, in: $0) } == before)
    // What is there already is no further one.
    try await town.attach(.document, to: id, by: .roads, named: "7")
  }

  @Test("nothing is attached to a case that is over, or by who does not see it")
  func refused() async throws {
    let town = try await CaseTown()
    for situation in [CaseSituation.void, .closed] {
      let id = try await town.bring(to: situation)
      let before = try await Self.count(id, town)
      let fault = try await town.fault { try await town.attach(.document, to: id, by: .intake) }
      #expect(fault?.code == "case.over")
      #expect(try await Self.count(id, town) == before)
    }
    let id = try await town.bring(to: .handling)
    for who in [CaseTown.Who.management, .otherPatroller, .evaluator] {
      let fault = try await town.fault { try await town.attach(.document, to: id, by: who) }
      #expect(fault?.code == "case.missing", "\(who)")
    }
    #expect(try await Self.count(id, town) == 0)
  }

  @Test("a file is given to those who may read its case, and to nobody else")
  func reading() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let file = try await town.attach(.after, to: id, by: .roads)
    for who in CaseTown.Who.allCases {
      let fault = try await town.fault { _ = try await town.desk.attachment(file, by: town[who]) }
      #expect((fault == nil) == CaseFlowTests.reads(who, .handling), "\(who)")
    }
    let unknown = try await town.fault {
      _ = try await town.desk.attachment(ID(1), by: town[.intake])
    }
    #expect(unknown?.code == "attachment.missing")
  }

  @Test("a name is kept in one line and within its length")
  func names() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let long = try await town.fault {
      try await town.attach(.after, to: id, by: .roads, named: String(repeating: "名", count: 201))
    }
    #expect(long?.fields.map(\.name) == ["name"])
    try await town.attach(.after, to: id, by: .roads, named: "现场\n照片.jpg")
    try await town.attach(.document, to: id, by: .roads, named: " ")
    let names = try await town.database.read { try CaseNoteRows.attachments(id, in: $0) }.map(
      \.name)
    #expect(names == ["现场 照片.jpg", "file"])
  }
}
