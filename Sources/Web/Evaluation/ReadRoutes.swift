import Base
import City
import Hummingbird

/// Reading in documents with forms. What was read waits on the server for its reader.
extension Site {
  func addReading(to group: RouterGroup<SiteContext>) {
    group.get("/projects/read") { request, context in
      let doer = try context.requireSignedIn().doer
      return try await page(try await readPage(doer), request, context)
    }
    group.post("/projects/read") { request, context in try await read(request, context) }
    group.post("/projects/read/discard") { request, context in
      let doer = try context.requireSignedIn().doer
      _ = try await FormData.read(request, context: context, blobs: centre.blobs)
      try await centre.projects.discardReadings(by: doer)
      return Answer.redirect(.readForms)
    }
    group.post("/projects/take") { request, context in try await take(request, context) }
  }

  private func readPage(_ doer: Doer) async throws -> ReadFormsPage {
    try doer.require(.projectEdit)
    let (owners, readings) = try await centre.database.read { snapshot in
      (
        try centre.projects.owners(by: doer, in: snapshot),
        try centre.projects.readings(by: doer, in: snapshot)
      )
    }
    // An organisation that the forms name is chosen, where there is one.
    let forms = readings.flatMap(\.forms.values).filter { !$0.unit.isEmpty }
    let units = Dictionary(forms.map { ($0.unit, $0) }, uniquingKeysWith: { first, _ in first })
    let likely = owners.firstIndex { owner in units.values.contains { $0.names(owner) } }
    return ReadFormsPage(
      owners: owners.enumerated().map { index, owner in
        .init(
          value: owner.id.description, label: .plain(owner.name), isChosen: index == likely)
      }, files: ReadFormsPage.File.all(readings))
  }

  private func read(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    try doer.require(.projectEdit)
    do {
      let readings = try await readGate.pass { try await Self.uploads(request, context) }
      guard !readings.isEmpty else { throw Fault.invalid("file", "value.missing") }
      try await centre.projects.keep(readings, by: doer)
      return Answer.redirect(.readForms)
    } catch let fault as Fault
      where [.invalid, .tooLarge, .unavailable].contains(fault.kind)
    {
      var page = try await readPage(doer)
      page.fault = fault
      return try await self.page(page, request, context, status: fault.status)
    }
  }

  /// The most that is sent at one time, in bytes; a file that is too large is passed over, not kept.
  static let largestUpload = 256 << 20

  /// Each file of a form, read and not kept; one that is refused does not stop the others.
  private static func uploads(
    _ request: Request, _ context: SiteContext
  ) async throws -> [FileReading] {
    guard let signedIn = context.signedIn else {
      throw Fault(.unauthenticated, "sign-in.needed")
    }
    var readings: [FileReading] = []
    var isProven = false
    let limits = MultipartLimits(total: largestUpload, file: largestUpload)
    try await MultipartBody.read(
      request, limits: limits, longest: EvaluationReading.largestFile
    ) { received in
      let name = received.part.fileName ?? ""
      if received.part.name == "csrf" {
        isProven = signedIn.accepts(csrf: String(decoding: received.bytes, as: UTF8.self))
      } else if !name.isEmpty {
        // The proof stands before the files in every form of ours: nobody else's are read.
        guard isProven else { throw Fault(.forbidden, "csrf.missing") }
        readings.append(try await reading(received, name))
      }
    }
    guard isProven else { throw Fault(.forbidden, "csrf.missing") }
    return readings
  }

  private static func reading(
    _ received: MultipartBody.Received, _ name: String
  ) async throws -> FileReading {
    guard !received.isTooLong else {
      return FileReading(file: name, .failure(EvaluationReading.tooLarge(name)))
    }
    let bytes = received.bytes
    return try await BlockingWork.run {
      do {
        return FileReading(
          file: name, .success(try EvaluationReading.document(bytes, named: name)))
      } catch let fault as Fault {
        return FileReading(file: name, .failure(fault))
      }
    }
  }

  private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    let year = data.plain("year")
    let chosen = data.list("take")
    let goesElsewhere = data.text("elsewhere") != nil
    do {
      guard let owner = ID<Organisation>(data.plain("organisation")) else {
        throw Fault.invalid("organisation", "value.missing")
      }
      let taken = try await centre.projects.take(
        reading: Set(chosen.compactMap(FormChoice.init)), year: Int(year), for: owner,
        elsewhere: goesElsewhere, by: doer)
      let shown = taken.compactMap(\.year).first.map(String.init) ?? year
      return Answer.redirect(.projects.with([("year", shown)]), done: "project-import")
    } catch let fault as Fault where fault.kind == .invalid {
      var page = try await readPage(doer)
      page.year = year
      page.chosen = Set(chosen)
      page.goesElsewhere = goesElsewhere
      page.owners.choose([data.plain("organisation")])
      page.fault = fault
      return try await self.page(page, request, context, status: fault.status)
    }
  }
}
