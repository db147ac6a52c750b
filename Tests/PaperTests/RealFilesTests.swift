import Foundation
import Testing

@testable import Paper

private let data = ProcessInfo.processInfo.environment["CHENGYUN_DATA"]

@Suite(.enabled(if: data != nil, "CHENGYUN_DATA is not set"))
struct RealFilesTests {
  private func path(_ name: String) throws -> String { try #require(data) + "/" + name }

  @Test("all 58,251 requests of Boston are read")
  func boston() throws {
    let reader = try TableReader(path: path("service-requests-311/boston-311-2011h2.csv.gz"))
    try reader.header.require(["case_enquiry_id", "target_dt", "ontime", "case_status"])
    #expect(reader.header.names.count == 29)
    var rows = 0
    var states: [String: Int] = [:]
    var withoutTarget = 0
    var wrong: [Int] = []
    while let row = try reader.next() {
      rows += 1
      if row.problem != nil || row.ordinal != rows { wrong.append(row.ordinal) }
      states[row["case_status"] ?? "", default: 0] += 1
      if row["target_dt"] == "" { withoutTarget += 1 }
    }
    #expect(wrong == [])
    #expect(rows == 58_251)
    #expect(states == ["Closed": 54_570, "Open": 3_681])
    #expect(withoutTarget == 10_981)
    #expect(reader.consumed == reader.total)
  }

  @Test("line breaks within quotes: the 10,000 requests of San Francisco")
  func sanFrancisco() throws {
    let reader = try TableReader(path: path("service-requests-311/san-francisco-311-sample.csv.gz"))
    var rows: [TableRow] = []
    while let row = try reader.next() { rows.append(row) }
    #expect(rows.count == 10_000)
    #expect(rows.allSatisfy { $0.problem == nil })
    #expect(rows.contains { $0["status_notes"]?.contains("\n") == true })
  }
}
