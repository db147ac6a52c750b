import Base
import City

/// A case's state as it is marked everywhere: a sign and a word.
extension CaseState: Composed {
  var parts: [String: any Shown] {
    ["code": rawValue, "text": Phrase.key("case.state.\(rawValue)")]
  }
}

/// What sets a case apart in a list.
enum CaseMark: String, Sendable {
  case urgent, confidential, reworked, reopened, extended, repeated
}

/// One case in a list.
struct CaseCard: Sendable, Composed {
  var url: SiteURL
  /// The number that people say.
  var number: String
  var title: String
  var kind: Phrase
  var channel: Channel
  var area: String
  /// The unit that holds it now.
  var unit: String?
  var state: CaseState
  var clock: ClockFace?
  var marks: [CaseMark] = []
  var reportedAt: Moment
  /// By which it is chosen in a list.
  var id = ""

  var parts: [String: any Shown] {
    [
      "id": id, "select": Phrase.key("batch.select", ["number": .plain(number)]),
      "url": url, "number": number, "name": title, "kind": kind, "area": area,
      "channel": Phrase.key("channel.\(channel.rawValue)"), "unit": unit, "state": state,
      "clock": clock, "reportedAt": reportedAt,
      "marks": marks.each {
        ["code": $0.rawValue, "text": Phrase.key("case.mark.\($0.rawValue)")]
      },
    ]
  }
}
