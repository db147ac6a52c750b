/// What a check found in a form.
public struct Finding: Equatable, Sendable {
  /// How much it weighs.
  public enum Severity: String, Sendable, Codable, CaseIterable {
    /// The form contradicts itself.
    case error
    /// A reviewer would ask.
    case warning
    case remark
  }

  /// Where in a form.
  public enum Place: Hashable, Sendable {
    /// The form as a whole, or several of its parts together.
    case form
    case field(Field)
    case budget(EvaluationBudgetRow.Name, EvaluationBudgetRow.Column?)
    /// The place of an indicator in the form, from 0.
    case indicator(Int)
    case total
  }

  /// The parts of a form outside its tables.
  public enum Field: String, Sendable, Codable, CaseIterable {
    case year, project, department, unit, moneyUnit, goal, result, grade
  }

  /// Stable and dotted, e.g. `budget.rate-misstated`.
  public var code: String
  public var severity: Severity
  public var place: Place
  /// The figures the wording needs.
  public var arguments: [String: String]
  /// In words; put in at the edge, where the reader's language is known. Nil until then.
  public var message: String?
  /// The same in every language, by its tag (`zh-Hans`, `en`); put in at the edge too.
  public var messages: [String: String] = [:]

  public init(
    _ code: String, _ severity: Severity, at place: Place, _ arguments: [String: String] = [:]
  ) {
    self.code = code
    self.severity = severity
    self.place = place
    self.arguments = arguments
  }
}

extension Finding: Codable {
  private enum Key: String, CodingKey {
    case code, severity, indicator, budget, column, field, total, arguments, message, messages
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    code = try values.decode(String.self, forKey: .code)
    severity = try values.decode(Severity.self, forKey: .severity)
    arguments = try values.decodeIfPresent([String: String].self, forKey: .arguments) ?? [:]
    message = try values.decodeIfPresent(String.self, forKey: .message)
    messages = try values.decodeIfPresent([String: String].self, forKey: .messages) ?? [:]
    if let indicator = try values.decodeIfPresent(Int.self, forKey: .indicator) {
      place = .indicator(indicator)
    } else if let row = try values.decodeIfPresent(EvaluationBudgetRow.Name.self, forKey: .budget) {
      place = .budget(
        row, try values.decodeIfPresent(EvaluationBudgetRow.Column.self, forKey: .column))
    } else if let field = try values.decodeIfPresent(Field.self, forKey: .field) {
      place = .field(field)
    } else {
      place = try values.decodeIfPresent(Bool.self, forKey: .total) == true ? .total : .form
    }
  }

  /// The place of an indicator is `indicator`, from 0 and null for all else; other places have
  /// members of their own.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(code, forKey: .code)
    try values.encode(severity, forKey: .severity)
    if case .indicator(let index) = place {
      try values.encode(index, forKey: .indicator)
    } else {
      try values.encodeNil(forKey: .indicator)
    }
    switch place {
    case .form, .indicator: break
    case .field(let field): try values.encode(field, forKey: .field)
    case .budget(let row, let column):
      try values.encode(row, forKey: .budget)
      try values.encodeIfPresent(column, forKey: .column)
    case .total: try values.encode(true, forKey: .total)
    }
    try values.encode(arguments, forKey: .arguments)
    try values.encode(message, forKey: .message)
    if !messages.isEmpty { try values.encode(messages, forKey: .messages) }
  }
}
