import Base
import Foundation
import Store

/// A form taken apart into its fields, so that two hands in it can be told apart.
///
/// `name`, `budget.total.opening` …; of a line that is stored `line.<id>.target`.
struct FormFields: Equatable, Codable {
  var values: [String: String]

  /// The cells of an indicator that people write.
  static let cells = [
    "level1", "level2", "name", "target", "actual", "weight", "score", "reason", "remedy",
    "direction", "origin", "document",
  ]

  init(values: [String: String]) { self.values = values }

  /// Of a new line, which has no id, nothing is in it.
  init(_ draft: ProjectDraft) {
    values = [
      "name": draft.name, "department": draft.department, "unit": draft.unit,
      "sector": draft.sector ?? "", "parent": draft.parent?.description ?? "",
      "moneyUnit": draft.moneyUnit?.rawValue ?? "", "goal": draft.goal, "result": draft.result,
      "budget.total.weight": draft.budget.total.weight.text,
    ]
    for row in EvaluationBudgetRow.Name.allCases {
      for column in [EvaluationBudgetRow.Column.opening, .adjusted, .executed] {
        values["budget.\(row.rawValue).\(column.rawValue)"] = draft.budget[row][column].text
      }
    }
    for line in draft.indicators {
      guard let id = line.id else { continue }
      for cell in Self.cells { values[Self.key(id, cell)] = line[cell] }
    }
  }

  static func key(_ id: ID<ProjectIndicator>, _ cell: String) -> String { "line.\(id).\(cell)" }

  func has(_ id: ID<ProjectIndicator>) -> Bool { values[Self.key(id, "name")] != nil }
}

extension ProjectDraft {
  /// Writes a field outside the lines, by its name in `FormFields`.
  mutating func write(_ value: String, in field: String) {
    switch field {
    case "name": name = value
    case "department": department = value
    case "unit": unit = value
    case "sector": sector = value.isEmpty ? nil : value
    case "parent": parent = ID(value)
    case "moneyUnit": moneyUnit = MoneyUnit(rawValue: value)
    case "goal": goal = value
    case "result": result = value
    default:
      let parts = field.split(separator: ".").map(String.init)
      guard parts.count == 3, let row = EvaluationBudgetRow.Name(rawValue: parts[1]),
        let column = EvaluationBudgetRow.Column(rawValue: parts[2])
      else { return }
      budget[row][column] = PrintedNumber(value)
    }
  }
}

extension IndicatorDraft {
  subscript(cell: String) -> String {
    get {
      switch cell {
      case "level1": cells.level1
      case "level2": cells.level2
      case "name": cells.name
      case "target": cells.target
      case "actual": cells.actual
      case "weight": cells.weight.text
      case "score": cells.score.text
      case "reason": cells.reason
      case "remedy": remedy
      case "direction": direction?.rawValue ?? ""
      case "origin": origin.rawValue
      case "document": document?.description ?? ""
      default: ""
      }
    }
    set {
      switch cell {
      case "level1": cells.level1 = newValue
      case "level2": cells.level2 = newValue
      case "name": cells.name = newValue
      case "target": cells.target = newValue
      case "actual": cells.actual = newValue
      case "weight": cells.weight = PrintedNumber(newValue)
      case "score": cells.score = PrintedNumber(newValue)
      case "reason": cells.reason = newValue
      case "remedy": remedy = newValue
      case "direction": direction = ScoreDirection(rawValue: newValue)
      case "origin": origin = FigureOrigin(rawValue: newValue) ?? .typed
      case "document": document = ID(newValue)
      default: return
      }
    }
  }
}

/// The SQL of forms as they were saved.
enum SavedRows {
  /// How many of a project are kept: whoever edits longer than so many changes of others is told all
  /// that differs.
  static let most = 30

  static func keep(_ file: ProjectFile, in tx: Transaction) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let json = String(
      decoding: try encoder.encode(FormFields(ProjectDraft(file)).values), as: UTF8.self)
    let (id, revision) = (file.project.id, file.project.revision)
    try tx.run(
      """
      INSERT INTO project_saved (project_id, revision, fields)
      VALUES (\(id), \(revision), \(json))
      ON CONFLICT (project_id, revision) DO UPDATE SET fields = excluded.fields
      """)
    try tx.run(
      "DELETE FROM project_saved WHERE project_id = \(id) AND revision <= \(revision - most)")
  }

  /// The form as it was at a revision; nil where it is not kept any more.
  static func find(
    _ id: ID<Project>, revision: Int, in snapshot: some Querying
  ) throws -> FormFields? {
    let json: String? = try snapshot.value(
      "SELECT fields FROM project_saved WHERE project_id = \(id) AND revision = \(revision)")
    guard let json else { return nil }
    return FormFields(
      values: try JSONDecoder().decode([String: String].self, from: Data(json.utf8)))
  }
}
