import Base
import Store

/// People whose time begins are let in; those whose time is over are barred, and what they had goes to
/// their organisations. Run twice, the second changes nothing.
struct ValiditySweep {
  let desk: CaseDesk

  /// One pass.
  ///
  /// - Returns: how many people it touched; the last administrator of a sort stays whatever was said.
  @discardableResult @Sendable
  func run(in tx: Transaction) throws -> Int {
    let (starting, ending) = try PersonRows.turning(at: tx.now, in: tx)
    for id in starting where try PersonRows.setDisabled(false, id, in: tx) {
      try PersonDesk.note("person.begin", id, Payload(), .sweep(.validity), tx)
    }
    var touched = starting.count
    for id in ending {
      let handed = try desk.handOver(workOf: id, to: nil, by: .sweep(.validity), in: tx)
      // What is more than is handed over at once comes with the next pass.
      guard try PersonRows.openParts(of: id, in: tx) == 0, try PersonDesk.close(id, in: tx) else {
        continue
      }
      try PersonDesk.note(
        "person.end", id, Payload().with("cases", Int64(handed.count)), .sweep(.validity), tx)
      touched += 1
    }
    return touched
  }
}

extension PersonDesk {
  /// Bars somebody whose time is over; false where they are the last administrator of a sort.
  fileprivate static func close(_ id: ID<Person>, in tx: Transaction) throws -> Bool {
    let grants = try RoleRows.grants(of: id, in: tx).filter(\.role.isAdministrator)
    for (role, own) in Dictionary(grouping: grants, by: \.role) {
      let all = try RoleRows.administrators(role, in: tx)
      let isEverywhere = own.contains { $0.organisationPath.isEmpty && $0.areaPath.isEmpty }
      guard all.somewhere > 1, !isEverywhere || all.everywhere > 1 else { return false }
    }
    guard try PersonRows.setDisabled(true, id, in: tx) else { return false }
    try SessionRows.remove(of: id, in: tx)
    return true
  }
}
