import City

/// Whom the forms of a case offer.
extension CasePageBuilder {
  /// The check on the spot, where the kind asks for one and nobody has looked.
  var checkFirst: CaseMove? {
    kind.checkedBeforeFiling && file.checkResult == nil ? .askCheck : nil
  }

  /// Who may be asked to look: those of the place, the nearest chosen, and the others.
  var checkers: [Field.Group] {
    let asked = detail.view.openChecks.last
    let here = detail.checkers.filter {
      asked == nil || $0.organisation.id != asked?.organisation || $0.person != asked?.person
    }
    let near = here.enumerated().map { place, checker in
      let (unit, person) = (checker.organisation, checker.person)
      return Field.Option(
        value: person.map { "\(unit.code)@\($0)" } ?? unit.code,
        label: checker.name.map { name in
          var words: [String: Phrase] = ["name": .plain(name), "unit": .plain(unit.name)]
          words["substitute"] = checker.substitute.map { .plain($0) }
          return .key(
            checker.substitute == nil ? "ask-check.person" : "ask-check.person-away", words)
        } ?? .plain(unit.name), isChosen: place == 0)
    }
    let committees = Set(here.filter { $0.person == nil }.map(\.organisation.id))
    let others = around.units.filter { !committees.contains($0.id) }.map {
      Field.Option(value: $0.code, label: .plain($0.name))
    }
    return [
      Field.Group(label: .key("ask-check.here"), options: near),
      Field.Group(label: .key("ask-check.others"), options: others),
    ].filter { !$0.options.isEmpty }
  }

  /// Of whom something was found, and when.
  func said(_ finding: CaseFinding) -> Phrase {
    let when = Phrase.moment(finding.foundAt)
    guard let unit = finding.organisation.flatMap({ around.parties[$0]?.name }) else { return when }
    return .list([.plain(unit), when])
  }

  /// Whether the days in which a unit may appeal are not over.
  var mayStillAppeal: Bool { detail.view.mayAppeal(at: around.now) }

  /// Organisations that may lead: the proposed one chosen, the others below it.
  var mayLead: [Field.Group] {
    let proposed = detail.proposal?.lead
    var groups: [Field.Group] = []
    if let proposed {
      groups.append(
        Field.Group(
          label: .key("dispatch.proposed"),
          options: [
            Field.Option(value: proposed.code, label: .plain(proposed.name), isChosen: true)
          ]))
    }
    groups.append(
      Field.Group(
        label: .key("dispatch.others"),
        options: around.units.filter { $0.id != proposed?.id }.map {
          Field.Option(value: $0.code, label: .plain($0.name))
        }))
    return groups
  }

  var helpers: [Field.Option] {
    let proposed = Set(detail.proposal?.helpers.map(\.id) ?? [])
    return around.units.filter { $0.kind == .unit }.map {
      Field.Option(
        value: $0.code, label: .plain($0.name), isChosen: proposed.contains($0.id))
    }
  }
}
