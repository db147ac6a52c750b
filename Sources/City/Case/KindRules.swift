import Base

/// The steps of a case that have clocks.
public enum ClockStep: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
  case acceptance
  /// The patroller's check on the spot, from when it is asked for (核实).
  case check
  case filing, dispatch, handling, verification, closing
  /// From receipt until the caller has been contacted (先行联系).
  case firstContact
  /// From handled until the caller has been asked (回访).
  case callBack
  /// From when it waits for an arbitrator until one has decided (仲裁).
  case arbitration
  /// From a supervision until it was answered (督办).
  case supervision
  /// From report to closing.
  case whole
}

/// The time a step may take, and the calendar by which working time is counted.
public struct KindClock: Codable, Hashable, Sendable {
  public let limit: TimeLimit
  /// The name of a calendar; natural minutes and hours do not ask it.
  public let calendar: String

  public init(_ limit: TimeLimit, calendar: String) {
    self.limit = limit
    self.calendar = calendar
  }
}

/// A reason for a suspension that stops the clocks.
public struct PauseReason: Codable, Hashable, Sendable {
  public let code: String
  public let name: String
  public let english: String

  public init(code: String, name: String, english: String = "") {
    self.code = code
    self.name = name
    self.english = english
  }
}

/// Files that a case needs before it may pass a stage.
public struct EvidenceRule: Codable, Hashable, Sendable {
  /// What a file shows.
  public enum Subject: String, Codable, CaseIterable, Sendable {
    /// Photographs of the matter as it was found.
    case before
    /// Photographs of the same place when it was handled.
    case after
    /// Papers: a decision, an agreement, a reply.
    case document
  }

  public let subject: Subject
  /// The stage that may not be passed without them.
  public let stage: CaseStage
  /// 1…20.
  public let count: Int

  public init(_ subject: Subject, at stage: CaseStage, count: Int = 1) {
    self.subject = subject
    self.stage = stage
    self.count = count
  }
}

/// One item of the list that is ticked off when a case is closed.
public struct ClosingCondition: Codable, Hashable, Sendable {
  public let code: String
  public let text: String
  public let english: String

  public init(code: String, text: String, english: String = "") {
    self.code = code
    self.text = text
    self.english = english
  }
}

/// How near in place and time another case of the same grid must be to be suggested as the same.
public struct DuplicateRule: Codable, Hashable, Sendable {
  public static let usual = DuplicateRule(metres: 200, days: 7)
  /// Nothing is suggested.
  public static let none = DuplicateRule(metres: 0, days: 0)

  /// 1…5,000.
  public let metres: Int
  /// Between the two reports, in whole days, 1…90.
  public let days: Int

  public init(metres: Int, days: Int) {
    self.metres = metres
    self.days = days
  }

  var isAsked: Bool { days > 0 }
}

/// How often, and each time by how much, the handling of a case may be extended.
public struct ExtensionRule: Codable, Hashable, Sendable {
  /// 1…10.
  public let count: Int
  /// The most that one extension adds to the deadline where a dispatcher grants it.
  public let limit: TimeLimit
  /// The most where a leader or duty officer does; nil: no more.
  public let most: TimeLimit?

  public init(count: Int, limit: TimeLimit, most: TimeLimit? = nil) {
    self.count = count
    self.limit = limit
    self.most = most
  }
}
