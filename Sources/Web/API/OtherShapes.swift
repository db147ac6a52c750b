import Base
import City
import Foundation

struct EntryList: Encodable {
  let entries: [Entry]
  /// The sequence to go on after, where there may be more.
  let next: String?

  struct Entry: Encodable {
    let sequence: String
    let recordedAt: Moment
    let occurredAt: Moment
    let actor: String
    let subject: String
    let verb: String
    let payload: String
    let digest: String
  }

  init(_ entries: [LedgerEntry], next: Int64? = nil) {
    self.next = next.map { String($0) }
    self.entries = entries.map {
      Entry(
        sequence: String($0.sequence), recordedAt: $0.recordedAt, occurredAt: $0.occurredAt,
        actor: $0.actor.name, subject: "\($0.subjectKind.rawValue):\($0.subjectID)",
        verb: $0.verb, payload: $0.payload, digest: Data($0.digest).base64EncodedString())
    }
  }
}

extension Actor {
  /// `person:42`, `sweep:clocks`, `import:42`, `command`.
  var name: String {
    switch self {
    case .person(let id): "person:\(id)"
    case .importer(let id): "import:\(id)"
    case .sweep(let sweep): "sweep:\(sweep)"
    case .command: "command"
    }
  }
}

struct FigureList: Encodable {
  let figures: [FigureOut]
}

/// A figure; the rate is null over nothing.
struct FigureOut: Encodable {
  let figure: String
  let numerator: Int
  let denominator: Int?
  let rate: Double?
  let minutes: Int?
  /// Yuan as text.
  let amount: String?

  init(_ value: FigureValue) {
    figure = value.figure.rawValue
    numerator = value.numerator
    denominator = value.denominator
    rate = value.rate
    minutes = value.minutes
    amount = value.amount.map { $0.printed(2) }
  }

  /// Nothing is said as `null`, never left out: a rate over nothing is a fact.
  func encode(to encoder: any Encoder) throws {
    enum Key: CodingKey { case figure, numerator, denominator, rate, minutes, amount }
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(figure, forKey: .figure)
    try values.encode(numerator, forKey: .numerator)
    try values.encode(denominator, forKey: .denominator)
    try values.encode(rate, forKey: .rate)
    try values.encode(minutes, forKey: .minutes)
    try values.encode(amount, forKey: .amount)
  }
}

struct KindList: Encodable {
  let version: String
  let kinds: [CaseKind]
}

/// Who the caller is to us.
struct Me: Encodable {
  let person: String?
  /// To be sent as `X-CSRF-Token` with changes made through a session.
  let csrf: String?
  let rights: [String]
}

/// A telephone number whose cases are to be listed.
struct PhoneAsked: JSONBody {
  let phone: String

  static let keys: Set<String> = ["phone"]
  static let expected: [String: JSONExpected] = [:]
}

/// What stands in the address of a list in place of a telephone number.
struct PhoneDigestOut: Encodable {
  let phone: String
}
