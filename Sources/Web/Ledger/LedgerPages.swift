import Base
import City

/// What the ledger is narrowed to, as it stands in the address.
struct LedgerQuery: Sendable, Equatable {
  /// A case number or an id.
  var subject = ""
  var kind = ""
  /// A sign-in name, or `sweep`, `import`, `command`.
  var actor = ""
  var verb = ""
  var from = ""
  var to = ""
  /// The sequence that the page begins before.
  var before = ""

  init() {}

  init(_ value: (String) -> String?) {
    func text(_ name: String) -> String { String((value(name) ?? "").prefix(100)) }
    (subject, kind, actor) = (text("subject"), text("kind"), text("actor"))
    (verb, from, to, before) = (text("verb"), text("from"), text("to"), text("before"))
  }

  var filters: [(String, String?)] {
    [
      ("subject", subject), ("kind", kind), ("actor", actor), ("verb", verb), ("from", from),
      ("to", to),
    ]
  }

  var url: SiteURL { .ledger.with(filters + [("before", before)]) }
  var exportURL: SiteURL { .exportLedger.with(filters) }
  var isFiltered: Bool { filters.contains { !($0.1 ?? "").isEmpty } }
}

/// The ledger for who may read all of it: entries, filters, and the proof.
struct LedgerPageView: Page {
  static let template = "ledger"

  var query: LedgerQuery
  var entries: [EntryLine] = []
  var next: SiteURL?
  /// Whether more is to be looked through than the page did.
  var isSearchedPart = false
  /// The last seal, to be printed and kept; nil before the first.
  var head: String?
  var sealedAt: Moment?
  var proof = Proof()
  /// What is wrong with the filters; nothing is shown then.
  var wrong: Fault?
  /// What is wrong with the head that was to be proved, and the head.
  var wrongHead: (fault: Fault, typed: String)?

  /// One entry in a list.
  struct EntryLine: Sendable {
    var sequence: Int64
    var at: Moment
    var actor: Phrase
    var verb: String
    var subject: Phrase
    var subjectURL: SiteURL
    var payload: String
  }

  /// How far a proof is, or what the last one found.
  struct Proof: Sendable {
    var isRunning = false
    var done: Int64 = 0
    var total: Int64 = 0
    var report: LedgerReport?
    var at: Moment?
    var error: Phrase?
  }

  var title: Phrase { .key("ledger.title") }
  var section: Section? { .ledger }

  var parts: [String: any Shown] {
    [
      "fields": fields.marked(wrong).map { FieldView(field: $0, formID: "ledger") },
      "errors": wrong.map { ErrorSummary($0, with: fields, of: "ledger") }, "isWrong": wrong != nil,
      "kept": FieldView(field: kept, formID: "proof"), "entries": entries,
      "next": next, "hasPages": next != nil, "previous": Optional<SiteURL>.none,
      "isSearchedPart": isSearchedPart, "isFiltered": query.isFiltered, "all": SiteURL.ledger,
      "head": head, "sealedAt": sealedAt, "proof": proof, "verify": SiteURL.verifyLedger,
      "progress": SiteURL.ledgerProgress,
      "export": entries.isEmpty ? nil : ExportLinks(url: query.exportURL),
    ]
  }

  private var kept: Field {
    var field = Field.line("head", "ledger.kept", .init(maximumLength: 90))
    guard let wrongHead else { return field }
    field.fill([wrongHead.typed])
    return [field].marked(wrongHead.fault).first ?? field
  }

  private var fields: [Field] {
    var fields: [Field] = [
      .line("subject", "ledger.subject", .init(value: query.subject), hint: "ledger.subject.hint"),
      .select(
        "kind", "ledger.kind",
        .worded(
          "ledger.kind", SubjectKind.allCases.map(\.rawValue), chosen: query.kind),
        nothing: "queue.filter.all"),
      .line("actor", "ledger.actor", .init(value: query.actor), hint: "ledger.actor.hint"),
      .line("verb", "ledger.verb", .init(value: query.verb), hint: "ledger.verb.hint"),
      .line("from", "ledger.from", .init(kind: .date, value: query.from)),
      .line("to", "ledger.to", .init(kind: .date, value: query.to)),
    ]
    for index in fields.indices where fields[index].name == "kind" {
      fields[index].fill([query.kind])
    }
    return fields
  }
}

extension LedgerPageView.EntryLine: Composed {
  var parts: [String: any Shown] {
    [
      "number": "\(sequence)", "url": SiteURL.ledgerEntry(sequence), "at": at, "actor": actor,
      "verb": verb, "subject": subject, "subjectURL": subjectURL, "payload": payload,
    ]
  }
}

extension LedgerPageView.Proof: Composed {
  var parts: [String: any Shown] {
    let share = total > 0 ? min(100, Int(done * 100 / total)) : 0
    return [
      "isRunning": isRunning, "share": "\(share)",
      "running": Phrase.key(
        "ledger.proof.running", ["done": .count(Int(done)), "total": .count(Int(total))]),
      "verdict": verdict, "isBroken": report.map { !$0.isWhole } ?? false, "at": at,
      "hasVerdict": report != nil || error != nil, "isKnown": report != nil,
    ]
  }

  private var verdict: Phrase? {
    if let error { return error }
    guard let report else { return nil }
    let counts: [String: Phrase] = [
      "entries": .count(Int(report.entries)), "sealed": .count(Int(report.sealedEntries)),
      "seals": .count(Int(report.seals)),
    ]
    guard let broken = report.broken else { return .key("ledger.proof.whole", counts) }
    return .key(
      "ledger.proof.broken",
      counts.merging([
        "what": .key("ledger.break.\(broken.kind.rawValue)"),
        "number": .plain("\(broken.number)"),
      ]) { $1 })
  }
}

/// One entry with everything that it says.
struct LedgerEntryPage: Page {
  static let template = "ledger-entry"

  var sequence: Int64
  var recordedAt: Moment
  var occurredAt: Moment
  var actor: Phrase
  var actorURL: SiteURL?
  var verb: String
  var subject: Phrase
  var subjectURL: SiteURL
  /// The thing itself, for who may see it.
  var thing: SiteURL?
  /// The members of the payload, by name.
  var payload: [(name: String, value: String)]
  var digest: String
  /// The number of the seal that covers it; nil while none does.
  var seal: String?

  var title: Phrase { .key("ledger.entry", ["number": .plain("\(sequence)")]) }
  var section: Section? { .ledger }

  var parts: [String: any Shown] {
    [
      "heading": title, "list": SiteURL.ledger, "recordedAt": recordedAt,
      "occurredAt": occurredAt, "actor": actor, "actorURL": actorURL, "verb": verb,
      "verbURL": SiteURL.ledger.with([("verb", verb)]), "subject": subject,
      "subjectURL": subjectURL, "thing": thing, "digest": digest, "seal": seal,
      "isEmpty": payload.isEmpty,
      "members": payload.each { ["name": $0.name, "value": $0.value] },
      "earlier": sequence > 1 ? SiteURL.ledgerEntry(sequence - 1) : nil,
      "later": SiteURL.ledgerEntry(sequence + 1),
    ]
  }
}
