import City

/// A kind that residents may report, as a service of Open311.
struct Open311Service {
  let kind: CaseKind
  let wording: Wording

  var summary: Open311Value {
    .object([
      "service_code": .text(kind.code),
      "service_name": .text(said(kind.name, kind.english)),
      "description": .text(said(kind.kindClass.name, kind.kindClass.english)),
      "metadata": .flag(!asked.isEmpty), "type": .text("realtime"),
      "keywords": .text(kind.words.joined(separator: ",")),
      "group": .text(said(kind.kindClass.name, kind.kindClass.english)),
    ])
  }

  /// What the kind asks of who reports.
  var definition: Open311Value {
    .object([
      "service_code": .text(kind.code),
      "attributes": .list(
        item: "attribute",
        asked.enumerated().map { place, field in attribute(field, order: place + 1) }),
    ])
  }

  private var asked: [CaseField] { kind.fields.filter { $0.stage == .report } }

  private func attribute(_ field: CaseField, order: Int) -> Open311Value {
    let values = field.choices.map {
      Open311Value.object([
        "key": .text($0.code), "name": .text(said($0.name, $0.english)),
      ])
    }
    return .object([
      "variable": .flag(true), "code": .text(field.code),
      "datatype": .text(Self.datatype(field)), "required": .flag(field.required),
      "datatype_description": field.unit.isEmpty ? .nothing : .text(field.unit),
      "order": .whole(order), "description": .text(said(field.name, field.english)),
      "values": .list(item: "value", values),
    ])
  }

  private static func datatype(_ field: CaseField) -> String {
    switch field.content {
    case .text: field.longest > CaseField.usualLength ? "text" : "string"
    case .number: "number"
    case .date: "datetime"
    case .choice: "singlevaluelist"
    case .choices: "multivaluelist"
    }
  }

  private func said(_ name: String, _ english: String) -> String {
    wording.text(.named(name, english: english))
  }
}

extension CaseKind {
  /// Whether residents may report it by themselves.
  var isService: Bool { allows(.resident) && !mediated }
}
