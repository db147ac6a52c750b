import Base
import City
import Foundation
import Hummingbird

/// Filing a case: choose the channel and the kind, then answer what the kind asks.
extension Site {
  func addFiling(to group: RouterGroup<SiteContext>) {
    group.get("/cases/new") { request, context in
      let doer = try context.requireSignedIn().doer
      try doer.require(.caseReport)
      let query = Query(request)
      return try await page(
        try await filingPage(
          doer, channel: query["channel"], kind: query["kind"], template: query["template"]),
        request, context)
    }
    group.post("/cases") { request, context in
      let doer = try context.requireSignedIn().doer
      let form = try await FormData.read(request, context: context, blobs: centre.blobs)
      do {
        let file = try await file(form, doer)
        return Answer.redirect(.file(file.id), done: "report")
      } catch let fault as Fault where fault.kind == .invalid || fault.kind == .conflict {
        var page = try await filingPage(
          doer, channel: form.text("channel"), kind: form.text("kind"))
        // What was sent before with other answers is there already: what is sent now is another.
        if fault.kind == .invalid { page.submission = form.text("submission") ?? page.submission }
        page.returned = FileCasePage.Returned(
          fault: fault.placingEvidence { $0 == .before ? "attachments" : "spot.attachments" }
            .placingParties(form.partyRows),
          typed: form.values)
        return try await self.page(page, request, context, status: fault.status)
      }
    }
  }

  private func filingPage(
    _ doer: Doer, channel given: String?, kind code: String?, template: String? = nil
  ) async throws -> FileCasePage {
    let around = try await surroundings()
    let channels = channels(of: doer)
    let channel = given.flatMap(Channel.init).flatMap { channels.contains($0) ? $0 : nil }
    let chosen = channel ?? channels[0]
    var page = FileCasePage(
      channels: channels, channel: chosen,
      kinds: Field.Group.kinds(around.catalogue.kinds(for: chosen)),
      submission: UUID().uuidString, photos: Self.photoLimits)
    page.kind = code.flatMap { around.catalogue[$0] }.flatMap { $0.allows(chosen) ? $0 : nil }
    page.template = page.kind?.templates.first { $0.name == template }
    page.kindWords = .kindWords(around.catalogue.version)
    page.areas = around.areaOptions
    page.mayHandleOnTheSpot = doer.holds(.caseOnTheSpot)
    page.shapes = around.boundaries(of: doer)
    return page
  }

  /// Those who walk the grids report what they find; the others take down what reaches them.
  private func channels(of doer: Doer) -> [Channel] {
    doer.holds(.caseOnTheSpot) && !doer.holds(.caseAccept)
      ? [.patrol, .own] : [.hotline, .resident, .patrol, .inspection, .upper, .mediation]
  }

  private func file(_ form: FormData, _ doer: Doer) async throws -> Case {
    let filing = try Filing(form, kinds: centre.kinds)
    let key = form.text("submission").map { RequestKey(text: $0, digest: form.digest) }
    if let feedback = filing.feedback {
      return try await centre.cases.handleOnTheSpot(
        filing.report, feedback: feedback, fields: filing.report.fields, evidence: filing.files,
        key: key, by: doer
      ).case
    }
    return try await centre.cases.report(
      filing.report, attaching: filing.files, key: key, by: doer
    ).case
  }

  static func report(_ form: FormData) throws -> CaseReport {
    var faults: [Fault.Field] = []
    func degrees(_ name: String) -> Double? {
      guard let text = form.text(name) else { return nil }
      if let number = Double(text) { return number }
      faults.append(.init(name, "value.number", ["value": String(text.prefix(32))]))
      return nil
    }
    let channel = form.text("channel").flatMap(Channel.init)
    if channel == nil {
      faults.append(
        .init("channel", "value.choice", ["value": String((form.text("channel") ?? "").prefix(32))])
      )
    }
    var report = CaseReport(
      kind: form.text("kind") ?? "", channel: channel ?? .hotline,
      title: form.text("title") ?? "")
    report.description = form.text("description") ?? ""
    report.place = form.text("place") ?? ""
    report.latitude = degrees("latitude")
    report.longitude = degrees("longitude")
    report.area = form.text("area")
    report.urgent = form.text("urgent") != nil
    // A page without a reporter asks nothing about them; then the kind says it.
    if report.channel.bringsReporter { report.confidential = form.text("confidential") != nil }
    report.fields = fields(form)
    report.reporter = Reporter(
      name: form.text("reporter.name"), phone: form.text("reporter.phone"),
      address: form.text("reporter.address"))
    report.parties = form.partyRows.map(\.party)
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    return report
  }

  /// Answers to the kind's fields; which stage each belongs to is the kind's to say.
  static func fields(_ form: FormData) -> [String: FieldInput] {
    form.group("fields").compactMapValues { values in
      values.count == 1 ? .text(values[0]) : values.isEmpty ? nil : .texts(values)
    }
  }
}

/// What a form of a report says.
struct Filing {
  var report: CaseReport
  let files: [NewAttachment]
  /// What was done, where it was handled on the spot.
  let feedback: String?

  /// - Throws: `input.invalid` for coordinates that are none and for files that were not kept.
  init(_ form: FormData, kinds: KindShelf) throws {
    try form.requireFiles()
    report = try Site.report(form)
    files = form.files.map { file in
      NewAttachment(
        blob: file.blob, name: file.name,
        subject: file.field.hasPrefix("spot") ? .after : file.blob.isPaper ? .document : .before)
    }
    feedback = form.text("spot") == nil ? nil : form.text("text") ?? ""
    guard feedback == nil else { return }
    // Fields of the feedback stand on the page for those who handle on the spot.
    let later = Set(
      kinds.current(report.kind)?.1.fields.filter { $0.stage != .report }.map(\.code) ?? [])
    report.fields = report.fields.filter { !later.contains($0.key) }
  }
}

extension Surroundings {
  /// The boundaries of the areas somebody works in, for the map.
  func boundaries(of doer: Doer) -> [String] {
    let paths = Set(doer.grants.map(\.areaPath))
    let areas = places.areas.filter { area in
      area.level == .villageGrid && paths.contains { area.path.hasPrefix($0) }
    }
    return areas.prefix(60).compactMap { boundary(of: $0) }
  }

  /// One area as a GeoJSON feature.
  func boundary(of area: Area) -> String? {
    guard let shape = places.shape(of: area.id) else { return nil }
    let feature = GeoJSON.Feature(properties: ["name": area.name], shape: shape)
    guard let text = try? GeoJSON.text([feature]) else { return nil }
    return text
  }
}
