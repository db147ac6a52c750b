import Base
import City
import Hummingbird

/// Calling back one after the other: each answer leads to the next.
extension Site {
  /// The most that stand in the list.
  private static let mostCallBacks = 50

  func addCallBacks(to group: RouterGroup<SiteContext>) {
    group.get("/call-backs") { request, context in
      let doer = try context.requireSignedIn().doer
      let chosen = Query(request)["case"].flatMap { ID<Case>($0) }
      return try await page(try await callBackPage(doer, chosen), request, context)
    }
    group.post("/call-backs/{id}/open") { request, context in
      let (doer, id, _) = try await calling(request, context)
      let opened = try await centre.cases.openReporters(of: id, by: doer)
      return try await page(
        try await callBackPage(doer, id, opened: opened), request, context)
    }
    group.post("/call-backs/{id}/missed") { request, context in
      let (doer, id, _) = try await calling(request, context)
      let wording = renderer.wording(context.language)
      try await centre.cases.make(
        .comment, MoveInput(text: wording.text(.key("call-backs.missed.note"))), on: id, by: doer)
      return Answer.redirect(.callBacks, done: CaseMove.comment.rawValue)
    }
    group.post("/call-backs/{id}") { request, context in
      let (doer, id, form) = try await calling(request, context)
      do {
        try await centre.cases.make(
          .callBack, try MoveInput(form, zone: centre.zone), on: id,
          revision: form.text("revision").flatMap(Int.init), by: doer)
        return Answer.redirect(.callBacks, done: CaseMove.callBack.rawValue)
      } catch let fault as Fault where fault.kind == .invalid || fault.kind == .conflict {
        var page = try await callBackPage(doer, id)
        if let call = page.call {
          page.call?.form = call.form.returned(fault, typed: form.values)
          page.call?.errors = ErrorSummary(fault, in: call.form)
        }
        return try await self.page(page, request, context, status: fault.status)
      }
    }
  }

  private func calling(
    _ request: Request, _ context: SiteContext
  ) async throws -> (Doer, ID<Case>, FormData) {
    let doer = try context.requireSignedIn().doer
    let form = try await FormData.read(request, context: context, blobs: centre.blobs)
    return (doer, try CaseAPI.id(context, as: Case.self), form)
  }

  /// - Parameter chosen: whom to call; without it who is next.
  private func callBackPage(
    _ doer: Doer, _ chosen: ID<Case>?, opened: [ID<Case>: Reporter] = [:]
  ) async throws -> CallBackPage {
    try doer.require(.caseCallBack)
    let around = try await surroundings()
    let waiting = try await centre.cases.waiting(
      for: doer, to: [.callBack], lines: Self.mostCallBacks
    ).first
    let lines = waiting?.lines ?? []
    var page = CallBackPage(
      lines: lines.map {
        CallBackPage.Line(
          card: around.card($0), url: .callBack($0.id), isChosen: $0.id == chosen)
      }, total: waiting?.total ?? 0)
    guard let id = chosen ?? lines.first?.id else { return page }
    let detail = try await centre.cases.detail(of: id, by: doer)
    // Called by somebody else meanwhile: the list says who is next.
    guard CaseFlow.moves(on: detail.view, by: doer).contains(.callBack) else { return page }
    if let first = page.lines.firstIndex(where: { $0.card.id == id.description }) {
      page.lines[first].isChosen = true
    }
    page.call = call(detail, try await casePage(detail, doer, opened: opened))
    return page
  }

  private func call(_ detail: CaseDetail, _ shown: CasePage) -> CallBackPage.Call {
    let id = detail.view.case.id
    let forms = MoveForms(
      url: { $0 == CaseMove.callBack.rawValue ? .makeCallBack(id) : .callBack(id, $0) },
      revision: String(detail.view.case.revision), photos: Self.photoLimits)
    var person = shown.person
    if var opening = person?.opening {
      opening.action = .callBack(id, "open")
      person?.opening = opening
    }
    let missing = Form(
      "missed", to: .callBack(id, "missed"), [], submit: .key("call-backs.missed.submit"),
      weight: .plain)
    let notes = Set(
      [Language.chinese, .english].map {
        renderer.wording($0).text(.key("call-backs.missed.note"))
      })
    return CallBackPage.Call(
      card: shown.line, description: shown.description, person: person,
      results: shown.timeline.filter { $0.what == .key("event.feed-back") && $0.text != nil },
      missed: shown.timeline.count { $0.text.map(notes.contains) ?? false },
      form: forms.callBack().form, missing: missing)
  }
}
