import Base
import Foundation
import Store

/// The zone of the town's clocks: by it a day begins and a case gets its number.
public enum TownZone {
  /// Where nothing else was ever said.
  static let usual = "Asia/Shanghai"
  private static let name = "zone"

  /// - Throws: `zone.missing` when this machine does not know the zone.
  public static func load(from database: any Database) async throws -> TimeZone {
    try zone(named: await database.read { try stored(in: $0) } ?? usual)
  }

  /// Chooses the zone of a town that has no case yet and has not chosen one.
  ///
  /// - Returns: the zone that counts, the given one or that which was chosen before.
  /// - Throws: `right.missing`, `zone.missing`.
  static func choose(_ zone: TimeZone, by doer: Doer, in tx: Transaction) throws -> TimeZone {
    try doer.require(.areaManage)
    if let chosen = try stored(in: tx) { return try Self.zone(named: chosen) }
    let hasCases = try tx.value("SELECT 1 FROM case_file LIMIT 1", as: Int.self) != nil
    guard !hasCases else { return try Self.zone(named: usual) }
    try tx.run("INSERT INTO setting (name, value) VALUES (\(name), \(zone.identifier))")
    try Ledger.append(
      "town.zone", about: .town, 0, by: doer.actor,
      payload: Payload().with("zone", zone.identifier), in: tx)
    return zone
  }

  private static func stored(in snapshot: some Querying) throws -> String? {
    try snapshot.value("SELECT value FROM setting WHERE name = \(name)")
  }

  private static func zone(named name: String) throws -> TimeZone {
    guard let zone = TimeZone(identifier: name) else {
      throw Fault(.unavailable, "zone.missing", ["package": "tzdata", "zone": name])
    }
    return zone
  }
}
