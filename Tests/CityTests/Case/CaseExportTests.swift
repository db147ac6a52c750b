import Base
import Store
import Testing

@testable import City

@Suite struct CaseExportTests {
  @Test("every case of a list comes out once, in its order, and the ledger keeps who took how many")
  func whole() async throws {
    let town = try await CaseTown()
    let officer = town[.duty]
    for _ in 0..<7 { _ = try await town.report() }
    var told: Int?
    var numbers: [String] = []
    let count = try await town.desk.export(CaseFilter(), by: officer) {
      told = $0
    } lines: {
      numbers += $0.map(\.number)
    }
    let list = try await town.desk.lines(CaseFilter(), limit: 200, by: officer)
    #expect(count == 7)
    #expect(told == 7)
    #expect(numbers == list.lines.map(\.number))
    let entry = try await town.database.read {
      try $0.first("SELECT \(LedgerEntry.columns) FROM ledger_entry WHERE verb = 'cases.export'")
        as LedgerEntry?
    }
    #expect(entry?.subjectKind == .person)
    #expect(entry?.actor == officer.actor)
    #expect(entry?.payload.contains("7") == true)
  }

  @Test("more than may be taken out at once is refused, and nothing is entered")
  func tooMany() async throws {
    let town = try await CaseTown()
    let officer = town[.duty]
    for _ in 0..<3 { _ = try await town.report() }
    let fault = await #expect(throws: Fault.self) {
      try await town.desk.export(CaseFilter(), by: officer, most: 2) { _ in
        Issue.record("told of lines")
      }
    }
    #expect(fault?.code == "export.too-many")
    #expect(try await town.desk.export(CaseFilter(), by: officer, most: 3) { _ in } == 3)
  }

  @Test("nobody takes out what they may not see")
  func scope() async throws {
    let town = try await CaseTown()
    _ = try await town.report()
    let fault = await #expect(throws: Fault.self) {
      try await town.desk.export(CaseFilter(), by: town[.security]) { _ in }
    }
    #expect(fault?.code == "right.missing")
    #expect(try await town.desk.export(CaseFilter(), by: town[.roads]) { _ in } == 0)
  }
}
