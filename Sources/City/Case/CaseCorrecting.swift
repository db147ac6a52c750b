import Base
import Store

/// Correcting the facts of a case, by itself or when it is filed.
extension CaseChange {
  /// Takes over the facts that were given, and writes nothing yet.
  mutating func correctFacts(_ input: MoveInput) throws {
    var faults: [Fault.Field] = []
    if let kind = input.kind, !kind.isEmpty, kind != view.case.kind {
      try TextCheck.collect(&faults) { try changeKind(to: kind) }
    }
    try TextCheck.collect(&faults) { try correctTexts(input) }
    try TextCheck.collect(&faults) { try movePlace(input) }
    try TextCheck.collect(&faults) { try correctFields(input) }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
  }

  /// Writes what follows from corrected facts beside the case's own row.
  mutating func keepFacts(since old: Case) throws {
    guard view.case != old else { return }
    try CaseNoteRows.index(
      CaseNoteRows.words(of: view.case, parts: view.parts), of: id,
      replacing: CaseNoteRows.words(of: old, parts: view.parts), in: tx)
    if view.case.kind != old.kind {
      try retime()
      if !view.kind.mediated { try forgetOutcome() }
    }
    payload = payload.with("kind", view.case.kind).with("area", view.case.area)
      .with("textDigest", CaseDesk.textDigest(of: view.case))
  }

  private mutating func changeKind(to code: String) throws {
    guard let (version, kind) = desk.kinds.current(code) else {
      throw Fault.invalid("kind", "kind.unknown", ["kind": String(code.prefix(64))])
    }
    guard kind.allows(view.case.channel) else {
      throw Fault.invalid("kind", "kind.channel", ["channel": view.case.channel.rawValue])
    }
    // Answers to questions that the new kind asks in the same way still stand.
    let answers = try CaseDesk.fields(of: view.case).filter { code, value in
      kind.field(code).map { $0.content == value.content } ?? false
    }
    view.case.fields = try CaseDesk.stored(answers)
    view.case.kind = kind.code
    view.case.kindVersion = version
    view.case.isUrgent = view.case.isUrgent || kind.urgency == .urgent
    view.case.isConfidential = view.case.isConfidential || kind.confidentialByDefault
    view.kind = kind
  }

  private mutating func correctTexts(_ input: MoveInput) throws {
    var faults: [Fault.Field] = []
    if let title = input.title {
      try TextCheck.collect(&faults) { view.case.title = try TextCheck.title(title) }
    }
    if let description = input.description {
      try TextCheck.collect(&faults) {
        view.case.description =
          try TextCheck.text("description", description, atMost: MoveInput.longestText) ?? ""
      }
    }
    if let place = input.place {
      try TextCheck.collect(&faults) {
        view.case.place = try TextCheck.line("place", place, atMost: CaseDesk.longestPlace) ?? ""
      }
    }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
  }

  /// Answers that were given stand beside those that are there; together they must be whole.
  private mutating func correctFields(_ input: MoveInput) throws {
    guard let given = input.fields else { return }
    let old = try CaseDesk.fields(of: view.case)
    let asked = view.kind.fields.filter { $0.stage == .report }.map(\.code)
    let answers = old.filter { asked.contains($0.key) }.mapValues(\.input)
    let check = CaseFieldCheck(view.kind, today: now.local(in: desk.zone).day)
    let values = try check.values(answers.merging(given) { $1 })
    view.case.fields = try CaseDesk.stored(
      old.filter { !asked.contains($0.key) }.merging(values) { $1 })
  }

  /// An area alone leaves the point where it is.
  private mutating func movePlace(_ input: MoveInput) throws {
    let area = input.area ?? ""
    guard input.latitude != nil || input.longitude != nil || !area.isEmpty else { return }
    let found = try desk.place(
      latitude: input.latitude, longitude: input.longitude, system: .wgs84, area: area, in: tx)
    if let point = found.point {
      view.case.latitude = point.latitude
      view.case.longitude = point.longitude
      view.case.coordinates = CoordinateSystem.wgs84.rawValue
    }
    view.case.area = found.area?.id
    view.case.areaPath = found.area?.path ?? ""
  }
}

extension FieldValue {
  /// The sort of question that it answers.
  fileprivate var content: CaseField.Content {
    switch self {
    case .text: .text
    case .number: .number
    case .day: .date
    case .choice: .choice
    case .choices: .choices
    }
  }
}
