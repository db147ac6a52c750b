import Base
import Foundation
import Store

/// Who changed something.
public enum Actor: Hashable, Sendable {
  case person(ID<Person>)
  /// A pass over what is due, by its stable number.
  case sweep(Sweep)
  /// A file being read in; the person or `0` who started it.
  case importer(ID<Person>)
  /// A command on the server's own machine.
  case command

  /// The passes that act on their own.
  public enum Sweep: Int64, Sendable, CaseIterable {
    case clocks = 1
    case suspensions = 2
    case retention = 3
    /// Of people whose time begins or is over.
    case validity = 4
  }

  var kind: String {
    switch self {
    case .person: "person"
    case .sweep: "sweep"
    case .importer: "import"
    case .command: "command"
    }
  }

  var number: Int64 {
    switch self {
    case .person(let id), .importer(let id): id.raw
    case .sweep(let sweep): sweep.rawValue
    case .command: 0
    }
  }

  init(kind: String, number: Int64) throws {
    switch kind {
    case "person": self = .person(ID(number))
    case "import": self = .importer(ID(number))
    case "sweep":
      guard let sweep = Sweep(rawValue: number) else { throw StoreError.unreadable(column: 4) }
      self = .sweep(sweep)
    case "command": self = .command
    default: throw StoreError.unreadable(column: 3)
    }
  }
}

/// What an entry is about.
public enum SubjectKind: String, Storable, CaseIterable {
  case area, `case`, catalogue, organisation, person, post, project, token, town
}

/// One change, as it was recorded. The payload is codes and ids, never localised text and never
/// personal data.
public struct LedgerEntry: Row, Equatable {
  public let sequence: Int64
  /// When it was written down.
  public let recordedAt: Moment
  /// When it happened; earlier than recorded for imports of the past.
  public let occurredAt: Moment
  public let actor: Actor
  public let subjectKind: SubjectKind
  public let subjectID: Int64
  /// `case.dispatch`, `person.add` …
  public let verb: String
  /// The version of the payload's shape.
  public let version: Int
  /// JSON, exactly the stored bytes.
  public let payload: String
  /// SHA-256 over all of the above but the sequence.
  public let digest: [UInt8]

  static let columns: SQL = """
    sequence, recorded_at, occurred_at, actor_kind, actor_id, subject_kind, subject_id, verb,
    version, payload, digest
    """

  public init(_ fields: inout Fields) throws {
    sequence = try fields.next()
    recordedAt = try fields.next()
    occurredAt = try fields.next()
    actor = try Actor(kind: fields.next(), number: fields.next())
    subjectKind = try fields.next()
    subjectID = try fields.next()
    verb = try fields.next()
    version = try fields.next()
    payload = try fields.next()
    digest = try fields.next()
  }

  /// What the digest of an entry with these values is.
  static func digest(
    recordedAt: Moment, occurredAt: Moment, actor: Actor, subjectKind: SubjectKind,
    subjectID: Int64, verb: String, version: Int, payload: String
  ) -> [UInt8] {
    EntryBytes(
      recordedAt: recordedAt.milliseconds, occurredAt: occurredAt.milliseconds,
      actorKind: actor.kind, actorID: actor.number, subjectKind: subjectKind.rawValue,
      subjectID: subjectID, verb: verb, version: Int64(version), payload: payload
    ).digest
  }
}

extension LedgerEntry {
  /// A member of the payload that is a list of codes; empty where it is none.
  public func list(_ name: String) -> [String] {
    let object = try? JSONSerialization.jsonObject(with: Data(payload.utf8)) as? [String: Any]
    return object?[name] as? [String] ?? []
  }

  /// The payload's members as texts; lists and objects are left out.
  public var figures: [String: String] {
    guard
      let object = try? JSONSerialization.jsonObject(with: Data(payload.utf8)) as? [String: Any]
    else { return [:] }
    return object.compactMapValues { value in
      switch value {
      case let text as String: text
      case let number as NSNumber: number.stringValue
      default: nil
      }
    }
  }
}
