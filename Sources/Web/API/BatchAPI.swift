import Base
import City
import Crypto
import HTTPTypes
import Hummingbird

/// One move on many cases over JSON.
struct BatchAPI {
  let site: Site

  func add(to group: RouterGroup<SiteContext>) {
    group.group("/api/v1").post("/cases/batch", use: make)
  }

  /// The cases are named in the body, or are those of the list that the query narrows.
  @Sendable private func make(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let body = try await Body.read(request)
    let asked = try Body.decode(BatchIn.self, from: body)
    let desk = site.centre.cases
    let ids =
      if let cases = asked.cases { cases } else {
        try await desk.batched(try await Query(request).filter(site.centre), by: doer)
      }
    let key = HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] }
    // Which cases are meant, the query may say.
    var all = SHA256()
    all.update(data: body)
    all.update(data: Array((request.uri.query ?? "").utf8))
    let digest = Array(all.finalize())
    let outcomes = try await desk.batch(
      asked.move, asked.input, on: ids, key: key.map { RequestKey(text: $0, digest: digest) },
      by: doer)
    let wording = site.renderer.wording(context.language)
    return try Answer.json(BatchOut(outcomes, wording))
  }
}

/// A batch as it is asked for.
struct BatchIn: JSONBody {
  let move: CaseMove
  /// Nil: every case of the list that the query narrows.
  let cases: [ID<Case>]?
  let input: MoveInput

  static let keys: Set<String> = [
    "move", "cases", "organisation", "person", "helpers", "text", "until",
  ]
  static let expected: [String: JSONExpected] = [
    "move": .choice(CaseBatch.moves.map(\.rawValue)), "person": .id, "until": .moment,
    "cases": .id,
  ]

  private enum Key: CodingKey { case move, cases }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    move = try values.decode(CaseMove.self, forKey: .move)
    cases = try values.decodeIfPresent([ID<Case>].self, forKey: .cases)
    input = try MoveInput(from: decoder)
  }
}

/// What became of each case.
struct BatchOut: Encodable {
  let done: Int
  let failed: Int
  let cases: [Line]

  struct Line: Encodable {
    let id: String
    let number: String?
    let isDone: Bool
    /// Of the fault, with its words in the caller's language.
    let code: String?
    let detail: String?
    let errors: [Wrong]?
  }

  struct Wrong: Encodable {
    let field: String
    let code: String
  }

  init(_ outcomes: [CaseBatch.Outcome], _ wording: Wording) {
    done = outcomes.count(where: \.isDone)
    failed = outcomes.count - done
    cases = outcomes.map { outcome in
      let fields = outcome.fault?.fields ?? []
      return Line(
        id: outcome.id.description, number: outcome.number, isDone: outcome.isDone,
        code: outcome.fault?.code, detail: outcome.fault.map { wording.text(Phrase($0)) },
        errors: fields.isEmpty ? nil : fields.map { Wrong(field: $0.name, code: $0.code) })
    }
  }
}
