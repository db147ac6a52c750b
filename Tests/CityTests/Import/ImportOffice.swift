import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// A fresh database, and files that are brought into it.
struct ImportOffice {
  let town: TestDatabase
  let now: Now

  init(_ now: String = "2024-03-04T09:30:00+08:00") async throws {
    let clock = FakeClock(now)
    town = try await TestDatabase(clock: clock)
    self.now = clock.now
  }

  var database: any Database { town.database }

  func centre() async throws -> Centre {
    try await Centre(
      database: database, blobs: town.folder.appending(path: "blobs"), now: now)
  }

  /// Writes a file into the folder of the test.
  func file(_ text: String, named name: String = "cases.csv") throws -> String {
    try file(Data(text.utf8), named: name)
  }

  func file(_ data: Data, named name: String) throws -> String {
    let url = town.folder.appending(path: name)
    try data.write(to: url)
    return url.path
  }

  struct Result {
    var summary: ImportSummary
    var rejected: [RejectedRow]
  }

  @discardableResult
  func bring(_ path: String, _ map: ImportMap, batch: Int = 1000) async throws -> Result {
    let reader = try CaseImport.open(path: path, as: map)
    var rejected: [RejectedRow] = []
    let summary = try await CaseImport(map, desk: centre().cases, batchSize: batch).run(
      reader, rejected: { rejected.append($0) })
    return Result(summary: summary, rejected: rejected)
  }

  func find(_ id: String, source: String = "sample") async throws -> CaseView {
    let desk = try await centre().cases
    let view = try await database.read { snapshot in
      try CaseRows.find(source: source, externalID: id, in: snapshot).map {
        try desk.view($0.id, by: .command, in: snapshot)
      }
    }
    return try #require(view)
  }

  /// Every row of every table that an import may write, as text.
  func everything() async throws -> [String] {
    let tables = [
      "case_file", "case_clock", "case_reporter", "case_assignment", "case_note", "organisation",
      "case_kind", "counter", "setting",
    ]
    var columns: [String: [String]] = [:]
    for table in tables { columns[table] = try await town.columns(of: table) }
    return try await database.read { [columns] snapshot in
      var rows: [String] = []
      for table in tables {
        let names = columns[table] ?? []
        let list = names.map { "COALESCE(CAST(\($0) AS TEXT), '-')" }.joined(
          separator: " || '|' || ")
        rows += try snapshot.column(SQL(trusted: "SELECT \(list) FROM \(table) ORDER BY 1"))
      }
      return rows + [
        "\(try snapshot.value("SELECT COUNT(*) FROM ledger_entry", as: Int.self) ?? 0)"
      ]
    }
  }

  func entries(about view: CaseView) async throws -> [LedgerEntry] {
    try await database.read { try Ledger.entries(about: view.case.id.raw, in: $0) }
  }

  func count(_ table: String) async throws -> Int {
    try await database.read {
      try $0.value(SQL(trusted: "SELECT COUNT(*) FROM \(table)"), as: Int.self) ?? 0
    }
  }
}

enum ImportSamples {
  static let text = """
    name: 样例
    source: sample
    zone: Asia/Shanghai
    case:
      id: id
      title: title
      description: text
      place: place
      point: { latitude: lat, longitude: lon, unknown: ["0.0"] }
      channel: { column: from, values: { call: hotline, app: resident }, default: upper }
      kind: { column: sort, values: { other: P0001 }, make: { prefix: S, class: class } }
      organisation: { column: unit, make: { kind: unit, names: { RD: 道路所 } } }
      reporter: { name: who, phone: phone }
      reported: opened
      due: target
      closed: ended
      state: { column: status, values: { open: dispatched, done: closed } }
      outcome: { column: result, values: { fixed: resolved }, default: other }
      closingNote: reason
      reply: reply
      replied: answered
    make:
      zone: Asia/Shanghai
      centre: { code: town, name: 样例镇城运中心 }
      classes:
        - code: P0
          name: 其他
          kinds:
            - { code: P0001, name: 其他事项 }

    """

  static let header =
    "id,title,text,place,lat,lon,from,sort,class,unit,who,phone,opened,target,ended,status,"
    + "result,reason,reply,answered\n"

  static func map(_ text: String = text) throws -> ImportMap {
    try ImportMap.read(NamedFile(name: "sample.yaml", text: text))
  }

  /// One row of `header`; what is not named is empty.
  static func row(_ id: String, _ values: [String: String] = [:]) -> String {
    let usual = [
      "id": id, "title": "路灯不亮 \(id)", "text": "东门路口的路灯坏了", "place": "东门路 1 号",
      "from": "call", "sort": "路灯", "class": "道路", "unit": "RD", "who": "张三",
      "phone": "13800001234", "opened": "2023-05-06 10:00:00", "target": "2023-05-09 10:00:00",
      "status": "open", "lat": "31.60", "lon": "121.70",
    ]
    let all = usual.merging(values) { $1 }
    let names = header.dropLast().split(separator: ",").map(String.init)
    return names.map { all[$0] ?? "" }.joined(separator: ",") + "\n"
  }

  static func file(_ rows: String...) -> String { header + rows.joined() }
}
