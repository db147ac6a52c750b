import Base
import City

/// The forms of the moves at the mediators' table.
extension MoveForms {
  func addParty() -> CasePage.Move {
    move(
      .addParty,
      [
        .radios(
          "side", "party.side", .worded("party.side", CaseParty.Side.allCases.map(\.rawValue))),
        .line(
          "name", "party.name", Field.Line(maximumLength: 100), required: true, personal: true),
        .line("phone", "party.phone", Field.Line(kind: .tel, maximumLength: 40), personal: true),
        .line("address", "party.address", Field.Line(maximumLength: 300), personal: true),
      ], weight: .plain)
  }

  /// - Parameter parties: with their names masked.
  func removeParty(_ parties: [CaseParty]) -> CasePage.Move {
    let options = parties.map { party in
      Field.Option(
        value: party.id.description,
        label: .list([.key("party.side.\(party.side.rawValue)"), .plain(party.name)]))
    }
    return move(
      .removeParty, [.select("party", "party.which", options, required: true)], weight: .plain)
  }

  /// - Parameter mediators: of the last session, who mostly hold the next one.
  func holdSession(mediators: String) -> CasePage.Move {
    move(
      .holdSession,
      [
        .line("heldAt", "session.held", Field.Line(kind: .time), required: true, half: true),
        .line(
          "next", "session.next", Field.Line(kind: .time), hint: "session.next.hint", half: true),
        .line("place", "session.place", Field.Line(maximumLength: 300)),
        .line(
          "mediators", "session.mediators", Field.Line(value: mediators, maximumLength: 200),
          required: true),
        .line(
          "present", "session.present", Field.Line(maximumLength: 300), required: true,
          personal: true),
        .area("text", "session.text", required: true),
      ])
  }

  func recordOutcome() -> CasePage.Move {
    move(
      .recordOutcome,
      [
        .radios(
          "outcome", "mediation.outcome",
          .worded("mediation.outcome", MediationResult.Outcome.allCases.map(\.rawValue))),
        .radios(
          "agreement", "mediation.agreement",
          .worded("mediation.agreement", MediationResult.Agreement.allCases.map(\.rawValue)),
          required: false, hint: "mediation.agreement.hint"),
        .line(
          "amount", "mediation.amount", Field.Line(maximumLength: 20),
          hint: "mediation.amount.hint", half: true),
        .line("performBy", "mediation.perform-by", Field.Line(kind: .date), half: true),
        .area("facts", "mediation.facts", hint: "mediation.facts.hint"),
        .area("terms", "mediation.terms", hint: "mediation.terms.hint"),
      ])
  }

  /// Opens who the parties are, and writes that down.
  func openParties() -> Form {
    Form(
      "open-parties", to: url("open-parties"), [], submit: .key("open-parties.submit"),
      weight: .plain)
  }

  /// The agreement with names.
  func printAgreement(_ address: SiteURL) -> Form {
    let formats = Field.Select(
      groups: [
        Field.Group(label: nil, options: .worded("print", ["pdf", "html", "docx"], chosen: "pdf"))
      ], nothing: nil)
    return Form(
      "agreement", to: address,
      [Field(name: "as", label: .key("agreement.format"), control: .select(formats))],
      submit: .key("agreement.submit"), weight: .plain)
  }
}
