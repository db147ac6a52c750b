import Base
import Foundation
import Store

/// Making a case out of a report.
extension CaseDesk {
  /// Takes a report down as a case.
  ///
  /// - Throws: `right.missing`, `area.not-yours`, `input.invalid` naming every wrong field;
  ///   `case.known-already` for an external identity that a case has.
  @discardableResult
  public func report(
    _ report: CaseReport, by doer: Doer, in tx: Transaction
  ) throws -> Case {
    try self.report(report, prepared: nil, by: doer, in: tx)
  }

  /// The same of a report that was looked at before.
  func report(
    _ report: CaseReport, prepared: PreparedReport?, by doer: Doer, in tx: Transaction
  ) throws -> Case {
    try doer.require(.caseReport)
    return try open(try check(report, prepared: prepared, in: tx), by: doer, in: tx)
  }

  /// Makes a case of a report that is right.
  func open(_ checked: CheckedReport, by doer: Doer, in tx: Transaction) throws -> Case {
    let owner = try owner(of: doer, in: tx)
    guard
      doer.may(.caseReport, organisationPath: owner, areaPath: checked.area?.path ?? "")
        || checked.area == nil
    else { throw Fault(.forbidden, "area.not-yours", ["area": checked.area?.code ?? ""]) }
    try requireUnknown(checked, in: tx)
    let id: ID<Case> = tx.newID()
    let clocks = try startingClocks(checked, id: id, in: tx)
    var file = Case(
      id: id, number: try number(of: checked.reportedAt, in: tx), checked: checked,
      organisationPath: owner, reportedBy: doer.person, now: tx.now)
    file.dueAt = CaseChange.due(clocks, state: .reported)
    file.wholeDueAt = clocks.first { $0.step == .whole }?.dueAt
    try insert(file, checked, clocks: clocks, in: tx)
    let parties = try checked.insertParties(of: id, by: doer, in: tx)
    try Ledger.append(
      "case.report", about: .case, id.raw, by: doer.actor,
      payload: payload(of: file).with("parties", codes: parties.map(\.description)),
      occurredAt: checked.reportedAt, in: tx)
    return file
  }

  /// Looked up before anything is written; the unique index guards against who writes meanwhile.
  private func requireUnknown(_ report: CheckedReport, in tx: Transaction) throws {
    guard let source = report.externalSource, let id = report.externalID,
      try CaseRows.find(source: source, externalID: id, in: tx) != nil
    else { return }
    throw Self.known(source, id)
  }

  private static func known(_ source: String?, _ id: String?) -> Fault {
    Fault(.conflict, "case.known-already", ["source": source ?? "", "id": id ?? ""])
  }

  /// Takes a report down in a transaction of its own.
  public func report(_ report: CaseReport, by doer: Doer) async throws -> Case {
    try await database.write { try self.report(report, by: doer, in: $0) }
  }

  func insert(
    _ file: Case, _ checked: CheckedReport, clocks: [CaseClock], parts: [CaseAssignment] = [],
    in tx: Transaction
  ) throws {
    do {
      try CaseRows.insert(file, in: tx)
    } catch StoreError.duplicate(let key) where key.contains("external") {
      throw Self.known(file.externalSource, file.externalID)
    }
    try CasePartRows.insert(clocks, in: tx)
    for part in parts { try CasePartRows.insert(part, in: tx) }
    if !parts.isEmpty { try CasePartRows.place(partsOf: file, in: tx) }
    let reporter = checked.reporter
    if !reporter.isEmpty {
      try CaseNoteRows.insert(
        reporter, of: file.id, phoneDigest: reporter.phone.flatMap(phones.digest), in: tx)
    }
    try CaseNoteRows.index(
      CaseNoteRows.words(of: file, parts: parts, texts: checked.words), of: file.id, in: tx)
  }

  func payload(of file: Case) -> Payload {
    Payload().with("number", file.number).with("kind", file.kind)
      .with("kindVersion", file.kindVersion).with("channel", file.channel.rawValue)
      .with("area", file.area).with("state", file.state.rawValue)
      .with("textDigest", Self.textDigest(of: file))
  }

  /// The clocks that run from the report on.
  private func startingClocks(
    _ checked: CheckedReport, id: ID<Case>, in tx: Transaction
  ) throws -> [CaseClock] {
    var steps: [ClockStep] = [.acceptance, .whole]
    if checked.kind.contactedFirst { steps.append(.firstContact) }
    var clocks = steps.compactMap { step in
      clockwork.clock(
        step, of: checked.kind, id: tx.newID(), caseID: id, startedAt: checked.reportedAt)
    }
    if let due = checked.dueAt {
      clocks.removeAll { $0.step == .whole }
      clocks.append(
        CaseClock(id: tx.newID(), caseID: id, given: due, startedAt: checked.reportedAt))
    }
    return clocks
  }

  /// `240131-00042`: the day of the report and a count.
  func number(of reportedAt: Moment, in tx: Transaction) throws -> String {
    let day = reportedAt.local(in: zone).day.description
    let compact = day.dropFirst(2).filter { $0 != "-" }
    let count = String(try Count.next("case:" + compact, in: tx))
    return compact + "-" + String(repeating: "0", count: max(0, 5 - count.count)) + count
  }

  /// The centre that a person's cases belong to; of the house, the first centre there is.
  private func owner(of doer: Doer, in snapshot: some Querying) throws -> String {
    try parties.value(in: snapshot).centre(of: doer.organisation?.path)?.path ?? ""
  }
}

extension CaseClock {
  /// A deadline that was given from outside.
  init(
    id: ID<CaseClock>, caseID: ID<Case>, given due: Moment, for step: ClockStep = .whole,
    startedAt: Moment
  ) {
    self.init(
      id: id, caseID: caseID, step: step, limit: nil, calendar: nil, startedAt: startedAt)
    originalDueAt = due
    dueAt = due
  }
}

extension Case {
  init(
    id: ID<Case>, number: String, checked: CheckedReport, organisationPath: String,
    reportedBy: ID<Person>?, now: Moment
  ) {
    self.id = id
    self.number = number
    kind = checked.kind.code
    kindVersion = checked.kindVersion
    channel = checked.channel
    state = .reported
    title = checked.title
    description = checked.description
    fields = checked.fields
    var generator = SystemRandomNumberGenerator()
    salt = (0..<2).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } }
    area = checked.area?.id
    areaPath = checked.area?.path ?? ""
    self.organisationPath = organisationPath
    place = checked.place
    latitude = checked.point?.latitude
    longitude = checked.point?.longitude
    coordinates = checked.point.map { _ in checked.coordinates.rawValue }
    isUrgent = checked.isUrgent
    isConfidential = checked.isConfidential
    externalSource = checked.externalSource
    externalID = checked.externalID
    self.reportedBy = reportedBy
    reportedAt = checked.reportedAt
    returnCount = 0
    reworkCount = 0
    extensionCount = 0
    reopenCount = 0
    revision = 1
    updatedAt = now
  }
}
