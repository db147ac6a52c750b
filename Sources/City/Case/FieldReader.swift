import Base
import Foundation

/// Reads the extra fields of a kind.
enum FieldReader {
  /// The most fields of one kind.
  static let most = 60

  private static let commonKeys = [
    "code", "name", "english", "type", "required", "stage", "personal",
  ]
  private static let keys: [CaseField.Content: [String]] = [
    .text: ["shortest", "longest"], .number: ["unit", "minimum", "maximum", "decimals"],
    .date: ["future"], .choice: ["choices"], .choices: ["choices", "most"],
  ]
  private static let allKeys = commonKeys + Set(keys.values.joined()).sorted()

  static func fields(_ value: YAMLValue) -> [CaseField] {
    var seen: [String: YAMLSpot] = [:]
    return (value.list(most) ?? []).compactMap { entry in
      guard let map = entry.map(), let field = field(map) else { return nil }
      map["code"]?.once(field.code, &seen)
      return field
    }
  }

  private static func field(_ map: YAMLMap) -> CaseField? {
    map.only(allKeys)
    let code = map.need("code")?.code()
    let name = map.need("name")?.text(40)
    let content = map.need("type")?.word(of: CaseField.Content.self)
    guard let content else { return nil }
    var field = CaseField(code: code ?? "", name: name ?? "", content)
    field.english = map["english"]?.text(120) ?? ""
    field.required = map["required"]?.flag() ?? false
    field.stage = map["stage"]?.word(of: CaseStage.self) ?? .report
    field.personal = map["personal"]?.flag() ?? false
    refuseMisplaced(map, content)
    readLimits(map, into: &field)
    return code == nil || name == nil ? nil : field
  }

  private static func refuseMisplaced(_ map: YAMLMap, _ content: CaseField.Content) {
    let allowed = commonKeys + (keys[content] ?? [])
    for key in allKeys where !allowed.contains(key) {
      map[key]?.complain("catalogue.field.misplaced", ["key": key, "type": content.rawValue])
    }
  }

  private static func readLimits(_ map: YAMLMap, into field: inout CaseField) {
    switch field.content {
    case .text:
      field.shortest = map["shortest"]?.whole(0...CaseField.greatestLength) ?? 0
      field.longest =
        map["longest"]?.whole(1...CaseField.greatestLength) ?? CaseField.usualLength
      if field.shortest > field.longest { map["shortest"]?.complain("catalogue.field.range") }
    case .number:
      field.unit = map["unit"]?.text(20) ?? ""
      field.minimum = map["minimum"]?.decimal()
      field.maximum = map["maximum"]?.decimal()
      field.decimals = map["decimals"]?.whole(0...6) ?? 0
      if let low = field.minimum, let high = field.maximum, low > high {
        map["minimum"]?.complain("catalogue.field.range")
      }
    case .date:
      field.future = map["future"]?.flag() ?? false
    case .choice, .choices:
      field.choices = (map.need("choices")?.coded(200, text: "name", longest: 40) ?? []).map {
        CaseField.Choice(code: $0.code, name: $0.text, english: $0.english)
      }
      field.most = map["most"]?.whole(1...200)
    }
  }
}
