import Base

/// A code with a text in two languages: what pauses, closing conditions and choices are made of.
struct CodedText {
  let code: String
  let text: String
  let english: String
}

extension YAMLValue {
  /// Stable names: 1…32 ASCII letters, digits and `.-_`.
  func code() -> String? {
    guard let text = text(64) else { return nil }
    guard text.count <= 32, text.allSatisfy(\.isCodeLetter) else {
      complain("catalogue.code.shape", ["value": text])
      return nil
    }
    return text
  }

  /// A code that must be one of `known`, where these are known.
  func name(among known: Set<String>?, _ complaint: String) -> String? {
    guard let code = code() else { return nil }
    if let known, !known.contains(code) {
      complain(complaint, ["name": code, "known": known.sorted().joined(separator: ", ")])
      return nil
    }
    return code
  }

  func limit() -> TimeLimit? {
    guard let text = text(64) else { return nil }
    if let limit = TimeLimit(text) { return limit }
    complain("catalogue.limit", ["value": text, "example": Self.example(like: text)])
    return nil
  }

  var isNone: Bool { node.scalar?.string == "none" }

  /// A list of distinct codes, each with a text under the key `text` and perhaps `english`.
  func coded(_ most: Int, text key: String, longest: Int) -> [CodedText] {
    var lines: [String: YAMLSpot] = [:]
    return (list(most) ?? []).compactMap { entry in
      guard let map = entry.map() else { return nil }
      map.only(["code", key, "english"])
      let code = map.need("code")?.code()
      let text = map.need(key)?.text(longest)
      let english = map["english"]?.text(longest * 3)
      guard let code, let text else { return nil }
      map["code"]?.once(code, &lines)
      return CodedText(code: code, text: text, english: english ?? "")
    }
  }

  /// Complains of a code that has been used before in its list.
  func once(_ code: String, _ seen: inout [String: YAMLSpot]) {
    if let other = seen[code] {
      complain(
        "catalogue.code.twice",
        ["code": code, "file": other.file, "line": String(other.line)])
    } else {
      seen[code] = spot
    }
  }

  /// What somebody may have meant who wrote a limit that cannot be read.
  private static func example(like text: String) -> String {
    let count = text.drop { !$0.isASCIIDigit }.prefix(3).prefix(while: \.isASCIIDigit)
    let number = Int(count).flatMap { $0 > 1 ? String($0) : nil } ?? "5"
    let units = [
      (["minute", "min", "分"], "minutes"), (["hour", "时"], "hours"),
      (["working-day", "working", "work", "business", "工作"], "working-days"),
      (["day", "天", "日"], "days"),
    ]
    let unit = units.first { words, _ in words.contains { text.lowercased().contains($0) } }
    return "\(number) \(unit?.1 ?? "working-days")"
  }
}

extension Character {
  fileprivate var isCodeLetter: Bool {
    isASCII && (isLetter || isNumber || ".-_".contains(self))
  }
}
