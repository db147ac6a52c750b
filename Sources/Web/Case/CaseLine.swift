import Base

/// A case's state as it is marked everywhere: a sign and a word.
struct StateMark: Sendable, Composed {
  /// `reported`, `accepted`, … of the flow.
  var code: String

  var parts: [String: any Shown] {
    ["code": code, "text": Phrase.key("case.state.\(code)")]
  }
}

/// What sets a case apart in a list.
enum CaseMark: String, Sendable {
  case urgent, confidential, reworked, reopened, extended, repeated
}

/// One case in a list.
struct CaseLine: Sendable, Composed {
  var url: SiteURL
  /// The number that people say.
  var number: String
  var title: String
  var kind: String
  /// The channel's code.
  var channel: String
  var area: String
  /// The unit that holds it now.
  var unit: String?
  var state: StateMark
  var clock: ClockFace?
  var marks: [CaseMark] = []
  var reportedAt: Moment

  var parts: [String: any Shown] {
    [
      "url": url, "number": number, "name": title, "kind": kind, "area": area,
      "channel": Phrase.key("channel.\(channel)"), "unit": unit, "state": state,
      "clock": clock, "reportedAt": reportedAt,
      "marks": marks.each {
        ["code": $0.rawValue, "text": Phrase.key("case.mark.\($0.rawValue)")]
      },
    ]
  }
}
