import Base

/// What somebody gives with a move. One shape for forms, JSON and commands; each verb takes what it
/// needs and names what is missing.
public struct MoveInput: Sendable, Codable, Equatable {
  /// A text: the reason, the feedback, the comment. Up to 8,000 characters.
  public var text: String?
  /// The code of the organisation that leads (dispatch, passing on).
  public var organisation: String?
  /// The person it is sent to, in that organisation.
  public var person: ID<Person>?
  /// The codes of organisations that help (dispatch, passing on).
  public var helpers: [String]?
  /// Those of one's own organisation that get a part each (passing on). Where nobody is named to lead, the
  /// first of them does.
  public var people: [ID<Person>]?
  /// How much more time is asked for, e.g. `3 working-days`.
  public var limit: String?
  /// The code of a reason of the kind's list (suspension).
  public var reason: String?
  /// Until when it is suspended, or those below have time.
  public var until: Moment?
  /// Who approved a suspension.
  public var approver: ID<Person>?
  /// Whether the caller was reached (first contact).
  public var reached: Bool?
  public var factFinding: String?
  public var claimFinding: String?
  /// Answers to the fields that the kind asks at this stage.
  public var fields: [String: FieldInput]?
  /// Codes of the closing conditions that are met.
  public var conditions: [String]?
  /// A code of how it ended (close; record-outcome: one of `MediationResult.Outcome`).
  public var outcome: String?
  public var resolved: Bool?
  /// Whether the caller complains with good reason (call-back).
  public var justified: Bool?
  /// What was found about how it was reported or served (record-finding).
  public var finding: CaseFinding.Kind?
  /// 1 very dissatisfied … 5 very satisfied.
  public var satisfaction: Int?
  /// Corrected facts (filing, correcting).
  public var kind: String?
  public var title: String?
  public var description: String?
  public var place: String?
  public var area: String?
  public var latitude: Double?
  public var longitude: Double?

  /// On which side a party stands: a code of `CaseParty.Side` (add-party).
  public var side: String?
  /// Who a party is, up to 100, 40 and 300 characters (add-party).
  public var name: String?
  public var phone: String?
  public var address: String?
  /// The party that is taken off (remove-party).
  public var party: ID<CaseParty>?
  /// When a session was held, and when the next one is (hold-session).
  public var heldAt: Moment?
  public var next: Moment?
  /// Who mediated and who took part, up to 200 and 300 characters (hold-session).
  public var mediators: String?
  public var present: String?
  /// A code of `MediationResult.Agreement` (record-outcome).
  public var agreement: String?
  /// Yuan, with at most two decimals (record-outcome).
  public var amount: FieldInput?
  /// The day by which the agreement is to be kept (record-outcome).
  public var performBy: Day?
  /// What the quarrel is about, and what was agreed (record-outcome).
  public var facts: String?
  public var terms: String?

  /// The number of the other case (link, unlink, merge).
  public var other: String?
  /// How it belongs to this one: a code of `CaseRelation` (link).
  public var relation: String?
  /// What the other case was when the form was shown; nil does not ask (merge).
  public var otherRevision: Int?
  /// Whether it goes up or down: a code of `TransferDirection` (transfer).
  public var direction: String?
  /// The platform or organisation that it goes to, up to 100 characters (transfer).
  public var platform: String?

  public init() {}

  public init(text: String) { self.text = text }
}

extension MoveInput {
  /// The longest text of a case or a move, in characters: the longest that real orders and replies
  /// have is 7,883.
  public static let longestText = 8000

  func required(_ name: String, _ value: String?) throws -> String {
    guard let value = try optional(name, value) else { throw Fault.invalid(name, "value.missing") }
    return value
  }

  /// One of some codes.
  func choice<Code: CaseIterable & RawRepresentable<String>>(
    _ name: String, _ value: String?, of codes: Code.Type
  ) throws -> Code {
    guard let code = Code(rawValue: try required(name, value)) else {
      throw Fault.invalid(
        name, "value.not-listed",
        ["known": Code.allCases.map(\.rawValue).joined(separator: ", ")])
    }
    return code
  }

  /// The text without surrounding blanks; nil when there is nothing.
  func optional(_ name: String, _ value: String?) throws -> String? {
    guard let value else { return nil }
    return try TextCheck.text(name, value, atMost: Self.longestText)
  }
}
