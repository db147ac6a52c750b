import Base
import City
import Foundation

/// The timeline of a case: its entries of the ledger with what people wrote.
extension CasePageBuilder {
  /// Newest first.
  var timeline: [CasePage.Event] {
    let notes = Dictionary(
      detail.parts.notes.map { ($0.id.description, $0) }, uniquingKeysWith: { first, _ in first })
    return detail.entries.reversed().map { entry in
      let figures = entry.figures
      let note = figures["note"].flatMap { notes[$0] }
      var event = CasePage.Event(
        at: entry.occurredAt, who: who(entry.actor), role: behalf(entry),
        what: what(entry, figures),
        text: note?.body, sign: sign(entry.verb))
      if let fact = note?.factFinding {
        event.facts.append(.init(label: .key("feed-back.fact"), value: .plain(fact)))
      }
      if let claim = note?.claimFinding {
        event.facts.append(.init(label: .key("feed-back.claim"), value: .plain(claim)))
      }
      if let attachment = figures["attachment"] {
        event.photos = photos(attachment)
      }
      return event
    }
  }

  /// Those who are away for whom it was done.
  private func behalf(_ entry: LedgerEntry) -> Phrase? {
    let names = entry.list("for").compactMap { ID($0).flatMap { detail.people[$0] } }
    return names.isEmpty
      ? nil : .key("event.for", ["name": .plain(names.joined(separator: "、"))])
  }

  private func photos(_ id: String) -> [CasePage.Photo] {
    detail.parts.attachments.filter { $0.id.description == id }.map(photo)
  }

  private func who(_ actor: Actor) -> Phrase {
    switch actor {
    case .person(let id): .plain(detail.people[id] ?? "")
    case .sweep: .key("event.actor.sweep")
    case .importer: .key("event.actor.import")
    case .command: .key("event.actor.command")
    }
  }

  private func what(_ entry: LedgerEntry, _ figures: [String: String]) -> Phrase {
    let verb = String(entry.verb.dropFirst("case.".count))
    var arguments: [String: Phrase] = [:]
    if let lead = figures["lead"] { arguments["unit"] = .plain(around.organisation(code: lead)) }
    if let checker = figures["checker"] {
      arguments["unit"] = .plain(around.organisation(code: checker))
    }
    if let from = figures["from"] {
      arguments["from"] = .plain(around.organisation(code: from))
    }
    if let person = figures["person"], let name = ID(person).flatMap({ detail.people[$0] }),
      let unit = figures["lead"]
    {
      arguments["unit"] = .list([.plain(around.organisation(code: unit)), .plain(name)])
    }
    let others = entry.list("people").compactMap { ID($0).flatMap { detail.people[$0] } }
    if !others.isEmpty, let unit = arguments["unit"] {
      arguments["unit"] = .list([unit] + others.map { .plain($0) })
    }
    if let limit = figures["limit"].flatMap({ TimeLimit($0) }) {
      arguments["limit"] = Phrase(limit)
    }
    if let until = figures["until"].flatMap({ Moment($0) }) {
      arguments["until"] = .moment(until)
    }
    if figures["other"] != nil { arguments["case"] = figures["other"].map(named) }
    if let relation = figures["relation"] { arguments["relation"] = .key("relation.\(relation)") }
    if let direction = figures["direction"] {
      arguments["direction"] = .key("direction.\(direction)")
    }
    if let step = figures["step"] { arguments["step"] = .key("clock.step.\(step)") }
    if let finding = figures["finding"] { arguments["finding"] = .key("finding.\(finding)") }
    if verb == "open-reporter", figures["of"] != nil { return .key("event.open-parties") }
    if let outcome = figures["outcome"], verb == "record-outcome" {
      return recorded(outcome, figures)
    }
    if let count = figures["count"].flatMap(Int.init) { arguments["number"] = .count(count) }
    if let side = figures["side"] { arguments["side"] = .key("party.side.\(side)") }
    // Filing that went on to the unit by itself says so.
    if verb == "file", arguments["unit"] != nil {
      return .list([.key("event.file"), .key("event.dispatch", arguments)])
    }
    if verb == "return", figures["arbitration"] != nil {
      return .list([.key("event.return"), .key("event.arbitration-open")])
    }
    if verb == "hand-over" {
      let name = { (key: String) in
        figures[key].flatMap { ID($0) }.flatMap { detail.people[$0] }.map { Phrase.plain($0) }
      }
      arguments["from"] = name("from-person")
      arguments["to"] = name("to-person")
      if let from = figures["from-unit"], let to = figures["to-unit"] {
        arguments["from"] = .plain(around.organisation(code: from))
        arguments["to"] = .plain(around.organisation(code: to))
      }
      return .key(arguments["to"] == nil ? "event.hand-over.unit" : "event.hand-over", arguments)
    }
    if verb == "withdraw", arguments["from"] != nil {
      return .key("event.withdraw.from", arguments)
    }
    if verb == "overdue", let part = figures["part"],
      let found = detail.view.assignments.first(where: { $0.id.description == part })
    {
      arguments["unit"] = .plain(around.parties[found.organisation]?.name ?? "")
      return .key("event.overdue.at", arguments)
    }
    return .key("event.\(verb)", arguments)
  }

  private func recorded(_ outcome: String, _ figures: [String: String]) -> Phrase {
    var said: [Phrase] = [.key("mediation.outcome.\(outcome)")]
    if let agreement = figures["agreement"], agreement != "none" {
      said.append(.key("mediation.agreement.\(agreement)"))
    }
    if let amount = figures["amount"].flatMap({ Decimal(string: $0) }) {
      said.append(.yuan(amount))
    }
    return .key("event.record-outcome", ["outcome": .list(said)])
  }

  private func sign(_ verb: String) -> CasePage.Sign {
    switch verb {
    case "case.comment", "case.attach", "case.contact", "case.call-back",
      "case.hold-session":
      .comment
    case "case.overdue", "case.deadline", "case.ask-extension", "case.grant-extension",
      "case.extend-below":
      .clock
    case "case.supervise", "case.reject", "case.deny-check", "case.appeal", "case.record-finding",
      "case.ask-arbitration", "case.arbitrate", "case.return", "case.rework", "case.suspend",
      "case.merge", "case.transfer", "case.withdraw":
      .stop
    case "case.close", "case.record-outcome": .done
    case "case.open-reporter": .open
    default: .move
    }
  }
}
