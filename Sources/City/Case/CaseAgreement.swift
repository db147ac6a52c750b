import Base
import Foundation
import Paper

/// The agreement of a mediation on A4, as people's mediators write it: 人民调解协议书 for one in writing,
/// and 人民调解口头协议登记表 for an oral one (人民调解法 第二十八、二十九条).
public struct CaseAgreement: Sendable {
  private let file: Case
  private let mediation: Mediation
  private let result: MediationResult
  private let zone: TimeZone

  /// - Parameter mediation: with the names open or masked, as its reader may see them.
  /// - Throws: `mediation.no-agreement`.
  public init(_ file: Case, _ mediation: Mediation, in zone: TimeZone) throws {
    guard let result = mediation.result, mediation.hasAgreement else {
      throw Fault(.missing, "mediation.no-agreement")
    }
    self.file = file
    self.mediation = mediation
    self.result = result
    self.zone = zone
  }

  /// What the paper is called.
  public var title: String { isWritten ? "人民调解协议书" : "人民调解口头协议登记表" }

  private var isWritten: Bool { result.agreement == .written }

  /// - Throws: as `PrintFormat.bytes`.
  public func bytes(as format: PrintFormat) throws -> [UInt8] {
    try format.bytes([sheet], titled: "\(title) \(file.number)")
  }

  private var sheet: PrintedSheet {
    PrintedSheet(
      name: title, titles: [title, "编号：\(file.number)"], columns: [30, 63, 30, 63],
      rows: people + [matter] + sessions + [terms] + figures + ends)
  }

  private var people: [PrintedRow] {
    mediation.parties.flatMap { party in
      [
        PrintedRow([
          PrintedCell(0, party.side == .applicant ? "申请人" : "被申请人", .label, rows: 2),
          PrintedCell(1, party.name, .text), PrintedCell(2, "联系电话", .label),
          PrintedCell(3, party.phone ?? "", .text),
        ]),
        PrintedRow([
          PrintedCell(1, "住址：\(party.address ?? "")", .text, span: 3)
        ]),
      ]
    }
  }

  private var matter: PrintedRow {
    PrintedRow(
      [
        PrintedCell(0, "纠纷主要事实\n争议事项", .label),
        PrintedCell(1, result.facts ?? file.title, .text, span: 3),
      ], mayBreak: true)
  }

  private var sessions: [PrintedRow] {
    mediation.sessions.enumerated().map { index, session in
      let place = session.place.isEmpty ? "" : "，\(session.place)"
      return PrintedRow([
        PrintedCell(0, "第\(index + 1)次调解", .label),
        PrintedCell(
          1, "\(Self.spoken(session.heldAt.local(in: zone)))\(place)\n参加人：\(session.present)",
          .text,
          span: 3),
      ])
    }
  }

  private var terms: PrintedRow {
    PrintedRow(
      [
        PrintedCell(0, isWritten ? "经调解自愿\n达成如下协议" : "口头协议内容", .label),
        PrintedCell(1, result.terms ?? "", .text, span: 3),
      ], mayBreak: true)
  }

  private var figures: [PrintedRow] {
    [
      PrintedRow([
        PrintedCell(0, "协议金额", .label),
        PrintedCell(1, result.amount.map { "\($0.printed(2)) 元" } ?? "无", .text),
        PrintedCell(2, "履行期限", .label),
        PrintedCell(3, result.performBy.map { "\(Self.spoken($0)) 前" } ?? "即时履行", .text),
      ])
    ]
  }

  /// Room for hands and the seal; nobody signs an oral one but the mediator.
  private var ends: [PrintedRow] {
    let mediators = mediation.sessions.last?.mediators ?? ""
    let room = "\n\n\n"
    let signatures =
      isWritten
      ? [
        PrintedRow([
          PrintedCell(0, "申请人\n（签名、盖章\n或按指印）", .label), PrintedCell(1, room, .text),
          PrintedCell(2, "被申请人\n（签名、盖章\n或按指印）", .label), PrintedCell(3, room, .text),
        ])
      ] : []
    return signatures + [
      PrintedRow([
        PrintedCell(0, "人民调解员\n（签名）", .label), PrintedCell(1, "\(mediators)\(room)", .text),
        PrintedCell(2, "人民调解\n委员会\n（印章）", .label),
        PrintedCell(3, "\(room)\(Self.spoken(result.recordedAt.local(in: zone).day))", .text),
      ]),
      PrintedRow([
        PrintedCell(
          0, isWritten ? "本协议一式三份，双方当事人、人民调解委员会各持一份。" : "双方当事人口头达成协议，由人民调解员记录在案。",
          .text, span: 4)
      ]),
    ]
  }

  private static func spoken(_ day: Day) -> String {
    let (year, month, day) = day.parts
    return "\(year)年\(month)月\(day)日"
  }

  private static func spoken(_ time: LocalTime) -> String {
    let minute = time.minute
    return "\(spoken(time.day)) \(time.hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}
