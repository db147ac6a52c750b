import Base
import Foundation

/// A fact that a kind asks for beyond place, time and description.
public struct CaseField: Hashable, Sendable {
  /// What an answer is.
  public enum Content: String, Codable, CaseIterable, Sendable {
    case text, number, date
    /// One of the choices.
    case choice
    /// Any of the choices, each once.
    case choices
  }

  /// One of the answers of a choice.
  public struct Choice: Codable, Hashable, Sendable {
    public let code: String
    public let name: String
    public let english: String

    public init(code: String, name: String, english: String = "") {
      self.code = code
      self.name = name
      self.english = english
    }
  }

  /// Stable, unique in its kind.
  public var code: String
  public var name: String
  public var english = ""
  public var content: Content
  public var required = false
  /// The stage at which it is asked for, and may not be passed without it when it is required.
  public var stage = CaseStage.report
  /// Personal data: masked, kept in erasable tables, never in the ledger.
  public var personal = false
  /// The unit of a number as people write it, e.g. 平方米.
  public var unit = ""
  /// The smallest and the largest number.
  public var minimum: Decimal?
  public var maximum: Decimal?
  /// The digits allowed after the point.
  public var decimals = 0
  /// The shortest and the longest text, in characters.
  public var shortest = 0
  public var longest = CaseField.usualLength
  /// Whether a date may lie after today.
  public var future = false
  public var choices: [Choice] = []
  /// The most choices that may be ticked; nil: all.
  public var most: Int?

  /// The longest text where the catalogue says nothing.
  public static let usualLength = 200
  /// The longest text that a catalogue may allow.
  public static let greatestLength = 5000

  public init(code: String, name: String, _ content: Content) {
    self.code = code
    self.name = name
    self.content = content
  }
}

extension CaseField: Codable {
  private enum Key: String, CodingKey {
    case code, name, english
    case content = "type"
    case required, stage, personal, unit, minimum, maximum
    case decimals, shortest, longest, future, choices, most
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      code: try values.decode(String.self, forKey: .code),
      name: try values.decode(String.self, forKey: .name),
      try values.decode(Content.self, forKey: .content))
    english = try values.decode(.english, or: english)
    required = try values.decode(.required, or: required)
    stage = try values.decode(.stage, or: stage)
    personal = try values.decode(.personal, or: personal)
    unit = try values.decode(.unit, or: unit)
    minimum = try values.decode(.minimum, or: minimum)
    maximum = try values.decode(.maximum, or: maximum)
    decimals = try values.decode(.decimals, or: decimals)
    shortest = try values.decode(.shortest, or: shortest)
    longest = try values.decode(.longest, or: longest)
    future = try values.decode(.future, or: future)
    choices = try values.decode(.choices, or: choices)
    most = try values.decode(.most, or: most)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    let usual = CaseField(code: code, name: name, content)
    try values.encode(code, forKey: .code)
    try values.encode(name, forKey: .name)
    try values.encode(content, forKey: .content)
    try values.encode(english, .english, unless: usual.english)
    try values.encode(required, .required, unless: usual.required)
    try values.encode(stage, .stage, unless: usual.stage)
    try values.encode(personal, .personal, unless: usual.personal)
    try values.encode(unit, .unit, unless: usual.unit)
    try values.encode(minimum, .minimum, unless: nil)
    try values.encode(maximum, .maximum, unless: nil)
    try values.encode(decimals, .decimals, unless: usual.decimals)
    try values.encode(shortest, .shortest, unless: usual.shortest)
    try values.encode(longest, .longest, unless: usual.longest)
    try values.encode(future, .future, unless: usual.future)
    try values.encode(choices, .choices, unless: usual.choices)
    try values.encode(most, .most, unless: nil)
  }
}
