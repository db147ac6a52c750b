/// One kind of case (小类), as the catalogue has it: data, never code.
///
/// A running case keeps the kind as it was when the case was filed, stored as JSON. What departs
/// from the defaults below is written, and only that, so that a property added later changes
/// neither a stored kind nor the version of a catalogue.
public struct CaseKind: Hashable, Sendable {
  /// Stable, unique in the catalogue, up to 32 ASCII letters, digits and `.-_`.
  public var code: String
  public var kindClass: CaseClass
  /// In Simplified Chinese.
  public var name: String
  public var english = ""
  /// Syllables between spaces, only where the catalogue corrects what would be derived.
  public var pinyin: String?
  /// Other words by which people look for it.
  public var words: [String] = []
  public var nature = Nature.event
  public var urgency = Urgency.normal
  public var channels = Channel.allCases

  public var fields: [CaseField] = []
  /// Who answers for it where; see ``answerers(in:)``.
  public var responsible: [Responsibility] = []
  public var clocks: [ClockStep: KindClock] = [:]
  /// The reasons for a suspension that stop the clocks.
  public var pauses: [PauseReason] = []
  public var evidence: [EvidenceRule] = []
  /// What must be true of the place or the matter before the case is closed.
  public var closing: [ClosingCondition] = []
  /// Nil when the handling may not be extended.
  public var extensions: ExtensionRule?
  public var duplicates = DuplicateRule.usual
  /// What an operator may begin a report with.
  public var templates: [CaseTemplate] = []

  /// With which return an arbitrator decides who handles it; 1…10.
  public var arbitrationAfter = 3

  /// How many days after its closing a unit may still appeal against being scored by it; 1…366.
  public var appealDays = 15

  /// Whether a patroller checks on the spot before filing what no patroller reported (核实).
  public var checkedBeforeFiling = false
  public var verified = false
  /// Whether the caller is contacted before handling begins (先行联系).
  public var contactedFirst = false
  /// Whether feedback states the findings of fact and of claim (事实认定、诉求认定).
  public var findings = false
  public var calledBack = false
  /// Whether a filed case goes to the responsible unit without a dispatcher.
  public var automaticDispatch = false
  /// Whether a patroller may report, handle and close it in one step.
  public var onTheSpot = false
  public var confidentialByDefault = false
  /// Whether it is settled between parties at a table (速调快处).
  public var mediated = false
  /// Whether anybody may know that there is such a case, roughly where, and how it stands.
  public var published = false

  public init(code: String, in kindClass: CaseClass, name: String) {
    self.code = code
    self.kindClass = kindClass
    self.name = name
  }
}

/// A class (大类) of kinds.
public struct CaseClass: Codable, Hashable, Sendable {
  public let code: String
  public let name: String
  public let english: String

  public init(code: String, name: String, english: String = "") {
    self.code = code
    self.name = name
    self.english = english
  }
}

/// What a case of the kind is about.
public enum Nature: String, Codable, CaseIterable, Sendable {
  /// A thing of the town that is missing or broken (部件).
  case component
  /// Something that happens (事件).
  case event
  /// What a person asks for (诉求工单).
  case order
}

/// How much haste a kind has.
public enum Urgency: String, Codable, CaseIterable, Sendable {
  case normal
  /// Escalates by night and on holidays too.
  case urgent
}

/// Where in its life something is asked of a case.
public enum CaseStage: String, Codable, CaseIterable, Sendable {
  case report, feedback, closing
}

extension CaseKind {
  /// The field with `code`, if the kind has it.
  public func field(_ code: String) -> CaseField? { fields.first { $0.code == code } }

  /// Whether a case of the kind may come that way.
  public func allows(_ channel: Channel) -> Bool { channels.contains(channel) }
}
