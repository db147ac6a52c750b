import Base

/// The form of each move. Which of them a reader sees is the domain's to say; this is only what
/// each asks for, and under which names it is sent.
struct MoveForms {
  /// Where the form of a move is sent.
  let url: @Sendable (String) -> SiteURL
  /// The revision that the reader sees.
  let revision: String
  let photos: Field.Photos

  func move(
    _ code: String, _ fields: [Field], weight: Form.Weight = .primary
  ) -> CasePage.Move {
    CasePage.Move(
      code: code,
      form: Form(
        code, to: url(code), fields, submit: .key("move.\(code).submit"), revision: revision,
        weight: weight))
  }

  // MARK: Intake and filing

  func accept() -> CasePage.Move { move("accept", [note]) }

  func reject(reasons: [Field.Option]) -> CasePage.Move {
    move("reject", [reason(reasons), explained], weight: .danger)
  }

  func file() -> CasePage.Move { move("file", [note]) }

  // MARK: Dispatch and handling

  /// - Parameters:
  ///   - leads: units that may lead, the proposed one chosen and its hint saying why.
  ///   - helpers: units that may help.
  func dispatch(leads: [Field.Group], helpers: [Field.Option]) -> CasePage.Move {
    let lead = Field(
      name: "lead", label: .key("dispatch.lead"), hint: .key("dispatch.lead.hint"),
      isRequired: true,
      control: .select(Field.Select(groups: leads, nothing: .key("choice.nothing"))))
    return move("dispatch", [lead, .checks("co", "dispatch.co", helpers), note])
  }

  func take() -> CasePage.Move { move("take", []) }

  func sendBack(reasons: [Field.Option]) -> CasePage.Move {
    move("return", [reason(reasons), explained], weight: .plain)
  }

  /// - Parameter findings: whether fact and claim findings are asked for, as for hotline orders.
  func feedBack(findings: Bool, photosRequired: Bool) -> CasePage.Move {
    var fields: [Field] = [
      .area("result", "feed-back.result", required: true, rows: 5, hint: "feed-back.result.hint")
    ]
    if findings {
      fields += [
        .radios("fact", "feed-back.fact", .worded("finding.fact", ["true", "partly", "false"])),
        .area("fact-note", "feed-back.fact-note", required: true, rows: 2),
        .radios(
          "claim", "feed-back.claim", .worded("finding.claim", ["met", "partly", "explained"])),
        .area("claim-note", "feed-back.claim-note", required: true, rows: 2),
      ]
    }
    fields.append(.photos("photos", "feed-back.photos", photos, required: photosRequired))
    return move("feed-back", fields)
  }

  // MARK: Verification

  func verify(photosRequired: Bool) -> CasePage.Move {
    move(
      "verify",
      [
        .radios("outcome", "verify.outcome", .worded("verify", ["pass", "fail"])),
        .area("note", "verify.note", hint: "verify.note.hint"),
        .photos("photos", "verify.photos", photos, required: photosRequired),
      ])
  }

  // MARK: Time

  func askExtension() -> CasePage.Move {
    move("ask-extension", [time("until", "extension.until"), explained], weight: .plain)
  }

  /// - Parameter until: what was asked for, as `2026-11-21T18:00`.
  func answerExtension(until: String) -> CasePage.Move {
    move(
      "answer-extension",
      [
        .radios("answer", "extension.answer", .worded("extension", ["grant", "refuse"])),
        time("until", "extension.granted-until", until, required: false), note,
      ])
  }

  func suspend(reasons: [Field.Option], approvers: [Field.Option]) -> CasePage.Move {
    let until = Field.Line(kind: .date)
    return move(
      "suspend",
      [
        reason(reasons), .line("until", "suspend.until", until, required: true),
        .select("approver", "suspend.approver", approvers, required: true), explained,
      ], weight: .plain)
  }

  func resume() -> CasePage.Move { move("resume", [note]) }

  // MARK: The caller

  func firstContact(at time: String) -> CasePage.Move {
    move(
      "first-contact",
      [
        .radios("reached", "contact.reached", .worded("contact", ["yes", "no"])),
        self.time("at", "contact.at", time), .area("result", "contact.result", required: true),
      ])
  }

  func callBack() -> CasePage.Move {
    move(
      "call-back",
      [
        .radios("reached", "contact.reached", .worded("contact", ["yes", "no"])),
        .radios(
          "resolved", "call-back.resolved", .worded("resolved", ["yes", "no"]), required: false),
        .radios(
          "satisfaction", "call-back.satisfaction",
          .worded("satisfaction", ["5", "4", "3", "2", "1"]), required: false),
        note,
      ])
  }

  // MARK: The end

  /// - Parameter conditions: what the kind wants to be true at closing, each to be ticked.
  func close(conditions: [Field.Option]) -> CasePage.Move {
    let list = Field.checks(
      "conditions", "close.conditions", conditions, required: true, hint: "close.conditions.hint")
    return move("close", conditions.isEmpty ? [note] : [list, note])
  }

  func reopen() -> CasePage.Move { move("reopen", [explained], weight: .plain) }

  /// Opens the reporter's personal data, and writes that down.
  func openPersonal() -> Form {
    Form(
      "open-personal", to: url("open-personal"),
      [.line("reason", "open-personal.reason", required: true, hint: "open-personal.hint")],
      submit: .key("open-personal.submit"), weight: .plain)
  }

  func comment() -> Form {
    Form(
      "comment", to: url("comment"),
      [
        .area("text", "comment.text", required: true),
        .photos("photos", "comment.photos", photos),
      ], submit: .key("comment.submit"), weight: .plain)
  }

  // MARK: Fields that many forms have

  private var note: Field { .area("note", "move.note", rows: 2) }
  private var explained: Field { .area("note", "move.explained", required: true) }

  private func reason(_ options: [Field.Option]) -> Field {
    .select("reason", "move.reason", options, required: true)
  }

  private func time(
    _ name: String, _ label: String, _ value: String = "", required: Bool = true
  ) -> Field {
    .line(name, label, Field.Line(kind: .time, value: value), required: required)
  }
}
