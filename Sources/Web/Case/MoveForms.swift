import Base
import City

/// The form of each move. Which of them a reader sees is the flow's to say; this is only what each
/// asks for. Fields are named as in `MoveInput`, so that a fault finds its field; files are
/// `attachments`, with what they show in the name or in the field `subject`.
struct MoveForms {
  /// Where the form of a move is sent, by the last part of its path.
  let url: @Sendable (String) -> SiteURL
  /// The revision that the reader sees.
  let revision: String
  let photos: Field.Photos

  func move(
    _ move: CaseMove, _ fields: [Field], weight: Form.Weight = .primary
  ) -> CasePage.Move {
    let form = Form(
      move.rawValue, to: url(move.rawValue), fields,
      submit: .key("move.\(move.rawValue).submit"), revision: revision, weight: weight)
    return CasePage.Move(move: move, form: form)
  }

  // MARK: Intake and filing

  func accept() -> CasePage.Move { move(.accept, [note]) }
  /// Nothing leads back from it.
  func reject() -> CasePage.Move {
    var reject = move(.reject, [explained], weight: .danger)
    reject.form.confirmation = .key("move.reject.confirm")
    return reject
  }

  func file() -> CasePage.Move { move(.file, [note]) }

  /// Corrected facts, filled with those there are.
  func correct(title: String, description: String, place: String, areas: [Field.Option])
    -> CasePage.Move
  {
    move(
      .correct,
      [
        .line("title", "file.name", Field.Line(value: title, maximumLength: 200), required: true),
        .area("description", "file.description", description),
        .line("place", "file.address", Field.Line(value: place, maximumLength: 300)),
        .select("area", "file.area", areas, nothing: "move.correct.area"), note,
      ], weight: .plain)
  }

  // MARK: Dispatch and handling

  /// - Parameters:
  ///   - leads: organisations that may lead, the proposed one chosen.
  ///   - helpers: organisations that may help.
  func dispatch(leads: [Field.Group], helpers: [Field.Option]) -> CasePage.Move {
    let lead = Field(
      name: "organisation", label: .key("dispatch.lead"), hint: .key("dispatch.lead.hint"),
      isRequired: true,
      control: .select(Field.Select(groups: leads, nothing: .key("choice.nothing"))))
    return move(.dispatch, [lead, .checks("helpers", "dispatch.helpers", helpers), note])
  }

  /// - Parameters:
  ///   - below: organisations below one's own.
  ///   - people: those of one's own organisation that may handle cases.
  ///   - own: one's own deadline, where it is still to come.
  func passOn(
    below: [Field.Option], people: [Field.Option], helpers: [Field.Option], own: Moment?
  ) -> CasePage.Move {
    var fields: [Field] = []
    if !below.isEmpty {
      fields.append(
        .select(
          "organisation", "pass-on.to", below, required: people.isEmpty,
          nothing: people.isEmpty ? "choice.nothing" : "pass-on.to.own"))
    }
    if !people.isEmpty {
      fields.append(
        .select(
          "person", "pass-on.person", people, required: below.isEmpty,
          hint: below.isEmpty ? nil : "pass-on.person.hint"))
    }
    if below.count > 1 { fields.append(.checks("helpers", "dispatch.helpers", helpers)) }
    return move(.passOn, fields + [until("pass-on.until", own), note])
  }

  /// What was sent is lost to those who had it.
  func withdraw() -> CasePage.Move {
    var withdraw = move(.withdraw, [explained], weight: .danger)
    withdraw.form.confirmation = .key("move.withdraw.confirm")
    return withdraw
  }

  func extendBelow() -> CasePage.Move {
    var until = until("extend-below.until", nil)
    until.hint = nil
    until.isRequired = true
    return move(.extendBelow, [until, note], weight: .plain)
  }

  private func until(_ label: String, _ own: Moment?) -> Field {
    var field = Field.line("until", label, Field.Line(kind: .time), hint: "pass-on.until.hint")
    if let own { field.hint = .key("pass-on.until.own", ["deadline": .moment(own)]) }
    return field
  }

  func take() -> CasePage.Move { move(.take, []) }
  func giveBack() -> CasePage.Move { move(.giveBack, [explained], weight: .plain) }

  /// - Parameters:
  ///   - findings: whether the findings of fact and of claim are asked for.
  ///   - below: what those fed back to whom it was passed on, to be taken over.
  ///   - fields: what the kind asks at this stage, then the evidence.
  func feedBack(findings: Bool, below: CaseNote? = nil, fields: [Field]) -> CasePage.Move {
    var all: [Field] = [
      .area(
        "text", "feed-back.text", below?.body ?? "", required: true, rows: 5,
        hint: "feed-back.text.hint")
    ]
    if findings {
      all += [
        .area(
          "factFinding", "feed-back.fact", below?.factFinding ?? "", required: true, rows: 2,
          hint: "feed-back.fact.hint"),
        .area(
          "claimFinding", "feed-back.claim", below?.claimFinding ?? "", required: true, rows: 2,
          hint: "feed-back.claim.hint"),
      ]
    }
    return move(.feedBack, all + fields)
  }

  // MARK: Verification

  func verify() -> CasePage.Move { move(.verify, [note]) }
  func rework() -> CasePage.Move { move(.rework, [explained], weight: .danger) }

  // MARK: Time

  /// - Parameter limits: how much more time may be asked for, in the kind's bounds.
  func askExtension(limits: [TimeLimit]) -> CasePage.Move {
    let options = limits.map { Field.Option(value: $0.description, label: Phrase($0)) }
    return move(
      .askExtension,
      [.select("limit", "extension.limit", options, required: true), explained], weight: .plain)
  }

  func grantExtension() -> CasePage.Move { move(.grantExtension, [note]) }
  func refuseExtension() -> CasePage.Move { move(.refuseExtension, [explained], weight: .danger) }

  func suspend(reasons: [Field.Option], approvers: [Field.Option]) -> CasePage.Move {
    let until = Field.Line(kind: .date)
    return move(
      .suspend,
      [
        .select("reason", "suspend.reason", reasons, required: true),
        .line("until", "suspend.until", until, required: true),
        .select("approver", "suspend.approver", approvers), note,
      ], weight: .plain)
  }

  func resume() -> CasePage.Move { move(.resume, [note]) }

  // MARK: Supervision

  /// - Parameter isTimed: whether the kind gives a time where none is chosen.
  func supervise(isTimed: Bool) -> CasePage.Move {
    move(
      .supervise,
      [
        .area("text", "supervise.text", required: true),
        .line("until", "supervise.until", Field.Line(kind: .date), required: !isTimed),
      ], weight: .plain)
  }

  func answer() -> CasePage.Move {
    move(.answer, [.area("text", "answer-supervision.text", required: true)])
  }

  // MARK: The caller

  func contact() -> CasePage.Move {
    move(
      .contact,
      [
        .radios("reached", "contact.reached", .worded("contact", ["true", "false"])),
        .area("text", "contact.text", required: true),
      ])
  }

  func callBack() -> CasePage.Move {
    move(
      .callBack,
      [
        .radios("resolved", "call-back.resolved", .worded("resolved", ["true", "false"])),
        .radios(
          "satisfaction", "call-back.satisfaction",
          .worded("satisfaction", ["5", "4", "3", "2", "1"]), required: false),
        note,
      ])
  }

  // MARK: The end

  /// - Parameters:
  ///   - conditions: what the kind wants to be true at closing, each to be ticked.
  ///   - fields: what the kind asks at this stage, then the evidence.
  func close(conditions: [Field.Option], fields: [Field]) -> CasePage.Move {
    let list = Field.checks(
      "conditions", "close.conditions", conditions, required: true, hint: "close.conditions.hint")
    return move(.close, (conditions.isEmpty ? [] : [list]) + fields + [note])
  }

  func reopen() -> CasePage.Move { move(.reopen, [explained], weight: .plain) }

  // MARK: Beside the flow

  /// Opens the reporter's personal data, and writes that down.
  func openReporter() -> Form {
    Form(
      "open-reporter", to: url("open-reporter"), [], submit: .key("open-reporter.submit"),
      weight: .plain)
  }

  /// A text, with files that show how it was or is.
  func comment() -> Form {
    var files = photos
    files.takesPapers = true
    return Form(
      "comment", to: url("comment"),
      [
        .area("text", "comment.text", required: true),
        .select(
          "subject", "comment.subject",
          .worded("evidence", EvidenceRule.Subject.allCases.map(\.rawValue), chosen: "after"),
          nothing: nil),
        .photos("attachments", "comment.photos", files),
      ], submit: .key("comment.submit"), weight: .plain)
  }

  private var note: Field { .area("text", "move.note", rows: 2) }
  private var explained: Field { .area("text", "move.explained", required: true) }
}
