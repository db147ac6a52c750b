import Base
import Crypto
import Store

/// One move on many cases.
public enum CaseBatch {
  /// The most cases of one batch.
  public static let most = 500
  /// The moves that are made on many.
  public static let moves: [CaseMove] = [.dispatch, .supervise, .take]

  /// What became of one case.
  public struct Outcome: Sendable {
    public let id: ID<Case>
    /// Nil where the case is not there, or not for who asks.
    public let number: String?
    public let title: String?
    /// Why nothing was done; nil where it was.
    public let fault: Fault?

    public var isDone: Bool { fault == nil }
  }
}

extension CaseDesk {
  /// Makes one move on each of some cases, each in a transaction of its own: what fails leaves the others
  /// done, and nothing of its own.
  ///
  /// A batch that is dispatched and names no organisation goes where the rules say, case by case.
  ///
  /// - Parameters:
  ///   - ids: each is taken once.
  ///   - shown: the codes of those that the sender was told cases go to by rule; a case that would go to
  ///     another by now stays.
  ///   - key: the sender's own; sent again, nothing is done twice, and what failed is tried again.
  /// - Returns: what became of each, in the order of `ids`.
  /// - Throws: `right.missing` for who never makes the move; `batch.move`, `batch.empty`,
  ///   `batch.too-many`; `idempotency.conflict` for a key that came with another batch.
  public func batch(
    _ move: CaseMove, _ input: MoveInput, on ids: [ID<Case>], shown: [ID<Case>: String] = [:],
    key: RequestKey? = nil, by doer: Doer
  ) async throws -> [CaseBatch.Outcome] {
    guard CaseBatch.moves.contains(move) else { throw Fault.invalid("move", "batch.move") }
    for rule in CaseFlow.rules where rule.move == move { try doer.require(rule.right) }
    // What is missing for all is said once, and not of each case.
    if move == .supervise { _ = try input.required("text", input.text) }
    var seen: Set<ID<Case>> = []
    let each = ids.filter { seen.insert($0).inserted }
    guard !each.isEmpty else { throw Fault.invalid("cases", "batch.empty") }
    guard each.count <= CaseBatch.most else {
      throw Fault.invalid("cases", "batch.too-many", ["limit": String(CaseBatch.most)])
    }
    var outcomes: [CaseBatch.Outcome] = []
    for id in each {
      let act = BatchAct(move: move, input: input, shown: shown[id])
      outcomes.append(try await outcome(act, on: id, key: key, by: doer))
    }
    return outcomes
  }

  /// The cases of a list for a batch, in its order.
  ///
  /// - Throws: `right.missing`, `batch.too-many`.
  public func batched(_ filter: CaseFilter, by doer: Doer) async throws -> [ID<Case>] {
    let found = try await database.read {
      try self.lines(filter, after: nil, most: CaseBatch.most + 1, by: doer, in: $0).lines.map(\.id)
    }
    guard found.count <= CaseBatch.most else {
      throw Fault.invalid("cases", "batch.too-many", ["limit": String(CaseBatch.most)])
    }
    return found
  }

  /// The lines of some cases, as far as `doer` may read them; in the order of `ids`.
  public func lines(of ids: [ID<Case>], by doer: Doer) async throws -> [CaseLine] {
    var filter = CaseFilter()
    filter.ids = Array(ids.prefix(CaseBatch.most))
    let wanted = filter
    let found = try await database.read {
      try self.lines(wanted, after: nil, most: CaseBatch.most, by: doer, in: $0).lines
    }
    let places = Dictionary(
      ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return found.sorted { places[$0.id, default: 0] < places[$1.id, default: 0] }
  }

  private func outcome(
    _ act: BatchAct, on id: ID<Case>, key: RequestKey?, by doer: Doer
  ) async throws -> CaseBatch.Outcome {
    do {
      let file = try await database.write { tx in
        try makeOnce(act, on: id, key: key, by: doer, in: tx)
      }
      return CaseBatch.Outcome(id: id, number: file.number, title: file.title, fault: nil)
    } catch let fault as Fault {
      // A key that came with another batch is no case's fault.
      if fault.code == "idempotency.conflict" { throw fault }
      let line = try await lines(of: [id], by: doer).first
      return CaseBatch.Outcome(id: id, number: line?.number, title: line?.title, fault: fault)
    }
  }

  private func makeOnce(
    _ act: BatchAct, on id: ID<Case>, key: RequestKey?, by doer: Doer, in tx: Transaction
  ) throws -> Case {
    guard let key, let person = doer.person else {
      return try makeOfBatch(act, on: id, by: doer, in: tx)
    }
    // The case is part of the key, so that each is remembered with its own move.
    let own = SHA256.hash(data: Array("\(key.text) \(id)".utf8)).hexadecimal
    if try Idempotency.subject(for: own, digest: key.digest, by: person, in: tx) != nil {
      return try view(id, by: doer, in: tx).case
    }
    let file = try makeOfBatch(act, on: id, by: doer, in: tx)
    try Idempotency.remember(id.raw, for: own, digest: key.digest, by: person, in: tx)
    return file
  }

  private func makeOfBatch(
    _ act: BatchAct, on id: ID<Case>, by doer: Doer, in tx: Transaction
  ) throws -> Case {
    var input = act.input
    if act.move == .dispatch, input.organisation ?? "" == "" {
      let view = try standing(for: act.move, on: id, revision: nil, by: doer, in: tx)
      guard let proposal = try proposal(for: view, in: tx) else {
        throw Fault(.conflict, "batch.nobody")
      }
      guard act.shown.map({ $0 == proposal.lead.code }) ?? true else {
        throw Fault(.conflict, "batch.other-unit", ["unit": proposal.lead.name])
      }
      input.organisation = proposal.lead.code
      input.person = proposal.person
      input.helpers = proposal.helpers.map(\.code)
    }
    return try make(act.move, input, on: id, by: doer, in: tx)
  }
}

/// What a batch does with one case.
private struct BatchAct: Sendable {
  let move: CaseMove
  let input: MoveInput
  /// Whom its sender was told it goes to.
  let shown: String?
}
