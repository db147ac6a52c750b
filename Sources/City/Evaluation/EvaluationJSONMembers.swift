import Foundation

/// Members of a JSON that are no part of a form: what they hold is not read, and that is said.
enum EvaluationJSONMembers {
  private static let form: Set<String> = [
    "source", "ordinal", "year", "project", "department", "unit", "moneyUnit", "budget", "goal",
    "result", "indicators", "total", "grade", "computed", "unplaced", "findings", "off",
  ]
  private static let indicator: Set<String> = [
    "level1", "level2", "name", "target", "actual", "weight", "score", "reason",
  ]
  private static let total: Set<String> = ["weight", "score"]
  private static let rows = Set(EvaluationBudgetRow.Name.allCases.map(\.rawValue))
  private static let columns = Set(EvaluationBudgetRow.Column.allCases.map(\.rawValue))

  /// Adds to each form the paths of its unknown members, each once; true when there are any.
  static func note(_ json: Data, _ forms: inout [EvaluationForm]) throws -> Bool {
    var isForeign = false
    let whole: Any
    do { whole = try JSONSerialization.jsonObject(with: json) } catch {
      // It is stricter than the decoder, e.g. about control characters in a text.
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "not JSON", underlyingError: error))
    }
    for (index, object) in (whole as? [Any] ?? [whole]).enumerated() where index < forms.count {
      let paths = unknown(object).sorted()
      if !paths.isEmpty { isForeign = true }
      forms[index].unplaced += paths.map {
        UnplacedText(line: nil, text: $0, reason: .noPlace)
      }
    }
    return isForeign
  }

  private static func unknown(_ object: Any) -> Set<String> {
    let members = object as? [String: Any] ?? [:]
    var found = keys(members, but: form, under: "")
    found.formUnion(keys(members["total"], but: total, under: "total."))
    for one in members["indicators"] as? [Any] ?? [] {
      found.formUnion(keys(one, but: indicator, under: "indicators."))
    }
    found.formUnion(keys(members["budget"], but: rows, under: "budget."))
    for (name, row) in members["budget"] as? [String: Any] ?? [:] where rows.contains(name) {
      found.formUnion(keys(row, but: columns, under: "budget.\(name)."))
    }
    return found
  }

  private static func keys(_ object: Any?, but known: Set<String>, under path: String) -> Set<
    String
  > {
    Set((object as? [String: Any] ?? [:]).keys.filter { !known.contains($0) }.map { path + $0 })
  }
}

extension EvaluationForm {
  /// Something of a form is in it, beside where it came from.
  var holdsAnything: Bool {
    budget != EvaluationBudget() || total != EvaluationTotal()
      || indicators.contains { $0 != EvaluationIndicator() }
      || ![project, department, unit, goal, result, grade].allSatisfy(\.isEmpty)
  }
}
