import Base
import City
import Foundation
import HTTPTypes
import Hummingbird

import struct NIOCore.ByteBuffer

/// The phone of those who walk the grids: its page, what it takes along, and what it sends.
extension Site {
  /// What is the same for everybody: the script that keeps the page, and how it is installed.
  func addPhoneShell(to router: Router<SiteContext>) {
    router.get("/worker.js") { _, _ in
      guard let asset = renderer.assets.asset("worker.js") else {
        throw Fault(.missing, "page.missing")
      }
      var headers = HTTPFields()
      headers[.contentType] = asset.mediaType
      headers[.cacheControl] = "no-cache"
      return Response(
        status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: asset.body)))
    }
    router.get("/m/manifest.webmanifest") { _, context in
      try Answer.json(
        PhoneManifest(
          in: renderer.wording(context.language), icon: renderer.assets.url("favicon.svg")),
        type: "application/manifest+json; charset=utf-8")
    }
  }

  func addPhone(to group: RouterGroup<SiteContext>) {
    group.get("/m") { request, context in
      let doer = try context.requireSignedIn().doer
      try doer.require(.caseOnTheSpot)
      return try await page(try await phonePage(doer), request, context)
    }
    group.get("/m/data") { _, context in
      let doer = try context.requireSignedIn().doer
      let work = try await centre.cases.patrolWork(of: doer)
      let duties = try await centre.cases.duties.value(from: centre.database)
      return try Answer.json(
        PhoneData(
          work, of: doer, around: try await surroundings(), duties: duties,
          in: renderer.wording(context.language)))
    }
    group.post("/m/reports") { request, context in
      let doer = try context.requireSignedIn().doer
      try doer.require(.caseOnTheSpot)
      let form = try await FormData.read(request, context: context, blobs: centre.blobs)
      do {
        let (file, isNew) = try await take(form, doer)
        return try Answer.json(
          PhoneReceipt(number: file.number, url: SiteURL.file(file.id).description),
          status: isNew ? .created : .ok)
      } catch let fault as Fault where fault.kind == .invalid {
        throw fault.placingEvidence { $0 == .before ? "attachments" : "spot.attachments" }
      }
    }
  }

  private func phonePage(_ doer: Doer) async throws -> PhonePage {
    let around = try await surroundings()
    let catalogue = around.catalogue
    let kinds = catalogue.kinds.filter { kind in
      Channel.ofPhones.contains { kind.allows($0) } && !kind.mediated
    }
    return PhonePage(
      kinds: Field.Group.kinds(kinds), kindWords: .kindWords(catalogue.version),
      photos: Self.photoLimits,
      areas: around.areas(of: doer).map { Field.Option(value: $0.code, label: .plain($0.name)) })
  }

  /// Takes down a report that waited on a phone.
  ///
  /// - Throws: `input.invalid`: beside what is wrong with the report itself, `submission` that is no
  ///   UUID, times that are none, and more photographs than are taken.
  private func take(_ form: FormData, _ doer: Doer) async throws -> (case: Case, isNew: Bool) {
    var faults: [Fault.Field] = []
    let submission = form.text("submission").flatMap { UUID(uuidString: $0) }
    if submission == nil { faults.append(.init("submission", "value.missing")) }
    let (made, sent) = (Self.phoneTime("made", form), Self.phoneTime("sent", form))
    if made == nil { faults.append(.init("made", "value.missing")) }
    if sent == nil { faults.append(.init("sent", "value.missing")) }
    for name in ["attachments", "spot.attachments"] {
      let count = form.files.count { $0.field == name }
      if count > Self.photoLimits.most {
        faults.append(
          .init(
            name, "photos.many", ["count": String(count), "most": String(Self.photoLimits.most)]))
      }
    }
    let channel = form.text("channel").flatMap(Channel.init)
    if let channel, !Channel.ofPhones.contains(channel) {
      faults.append(.init("channel", "value.choice", ["value": channel.rawValue]))
    }
    guard faults.isEmpty, let submission, let made, let sent else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    var filing = try Filing(form, kinds: centre.kinds)
    // Nobody on the street is asked to repeat what the kind says.
    if form.text("urgent") == nil { filing.report.urgent = nil }
    return try await centre.cases.reportFromPhone(
      filing.report, key: submission.uuidString.lowercased(),
      reportedAt: CaseDesk.patrolTime(made: made, sent: sent, now: centre.now()),
      feedback: filing.feedback, attaching: filing.files, by: doer)
  }

  /// Milliseconds since 1970 by the phone's own clock.
  private static func phoneTime(_ name: String, _ form: FormData) -> Moment? {
    form.text(name).flatMap { Int64($0) }.map { Moment(milliseconds: $0) }
  }
}

extension Channel {
  /// The ways by which phones report.
  static let ofPhones: [Channel] = [.patrol, .own]
}

extension Surroundings {
  /// The most areas that a phone takes along.
  private static let mostPhoneAreas = 300

  /// The areas in which somebody reports what they find on their way, by path.
  func areas(of doer: Doer) -> [Area] {
    let paths = doer.grants(holding: .caseOnTheSpot).map(\.areaPath)
    let all = places.areas.filter { area in
      area.level != .unitGrid && paths.contains { area.path.hasPrefix($0) }
    }
    return Array(all.prefix(Self.mostPhoneAreas))
  }
}
