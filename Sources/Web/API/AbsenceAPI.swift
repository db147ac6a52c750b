import Base
import City
import HTTPTypes
import Hummingbird

/// Who is away and who stands in, and the handing over of what somebody had, over JSON.
struct AbsenceAPI {
  let site: Site

  private var desk: AbsenceDesk { site.centre.identity.absences }

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/absences", use: list)
    api.post("/absences", use: enter)
    api.post("/absences/{id}/end", use: end)
    api.get("/me/absences", use: mine)
    api.get("/people/{id}/work", use: work)
    api.post("/people/{id}/hand-over", use: handOver)
  }

  @Sendable private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
    let found = try await desk.list(by: try context.requireDoer())
    return try Answer.json(AbsenceList(found, site.centre))
  }

  @Sendable private func mine(_ request: Request, _ context: SiteContext) async throws -> Response {
    guard let person = try context.requireDoer().person else {
      throw Fault(.forbidden, "person.own-only")
    }
    let found = try await desk.mine(person)
    return try Answer.json(AbsenceList(found.own + found.others, site.centre))
  }

  @Sendable private func enter(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    let asked = try Body.decode(AbsenceIn.self, from: try await Body.read(request))
    let id = try await desk.enter(try asked.draft(for: doer), zone: site.centre.zone, by: doer)
    return try Answer.json(Made(id: id.description), status: .created)
  }

  @Sendable private func end(_ request: Request, _ context: SiteContext) async throws -> Response {
    let id = try CaseAPI.id(context, as: Absence.self)
    try await desk.end(id, by: try context.requireDoer())
    return Answer.nothing
  }

  @Sendable private func work(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Person.self)
    let found = try await site.centre.database.read {
      try site.centre.cases.work(of: id, by: doer, in: $0)
    }
    return try Answer.json(WorkList(cases: found.map(WorkList.Line.init)))
  }

  @Sendable private func handOver(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Person.self)
    let body = try await Body.read(request)
    let asked = body.isEmpty ? HandOverIn(to: nil) : try Body.decode(HandOverIn.self, from: body)
    let handed = try await site.centre.database.write { tx in
      try site.centre.cases.handOver(workOf: id, to: asked.to, by: doer, in: tx)
    }
    let parties = try await site.directory().parties
    return try Answer.json(HandedOverList(cases: handed.map { .init($0, in: parties) }))
  }
}

/// An absence as it is asked for.
struct AbsenceIn: JSONBody {
  /// Oneself where it is not there.
  let person: ID<Person>?
  let from: String
  /// The last day.
  let until: String
  let substitute: ID<Person>?
  let reason: Absence.Reason?

  static let keys: Set<String> = ["person", "from", "until", "substitute", "reason"]
  static let expected: [String: JSONExpected] = [
    "reason": .choice(Absence.Reason.allCases.map(\.rawValue)), "person": .id, "substitute": .id,
  ]

  func draft(for doer: Doer) throws -> AbsenceDraft {
    guard let person = person ?? doer.person else { throw Fault.invalid("person", "value.missing") }
    return AbsenceDraft(
      person: person, from: try Day(given: from, "from"), until: try Day(given: until, "until"),
      substitute: substitute, reason: reason ?? .leave)
  }
}

extension Day {
  /// A day as people write it.
  ///
  /// - Throws: `value.day` at a field.
  init(given text: String, _ field: String) throws {
    guard let day = Day(written: text) else {
      throw Fault.invalid(field, "value.day", ["value": String(text.prefix(32))])
    }
    self = day
  }
}

/// To whom everything goes that was sent to somebody by name.
struct HandOverIn: JSONBody {
  /// Nil: to the organisations that have it.
  let to: ID<Person>?

  static let keys: Set<String> = ["to"]
  static let expected: [String: JSONExpected] = ["to": .id]
}

/// Something that was made, by its id.
struct Made: Encodable {
  let id: String
}

struct AbsenceList: Encodable {
  let absences: [Line]

  struct Line: Encodable {
    let id: String
    let person: String
    let name: String
    let from: String
    /// The last day, or the one on which it was ended by hand.
    let until: String
    let substitute: String?
    let substituteName: String?
    /// Whether the substitute may not sign in any more, so that nobody stands in.
    let isSubstituteGone: Bool
    let reason: String
    /// Whether they are away now.
    let isNow: Bool
  }

  init(_ entries: [AbsenceDesk.Entry], _ centre: Centre) {
    let now = centre.now()
    absences = entries.map { entry in
      let absence = entry.absence
      return Line(
        id: absence.id.description, person: absence.person.description, name: entry.personName,
        from: absence.from.local(in: centre.zone).day.description,
        until: absence.lastDay(in: centre.zone).description,
        substitute: absence.substitute?.description, substituteName: entry.substituteName,
        isSubstituteGone: entry.isSubstituteGone, reason: absence.reason.rawValue,
        isNow: absence.holds(at: now))
    }
  }
}

struct WorkList: Encodable {
  let cases: [Line]

  /// No more than who manages people needs: not what the case says.
  struct Line: Encodable {
    let id: String
    let number: String
    let kind: String
    let state: String
    let parts: Int

    init(_ work: CaseDesk.PersonalWork) {
      id = work.line.id.description
      number = work.line.number
      kind = work.line.kind
      state = work.line.state.rawValue
      parts = work.parts
    }
  }
}

struct HandedOverList: Encodable {
  let cases: [Line]

  struct Line: Encodable {
    let id: String
    let number: String
    /// Not there where an organisation has it.
    let to: String?
    /// The codes of those that have a part of it now which nobody has by name.
    let organisations: [String]

    init(_ handed: CaseDesk.HandedOver, in parties: PartyMap) {
      id = handed.id.description
      number = handed.number
      to = handed.to?.description
      organisations = handed.organisations.compactMap { parties[$0]?.code }
    }
  }
}
