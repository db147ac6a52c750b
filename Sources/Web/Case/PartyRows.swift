import Base
import City

/// The parties of a mediation, named while it is filed: two rows, and more of them folded, so that it works
/// without scripts.
extension FileCasePage {
  private static let seen = 1...2
  private static let folded = 3...6

  static var parties: [Form.Section] {
    [
      Form.Section(
        title: .key("file.parties"), hint: .key("file.parties.hint"), fields: seen.flatMap(party)),
      Form.Section(
        title: .key("file.parties.more"), fields: folded.flatMap(party), isFolded: true),
    ]
  }

  private static func party(_ row: Int) -> [Field] {
    let usual: CaseParty.Side = row == 1 ? .applicant : .respondent
    func named(_ field: Field) -> Field {
      var field = field
      field.label = .key("file.party", ["row": .count(row), "what": field.label])
      return field
    }
    return [
      .select(
        "party.\(row).side", "party.side",
        .worded("party.side", CaseParty.Side.allCases.map(\.rawValue), chosen: usual.rawValue),
        nothing: nil),
      .line(
        "party.\(row).name", "party.name", Field.Line(maximumLength: 100), personal: true,
        half: true
      ),
      .line(
        "party.\(row).phone", "party.phone", Field.Line(kind: .tel, maximumLength: 40),
        personal: true, half: true),
      .line(
        "party.\(row).address", "party.address", Field.Line(maximumLength: 300), personal: true),
    ].map(named)
  }
}

extension FormData {
  /// The rows in which something stands; a side alone is the form's own.
  var partyRows: [(row: Int, party: PartyDraft)] {
    (1...6).compactMap { row in
      func text(_ name: String) -> String? { self.text("party.\(row).\(name)") }
      let party = PartyDraft(
        side: text("side"), name: text("name"), phone: text("phone"), address: text("address"))
      return party.name == nil && party.phone == nil && party.address == nil ? nil : (row, party)
    }
  }
}

extension Fault {
  /// The same with what is wrong at the rows of the form.
  func placingParties(_ rows: [(row: Int, party: PartyDraft)]) -> Fault {
    Fault(
      kind, code, arguments,
      fields: fields.map { field in
        for (index, row) in rows.enumerated() where field.name.hasPrefix("parties[\(index)].") {
          let name = field.name.dropFirst("parties[\(index)].".count)
          return Fault.Field("party.\(row.row).\(name)", field.code, field.arguments)
        }
        return field
      })
  }
}
