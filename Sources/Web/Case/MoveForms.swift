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

  /// - Parameter isDenied: whether somebody looked and found that it is not so.
  func file(isDenied: Bool) -> CasePage.Move { move(.file, [isDenied ? explained : note]) }

  /// Corrected facts, filled with those there are.
  func correct(title: String, description: String, place: String, areas: [Field.Option])
    -> CasePage.Move
  {
    var move = move(
      .correct,
      [
        .line("title", "file.name", Field.Line(value: title, maximumLength: 200), required: true),
        .area("description", "file.description", description),
        .line("place", "file.address", Field.Line(value: place, maximumLength: 300)),
        .select("area", "file.area", areas, nothing: "move.correct.area"), note,
      ], weight: .plain)
    move.form.isContent = true
    return move
  }

  // MARK: The check on the spot

  /// - Parameter checkers: who may be asked, the first one chosen.
  func askCheck(checkers: [Field.Group]) -> CasePage.Move {
    let checker = Field(
      name: "organisation", label: .key("ask-check.checker"), isRequired: true,
      control: .select(Field.Select(groups: checkers, nothing: .key("choice.nothing"))))
    return move(.askCheck, [checker, note])
  }

  func confirmCheck() -> CasePage.Move { move(.confirmCheck, seen) }
  func denyCheck() -> CasePage.Move { move(.denyCheck, seen, weight: .danger) }
  func cancelCheck() -> CasePage.Move { move(.cancelCheck, [note], weight: .plain) }

  private var seen: [Field] {
    [.area("text", "check.text", required: true), .evidence(.before, missing: 0, photos)]
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

  func askArbitration() -> CasePage.Move { move(.askArbitration, [explained], weight: .plain) }

  /// As a dispatch, with the reason of the decision.
  func arbitrate(leads: [Field.Group], helpers: [Field.Option]) -> CasePage.Move {
    let fields = dispatch(leads: leads, helpers: helpers).form.fields
    return move(.arbitrate, fields.filter { $0.name != "text" } + [explained])
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
          "person", "pass-on.person", people, required: below.isEmpty && people.count == 1,
          nothing: people.count > 1 ? "pass-on.person.first" : "choice.nothing",
          hint: below.isEmpty ? nil : "pass-on.person.hint"))
    }
    if people.count > 1 {
      fields.append(.checks("people", "pass-on.people", people, hint: "pass-on.people.hint"))
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

  /// - Parameters:
  ///   - limits: how much more time may be asked for, in the kind's bounds.
  ///   - further: the most that a leader or duty officer grants.
  func askExtension(limits: [TimeLimit], further: TimeLimit? = nil) -> CasePage.Move {
    var options = limits.map { Field.Option(value: $0.description, label: Phrase($0)) }
    if let further {
      options.append(
        Field.Option(
          value: further.description,
          label: .key("extension.further", ["limit": Phrase(further)])))
    }
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

  // MARK: Being scored by it

  func appeal() -> CasePage.Move {
    move(
      .appeal,
      [.area("text", "appeal.text", required: true), .evidence(.document, missing: 0, photos)],
      weight: .plain)
  }

  func grantAppeal() -> CasePage.Move { move(.grantAppeal, [explained]) }
  func refuseAppeal() -> CasePage.Move { move(.refuseAppeal, [explained], weight: .danger) }

  /// - Parameter organisations: of whom it may be found.
  func recordFinding(organisations: [Field.Option]) -> CasePage.Move {
    move(
      .recordFinding,
      [
        .select(
          "finding", "record-finding.finding",
          .worded("finding", CaseFinding.Kind.allCases.map(\.rawValue)), required: true),
        .select(
          "organisation", "record-finding.organisation", organisations,
          nothing: "record-finding.nobody"),
        .area("text", "record-finding.text", required: true),
      ], weight: .plain)
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
        .checks("justified", "call-back.complaint", .worded("justified", ["true"])),
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
