import Foundation

extension EvaluationForm: Codable {
  private enum Key: String, CodingKey {
    case source, ordinal, year, project, department, unit, moneyUnit, budget, goal, result
    case indicators, total, grade, computed, unplaced, findings, off
  }

  private enum ComputedKey: String, CodingKey { case rate, budgetScore, total, grade }

  /// Members that other programs leave out are taken as empty; `computed` is not read.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    func text(_ key: Key) throws -> String {
      try values.decodeIfPresent(String.self, forKey: key) ?? ""
    }
    source = try text(.source)
    ordinal = try values.decodeIfPresent(Int.self, forKey: .ordinal) ?? 1
    year = try values.decodeIfPresent(Int.self, forKey: .year)
    project = try text(.project)
    department = try text(.department)
    unit = try text(.unit)
    moneyUnit = try values.decodeIfPresent(MoneyUnit.self, forKey: .moneyUnit)
    budget = try values.decodeIfPresent(EvaluationBudget.self, forKey: .budget) ?? .init()
    goal = try text(.goal)
    result = try text(.result)
    indicators = try values.decode([EvaluationIndicator].self, forKey: .indicators)
    total = try values.decodeIfPresent(EvaluationTotal.self, forKey: .total) ?? .init()
    grade = try text(.grade)
    unplaced = try values.decodeIfPresent([UnplacedText].self, forKey: .unplaced) ?? []
    findings = try values.decodeIfPresent([Finding].self, forKey: .findings) ?? []
    off = try values.decodeIfPresent([String: String].self, forKey: .off) ?? [:]
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(source, forKey: .source)
    try values.encode(ordinal, forKey: .ordinal)
    try values.encode(year, forKey: .year)
    try values.encode(project, forKey: .project)
    try values.encode(department, forKey: .department)
    try values.encode(unit, forKey: .unit)
    try values.encode(moneyUnit, forKey: .moneyUnit)
    try values.encode(budget, forKey: .budget)
    try values.encode(goal, forKey: .goal)
    try values.encode(result, forKey: .result)
    try values.encode(indicators, forKey: .indicators)
    try values.encode(total, forKey: .total)
    try values.encode(grade, forKey: .grade)
    let computed = self.computed
    var parts = values.nestedContainer(keyedBy: ComputedKey.self, forKey: .computed)
    try parts.encode(computed.rate?.printed(2), forKey: .rate)
    try parts.encode(computed.budgetScore?.printed(2), forKey: .budgetScore)
    try parts.encode(computed.total?.printed(2), forKey: .total)
    try parts.encode(computed.grade, forKey: .grade)
    try values.encode(unplaced, forKey: .unplaced)
    try values.encode(findings, forKey: .findings)
    if !off.isEmpty { try values.encode(off, forKey: .off) }
  }
}

// What other programs leave out of the parts is empty too.

extension EvaluationBudget {
  public init(from decoder: any Decoder) throws {
    self.init()
    for (name, row) in try [String: EvaluationBudgetRow](from: decoder) {
      if let name = EvaluationBudgetRow.Name(rawValue: name) { self[name] = row }
    }
  }
}

extension EvaluationBudgetRow {
  public init(from decoder: any Decoder) throws {
    self.init()
    for (name, number) in try [String: PrintedNumber](from: decoder) {
      if let column = Column(rawValue: name) { self[column] = number }
    }
  }
}

extension EvaluationIndicator {
  private enum Key: String, CodingKey {
    case level1, level2, name, target, actual, weight, score, reason
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    func text(_ key: Key) throws -> String {
      try values.decodeIfPresent(String.self, forKey: key) ?? ""
    }
    func number(_ key: Key) throws -> PrintedNumber {
      try values.decodeIfPresent(PrintedNumber.self, forKey: key) ?? .none
    }
    self.init(
      level1: try text(.level1), level2: try text(.level2), name: try text(.name),
      target: try text(.target), actual: try text(.actual), weight: try number(.weight),
      score: try number(.score), reason: try text(.reason))
  }
}

extension EvaluationTotal {
  private enum Key: String, CodingKey { case weight, score }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      weight: try values.decodeIfPresent(PrintedNumber.self, forKey: .weight) ?? .none,
      score: try values.decodeIfPresent(PrintedNumber.self, forKey: .score) ?? .none)
  }
}
