import Base
import City
import Hummingbird

extension Site {
  func addAbsences(to group: RouterGroup<SiteContext>) {
    group.get("/absences") { request, context in
      let doer = try context.requireSignedIn().doer
      return try await page(try await absencePage(doer), request, context)
    }
    group.post("/absences") { request, context in
      let doer = try context.requireSignedIn().doer
      let data = try await FormData.read(request, context: context, blobs: centre.blobs)
      do {
        try await centre.identity.absences.enter(
          try absence(data, doer), zone: centre.zone, by: doer)
        return Answer.redirect(.absences, done: "absence")
      } catch let fault as Fault where fault.kind == .invalid {
        var page = try await absencePage(doer)
        page.errors = ErrorSummary(fault, in: page.form)
        page.form = page.form.returned(fault, typed: data.values)
        return try await self.page(page, request, context, status: fault.status)
      }
    }
    group.post("/absences/{id}/end") { request, context in
      let doer = try context.requireSignedIn().doer
      _ = try await FormData.read(request, context: context, blobs: centre.blobs)
      try await centre.identity.absences.end(
        try CaseAPI.id(context, as: Absence.self), by: doer)
      return Answer.redirect(.absences, done: "absence-end")
    }
    group.get("/absences/work") { request, context in
      let doer = try context.requireSignedIn().doer
      return try await page(
        try await workPage(Query(request)["person"] ?? "", doer), request, context)
    }
    group.post("/people/{id}/hand-over") { request, context in
      let doer = try context.requireSignedIn().doer
      return try await handOver(request, context, doer)
    }
  }

  private func absence(_ data: FormData, _ doer: Doer) throws -> AbsenceDraft {
    let given = data.text("person").flatMap { ID<Person>($0) }
    guard let person = given ?? (doer.holds(.personManage) ? nil : doer.person) else {
      throw Fault.invalid("person", "value.missing")
    }
    guard let from = data.text("from") else { throw Fault.invalid("from", "value.missing") }
    guard let until = data.text("until") else { throw Fault.invalid("until", "value.missing") }
    return AbsenceDraft(
      person: person, from: try Day(given: from, "from"), until: try Day(given: until, "until"),
      substitute: data.text("substitute").flatMap { ID($0) },
      reason: try data.text("reason").map {
        try CaseAPI.choice("reason", $0, as: Absence.Reason.self)
      } ?? .leave)
  }

  private func absencePage(_ doer: Doer) async throws -> AbsencePage {
    let desk = centre.identity.absences
    let manages = doer.holds(.personManage)
    guard let me = doer.person else { throw Fault(.forbidden, "person.own-only") }
    let mine = try await desk.mine(me)
    let (people, substitutes) = try await centre.database.read {
      snapshot -> ([Person], [Person]) in
      guard let person = try PersonDesk.myself(me, in: snapshot) else { return ([], []) }
      let candidates = try AbsenceDesk.candidates(for: person, by: doer, in: snapshot)
      return (manages ? candidates : [], candidates)
    }
    let today = centre.now().local(in: centre.zone).day
    var page = AbsencePage(
      own: mine.own.map { line($0, mayEnd: true, manages: false) },
      others: mine.others.map { line($0, mayEnd: false, manages: false) },
      form: .absence(
        people: options(people), substitutes: options(substitutes), today: today))
    if manages {
      page.all = try await desk.list(by: doer).map { line($0, mayEnd: true, manages: true) }
      page.work = Form(
        "work", to: .personalWork, [.line("person", "work.person", required: true)],
        submit: .key("work.show"), weight: .plain)
    }
    return page
  }

  private func options(_ people: [Person]) -> [Field.Option] {
    people.map { .init(value: $0.id.description, label: .plain("\($0.name)（\($0.signIn)）")) }
  }

  private func line(
    _ entry: AbsenceDesk.Entry, mayEnd: Bool, manages: Bool
  ) -> AbsencePage.Line {
    let absence = entry.absence
    return AbsencePage.Line(
      id: absence.id.description, name: entry.personName, substitute: entry.substituteName,
      isSubstituteGone: entry.isSubstituteGone,
      from: absence.from.local(in: centre.zone).day, until: absence.lastDay(in: centre.zone),
      reason: absence.reason, isNow: absence.holds(at: centre.now()), mayEnd: mayEnd,
      work: manages ? .personalWork.with([("person", entry.personSignIn)]) : nil)
  }

  // MARK: - Who leaves

  private func workPage(_ signIn: String, _ doer: Doer) async throws -> WorkPage {
    let entry = try await centre.identity.people.find(signIn: signIn, by: doer)
    return try await workPage(entry.person, doer)
  }

  private func workPage(_ person: Person, _ doer: Doer) async throws -> WorkPage {
    let around = try await surroundings()
    let (work, heirs) = try await centre.database.read { snapshot in
      (
        try centre.cases.work(of: person.id, by: doer, in: snapshot),
        try AbsenceDesk.candidates(for: person, by: doer, in: snapshot)
          .filter { $0.organisation == person.organisation }
      )
    }
    return WorkPage(
      name: person.name, signIn: person.signIn, isDisabled: person.disabledAt != nil,
      lines: work.map {
        WorkPage.Line(
          number: $0.line.number, kind: around.kind($0.line.kind), state: $0.line.state,
          clock: around.card($0.line).clock)
      },
      form: work.isEmpty && person.disabledAt != nil
        ? nil
        : .handOver(
          person.id, to: options(heirs), isDisabled: person.disabledAt != nil,
          hasWork: !work.isEmpty))
  }

  private func handOver(
    _ request: Request, _ context: SiteContext, _ doer: Doer
  ) async throws -> Response {
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    let id = try CaseAPI.id(context, as: Person.self)
    let person = try await centre.identity.people.find(id, by: doer).person
    do {
      let heir = data.text("to").flatMap { ID<Person>($0) }
      try await centre.leave(
        id, handingOverTo: heir, isBarred: data.list("leaves").contains("yes"), by: doer)
      return Answer.redirect(
        .personalWork.with([("person", person.signIn)]), done: "hand-over")
    } catch let fault as Fault where fault.kind == .invalid {
      var page = try await workPage(person, doer)
      page.errors = page.form.map { ErrorSummary(fault, in: $0) }
      page.form = page.form?.returned(fault, typed: data.values)
      return try await self.page(page, request, context, status: fault.status)
    }
  }
}
