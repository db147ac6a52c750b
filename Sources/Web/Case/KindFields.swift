import City

extension Field {
  /// What a kind of case asks, as a control; named `fields.<code>`.
  init(_ field: CaseField) {
    let label: Phrase =
      field.unit.isEmpty
      ? .named(field.name, english: field.english)
      : .key(
        "field.with-unit",
        ["name": .named(field.name, english: field.english), "unit": .plain(field.unit)])
    self.init(
      name: "fields.\(field.code)", label: label, isRequired: field.required,
      isPersonal: field.personal, control: Self.control(field))
  }

  private static func control(_ field: CaseField) -> Control {
    let options = field.choices.map {
      Option(value: $0.code, label: .named($0.name, english: $0.english))
    }
    switch field.content {
    case .number: return .line(Line(kind: .number, step: "any"))
    case .date: return .line(Line(kind: .date))
    case .text where field.longest > CaseField.usualLength:
      return .area(Area(rows: 3, maximumLength: field.longest))
    case .text: return .line(Line(maximumLength: field.longest))
    // A long list is quicker to choose from when it opens.
    case .choice where options.count > 7:
      return .select(
        Select(groups: [Group(label: nil, options: options)], nothing: .key("choice.nothing")))
    case .choice: return .radios(options)
    case .choices: return .checks(options)
    }
  }
}

extension Field.Group {
  /// Kinds by class, in the order of the catalogue.
  static func kinds(_ kinds: [CaseKind]) -> [Field.Group] {
    var groups: [(code: String, group: Field.Group)] = []
    for kind in kinds {
      let label = Phrase.named(kind.kindClass.name, english: kind.kindClass.english)
      let option = Field.Option(value: kind.code, label: .named(kind.name, english: kind.english))
      if let index = groups.firstIndex(where: { $0.code == kind.kindClass.code }) {
        groups[index].group.options.append(option)
      } else {
        groups.append((kind.kindClass.code, Field.Group(label: label, options: [option])))
      }
    }
    return groups.map(\.group)
  }
}
