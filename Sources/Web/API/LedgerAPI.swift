import Base
import City
import Foundation
import Hummingbird

/// The ledger over JSON: what it says, and its proof.
struct LedgerAPI {
  let site: Site

  private var desk: LedgerDesk { LedgerDesk(site.centre.database) }

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/ledger/head", use: head)
    api.get("/ledger/entries", use: entries)
    api.get("/ledger/search", use: search)
    api.post("/ledger/verify", use: verify)
  }

  @Sendable private func head(_ request: Request, _ context: SiteContext) async throws -> Response {
    try Answer.json(SealOut(try await desk.lastSeal(by: try context.requireDoer())))
  }

  @Sendable private func entries(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.requireLedger()
    let query = Query(request)
    try query.requireOnce()
    let limit = try query.whole("limit", 1...LedgerDesk.largestPage) ?? 200
    let after = try query.whole("after", 0...Int.max) ?? 0
    let found = try await desk.entries(after: Int64(after), limit: limit, by: doer)
    let isFull = found.count == limit
    return try Answer.json(EntryList(found, next: isFull ? found.last?.sequence : nil))
  }

  /// Entries that are looked for, the newest first.
  @Sendable private func search(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.requireLedger()
    let query = Query(request)
    try query.requireOnce()
    var filter = LedgerFilter()
    if let subject = query["subject"] { filter.subject = try await desk.subject(subject) }
    filter.subjectKind = try query["kind"].map {
      try CaseAPI.choice("kind", $0, as: SubjectKind.self)
    }
    if let actor = query["actor"] { filter = try await desk.actor(actor, into: filter) }
    filter.verb = query["verb"]
    filter.from = try query.day("from")?.start(in: site.centre.zone)
    filter.before = try query.day("to").map { ($0 + 1).start(in: site.centre.zone) }
    let limit = try query.whole("limit", 1...LedgerDesk.largestPage) ?? 200
    let found = try await desk.search(
      filter, before: try query.whole("before", 1...Int.max).map(Int64.init), limit: limit,
      by: doer)
    return try Answer.json(EntryList(found.entries, next: found.next))
  }

  /// One proof at a time: it reads everything.
  @Sendable private func verify(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.requireLedger()
    let body = try await Body.read(request)
    let asked = body.isEmpty ? ProofIn(head: nil) : try Body.decode(ProofIn.self, from: body)
    let head = try asked.keptHead
    let report = try await site.proofGate.pass {
      try await desk.verify(keptHead: head, by: doer)
    }
    return try Answer.json(ProofOut(report))
  }
}

/// The last seal; empty before the first.
struct SealOut: Encodable {
  /// To be kept outside, and proved against.
  let head: String?
  /// The last entry under it.
  let lastSequence: String?
  let sealedAt: Moment?

  init(_ seal: LedgerSeal?) {
    head = seal?.head.description
    lastSequence = seal.map { String($0.lastSequence) }
    sealedAt = seal?.sealedAt
  }
}

/// A proof that is asked for.
struct ProofIn: JSONBody {
  /// A head that was kept outside.
  let head: String?

  static let keys: Set<String> = ["head"]
  static let expected: [String: JSONExpected] = [:]

  /// - Throws: `ledger.head-unreadable`.
  var keptHead: LedgerHead? {
    get throws {
      try head.map { text in
        guard let head = LedgerHead(text) else {
          throw Fault.invalid("head", "ledger.head-unreadable")
        }
        return head
      }
    }
  }
}

/// What a proof found.
struct ProofOut: Encodable {
  struct Break: Encodable {
    let kind: String
    let number: String
  }

  let intact: Bool
  let entries: Int64
  let sealedEntries: Int64
  let seals: Int64
  let head: String?
  let broken: Break?

  init(_ report: LedgerReport) {
    intact = report.isWhole
    entries = report.entries
    sealedEntries = report.sealedEntries
    seals = report.seals
    head = report.head?.description
    broken = report.broken.map { Break(kind: $0.kind.rawValue, number: String($0.number)) }
  }
}
