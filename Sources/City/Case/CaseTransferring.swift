import Base
import Store

/// Where a case is transferred to, as seen from here.
public enum TransferDirection: String, Storable, CaseIterable, Codable {
  /// 上级平台
  case upper
  /// 下级平台
  case lower
}

/// That a case went to a platform above or below (转办).
public struct CaseTransfer: Row, Equatable {
  public let id: ID<CaseTransfer>
  public let direction: TransferDirection
  /// The platform or organisation, in words.
  public let platform: String
  public let sentAt: Moment
  public let backAt: Moment?

  static let columns: SQL = "id, direction, platform, sent_at, back_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    direction = try fields.next()
    platform = try fields.next()
    sentAt = try fields.next()
    backAt = try fields.next()
  }
}

/// All SQL of transfers.
enum CaseTransferRows {
  /// Oldest first.
  static func transfers(of id: ID<Case>, in snapshot: some Querying) throws -> [CaseTransfer] {
    try snapshot.all(
      """
      SELECT \(CaseTransfer.columns) FROM case_transfer WHERE case_id = \(id) ORDER BY id LIMIT 100
      """)
  }

  static func send(
    _ id: ID<Case>, _ direction: TransferDirection, to platform: String, by person: ID<Person>?,
    in tx: Transaction
  ) throws {
    try tx.put(
      """
      INSERT INTO case_transfer (id, case_id, direction, platform, sent_by, sent_at)
      VALUES (\(tx.newID(CaseTransfer.self)), \(id), \(direction), \(platform), \(person),
        \(tx.now))
      """)
  }

  static func bringBack(_ id: ID<Case>, by person: ID<Person>?, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE case_transfer SET back_by = \(person), back_at = \(tx.now)
      WHERE case_id = \(id) AND back_at IS NULL
      """)
  }
}

/// Sending a case to a platform above or below, and taking it back. What is done there is not known
/// here: the case is over, until it comes back as if it had just been reported.
extension CaseChange {
  /// In characters.
  static let longestPlatform = 100

  mutating func transfer(_ input: MoveInput) throws {
    var faults: [Fault.Field] = []
    let direction = try TextCheck.collect(&faults) {
      try input.choice("direction", input.direction, of: TransferDirection.self)
    }
    let platform = try TextCheck.collect(&faults) { try askedPlatform(input) }
    let text = try TextCheck.collect(&faults) { try input.required("text", input.text) }
    guard faults.isEmpty, let direction, let platform, let text else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    try note(.transfer, text)
    try CaseTransferRows.send(id, direction, to: platform, by: doer.person, in: tx)
    for clock in view.clocks where clock.stoppedAt == nil { try stop(clock.step, done: false) }
    view.case.state = .transferred
    view.case.closedAt = now
    payload = payload.with("direction", direction.rawValue)
  }

  private func askedPlatform(_ input: MoveInput) throws -> String {
    let written = input.platform ?? ""
    guard
      let platform = try TextCheck.line("platform", written, atMost: Self.longestPlatform)
    else { throw Fault.invalid("platform", "value.missing") }
    return platform
  }

  /// It is to be accepted anew, and everything is timed anew: what passed elsewhere was not ours.
  mutating func transferBack(_ input: MoveInput) throws {
    try note(.transferBack, try input.required("text", input.text))
    try CaseTransferRows.bringBack(id, by: doer.person, in: tx)
    view.case.state = .reported
    view.case.closedAt = nil
    view.case.acceptedAt = nil
    view.case.filedAt = nil
    view.case.arbitratedTo = nil
    view.case.wholeDueAt = nil
    for step in [ClockStep.acceptance, .whole] { try start(step) }
    if view.kind.contactedFirst, view.case.contactedAt == nil { try start(.firstContact) }
  }
}
