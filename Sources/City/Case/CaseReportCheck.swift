import Base
import Foundation
import Store

/// A report whose every field is right.
struct CheckedReport {
  let kindVersion: ID<CaseKind>
  let kind: CaseKind
  let channel: Channel
  let title: String
  let description: String
  /// Stored JSON.
  let fields: String
  let place: String
  let point: Point?
  let coordinates: CoordinateSystem
  let area: Area?
  let isUrgent: Bool
  let isConfidential: Bool
  let reporter: Reporter
  let parties: [(side: CaseParty.Side, person: Reporter)]
  let externalSource: String?
  let externalID: String?
  let reportedAt: Moment
  let dueAt: Moment?
  /// What its texts are found by.
  let words: String
}

/// A report that was checked before its transaction began, because the one writer's time is dearest.
struct PreparedReport {
  let checked: CheckedReport
  /// Of the places it was checked against.
  let edition: Int64
}

extension CaseDesk {
  /// A clock elsewhere may run ahead of ours by this much, in milliseconds.
  private static let clockSkew: Int64 = 5 * 60_000

  /// Checks a report against what was read last; nil where it is wrong, or nothing was read yet: the
  /// transaction then has the last word.
  func prepare(_ report: CaseReport) -> PreparedReport? {
    guard let places = places.lastRead,
      let checked = try? check(report, on: places.value, now: database.now())
    else { return nil }
    return PreparedReport(checked: checked, edition: places.edition)
  }

  /// What was prepared, where places and kind are still those it was checked against.
  ///
  /// - Throws: `input.invalid` with every wrong field.
  func check(
    _ report: CaseReport, prepared: PreparedReport?, in tx: Transaction
  ) throws -> CheckedReport {
    if let prepared, try Edition.current(.places, in: tx) == prepared.edition,
      kinds.current(report.kind)?.0 == prepared.checked.kindVersion
    {
      return prepared.checked
    }
    return try check(report, in: tx)
  }

  /// - Throws: `input.invalid` with every wrong field.
  func check(_ report: CaseReport, in tx: Transaction) throws -> CheckedReport {
    try check(report, on: places.value(in: tx), now: tx.now)
  }

  /// The same on a map that is at hand.
  ///
  /// - Parameter isPast: whether it was taken down elsewhere, where nobody asked for the fields that
  ///   our kind requires.
  func check(
    _ report: CaseReport, on map: PlaceMap, now: Moment, isPast: Bool = false
  ) throws -> CheckedReport {
    var faults: [Fault.Field] = []
    let kind = try TextCheck.collect(&faults) { try checkedKind(report) }
    if let kind, !kind.1.allows(report.channel) {
      faults.append(.init("channel", "kind.channel", ["channel": report.channel.rawValue]))
    }
    let title = try TextCheck.collect(&faults) { try TextCheck.title(report.title) }
    let description = try TextCheck.collect(&faults) {
      try TextCheck.text("description", report.description, atMost: MoveInput.longestText)
    }
    let address = try TextCheck.collect(&faults) {
      try TextCheck.line("place", report.place, atMost: Self.longestPlace)
    }
    let position = try TextCheck.collect(&faults) {
      try Self.place(
        latitude: report.latitude, longitude: report.longitude,
        system: report.coordinates ?? .wgs84, area: report.area, on: map)
    }
    let fields = try TextCheck.collect(&faults) {
      try checkedFields(report, kind?.1, now: now, isPast: isPast)
    }
    let reporter = try TextCheck.collect(&faults) { try report.reporter.checked(phones) }
    let parties = try TextCheck.collect(&faults) { try report.checkedParties(kind?.1) }
    let external = try TextCheck.collect(&faults) { try checkedExternal(report) }
    if let reportedAt = report.reportedAt, reportedAt - now > Self.clockSkew {
      faults.append(.init("reportedAt", "moment.future", ["now": now.description]))
    }
    // A past case keeps what was published of it, even where that makes no sense.
    let reportedAt = min(report.reportedAt ?? now, now)
    if !isPast, let dueAt = report.dueAt, dueAt < reportedAt {
      faults.append(.init("dueAt", "moment.before-report", ["reported": reportedAt.description]))
    }
    guard faults.isEmpty, let kind, let title, let position, let fields, let reporter, let external,
      let parties
    else { throw Fault(.invalid, "input.invalid", fields: faults) }
    let texts = (description: (description ?? nil) ?? "", place: (address ?? nil) ?? "")
    return CheckedReport(
      kindVersion: kind.0, kind: kind.1, channel: report.channel, title: title,
      description: texts.description, fields: fields, place: texts.place,
      point: position.point, coordinates: report.coordinates ?? .wgs84, area: position.area,
      isUrgent: report.urgent ?? (kind.1.urgency == .urgent),
      isConfidential: report.confidential ?? kind.1.confidentialByDefault, reporter: reporter,
      parties: parties,
      externalSource: external.source, externalID: external.id,
      reportedAt: reportedAt, dueAt: report.dueAt,
      words: CaseNoteRows.words(title, texts.description, texts.place))
  }

  private func checkedKind(_ report: CaseReport) throws -> (ID<CaseKind>, CaseKind) {
    guard !report.kind.isEmpty else { throw Fault.invalid("kind", "value.missing") }
    guard let found = kinds.current(report.kind) else {
      throw Fault.invalid("kind", "kind.unknown", ["kind": String(report.kind.prefix(64))])
    }
    return found
  }

  private func checkedFields(
    _ report: CaseReport, _ kind: CaseKind?, now: Moment, isPast: Bool
  ) throws -> String {
    guard let kind else { return "{}" }
    if kind.fields.isEmpty && report.fields.isEmpty { return "{}" }
    let check = CaseFieldCheck(kind, at: .report, today: now.local(in: zone).day)
    guard isPast else { return try Self.stored(check.values(report.fields)) }
    let (values, faults) = check.check(report.fields)
    let wrong = faults.filter { $0.code != "value.missing" }
    guard wrong.isEmpty else { throw Fault(.invalid, "input.invalid", fields: wrong) }
    return try Self.stored(values)
  }

  private func checkedExternal(_ report: CaseReport) throws -> (source: String?, id: String?) {
    let source = try TextCheck.line("externalSource", report.externalSource ?? "", atMost: 64)
    let id = try TextCheck.line("externalID", report.externalID ?? "", atMost: 128)
    guard (source == nil) == (id == nil) else {
      throw Fault.invalid(source == nil ? "externalSource" : "externalID", "value.missing")
    }
    return (source, id)
  }

  static func stored(_ values: [String: FieldValue]) throws -> String {
    guard !values.isEmpty else { return "{}" }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(values), as: UTF8.self)
  }

  /// The answers to the kind's fields that a case has.
  public static func fields(of file: Case) throws -> [String: FieldValue] {
    guard file.fields != "{}" else { return [:] }
    return try JSONDecoder().decode([String: FieldValue].self, from: Data(file.fields.utf8))
  }
}

extension Reporter {
  fileprivate func checked(_ phones: PhoneDigest) throws -> Reporter {
    var result = Reporter()
    result.name = try TextCheck.line("reporter.name", name ?? "", atMost: 60)
    result.address = try TextCheck.line("reporter.address", address ?? "", atMost: 300)
    if let written = try TextCheck.text("reporter.phone", phone ?? "", atMost: 40) {
      result.phone = try PhoneDigest.number("reporter.phone", written)
    }
    return result
  }
}
