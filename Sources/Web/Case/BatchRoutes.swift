import Base
import City
import Foundation
import Hummingbird
import Synchronization

/// One act on a selection of the queue.
extension Site {
  func addBatch(to group: RouterGroup<SiteContext>) {
    group.post("/batch") { request, context in
      let doer = try context.requireSignedIn().doer
      let data = try await FormData.read(request, context: context, blobs: centre.blobs)
      return try await choose(data, doer, request, context)
    }
    group.post("/batch/do") { request, context in
      let doer = try context.requireSignedIn().doer
      let data = try await FormData.read(request, context: context, blobs: centre.blobs)
      return try await makeBatch(data, doer, request, context)
    }
    // The answer to the form has an address of its own, to be gone back to.
    group.get("/batch/{submission}") { request, context in
      let doer = try context.requireSignedIn().doer
      let submission = try context.parameters.require("submission")
      guard let view = batches[BatchShelf.Key(doer, submission)] else {
        throw Fault(.missing, "batch.report-gone")
      }
      return try await page(view, request, context)
    }
  }

  /// What was chosen: the ticked cases, or the whole list.
  private func choose(
    _ data: FormData, _ doer: Doer, _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let query = QueueQuery { data.text($0) }
    let isWhole = data.text("all") != nil
    if !isWhole, data.list("cases").isEmpty { return Self.chooseFirst(query) }
    if data.text("act") == "export" {
      if isWhole { return Answer.redirect(query.exportURL.with([("as", "xlsx")])) }
      return try await exportChosen(try chosen(data), doer)
    }
    let move = try CaseAPI.choice("act", data.text("act") ?? "", as: CaseMove.self)
    guard CaseBatch.moves.contains(move) else { throw Fault.invalid("move", "batch.move") }
    let ids =
      isWhole
      ? try await centre.cases.batched(try filter(query, try await surroundings()), by: doer)
      : try chosen(data)
    return try await page(
      try await batchPage(move, ids, UUID().uuidString, doer), request, context)
  }

  /// Back to the list, which says that nothing was chosen.
  private static func chooseFirst(_ query: QueueQuery) -> Response {
    Answer.redirect(query.url.with([("batch", "empty")]))
  }

  /// The chosen cases as a file; where some of them may not be read any more, what is in it and what not
  /// is told first.
  private func exportChosen(_ ids: [ID<Case>], _ doer: Doer) async throws -> Response {
    let readable = Set(try await centre.cases.lines(of: ids, by: doer).map(\.id))
    let found = ids.filter { readable.contains($0) }
    let url = SiteURL.exportCases.with([
      ("ids", found.map(\.description).joined(separator: ","))
    ])
    if found.count == ids.count { return Answer.redirect(url.with([("as", "xlsx")])) }
    return keep(
      BatchPage(
        act: "export",
        report: BatchPage.Report(exporting: ids, readable: readable, url: url)),
      UUID().uuidString, doer)
  }

  private func keep(_ page: BatchPage, _ submission: String, _ doer: Doer) -> Response {
    // It stands in an address, whatever was sent.
    let isPlain = submission.utf8.allSatisfy {
      Character(Unicode.Scalar($0)).isLetter || Character(Unicode.Scalar($0)).isNumber || $0 == 0x2D
    }
    let submission =
      isPlain && submission != "do" && !submission.isEmpty
      ? submission : UUID().uuidString
    batches[BatchShelf.Key(doer, submission)] = page
    return Answer.redirect(.batchReport(submission))
  }

  /// - Throws: `batch.empty`, `batch.too-many`.
  private func chosen(_ data: FormData) throws -> [ID<Case>] {
    // A button of one line sends that one, whatever else is ticked.
    let chosen = data.text("one").map { [$0] } ?? data.list("cases")
    let ids = chosen.compactMap { ID<Case>(String($0.prefix { $0 != "@" })) }
    guard !ids.isEmpty else { throw Fault(.invalid, "batch.empty") }
    guard ids.count <= CaseBatch.most else {
      throw Fault(.invalid, "batch.too-many", ["limit": String(CaseBatch.most)])
    }
    return ids
  }

  /// Whom the page said that each case goes to, which stands after its id.
  private func shown(_ data: FormData) -> [ID<Case>: String] {
    let pairs = ((data.text("one").map { [$0] } ?? []) + data.list("cases")).compactMap {
      chosen -> (ID<Case>, String)? in
      let halves = chosen.split(separator: "@", maxSplits: 1)
      guard halves.count == 2, let id = ID<Case>(String(halves[0])) else { return nil }
      return (id, String(halves[1]))
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private func batchPage(
    _ move: CaseMove, _ ids: [ID<Case>], _ submission: String, _ doer: Doer
  ) async throws -> BatchPage {
    let around = try await surroundings()
    let lines = try await centre.cases.lines(of: ids, by: doer)
    return BatchPage(
      act: move.rawValue, cases: lines.map(around.card),
      form: .batch(
        move, on: ids.map(\.description), units: around.unitOptions, submission: submission))
  }

  private func makeBatch(
    _ data: FormData, _ doer: Doer, _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let move = try CaseAPI.choice("move", data.text("move") ?? "", as: CaseMove.self)
    if data.list("cases").isEmpty, data.text("one") == nil {
      return Self.chooseFirst(QueueQuery())
    }
    let ids = try chosen(data)
    let submission = String((data.text("submission") ?? UUID().uuidString).prefix(64))
    do {
      let input = try MoveInput(data, zone: centre.zone)
      let back = data.text("back").flatMap { BatchPage.Back(rawValue: $0) }
      // Of a desk, each line is an act of its own, whatever else was ticked with it.
      let digest = back.map { Array("\(move.rawValue) \($0.rawValue)".utf8) } ?? data.digest
      let outcomes = try await centre.cases.batch(
        move, input, on: ids, shown: shown(data),
        key: RequestKey(text: submission, digest: digest), by: doer)
      let failed = outcomes.compactMap { outcome in
        outcome.fault.map { BatchPage.Failed(outcome, $0) }
      }
      if let back, failed.isEmpty, outcomes.count == 1 {
        return Answer.redirect(back.url, done: move.rawValue)
      }
      let report = BatchPage.Report(done: outcomes.count - failed.count, failed: failed)
      return keep(
        BatchPage(act: move.rawValue, report: report, back: back), submission, doer)
    } catch let fault as Fault where fault.kind == .invalid && !fault.fields.isEmpty {
      var page = try await batchPage(move, ids, submission, doer)
      page.errors = page.form.map { ErrorSummary(fault, in: $0) }
      page.form = page.form?.returned(fault, typed: data.values)
      return try await self.page(page, request, context, status: fault.status)
    }
  }
}

/// What became of the last batches, for who made them: until so many others have come, or the process ends.
/// What was done stands in the ledger all the same.
final class BatchShelf: Sendable {
  static let most = 200

  /// Nobody sees that of another person.
  struct Key: Hashable, Sendable {
    private let person: ID<Person>?
    private let submission: String

    init(_ doer: Doer, _ submission: String) {
      (person, self.submission) = (doer.person, submission)
    }
  }

  private let kept = Mutex<[(key: Key, page: BatchPage)]>([])

  subscript(key: Key) -> BatchPage? {
    get { kept.withLock { $0.last { $0.key == key }?.page } }
    set {
      kept.withLock { pages in
        pages.removeAll { $0.key == key }
        if let newValue { pages.append((key, newValue)) }
        pages.removeFirst(max(0, pages.count - Self.most))
      }
    }
  }
}
