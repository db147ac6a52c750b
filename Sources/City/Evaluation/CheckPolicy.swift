import Base
import Foundation
import Store

/// A rule that is switched off for an organisation and all below it, or for all.
public struct RuleOff: Row, Equatable {
  public let id: ID<RuleOff>
  /// The rule's code.
  public let rule: String
  /// Nil for all.
  public let organisation: ID<Organisation>?
  public let reason: String
  /// The last day; nil where it has none.
  public let until: Day?
  public let by: ID<Person>?
  public let at: Moment

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    rule = try fields.next()
    organisation = try fields.next()
    reason = try fields.next()
    until = try fields.next()
    by = try fields.next()
    at = try fields.next()
  }

  static let columns: SQL =
    "id, rule, organisation_id, reason, until_on, set_by, set_at"

  /// Whether it holds on a day.
  public func holds(on day: Day) -> Bool { until.map { day <= $0 } ?? true }

  /// Where its organisation stands now; empty for all, nil of one that is gone.
  func path(in parties: PartyMap) -> String? {
    guard let organisation else { return "" }
    return parties[organisation]?.path
  }
}

/// A finding of a rule that is switched off.
public struct MutedFinding: Equatable, Sendable {
  public let finding: Finding
  public let off: RuleOff
  /// Who switched the rule off.
  public var who: String?
}

/// How an installation checks forms: what is switched off where, and the limits.
public struct CheckPolicy: Editioned {
  public static let edition = Edition.checks

  public let limits: CheckLimits
  /// The limits as they were written; nil of those that ship.
  public let limitsText: String?
  /// All that are not switched on again, those whose day has passed too; the latest first.
  public let offs: [RuleOff]

  public init(reading snapshot: some Querying) throws {
    offs = try snapshot.all(
      """
      SELECT \(RuleOff.columns) FROM check_rule_off
      WHERE lifted_at IS NULL ORDER BY id DESC
      """)
    let text: String? = try snapshot.value(
      "SELECT content FROM check_limits ORDER BY id DESC LIMIT 1")
    limitsText = text.flatMap { $0.isEmpty ? nil : $0 }
    // What was put in force was valid; should a later version know less, its own limits hold.
    limits =
      limitsText.flatMap { try? CheckLimits.read(NamedFile(name: "check-limits.yaml", text: $0)) }
      ?? CheckLimits()
  }

  /// What is switched off for an organisation on a day, by rule; the nearest organisation's word
  /// counts.
  ///
  /// - Parameter path: of the organisation.
  public func off(at path: String, on day: Day, in parties: PartyMap) -> [String: RuleOff] {
    var found: [String: (length: Int, off: RuleOff)] = [:]
    for off in offs where off.holds(on: day) {
      guard let above = off.path(in: parties), path.hasPrefix(above) else { continue }
      if above.utf8.count > found[off.rule]?.length ?? -1 {
        found[off.rule] = (above.utf8.count, off)
      }
    }
    return found.mapValues(\.off)
  }
}

extension [Finding] {
  /// Those that are shown, and those of rules that are switched off.
  func parted(by off: [String: RuleOff]) -> (shown: [Finding], muted: [MutedFinding]) {
    var shown: [Finding] = []
    var muted: [MutedFinding] = []
    for finding in self {
      if let off = off[finding.code] {
        muted.append(MutedFinding(finding: finding, off: off))
      } else {
        shown.append(finding)
      }
    }
    return (shown, muted)
  }
}
