import Base
import City

extension Phrase {
  /// What a field of a form is called: `goal`, `budget.total.adjusted`, `indicators.3.weight`.
  static func projectField(_ name: String) -> Phrase {
    let parts = name.split(separator: ".").map(String.init)
    switch (parts.first, parts.count) {
    case ("indicators", 3):
      let number = Int(parts[1]).map { String($0 + 1) } ?? parts[1]
      return .key(
        "project.field.indicator",
        ["number": .plain(number), "field": .key("indicator.\(parts[2])")])
    case ("indicators", 2):
      return .key(
        "project.field.line", ["number": .plain(Int(parts[1]).map { String($0 + 1) } ?? parts[1])])
    case ("budget", 3):
      return .list([.key("budget.row.\(parts[1])"), .key("budget.column.\(parts[2])")])
    case ("forms", 3...):
      let number = Int(parts[1]).map { String($0 + 1) } ?? parts[1]
      return .key(
        "project.field.form",
        [
          "number": .plain(number),
          "field": .projectField(parts.dropFirst(2).joined(separator: ".")),
        ])
    default: return .either(["project.field.\(name)", "project.field.other"])
    }
  }

  /// What is wrong with a field, after its name.
  static func projectFault(_ field: Fault.Field) -> Phrase {
    .key("errors.line", ["field": .projectField(field.name), "wrong": Phrase(field)])
  }
}
