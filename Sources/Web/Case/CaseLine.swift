import Base

/// A case's state as it is marked everywhere: a sign and a word.
struct StateMark: Sendable, Shown {
  /// `reported`, `accepted`, … of the flow.
  var code: String

  func shown(in wording: Wording) -> Any {
    ["code": code, "text": Phrase.key("case.state.\(code)")] as [String: Any]
  }
}

/// What sets a case apart in a list.
enum CaseMark: String, Sendable {
  case urgent, confidential, reworked, reopened, extended, repeated
}

/// One case in a list.
struct CaseLine: Sendable, Shown {
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

  func shown(in wording: Wording) -> Any {
    [
      "url": url, "number": number, "name": title, "kind": kind, "area": area,
      "channel": Phrase.key("channel.\(channel)"), "unit": unit as Any, "state": state,
      "clock": clock as Any, "reportedAt": reportedAt,
      "marks": marks.map {
        ["code": $0.rawValue, "text": Phrase.key("case.mark.\($0.rawValue)")] as [String: Any]
      },
    ] as [String: Any]
  }
}
