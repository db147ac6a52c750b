import Base
import Foundation
import Store

/// The append-only record of every change: the timeline of a case, the audit trail, the outbox of
/// live pages, and the proof behind a figure.
public enum Ledger {
  /// Appends one entry in the transaction that makes the change.
  ///
  /// - Parameters:
  ///   - payload: codes, ids and figures; encoded with sorted keys.
  ///   - occurredAt: when it happened; the transaction's present when nil.
  public static func append(
    _ verb: String, about kind: SubjectKind, _ subject: Int64, by actor: Actor,
    payload: Payload = Payload(), occurredAt: Moment? = nil, recordedAt: Moment? = nil,
    in tx: Transaction
  ) throws {
    let recorded = recordedAt ?? tx.now
    let occurred = occurredAt ?? tx.now
    let digest = LedgerEntry.digest(
      recordedAt: recorded, occurredAt: occurred, actor: actor, subjectKind: kind,
      subjectID: subject, verb: verb, version: Payload.version, payload: payload.text)
    try tx.put(
      """
      INSERT INTO ledger_entry (recorded_at, occurred_at, actor_kind, actor_id, subject_kind,
        subject_id, verb, version, payload, digest)
      VALUES (\(recorded), \(occurred), \(actor.kind), \(actor.number), \(kind), \(subject),
        \(verb), \(Payload.version), \(payload.text), \(digest))
      """)
  }

  /// A subject's entries, oldest first.
  public static func entries(
    about subject: Int64, limit: Int = 1000, in snapshot: some Querying
  ) throws -> [LedgerEntry] {
    try snapshot.all(
      """
      SELECT \(LedgerEntry.columns) FROM ledger_entry
      WHERE subject_id = \(subject) ORDER BY sequence LIMIT \(limit)
      """)
  }

  /// Entries after a position, oldest first.
  public static func entries(
    after sequence: Int64, limit: Int, in snapshot: some Querying
  ) throws -> [LedgerEntry] {
    try snapshot.all(
      """
      SELECT \(LedgerEntry.columns) FROM ledger_entry
      WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)
      """)
  }
}

/// The figures of an entry: a flat JSON object with sorted keys, written without a general encoder
/// because every change writes one.
public struct Payload: Equatable, Sendable {
  static let version = 1

  private var members: [(key: String, json: String)] = []

  public init() {}

  /// The stored bytes.
  public var text: String {
    var text = "{"
    for (key, json) in members.sorted(by: { $0.key < $1.key }) {
      if text.utf8.count > 1 { text += "," }
      text += "\""
      text += key
      text += "\":"
      text += json
    }
    return text + "}"
  }

  /// A code; left out when nil.
  public consuming func with(_ key: String, _ code: String?) -> Payload {
    adding(key, code.map(Self.quoted))
  }

  public consuming func with(_ key: String, _ number: Int64?) -> Payload {
    adding(key, number.map { String($0) })
  }

  public consuming func with(_ key: String, _ flag: Bool) -> Payload {
    adding(key, flag ? "true" : "false")
  }

  /// An id as text, as everywhere in JSON.
  public consuming func with<Subject>(_ key: String, _ id: ID<Subject>?) -> Payload {
    adding(key, id.map { "\"\($0.raw)\"" })
  }

  public consuming func with(_ key: String, _ moment: Moment?) -> Payload {
    adding(key, moment.map { "\"\($0)\"" })
  }

  public consuming func with(_ key: String, codes: [String]) -> Payload {
    adding(key, codes.isEmpty ? nil : "[" + codes.map(Self.quoted).joined(separator: ",") + "]")
  }

  private consuming func adding(_ key: String, _ json: String?) -> Payload {
    guard let json else { return self }
    var copy = self
    copy.members.append((key, json))
    return copy
  }

  public static func == (left: Payload, right: Payload) -> Bool { left.text == right.text }

  private static func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\u{0}"..<" ":
        let hex = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}
