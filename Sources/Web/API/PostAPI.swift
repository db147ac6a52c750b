import Base
import City
import Foundation
import Hummingbird

/// Posts over JSON: what somebody is in an organisation, and from when to when it is given.
struct PostAPI {
  let site: Site

  private var desk: PostDesk { PostDesk(site.centre.database) }

  /// Lines of a page at most.
  private static let longest = 199

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/posts", use: list)
    api.post("/posts", use: create)
    api.patch("/posts/{code}", use: change)
    api.post("/posts/{code}/end", use: end)
  }

  @Sendable private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
    _ = try context.requireDoer()
    let query = Query(request)
    try query.requireOnce()
    let limit = try query.whole("limit", 1...Self.longest) ?? 50
    let after = try query["cursor"].map { text in
      guard let cursor = NameCursor(text) else {
        throw Fault.invalid("cursor", "cursor.unreadable")
      }
      return cursor.name
    }
    let found = try await desk.list(after: after ?? "", limit: limit + 1)
    let page = found.prefix(limit)
    return try Answer.json(
      PostList(
        posts: page.map { PostOut($0.post, people: $0.people, site.centre) },
        next: found.count > limit ? page.last.map { NameCursor(name: $0.post.code).text } : nil))
  }

  @Sendable private func create(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let asked = try Body.decode(PostIn.self, from: try await Body.read(request))
    let (from, until) = try asked.time(in: site.centre.zone)
    try await Self.naming {
      try await desk.add(
        code: asked.code, name: asked.name, validFrom: from, validUntil: until, by: doer)
    }
    return try Answer.json(try await found(asked.code), status: .created)
  }

  @Sendable private func change(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let code = context.parameters.get("code") ?? ""
    let asked = try Body.decode(PostEditIn.self, from: try await Body.read(request))
    let zone = site.centre.zone
    try await Self.naming {
      try await site.centre.database.write { tx in
        guard let post = try PostDesk.find(code, in: tx) else { throw Fault.missing("post") }
        try PostDesk.put(
          code: code, name: asked.name ?? post.name,
          validFrom: try asked.validFrom.map {
            try Day(given: $0, "valid-from").start(in: zone)
          }.applied(to: post.validFrom),
          validUntil: try asked.validUntil.map {
            (try Day(given: $0, "valid-until") + 1).start(in: zone)
          }.applied(to: post.validUntil), by: doer, in: tx)
      }
    }
    return try Answer.json(try await found(code))
  }

  @Sendable private func end(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let code = context.parameters.get("code") ?? ""
    try await desk.end(code: code, by: doer)
    return try Answer.json(try await found(code))
  }

  private func found(_ code: String) async throws -> PostOut {
    let all = try await desk.list(limit: .max)
    guard let found = all.first(where: { $0.post.code == code }) else {
      throw Fault.missing("post")
    }
    return PostOut(found.post, people: found.people, site.centre)
  }

  /// The desk's names of fields, as bodies have them.
  private static func naming<Result>(_ body: () async throws -> Result) async throws -> Result {
    try await Fault.renaming(["valid-from": "validFrom", "valid-until": "validUntil"], body)
  }
}

struct PostList: Encodable {
  let posts: [PostOut]
  let next: String?
}

struct PostOut: Encodable {
  let code: String
  let name: String
  let validFrom: String?
  /// The last day.
  let validUntil: String?
  let isGiven: Bool
  let people: Int

  init(_ post: Post, people: Int, _ centre: Centre) {
    code = post.code
    name = post.name
    validFrom = post.validFrom?.local(in: centre.zone).day.description
    validUntil = post.validUntil?.lastDay(in: centre.zone).description
    isGiven = post.isGiven(at: centre.now())
    self.people = people
  }
}

/// A post to be added.
struct PostIn: JSONBody {
  let code: String
  let name: String
  let validFrom: String?
  /// The last day.
  let validUntil: String?

  static let keys: Set<String> = ["code", "name", "validFrom", "validUntil"]
  static let expected: [String: JSONExpected] = [:]

  func time(in zone: TimeZone) throws -> (from: Moment?, until: Moment?) {
    (
      try validFrom.map { try Day(given: $0, "validFrom").start(in: zone) },
      try validUntil.map { (try Day(given: $0, "validUntil") + 1).start(in: zone) }
    )
  }
}

/// What is to be changed; a key that is not there keeps what there is, null takes it away.
struct PostEditIn: JSONBody {
  let name: String?
  let validFrom: Edit<String>
  let validUntil: Edit<String>

  static let keys: Set<String> = ["name", "validFrom", "validUntil"]
  static let expected: [String: JSONExpected] = [:]

  private enum Key: CodingKey { case name, validFrom, validUntil }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    name = values.contains(.name) ? try values.decode(String.self, forKey: .name) : nil
    validFrom = try values.edit(String.self, forKey: .validFrom)
    validUntil = try values.edit(String.self, forKey: .validUntil)
  }
}
