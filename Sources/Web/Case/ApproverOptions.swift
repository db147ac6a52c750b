import City

extension CasePageBuilder {
  /// Those who may approve a suspension, and who stands in for one of them.
  var approverOptions: [Field.Option] {
    approvers.map { Field.Option(value: $0.id.description, label: .plain($0.name)) }
      + substitutes.filter { pair in !approvers.contains { $0.id == pair.substitute.id } }.map {
        Field.Option(
          value: $0.substitute.id.description,
          label: .key(
            "suspend.approver.for",
            ["name": .plain($0.substitute.name), "away": .plain($0.away.name)]))
      }
  }
}
