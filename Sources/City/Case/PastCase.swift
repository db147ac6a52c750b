import Base
import Crypto
import Foundation
import Store

/// A case of another system or of a time before ours, as it was there: with its real times, the
/// deadline that was given to it and its outcome. It is taken over in one step and not by the verbs
/// of today, which would time it anew.
public struct PastCase: Sendable, Equatable {
  /// Where such a case may stand when it comes.
  public enum State: String, Sendable, CaseIterable, Codable {
    case reported, filed, dispatched, closed, void

    var caseState: CaseState {
      switch self {
      case .reported: .reported
      case .filed: .filed
      case .dispatched: .dispatched
      case .closed: .closed
      case .void: .void
      }
    }
  }

  /// The system it comes from, up to 64 characters, and its name there, up to 128.
  public var externalSource: String
  public var externalID: String
  /// The code of a kind in force.
  public var kind: String
  public var channel: Channel
  public var title: String
  public var description = ""
  public var place = ""
  public var latitude: Double?
  public var longitude: Double?
  public var coordinates = CoordinateSystem.wgs84
  /// The code of an area.
  public var area: String?
  /// The code of the organisation that had it or has it.
  public var organisation: String?
  /// Answers to fields of the kind; what the kind does not ask is left out.
  public var fields: [String: FieldInput] = [:]
  public var reporter = Reporter()
  public var reportedAt: Moment
  /// The deadline of the whole case, as it was given.
  public var dueAt: Moment?
  public var state: State
  /// When it ended; belongs to `closed` and `void`.
  public var closedAt: Moment?
  /// A code of how it ended, up to 64 characters.
  public var outcome: String?
  /// What was written at its end.
  public var closingNote: String?
  /// What was answered to the reporter, and when.
  public var reply: String?
  public var repliedAt: Moment?
  /// Whether the clocks of its kind run for it from its report on, where it is still open.
  public var runsClocks = false

  public init(
    source: String, id: String, kind: String, channel: Channel, title: String, reportedAt: Moment,
    state: State
  ) {
    externalSource = source.trimmingCharacters(in: .whitespacesAndNewlines)
    externalID = id.trimmingCharacters(in: .whitespacesAndNewlines)
    self.kind = kind
    self.channel = channel
    self.title = title
    self.reportedAt = reportedAt
    self.state = state
  }
}

extension PastCase {
  /// SHA-256 over all of it: the same digest is the same case, unchanged.
  public var digest: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512 + description.utf8.count)
    // Each text with its length before it, so that no two lists of texts are the same bytes.
    func add(_ text: String?) {
      bytes.append(contentsOf: "\(text.map { $0.utf8.count } ?? -1):".utf8)
      if let text { bytes.append(contentsOf: text.utf8) }
    }
    for text in [externalSource, externalID, kind, channel.rawValue, title, description, place] {
      add(text)
    }
    for number in [latitude, longitude] { add(number.map { "\($0)" }) }
    for text in [coordinates.rawValue, area, organisation, state.rawValue, outcome] { add(text) }
    for text in [closingNote, reply, reporter.name, reporter.phone, reporter.address] { add(text) }
    for moment in [reportedAt, dueAt, closedAt, repliedAt] {
      add(moment.map { String($0.milliseconds) })
    }
    for (code, input) in fields.sorted(by: { $0.key < $1.key }) {
      add(code)
      switch input {
      case .text(let text): add(text)
      case .number(let number): add("\(number)")
      case .texts(let texts): texts.forEach(add)
      }
    }
    if runsClocks { add("clocks") }
    return Array(SHA256.hash(data: bytes))
  }
}

/// What became of a past case that was taken over.
public enum PastOutcome: Sendable, Equatable {
  case created(ID<Case>)
  case updated(ID<Case>)
  /// It is here already, just so.
  case unchanged(ID<Case>)
  /// Why it is not taken.
  case rejected(Fault)
}
