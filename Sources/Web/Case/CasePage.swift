import Base
import City

/// One case: its facts, its clocks, what has happened, and what this reader may do next.
struct CasePage: Page {
  static let template = "case"

  var line: CaseCard
  var description: String
  var facts: [Fact]
  var person: Person?
  var place: Place
  var photos: [Photo]
  var clocks: [ClockDetail]
  var assignments: [Assignment]
  /// What it is part of; nil where it is part of nothing.
  var into: Into?
  /// The cases that may be the same.
  var same: [SameView] = []
  /// The cases that belong to it.
  var company: CompanyView?
  /// Of a kind that is settled at the mediators' table.
  var mediation: MediationView?
  /// From the ledger, newest first.
  var timeline: [Event]
  /// Only those that the reader's role and scope allow now; the usual one first.
  var moves: [Move]
  /// A comment may be added.
  var comment: Form?
  /// The form that came back with its faults, shown instead of the one of its move.
  var errors: ErrorSummary?
  var live: LiveTopic?
  /// The work order.
  var printURL: SiteURL?

  /// One line of what is known.
  struct Fact: Sendable {
    var label: Phrase
    var value: Phrase
  }

  /// Who reported it.
  struct Person: Sendable {
    /// Masked, unless they have just been opened.
    var facts: [Fact]
    var isOpen: Bool
    /// Opens them, and writes that down; nil for those who may not.
    var opening: Form?
  }

  struct Place: Sendable {
    var address: String
    /// From the district down: 嘉定区, 徐行镇, 伏虎村.
    var areas: [String]
    /// The duty grid in which it lies.
    var dutyGrid: String?
    var coordinates: String?
    var map: MapView?
  }

  struct Photo: Sendable {
    var url: SiteURL
    /// What it is a photo of, or its file's name.
    var label: String
    /// What it shows.
    var subject: EvidenceRule.Subject
    var addedAt: Moment
    /// Papers and films are listed by name.
    var isImage = true
  }

  struct Assignment: Sendable {
    var unit: String
    var person: String?
    var isLead: Bool
    /// Whether it was sent to be looked at, and not to be handled.
    var isCheck = false
    var state: AssignmentState
    var since: Moment
    /// How many levels below the case's own dispatcher.
    var level = 0
    /// The unit that passed it on.
    var sender: String?
    /// Its own deadline.
    var clock: ClockFace?
    /// What was fed back on it, and the photos that came with that: so those who have the case together see
    /// how far each other is.
    var feedback: String?
    var photos: [Photo] = []
    /// Whether the reader is among those who have it.
    var isOwn = false
  }

  /// The case that this one went on as part of; without an address where this reader may not see it.
  struct Into: Sendable {
    var url: SiteURL?
    var number: String?
  }

  /// One entry of the ledger.
  struct Event: Sendable {
    var at: Moment
    /// A person, or which part of the house.
    var who: Phrase
    var role: Phrase?
    /// What was done, e.g. `.key("event.dispatch", …)`.
    var what: Phrase
    /// What people wrote with it.
    var text: String?
    var facts: [Fact] = []
    var photos: [Photo] = []
    /// The sign beside it: `move`, `comment`, `clock`, `stop`, `done`, `open`.
    var sign: Sign = .move
  }

  enum Sign: String, Sendable {
    case move, comment, clock, stop, done, open
  }

  /// Something that may be done next.
  struct Move: Sendable {
    var move: CaseMove
    var form: Form
    var isOpen = false
    /// Where it is told why somebody is proposed.
    var why: SiteURL?
  }

  var title: Phrase { .plain("\(line.number) \(line.title)") }
  var section: Section? { .cases }
  var extras: [Extra] { place.map == nil ? [] : [.map] }
}

extension CasePage {
  var parts: [String: any Shown] {
    [
      "line": line, "description": description, "facts": facts, "person": person, "place": place,
      "photos": photos, "clocks": clocks.filter { $0.face.phase != .ended },
      "endedClocks": clocks.filter { $0.face.phase == .ended }, "assignments": assignments,
      "timeline": timeline,
      "moves": moves, "comment": comment, "errors": errors, "company": company,
      "same": same, "into": into, "mediation": mediation,
      "print": printURL.map { PrintLinks(url: $0) },
    ]
  }
}

extension CasePage.Into: Composed {
  var parts: [String: any Shown] { ["url": url, "number": number] }
}

extension CasePage.Fact: Composed {
  var parts: [String: any Shown] { ["label": label, "value": value] }
}

extension CasePage.Person: Composed {
  var parts: [String: any Shown] { ["facts": facts, "isOpen": isOpen, "opening": opening] }
}

extension CasePage.Place: Composed {
  var parts: [String: any Shown] {
    [
      "address": address, "areas": areas, "dutyGrid": dutyGrid, "coordinates": coordinates,
      "map": map,
    ]
  }
}

extension CasePage.Event: Composed {
  var parts: [String: any Shown] {
    [
      "at": at, "who": who, "role": role, "what": what, "text": text, "facts": facts,
      "photos": photos, "sign": sign.rawValue,
    ]
  }
}

extension CasePage.Photo: Composed {
  var parts: [String: any Shown] {
    [
      "url": url, "caption": label, "name": label, "addedAt": addedAt, "isImage": isImage,
      "shows": Phrase.key("evidence.\(subject.rawValue)"),
    ]
  }
}

extension CasePage.Assignment: Composed {
  var parts: [String: any Shown] {
    [
      "unit": unit, "who": person, "isLead": isLead, "since": since,
      "words": Phrase.key("assignment.\(isCheck ? "check" : "state").\(state.rawValue)"),
      "isCheck": isCheck, "level": "\(min(level, 5))",
      "from": sender.map { Phrase.key("assignment.from", ["unit": .plain($0)]) }, "clock": clock,
      "feedback": feedback, "photos": photos, "isOwn": isOwn,
    ]
  }
}

extension CasePage.Move: Composed {
  var parts: [String: any Shown] {
    [
      "code": move.rawValue, "form": form, "isOpen": isOpen, "why": why,
      "label": Phrase.key("move.\(move.rawValue)"),
      "lead": Phrase.key("move.\(move.rawValue).lead"),
    ]
  }
}
