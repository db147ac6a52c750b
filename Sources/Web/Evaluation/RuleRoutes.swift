import Base
import City
import Hummingbird

/// The rules of checking: their page, and what is switched there.
extension Site {
  func addRules(to group: RouterGroup<SiteContext>) {
    group.get("/projects/rules") { request, context in
      let doer = try context.requireSignedIn().doer
      return try await page(try await rulesPage(doer), request, context)
    }
    group.post("/projects/rules/off") { request, context in
      try await changeRules(request, context, done: "rule-off", form: \.offForm) { data, doer in
        _ = try await centre.projects.checks.switchOff(
          data.plain("rule"), for: try Self.organisation(data), because: data.plain("reason"),
          until: try data.day("until"), by: doer)
      }
    }
    group.post("/projects/rules/on") { request, context in
      try await changeRules(request, context, done: "rule-on", form: \.offForm) { data, doer in
        guard let id = ID<RuleOff>(data.plain("id")) else { throw Fault.missing("check-off") }
        try await centre.projects.checks.switchOn(id, by: doer)
      }
    }
    group.post("/projects/rules/limits") { request, context in
      try await changeRules(request, context, done: "check-limits", form: \.limitsForm) {
        data, doer in
        // As it was typed, so that lines are counted as the writer counts them.
        let text = (data.values["text"]?.first ?? "").replacing("\r\n", with: "\n")
        _ = try await centre.projects.checks.setLimits(text, by: doer)
      }
    }
  }

  private func rulesPage(_ doer: Doer) async throws -> RulesPage {
    let checks = centre.projects.checks
    let parties = try await centre.parties.value(from: centre.database)
    let (policy, names) = try await centre.database.read { snapshot in
      let policy = try checks.policy(by: doer, in: snapshot)
      return (policy, try checks.names(in: policy, snapshot))
    }
    let today = centre.now().local(in: centre.zone).day
    var page = RulesPage(limits: policy.limits, hasOwnLimits: policy.limitsText != nil)
    page.offs = policy.offs.map { off in
      let organisation = off.organisation.flatMap { parties[$0] }
      return RulesPage.Off(
        id: off.id.description, rule: off.rule, organisation: organisation?.name,
        reason: off.reason, until: off.until, isPast: !off.holds(on: today),
        by: off.by.flatMap { names[$0] } ?? "—", at: off.at,
        mayLift: CheckDesk.maySwitch(organisation, by: doer))
    }
    let owners = parties.organisations.filter {
      $0.retiredAt == nil && CheckDesk.maySwitch($0, by: doer)
    }
    if !owners.isEmpty {
      page.offForm = .ruleOff(owners, everywhere: CheckDesk.maySwitch(nil, by: doer))
    }
    if doer.may(.catalogueManage, organisationPath: "", areaPath: "") {
      let shipped = String(decoding: CheckLimits.shippedFile.bytes, as: UTF8.self)
      page.limitsForm = .checkLimits(policy.limitsText ?? shipped)
    }
    return page
  }

  private static func organisation(_ data: FormData) throws -> ID<Organisation>? {
    guard let text = data.text("organisation") else { return nil }
    guard let id = ID<Organisation>(text) else {
      throw Fault.invalid(
        "organisation", "organisation.unknown", ["organisation": String(text.prefix(64))])
    }
    return id
  }

  /// Does something, and shows the page again where it was refused.
  private func changeRules(
    _ request: Request, _ context: SiteContext, done: String,
    form: WritableKeyPath<RulesPage, Form?>,
    _ change: (FormData, Doer) async throws -> Void
  ) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    do {
      try await change(data, doer)
      return Answer.redirect(.checkRules, done: done)
    } catch let fault as Fault where fault.kind == .invalid {
      var page = try await rulesPage(doer)
      page.errors = page[keyPath: form].map { ErrorSummary(fault, in: $0) }
      if fault.code == "check.limits-invalid" {
        page.errors = ErrorSummary(
          lead: Phrase(fault),
          lines: fault.fields.map { wrong in
            .init(
              text: .key(
                "errors.line", ["field": .plain(wrong.name), "wrong": Phrase(wrong)]))
          })
      }
      page[keyPath: form] = page[keyPath: form]?.returned(fault, typed: data.values)
      return try await self.page(page, request, context, status: fault.status)
    }
  }
}
