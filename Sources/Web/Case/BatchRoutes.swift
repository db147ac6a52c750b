import Base
import City
import Foundation
import Hummingbird

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
  }

  /// What was chosen: the ticked cases, or the whole list.
  private func choose(
    _ data: FormData, _ doer: Doer, _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let query = QueueQuery { data.text($0) }
    let isWhole = data.text("all") != nil
    if data.text("act") == "export" {
      if isWhole { return Answer.redirect(query.exportURL.with([("as", "xlsx")])) }
      return Answer.redirect(
        .exportCases.with([
          ("as", "xlsx"), ("ids", try chosen(data).map(\.description).joined(separator: ",")),
        ]))
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
      move: move, cases: lines.map(around.card),
      form: .batch(
        move, on: ids.map(\.description), units: around.unitOptions, submission: submission))
  }

  private func makeBatch(
    _ data: FormData, _ doer: Doer, _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let move = try CaseAPI.choice("move", data.text("move") ?? "", as: CaseMove.self)
    let ids = try chosen(data)
    let submission = data.text("submission") ?? UUID().uuidString
    do {
      let input = try MoveInput(data, zone: centre.zone)
      if move == .supervise { _ = try input.requiredText }
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
      return try await page(
        BatchPage(move: move, report: report, back: back), request, context)
    } catch let fault as Fault where fault.kind == .invalid && !fault.fields.isEmpty {
      var page = try await batchPage(move, ids, submission, doer)
      page.errors = page.form.map { ErrorSummary(fault, in: $0) }
      page.form = page.form?.returned(fault, typed: data.values)
      return try await self.page(page, request, context, status: fault.status)
    }
  }
}

extension MoveInput {
  /// What is missing for all is said once and not of each case.
  fileprivate var requiredText: String {
    get throws {
      guard let text, !text.isEmpty else { throw Fault.invalid("text", "value.missing") }
      return text
    }
  }
}
