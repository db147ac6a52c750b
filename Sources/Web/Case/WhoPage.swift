import Base
import City
import Foundation
import Hummingbird

/// Who gets a case of a kind at a place, and why: every rule that is about it.
struct WhoPage: Page {
  static let template = "who"

  var kind = ""
  var area = ""
  var kinds: [Field.Group]
  var areas: [Field.Option]
  var kindWords: SiteURL?
  var answer: Answer?
  /// What people are in their organisations.
  var posts: [Post] = []

  /// A post, and from when to when it is given.
  struct Post: Sendable {
    var code: String
    var name: String
    var from: Day?
    var until: Day?
    var people: Int
    var isGiven: Bool
  }

  struct Answer: Sendable {
    var lead: String?
    var person: String?
    var helpers: [String]
    var isPersonGone = false
    /// That the person of the rule is away.
    var away: Phrase?
    var lines: [Line]
  }

  /// A rule in words.
  struct Line: Sendable {
    var isOwn: Bool
    /// A name, the start of codes, or nothing for every kind.
    var kinds: Phrase?
    var area: String?
    var unit: Phrase
    var outcome: WhoGets.Outcome
  }

  /// What is wrong with what is asked.
  var wrong: Fault?

  var title: Phrase { .key("who.title") }
  var section: Section? { .cases }

  var parts: [String: any Shown] {
    [
      "fields": fields.marked(wrong).map { FieldView(field: $0, formID: "who") },
      "errors": wrong.map { ErrorSummary($0, with: fields, of: "who") }, "answer": answer,
      "hasAnswer": answer != nil, "posts": posts,
    ]
  }

  private var fields: [Field] {
    var fields: [Field] = [
      Field(
        name: "kind", label: .key("figures.kind"), isRequired: true,
        control: .select(
          Field.Select(groups: kinds, nothing: .key("choice.nothing"), words: kindWords))),
      .select("area", "figures.area", areas, nothing: "who.anywhere"),
    ]
    fields[0].fill([kind])
    fields[1].fill([area])
    return fields
  }
}

extension WhoPage.Post: Composed {
  var parts: [String: any Shown] {
    [
      "code": code, "name": name, "from": from.map { Phrase.day($0) } ?? .key("who.posts.always"),
      "until": until.map { Phrase.day($0) } ?? .key("who.posts.always"),
      "people": Phrase.count(people), "isOver": !isGiven,
    ]
  }
}

extension WhoPage.Answer: Composed {
  var parts: [String: any Shown] {
    let headline: Phrase =
      lead.map { .key("who.lead-is", ["unit": .plain($0)]) } ?? .key("who.nobody")
    return [
      "headline": headline, "person": person.map { Phrase.key("who.person", ["name": .plain($0)]) },
      "isPersonGone": isPersonGone, "away": away,
      "helpers": helpers.isEmpty
        ? nil : Phrase.key("who.helpers", ["units": .plain(helpers.joined(separator: "、"))]),
      "lines": lines,
    ]
  }
}

extension WhoPage.Line: Composed {
  var parts: [String: any Shown] {
    [
      "source": Phrase.key(isOwn ? "who.source.town" : "who.source.catalogue"),
      "kinds": kinds ?? .key("who.every-kind"),
      "area": area.map { Phrase.plain($0) } ?? .key("who.anywhere"), "unit": unit,
      "outcome": Phrase.key("who.outcome.\(outcome.rawValue)"),
      "isUsed": outcome == .decides || outcome == .helps,
    ]
  }
}

extension Site {
  func addWho(to group: RouterGroup<SiteContext>) {
    group.get("/who") { request, context in
      _ = try context.requireSignedIn()
      let query = Query(request)
      return try await filtered(request, context) {
        try await whoPage(kind: query["kind"] ?? "", area: query["area"] ?? "", wrong: $0)
      }
    }
  }

  private func whoPage(kind: String, area: String, wrong: Fault?) async throws -> WhoPage {
    let around = try await surroundings()
    var page = WhoPage(
      kind: kind, area: area, kinds: Field.Group.kinds(around.catalogue.kinds),
      areas: around.areaOptions, kindWords: .kindWords(around.catalogue.version))
    let now = centre.now()
    page.posts = try await PostDesk(centre.database).list(limit: .max).map { post, people in
      WhoPage.Post(
        code: post.code, name: post.name, from: post.validFrom?.local(in: centre.zone).day,
        until: post.validUntil?.lastDay(in: centre.zone), people: people,
        isGiven: post.isGiven(at: now))
    }
    page.wrong = wrong
    guard !kind.isEmpty, wrong == nil else { return page }
    let place = try await area.isEmpty ? nil : directory().area(area)
    let found = try await centre.whoGets(kind, in: place)
    page.answer = WhoPage.Answer(
      lead: found.proposal?.lead.name, person: found.personName,
      helpers: found.proposal?.helpers.map(\.name) ?? [], isPersonGone: found.isPersonGone,
      away: found.away.map { Phrase($0, in: centre.zone) },
      lines: found.lines.map { around.line($0) })
    return page
  }
}

extension Phrase {
  /// That somebody is away, until when, and who acts for them.
  init(_ away: WhoGets.Away, in zone: TimeZone) {
    let lastDay = Moment(milliseconds: away.until.milliseconds - 1).local(in: zone).day
    var arguments: [String: Phrase] = [
      "name": .plain(away.name), "until": .plain(lastDay.description),
    ]
    guard let substitute = away.substitute else {
      self = .key("who.away.nobody", arguments)
      return
    }
    arguments["substitute"] = .plain(substitute)
    self = .key(away.isElsewhere ? "who.away.elsewhere" : "who.away", arguments)
  }
}

extension Surroundings {
  func line(_ line: WhoGets.Line) -> WhoPage.Line {
    WhoPage.Line(
      isOwn: line.isOwn,
      kinds: line.kinds.isEmpty
        ? nil : catalogue[line.kinds] == nil ? .plain("\(line.kinds)…") : kind(line.kinds),
      area: line.area?.name, unit: unit(line), outcome: line.outcome)
  }

  private func unit(_ line: WhoGets.Line) -> Phrase {
    switch (line.unit, line.organisation) {
    case (_, .some(let organisation)): .plain(organisation.name)
    case (.organisation(let code), nil): .plain(code)
    case (.level(let level), nil): .key("who.level.\(level.rawValue)")
    }
  }
}
