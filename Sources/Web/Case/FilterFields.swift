import City

/// The controls above the queue, filled from the address.
struct FilterFields {
  let query: QueueQuery
  let choices: QueuePage.Choices

  /// Those in daily use.
  var main: [Field] {
    [
      list("state", .worded("case.state", choices.states.map(\.rawValue)), query.state),
      grouped("kind", choices.kinds, query.kind),
      list("area", choices.areas, query.area), list("unit", choices.units, query.unit),
      list(
        "clock", .worded("queue.clock", ["hour", "soon", "day", "overdue"]), query.clock.rawValue),
    ]
  }

  var more: [Field] {
    [
      list(
        "turn", .worded("queue.turn", CaseFilter.Turn.allCases.map(\.rawValue)), query.turn),
      list("part", .worded("queue.part", CaseFilter.Part.allCases.map(\.rawValue)), query.part),
      list("channel", .worded("channel", choices.channels.map(\.rawValue)), query.channel),
      day("from", query.from), day("to", query.to),
      .select(
        "sort", "queue.filter.sort",
        .worded("queue.sort", ["due", "newest"], chosen: query.sort.rawValue),
        nothing: nil),
    ]
  }

  var moreIsUsed: Bool {
    !(query.turn + query.part + query.channel + query.from + query.to).isEmpty
  }

  /// The filters in force, each with the address that leaves it out.
  var chips: [[String: any Shown]] {
    query.filters.map { name, value in
      [
        "label": Phrase.key("queue.filter.\(name)"), "value": said(name, value),
        "url": query.without(name).url,
      ]
    }
  }

  private func list(_ name: String, _ options: [Field.Option], _ chosen: String) -> Field {
    var field = Field.select(name, "queue.filter.\(name)", options, nothing: "queue.filter.all")
    field.fill([chosen])
    return field
  }

  private func grouped(_ name: String, _ groups: [Field.Group], _ chosen: String) -> Field {
    var field = Field(
      name: name, label: .key("queue.filter.\(name)"),
      control: .select(
        Field.Select(
          groups: groups, nothing: .key("queue.filter.all"), words: choices.kindWords)))
    field.fill([chosen])
    return field
  }

  private func day(_ name: String, _ value: String) -> Field {
    .line(name, "queue.filter.\(name)", Field.Line(kind: .date, value: value))
  }

  /// A filter's value as its control words it.
  private func said(_ name: String, _ value: String) -> Phrase {
    if name == "phone" { return .key("queue.filter.phone.kept") }
    return (main + more).first { $0.name == name }?.said(value) ?? .plain(value)
  }
}
