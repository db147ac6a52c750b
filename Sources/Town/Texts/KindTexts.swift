/// What people write about the cases of one kind, as material to draw from. Written for the made-up
/// town; nothing in it was ever reported.
///
/// Each text is a list with one item in each line. `{place}`, `{time}`, `{thing}` and the codes of
/// the kind's number and text fields stand for what is drawn. A line that begins with `code=value | `
/// is for cases only whose field has the value; `a+b` is two values.
struct KindTexts: Sendable {
  /// The kind's code.
  let code: String
  /// What is the matter, so that it also reads well after a place: `text | code=value, code=value`.
  let things: [Line]
  /// How the other fields asked for at the report are answered.
  let fields: [String: Answer]
  /// How the fields asked for at the feedback are answered.
  let feedbackFields: [String: Answer]
  /// The codes of the fields that take several choices.
  let lists: Set<String>
  /// As a patroller writes.
  let found: [Line]
  /// As a resident says, or the hotline took it down.
  let told: [Line]
  /// As a handling unit feeds back.
  let done: [Line]

  init(
    _ code: String, things: String, fields: [String: Answer] = [:],
    feedbackFields: [String: Answer] = [:], lists: Set<String> = [], found: String = "",
    told: String = "", done: String
  ) {
    self.code = code
    self.things = Line.all(in: things, valuesFirst: false)
    self.fields = fields
    self.feedbackFields = feedbackFields
    self.lists = lists
    self.found = Line.all(in: found, valuesFirst: true)
    self.told = Line.all(in: told, valuesFirst: true)
    self.done = Line.all(in: done, valuesFirst: true)
  }

  /// One item of a list: its words, and the values of fields that it brings or asks for.
  struct Line: Sendable {
    let text: String
    let values: [String: [String]]

    static func all(in list: String, valuesFirst: Bool) -> [Line] {
      list.split(separator: "\n").map { line in
        let parts = line.split(separator: "|").map(trimmed)
        guard parts.count == 2 else { return Line(text: trimmed(line), values: [:]) }
        return Line(
          text: parts[valuesFirst ? 1 : 0], values: values(in: parts[valuesFirst ? 0 : 1]))
      }
    }

    /// Whether nothing that is known speaks against the line.
    func suits(_ known: [String: [String]]) -> Bool {
      values.allSatisfy { code, wanted in
        known[code].map { known in wanted.contains { known.contains($0) } } ?? false
      }
    }

    /// Whether what the line brings agrees with what is wanted.
    func agrees(with wanted: [String: [String]]) -> Bool {
      values.allSatisfy { code, value in wanted[code].map { $0 == value } ?? true }
    }

    private static func values(in text: String) -> [String: [String]] {
      var values: [String: [String]] = [:]
      for pair in text.split(separator: ",") {
        let sides = pair.split(separator: "=", maxSplits: 1).map(trimmed)
        if sides.count == 2 { values[sides[0]] = sides[1].split(separator: "+").map(String.init) }
      }
      return values
    }

    private static func trimmed(_ text: Substring) -> String {
      var text = text
      while text.first == " " { text.removeFirst() }
      while text.last == " " { text.removeLast() }
      return String(text)
    }
  }

  /// How a field is answered.
  indirect enum Answer: Sendable {
    case number(ClosedRange<Int>)
    /// In tenths: 5…25 is 0.5 to 2.5.
    case tenths(ClosedRange<Int>)
    /// The code of one choice.
    case one([String])
    /// Codes of one or two choices.
    case some([String])
    case text([String])
    /// A water of the village.
    case river
    case person
    /// A number plate that cannot exist: none has the letter I.
    case plate
    /// The number of a building permit of the town.
    case permit
    /// The number of an earlier order of the hotline.
    case order
    /// So many days before the day of the report, or after it where negative.
    case daysAgo(ClosedRange<Int>)
    /// Answered in a share of the cases.
    case often(Double, Answer)
  }
}
