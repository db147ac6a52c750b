import Base
import City
import Foundation
import Hummingbird
import Paper
import Synchronization

extension Site {
  func addLedger(to group: RouterGroup<SiteContext>) {
    group.get("/ledger") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      return try await filtered(request, context) {
        try await ledgerPage(LedgerQuery { parameters[$0] }, doer, wrong: $0)
      }
    }
    group.get("/ledger/entries/{id}") { request, context in
      let doer = try context.requireSignedIn().doer
      guard let sequence = Int64(try context.parameters.require("id")) else {
        throw Fault.missing("entry")
      }
      return try await page(try await entryPage(sequence, doer), request, context)
    }
    group.get("/ledger/export") { request, context in
      let doer = try context.requireSignedIn().doer
      try doer.requireLedger()
      let parameters = Query(request)
      let query = LedgerQuery { parameters[$0] }
      do {
        return try await exportLedger(try await filter(query), parameters, doer, context)
      } catch let fault as Fault where fault.code == "ledger.too-many" {
        // What can be done about it stands where it is done: at the days.
        let wrong = Fault(
          .invalid, fault.code, fault.arguments,
          fields: [.init("from", fault.code, fault.arguments)])
        return try await page(
          try await ledgerPage(query, doer, wrong: wrong), request, context, status: wrong.status)
      } catch let fault as Fault where fault.kind == .invalid && !fault.fields.isEmpty {
        return Answer.redirect(query.url)
      }
    }
    group.post("/ledger/verify") { request, context in
      let doer = try context.requireSignedIn().doer
      try doer.requireLedger()
      let data = try await FormData.read(request, context: context, blobs: centre.blobs)
      let typed = data.text("head")
      let kept = typed.flatMap { LedgerHead($0) }
      if let typed, kept == nil {
        var view = try await ledgerPage(LedgerQuery(), doer)
        view.wrongHead = (Fault.invalid("head", "ledger.head-unreadable"), typed)
        return try await page(view, request, context, status: .unprocessableContent)
      }
      try await prove(against: kept, by: doer)
      return Answer.redirect(.ledger)
    }
    group.get("/ledger/verify/progress") { request, context in
      try context.requireSignedIn().doer.requireLedger()
      let proof = proofs.state
      return try Answer.json(
        ProofProgress(isRunning: proof.isRunning, done: proof.done, total: proof.total))
    }
  }

  /// Begins a proof, and waits for its end as long as somebody would look at an empty page.
  private func prove(against head: LedgerHead?, by doer: Doer) async throws {
    guard proofs.begin() else { throw Fault(.unavailable, "ledger.proof-runs", ["seconds": "10"]) }
    let desk = LedgerDesk(centre.database)
    let work = Task {
      do {
        let report = try await proofGate.pass {
          try await desk.verify(keptHead: head, by: doer) { proofs.tell($0, of: $1) }
        }
        proofs.end(report, at: centre.now())
      } catch let fault as Fault {
        proofs.fail(Phrase(fault))
      } catch {
        proofs.fail(.key("fault.broken"))
      }
    }
    for _ in 0..<20 where proofs.state.isRunning { try await Task.sleep(for: .milliseconds(50)) }
    _ = work
  }

  // MARK: - Reading

  private func filter(_ query: LedgerQuery) async throws -> LedgerFilter {
    let desk = LedgerDesk(centre.database)
    var filter = LedgerFilter()
    if !query.subject.isEmpty { filter.subject = try await desk.subject(query.subject) }
    if !query.kind.isEmpty {
      filter.subjectKind = try CaseAPI.choice("kind", query.kind, as: SubjectKind.self)
    }
    if !query.actor.isEmpty { filter = try await desk.actor(query.actor, into: filter) }
    if !query.verb.isEmpty { filter.verb = query.verb }
    if !query.from.isEmpty {
      filter.from = try Day(given: query.from, "from").start(in: centre.zone)
    }
    if !query.to.isEmpty {
      filter.before = (try Day(given: query.to, "to") + 1).start(in: centre.zone)
    }
    return filter
  }

  private func ledgerPage(
    _ query: LedgerQuery, _ doer: Doer, wrong: Fault? = nil
  ) async throws -> LedgerPageView {
    let desk = LedgerDesk(centre.database)
    try doer.requireLedger()
    var page = LedgerPageView(query: query, wrong: wrong)
    if wrong == nil {
      let found = try await desk.search(
        try await filter(query), before: Int64(query.before), limit: 50, by: doer)
      page.entries = found.entries.map { line($0, found.people) }
      page.next = found.next.map { next in
        var other = query
        other.before = "\(next)"
        return other.url
      }
      page.isSearchedPart = found.isSearchedPart
    }
    let seal = try await desk.lastSeal(by: doer)
    page.head = seal?.head.description
    page.sealedAt = seal?.sealedAt
    page.proof = proofs.state
    return page
  }

  private func line(
    _ entry: LedgerEntry, _ people: [ID<Person>: Person]
  ) -> LedgerPageView.EntryLine {
    LedgerPageView.EntryLine(
      sequence: entry.sequence, at: entry.recordedAt, actor: Self.named(entry.actor, people),
      verb: entry.verb, subject: entry.subject,
      subjectURL: .ledger.with([("subject", "\(entry.subjectID)")]), payload: entry.payload)
  }

  private static func named(_ actor: Actor, _ people: [ID<Person>: Person]) -> Phrase {
    let name = actor.personID.map { id in
      people[id].map { "\($0.name)（\($0.signIn)）" } ?? id.description
    }
    switch actor {
    case .person: return .plain(name ?? "")
    case .importer:
      return name.map { .list([.key("event.actor.import"), .plain($0)]) }
        ?? .key("event.actor.import")
    case .sweep: return .key("event.actor.sweep")
    case .command: return .key("event.actor.command")
    }
  }

  private func entryPage(_ sequence: Int64, _ doer: Doer) async throws -> LedgerEntryPage {
    let found = try await LedgerDesk(centre.database).entry(sequence, by: doer)
    let entry = found.entry
    let people = found.person.map { [$0.id: $0] } ?? [:]
    var mayRead = false
    if entry.subjectKind == .case {
      mayRead =
        (try? await centre.cases.requireReading(ID(entry.subjectID), by: doer)) != nil
    }
    return LedgerEntryPage(
      sequence: sequence, recordedAt: entry.recordedAt, occurredAt: entry.occurredAt,
      actor: Self.named(entry.actor, people),
      actorURL: .ledger.with([("actor", found.person?.signIn ?? entry.actor.code)]),
      verb: entry.verb, subject: entry.subject,
      subjectURL: .ledger.with([("subject", "\(entry.subjectID)")]),
      thing: mayRead ? .file(ID<Case>(entry.subjectID)) : nil,
      payload: entry.members, digest: entry.digest.map { String(format: "%02x", $0) }.joined(),
      seal: found.seal.map { "\($0.number)" })
  }

  private func exportLedger(
    _ filter: LedgerFilter, _ query: Query, _ doer: Doer, _ context: SiteContext
  ) async throws -> Response {
    let wording = renderer.wording(context.language)
    let columns: [(name: String, width: Int)] = [
      ("sequence", 12), ("recorded", 17), ("occurred", 17), ("actor", 24), ("kind", 12),
      ("subject", 22), ("verb", 22), ("payload", 60), ("digest", 66),
    ]
    let day = centre.now().local(in: centre.zone).day
    return try await table("\(wording.text("ledger.title")) \(day)", query) { format, path in
      let table = try TableWriter(
        path: path, as: format, name: wording.text("ledger.title"),
        columns: columns.map { .init(wording.text("ledger.column.\($0.name)"), width: $0.width) })
      try await LedgerDesk(centre.database).export(filter, by: doer) { page in
        try table.write(
          page.entries.map { entry in
            [
              .text("\(entry.sequence)"), .moment(entry.recordedAt.local(in: centre.zone)),
              .moment(entry.occurredAt.local(in: centre.zone)),
              .text(wording.text(Self.named(entry.actor, page.people))),
              .text(entry.subjectKind.rawValue), .text("\(entry.subjectID)"), .text(entry.verb),
              .text(entry.payload), .text(entry.digest.map { String(format: "%02x", $0) }.joined()),
            ]
          })
      }
      try table.finish()
    }
  }
}

extension LedgerEntry {
  fileprivate var subject: Phrase {
    .key(
      "ledger.about",
      ["kind": .key("ledger.kind.\(subjectKind.rawValue)"), "id": .plain("\(subjectID)")])
  }

  /// The payload's members, by name; lists with commas.
  fileprivate var members: [(name: String, value: String)] {
    let figures = figures
    let object =
      (try? JSONSerialization.jsonObject(with: Data(payload.utf8))) as? [String: Any] ?? [:]
    return object.keys.sorted().map { name in
      (name, figures[name] ?? list(name).joined(separator: ", "))
    }
  }
}

private struct ProofProgress: Encodable {
  let isRunning: Bool
  let done: Int64
  let total: Int64
}

/// The proof that this process makes, and what the last one found.
final class ProofWatch: Sendable {
  private let kept = Mutex(LedgerPageView.Proof())

  var state: LedgerPageView.Proof { kept.withLock { $0 } }

  /// False while one runs.
  func begin() -> Bool {
    kept.withLock { proof in
      guard !proof.isRunning else { return false }
      proof = LedgerPageView.Proof(isRunning: true)
      return true
    }
  }

  func tell(_ done: Int64, of total: Int64) {
    kept.withLock { ($0.done, $0.total) = (done, total) }
  }

  func end(_ report: LedgerReport, at now: Moment) {
    kept.withLock { $0 = LedgerPageView.Proof(report: report, at: now) }
  }

  func fail(_ error: Phrase) { kept.withLock { $0 = LedgerPageView.Proof(error: error) } }
}
