import Base
import Crypto
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// A district with two towns, and everybody who has to do with their projects.
struct ProjectTown: Sendable {
  enum Who: String, CaseIterable, Sendable {
    /// Two evaluators of the first town; the first writes and hands in.
    case writer, mate
    /// The leader of the first town.
    case leader
    /// An evaluator and a leader of the district.
    case above, head
    /// Of the second town.
    case stranger
    /// A leader over an area only.
    case villageLeader
    case dispatcher, handler, assessor, system, security, audit
  }

  let store: TestDatabase
  let desk: ProjectDesk
  let first: ID<Organisation>
  let second: ID<Organisation>
  private let doers: [Who: Doer]

  var database: any Database { store.database }
  var clock: FakeClock { store.clock }

  init() async throws {
    store = try await TestDatabase(clock: FakeClock("2025-01-10T09:30:00+08:00"))
    desk = ProjectDesk(
      database: store.database, parties: Latest(),
      zone: TimeZone(identifier: "Asia/Shanghai") ?? .gmt, calendar: try CalendarFile.standard,
      now: store.clock.now)
    let built = try await store.database.write { tx in
      func add(_ code: String, _ kind: OrganisationKind, _ parent: String?) throws
        -> ID<Organisation>
      {
        try OrganisationDesk.add(
          OrganisationDraft(code: code, name: code, kind: kind, parent: parent, area: nil),
          by: .command, in: tx)
      }
      _ = try add("district", .centre, nil)
      let first = try add("town-1", .unit, "district")
      let second = try add("town-2", .unit, "district")
      try AreaDesk.add(
        AreaDraft(code: "V", name: "V", level: .district, parent: nil, shape: nil), by: .command,
        in: tx)
      let doers = try Dictionary(
        uniqueKeysWithValues: Who.allCases.map { ($0, try Self.add($0, in: tx)) })
      return (first, second, doers)
    }
    (first, second, doers) = built
  }

  subscript(_ who: Who) -> Doer { doers[who] ?? Doer(person: ID(0), grants: []) }

  private static func add(_ who: Who, in tx: Transaction) throws -> Doer {
    let (role, code): (Role, String) =
      switch who {
      case .writer, .mate: (.evaluator, "town-1")
      case .leader: (.leader, "town-1")
      case .above: (.evaluator, "district")
      case .head: (.leader, "district")
      case .stranger: (.evaluator, "town-2")
      case .villageLeader: (.leader, "district")
      case .dispatcher: (.dispatcher, "district")
      case .handler: (.handler, "town-1")
      case .assessor: (.assessor, "district")
      case .system: (.systemAdministrator, "district")
      case .security: (.securityAdministrator, "district")
      case .audit: (.auditAdministrator, "district")
      }
    let organisation = try #require(try OrganisationRows.organisation(code: code, in: tx))
    let grant = Grant(
      role: role, organisationPath: role.isAdministrator ? "" : organisation.path,
      areaPath: who == .villageLeader ? "V/" : "")
    let person = try PersonDesk.add(
      NewPerson(
        signIn: who.rawValue.lowercased(),
        facts: PersonFacts(name: who.rawValue, organisation: organisation.id), grants: [grant]),
      by: .command, in: tx)
    return Doer(
      person: person, grants: [grant],
      organisation: OrganisationRef(id: organisation.id, path: organisation.path))
  }

  // MARK: - Forms

  /// A complete form without a contradiction.
  static func draft(_ name: String = "网格巡查") -> ProjectDraft {
    var draft = ProjectDraft()
    draft.name = name
    draft.department = "主管部门"
    draft.unit = "实施单位"
    draft.budget.currentYear.opening = "80.00"
    draft.budget.currentYear.adjusted = "80.00"
    draft.budget.currentYear.executed = "76.00"
    draft.budget.other.opening = "20.00"
    draft.budget.other.adjusted = "20.00"
    draft.budget.other.executed = "20.00"
    draft.goal = "保持网格巡查全年不间断，发现的问题及时处置。"
    draft.result = "全年巡查 1,200 次，处置案件 4,800 件，投诉为零。"
    draft.indicators = [
      indicator("成本指标", "经济成本指标", "成本控制率", "≤100%", "96%", "20", "20"),
      indicator("产出指标", "数量指标", "巡查次数", "≥1200次", "1200次", "20", "20"),
      indicator("产出指标", "质量指标", "处置率", "≥95%", "76%", "20", "16"),
      indicator("效益指标", "社会效益指标", "有责投诉", "=0件", "0件", "20", "20"),
      indicator("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%", "91%", "10", "10"),
    ]
    draft.indicators[2].cells.reason = "两个月人手不足"
    draft.indicators[2].remedy = "补充三人"
    return draft
  }

  static func indicator(
    _ level1: String, _ level2: String, _ name: String, _ target: String, _ actual: String,
    _ weight: PrintedNumber, _ score: PrintedNumber
  ) -> IndicatorDraft {
    var draft = IndicatorDraft()
    draft.cells = EvaluationIndicator(
      level1: level1, level2: level2, name: name, target: target, actual: actual, weight: weight,
      score: score)
    return draft
  }

  /// A project of the first town, written by `writer` and brought to a state.
  @discardableResult
  func project(in state: ProjectState = .draft, named name: String = "网格巡查") async throws
    -> ID<Project>
  {
    let id = try await desk.add(
      Self.draft(name), year: 2024, for: first, by: self[.writer])
    let steps: [(ProjectState, ProjectMove, Who)] = [
      (.submitted, .submit, .writer), (.departmentReviewed, .reviewDepartment, .leader),
      (.financeReviewed, .reviewFinance, .above), (.published, .publish, .writer),
    ]
    let reach = steps.firstIndex { $0.0 == state }.map { $0 + 1 } ?? 0
    for (_, move, who) in steps.prefix(reach) {
      try await desk.make(move, on: id, by: self[who])
    }
    if state == .discarded { try await desk.make(.discard, on: id, by: self[.writer]) }
    return id
  }

  func file(_ id: ID<Project>, as who: Who = .writer) async throws -> ProjectFile {
    try await database.read { try desk.view(id, by: self[who], in: $0) }
  }

  func verbs(about id: ID<Project>) async throws -> [LedgerEntry] {
    try await database.read { try Ledger.entries(about: id.raw, in: $0) }
  }

  /// A paper; the same name is the same file.
  static func paper(_ name: String = "a") -> Blob {
    Blob(
      digest: SHA256.hash(data: Array(name.utf8)).map { String(format: "%02x", $0) }.joined(),
      size: name.utf8.count, mediaType: "application/pdf")
  }
}

/// That a fault of this code is thrown; with the field's name where it is about one.
func refusal(_ code: String, field: String? = nil) -> @Sendable (any Error) -> Bool {
  { error in
    guard let fault = error as? Fault else { return false }
    guard let field else { return fault.code == code }
    return fault.fields.contains { $0.name == field && $0.code == code }
  }
}
