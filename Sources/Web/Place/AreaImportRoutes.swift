import Base
import City
import Foundation
import Hummingbird
import Paper

extension Site {
  func addAreaImport(to group: RouterGroup<SiteContext>) {
    group.get("/areas/import") { request, context in
      try context.requireSignedIn().doer.require(.areaManage)
      return try await page(AreaImportPage(form: AreaImportForm()), request, context)
    }
    group.post("/areas/import") { request, context in
      let signedIn = try context.requireSignedIn()
      try signedIn.doer.require(.areaManage)
      let sent = try await importGate.pass { try await AreaUpload(request, signedIn) }
      do {
        let report = try await bring(sent, signedIn.doer)
        return try await page(AreaImportPage(form: sent.form, report: report), request, context)
      } catch let fault as Fault where [.invalid, .tooLarge].contains(fault.kind) {
        return try await page(
          AreaImportPage(form: sent.form, fault: fault), request, context, status: fault.status)
      }
    }
  }

  private func bring(_ sent: AreaUpload, _ doer: Doer) async throws -> AreaImportPage.Report {
    var reading = AreaFile.Options()
    reading.system = sent.form.system
    if !sent.form.codeProperty.isEmpty { reading.codeProperty = sent.form.codeProperty }
    reading.level = AreaLevel(rawValue: sent.form.level)
    reading.parent = sent.form.parent.isEmpty ? nil : sent.form.parent
    guard !sent.bytes.isEmpty else { throw Fault.invalid("file", "value.missing") }
    let drafts = try AreaFile.drafts(in: try sent.unpacked(), options: reading)
    var options = AreaBringing.Options()
    options.isDryRun = sent.form.isDryRun
    options.acceptsFindings = sent.form.accepts
    options.movesCases = sent.form.moves
    let report = try await AreaBringing(centre.cases).bring(drafts, options, by: doer)
    let places = try await centre.places.value(from: centre.database)
    let names =
      places.areas.map { ($0.code, $0.name) } + drafts.map { ($0.code, $0.name) }
    return AreaImportPage.Report(
      isDryRun: options.isDryRun, summary: report.summary, findings: report.findings,
      movedCount: report.movedCount, hasMoved: report.hasMoved, moved: report.moved,
      names: Dictionary(names, uniquingKeysWith: { $1 }),
      before: try map(report.before, report, "area-import.before"),
      after: try map(report.after, report, "area-import.after"))
  }

  /// The most points of boundaries that a page draws.
  private static let mostDrawn = 60_000

  private func map(
    _ shapes: [MultiPolygon], _ report: AreaBringing.Report, _ label: String
  ) throws -> MapView? {
    let points = (report.before + report.after).reduce(0) { sum, shape in
      sum + shape.polygons.reduce(0) { $0 + $1.outer.count }
    }
    guard !shapes.isEmpty, points <= Self.mostDrawn else { return nil }
    var view = MapView(label: .key(label))
    view.shapes = [
      try GeoJSON.text(shapes.map { GeoJSON.Feature(properties: [:], shape: $0) })
    ]
    view.points = report.moved.prefix(100).map {
      MapView.Point(
        longitude: $0.place.longitude, latitude: $0.place.latitude, label: $0.number)
    }
    return view
  }
}

/// The form of an import with its file, which is held and not kept.
private struct AreaUpload: Sendable {
  private(set) var form = AreaImportForm()
  private(set) var bytes: [UInt8] = []

  /// - Throws: `csrf.missing`, `body.large`, faults of the multipart form.
  init(_ request: Request, _ signedIn: SignedIn) async throws {
    var values: [String: [String]] = [:]
    var file: [UInt8] = []
    var isTooLong = false
    try await MultipartBody.read(request, longest: FileBody.longest) { received in
      if received.part.fileName != nil {
        file = received.bytes
        isTooLong = isTooLong || received.isTooLong
      } else {
        values[received.part.name, default: []].append(
          String(decoding: received.bytes.prefix(1000), as: UTF8.self))
      }
    }
    guard let proof = values["csrf"]?.first, signedIn.accepts(csrf: proof) else {
      throw Fault(.forbidden, "csrf.missing")
    }
    guard !isTooLong else {
      throw Fault(.tooLarge, "body.large", ["limit": String(FileBody.longest)])
    }
    func text(_ name: String) -> String {
      (values[name]?.first ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }
    bytes = file
    form.system = CoordinateSystem(rawValue: text("system")) ?? .wgs84
    form.codeProperty = text("codeProperty")
    form.level = text("level")
    form.parent = text("parent")
    // What is not said is tried out.
    form.isDryRun = text("what") != "bring"
    form.accepts = values["options"]?.contains("accept") ?? false
    form.moves = values["options"]?.contains("move") ?? false
  }

  /// - Throws: `file.too-large`, `gzip.truncated`, `gzip.damaged`.
  func unpacked() throws -> [UInt8] {
    let input = try ByteInput(bytes: bytes, limit: FileBody.longestUnpacked)
    var all: [UInt8] = []
    while case let piece = try input.read(), !piece.isEmpty { all += piece }
    return all
  }
}
