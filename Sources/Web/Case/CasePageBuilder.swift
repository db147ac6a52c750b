import Base
import City
import Foundation

/// Turns a case into its page, for one reader.
struct CasePageBuilder {
  let detail: CaseDetail
  let doer: Doer
  let around: Surroundings
  /// The callers that this reader has just opened: of this case and of those that are part of it.
  let opened: [ID<Case>: Reporter]
  let approvers: [Person]
  /// Those that may be the same, where they are wanted.
  var duplicates: [CaseDuplicate] = []
  /// The parties of a mediation, where this reader has just opened them.
  var openedMediation: Mediation?
  /// Who approves in the place of an approver who is away.
  var substitutes: [(substitute: Person, away: Person)] = []
  /// Those of the reader's own organisation that may handle cases.
  var colleagues: [Person] = []

  var file: Case { detail.view.case }
  var kind: CaseKind { detail.view.kind }

  var page: CasePage {
    var page = CasePage(
      line: card, description: file.description, facts: facts, person: person, place: place,
      photos: photos, clocks: clocks, assignments: assignments, timeline: timeline, moves: moves,
      comment: nil, errors: nil)
    if allowed.contains(.comment) { page.comment = forms.comment() }
    page.company = company
    page.same = same
    page.into = into
    page.mediation = mediation
    page.printURL = .workOrder(file.id)
    return page
  }

  var card: CaseCard {
    var card = CaseCard(
      url: .file(file.id), number: file.number, title: file.title,
      kind: .named(kind.name, english: kind.english), channel: file.channel,
      area: around.area(file.area), state: file.state, reportedAt: file.reportedAt)
    card.unit = file.leadOrganisation.flatMap { around.parties[$0]?.name }
    card.clock = currentFace
    if file.isUrgent { card.marks.append(.urgent) }
    if file.isConfidential { card.marks.append(.confidential) }
    if file.reworkCount > 0 { card.marks.append(.reworked) }
    if file.reopenCount > 0 { card.marks.append(.reopened) }
    if file.extensionCount > 0 { card.marks.append(.extended) }
    if detail.company.isRepeat { card.marks.append(.repeated) }
    return card
  }

  private var currentFace: ClockFace? {
    // Its time is that of the case that it is part of.
    if file.state == .merged || file.state == .transferred { return nil }
    if let closed = file.closedAt {
      return file.wholeDueAt.map { Surroundings.stopped(closed, due: $0) }
    }
    if file.state == .suspended { return ClockFace(phase: .paused) }
    // Who has a part is shown its own deadline.
    let own = detail.view.parts(of: doer, in: [.sent, .taken, .passed]).last
    let due = own.map { detail.view.due(of: $0) } ?? file.dueAt
    return due.map(around.running)
  }

  // MARK: - Facts

  private var facts: [CasePage.Fact] {
    let className = Phrase.named(kind.kindClass.name, english: kind.kindClass.english)
    var facts = [
      CasePage.Fact(
        label: .key("case.fact.kind"),
        value: kind.name == kind.kindClass.name
          ? className : .list([className, .named(kind.name, english: kind.english)])),
      CasePage.Fact(
        label: .key("case.fact.channel"), value: .key("channel.\(file.channel.rawValue)")),
      CasePage.Fact(label: .key("case.fact.reported"), value: .moment(file.reportedAt)),
    ]
    if let pause = detail.view.runningPause {
      let reason = kind.pauses.first { $0.code == pause.reason }
      facts.append(
        CasePage.Fact(
          label: .key("suspend.reason"),
          value: reason.map { .named($0.name, english: $0.english) } ?? .plain(pause.reason)))
      facts.append(
        CasePage.Fact(label: .key("suspend.until"), value: .moment(pause.untilAt)))
    }
    if let result = file.checkResult, let when = file.checkedAt {
      facts.append(
        CasePage.Fact(
          label: .key("case.fact.checked"),
          value: .key("check.result.\(result.rawValue)", ["when": .moment(when)])))
    }
    if file.arbitrationAt != nil || file.arbitratedAt != nil {
      let since = file.arbitrationAt ?? file.arbitratedAt
      facts.append(
        CasePage.Fact(
          label: .key("case.fact.arbitration"),
          value: .key(
            "arbitration.\(file.arbitrationAt == nil ? "decided" : "open")",
            ["when": since.map(Phrase.moment) ?? .plain("")])))
    }
    if let appeal = file.appeal {
      facts.append(
        CasePage.Fact(
          label: .key("case.fact.appeal"), value: .key("appeal.state.\(appeal.rawValue)")))
    }
    for finding in detail.parts.findings {
      facts.append(
        CasePage.Fact(label: .key("finding.\(finding.finding.rawValue)"), value: said(finding)))
    }
    if let supervision = detail.view.openSupervision {
      facts.append(
        CasePage.Fact(
          label: .key("case.fact.supervised"),
          value: supervision.dueAt.map(Phrase.moment) ?? .plain("—")))
    }
    if let transfer = detail.transfers.last, transfer.backAt == nil {
      facts.append(
        CasePage.Fact(
          label: .key("transferred.\(transfer.direction.rawValue)"),
          value: .plain(transfer.platform)))
    }
    if let external = file.externalID {
      facts.append(CasePage.Fact(label: .key("case.fact.external"), value: .plain(external)))
    }
    for field in kind.fields {
      guard let value = detail.parts.fields[field.code] else { continue }
      facts.append(
        CasePage.Fact(
          label: .named(field.name, english: field.english), value: said(value, field)))
    }
    return facts
  }

  private func said(_ value: FieldValue, _ field: CaseField) -> Phrase {
    func choice(_ code: String) -> Phrase {
      field.choices.first { $0.code == code }.map { .named($0.name, english: $0.english) }
        ?? .plain(code)
    }
    if field.personal { return .plain("****") }
    return switch value {
    case .text(let text): .plain(text)
    case .number(let number): .plain("\(number)\(field.unit)")
    case .day(let day): .day(day)
    case .choice(let code): choice(code)
    case .choices(let codes): .list(codes.map(choice))
    }
  }

  private var person: CasePage.Person? {
    guard let reporter = detail.parts.reporter else { return nil }
    let shown = opened[file.id] ?? reporter.masked
    let mayOpen = doer.holds(.personalRead) && (!file.isConfidential || doer.holds(.caseAccept))
    return CasePage.Person(
      facts: facts(shown), isOpen: opened[file.id] != nil,
      opening: opened[file.id] == nil && mayOpen ? forms.openReporter() : nil)
  }

  func facts(_ shown: Reporter) -> [CasePage.Fact] {
    [
      ("name", shown.name), ("phone", shown.phone), ("address", shown.address),
    ].compactMap { name, value in
      value.map { CasePage.Fact(label: .key("case.fact.\(name)"), value: .plain($0)) }
    }
  }

  private var place: CasePage.Place {
    var map: MapView?
    if let latitude = file.latitude, let longitude = file.longitude {
      let shape = file.area.flatMap { around.places[$0] }.flatMap { around.boundary(of: $0) }
      map = MapView(
        points: [.init(longitude: longitude, latitude: latitude, label: file.title)],
        shapes: shape.map { [$0] } ?? [], label: .key("case.place"))
    }
    return CasePage.Place(
      address: file.place, areas: around.lineage(file.area),
      dutyGrid: detail.dutyGrid?.name,
      coordinates: file.latitude.flatMap { latitude in
        file.longitude.map { longitude in
          String(format: "%.6f, %.6f", longitude, latitude)
        }
      }, map: map)
  }

  private var photos: [CasePage.Photo] {
    detail.parts.attachments.map(photo)
  }

  func photo(_ file: CaseAttachment) -> CasePage.Photo {
    CasePage.Photo(
      url: .attachment(file.id), label: file.name, subject: file.subject, addedAt: file.addedAt,
      isImage: file.mediaType.hasPrefix("image/") && file.mediaType != "image/heic")
  }

  // MARK: - Clocks and parts

  /// What runs now, then the whole way, then what is over, the latest first.
  private var clocks: [ClockDetail] {
    let latest = Array(detail.view.clocks.reversed())
    let steps = latest.filter { $0.step != .whole }
    let ordered =
      steps.filter { $0.stoppedAt == nil } + latest.filter { $0.step == .whole }
      + steps.filter { $0.stoppedAt != nil }
    return ordered.map { clock in
      var shown = ClockDetail(step: clock.step, face: face(clock), start: clock.startedAt)
      shown.unit = unit(of: clock)
      shown.limit = clock.limit
      shown.extensions = clock.extensions
      if clock.originalDueAt != clock.dueAt { shown.originalDeadline = clock.originalDueAt }
      shown.explanation = detail.parts.explanations[clock.id]
      for reason in kind.pauses {
        shown.pauses[reason.code] = .named(reason.name, english: reason.english)
      }
      return shown
    }
  }

  /// Whose handling it times, where more than one level does.
  private func unit(of clock: CaseClock) -> String? {
    guard clock.step == .handling, detail.view.clocks.contains(where: { $0.level > 0 }) else {
      return nil
    }
    return detail.view.assignments.first { $0.id == clock.assignment }.map { part in
      // What an organisation passed on to one of its own is timed beside its own.
      let person = part.person.flatMap { detail.people[$0] }
      return [unit(of: part), person].compactMap { $0 }.joined(separator: " · ")
    }
  }

  private func face(_ clock: CaseClock) -> ClockFace {
    if let year = clock.missingYear { return ClockFace(phase: .unknown, missingYear: year) }
    guard let due = clock.dueAt else { return ClockFace(phase: .paused) }
    // What a merge ended was neither done nor missed.
    if detail.view.isHeld(clock) { return ClockFace(phase: .paused) }
    if let stopped = clock.stoppedAt {
      return clock.isDone
        ? Surroundings.stopped(stopped, due: due) : ClockFace(phase: .ended, deadline: due)
    }
    return around.running(to: due)
  }

  // MARK: - Moves

  var allowed: [CaseMove] { CaseFlow.moves(on: detail.view, by: doer) }

  var forms: MoveForms {
    let id = file.id
    return MoveForms(
      url: { .move($0, of: id) }, revision: String(file.revision), photos: Site.photoLimits)
  }

  private var moves: [CasePage.Move] {
    // What is usually done next comes first; what sends a case back or aside, after it.
    let usual: [CaseMove] = [
      .answer, .accept, .confirmCheck, .denyCheck, .file, .arbitrate, .dispatch, .take, .contact,
      .feedBack, .recordOutcome, .holdSession, .passOn, .verify, .close, .grantExtension,
      .refuseExtension, .grantAppeal,
      .refuseAppeal, .resume, .callBack,
    ]
    // What was found untrue is mostly not filed; what must be checked is sent there first.
    let first: CaseMove? =
      file.checkResult == .denied ? .reject : file.state == .accepted ? checkFirst : nil
    let next = [first, atTable].compactMap { $0 } + usual
    var known: Set<CaseMove> = []
    let ordered = (next + CaseMove.allCases).filter {
      allowed.contains($0) && known.insert($0).inserted
    }
    return ordered.compactMap(form).enumerated().map { index, move in
      var move = move
      // The usual one is open, if any; a page full of open forms tells nobody what comes next.
      move.isOpen = index == 0 && next.contains(move.move)
      if [.dispatch, .arbitrate].contains(move.move) { move.why = who }
      return move
    }
  }

  /// Whose such a case is, by the rules as they now are.
  private var who: SiteURL {
    .who.with([("kind", file.kind), ("area", file.area.flatMap { around.places[$0]?.code })])
  }

  /// What was typed into the form of a move, under the labels that it has there.
  func typed(_ values: [String: [String]], in move: CaseMove) -> [CasePage.Fact] {
    (move == .comment ? forms.comment() : form(move)?.form)?.answers(values) ?? []
  }

  private func form(_ move: CaseMove) -> CasePage.Move? {
    switch move {
    case .accept: forms.accept()
    case .reject: forms.reject()
    case .askCheck: forms.askCheck(checkers: checkers)
    case .confirmCheck: forms.confirmCheck()
    case .denyCheck: forms.denyCheck()
    case .cancelCheck: forms.cancelCheck()
    case .file: forms.file(isDenied: file.checkResult == .denied)
    case .correct:
      forms.correct(
        title: file.title, description: file.description, place: file.place,
        areas: around.areaOptions(chosen: file.area))
    case .dispatch: forms.dispatch(leads: mayLead, helpers: helpers)
    case .askArbitration: forms.askArbitration()
    case .arbitrate: forms.arbitrate(leads: mayLead, helpers: helpers)
    case .passOn: passOn
    case .withdraw: forms.withdraw()
    case .extendBelow: forms.extendBelow()
    case .take: forms.take()
    case .giveBack: forms.giveBack()
    case .feedBack:
      leads
        ? forms.feedBack(
          findings: kind.findings, below: feedbackBelow,
          fields: fields(.feedback) + evidence(.feedback))
        : forms.feedBack(
          findings: false, fields: [.evidence(.after, missing: 0, Site.photoLimits)])
    case .verify: forms.verify()
    case .rework: forms.rework()
    case .askExtension:
      kind.extensions.map { forms.askExtension(limits: [$0.limit], further: $0.most) }
    case .grantExtension: forms.grantExtension()
    case .refuseExtension: forms.refuseExtension()
    case .suspend:
      forms.suspend(
        reasons: kind.pauses.map {
          Field.Option(value: $0.code, label: .named($0.name, english: $0.english))
        },
        approvers: approverOptions)
    case .resume: forms.resume()
    case .contact: forms.contact()
    case .close:
      forms.close(
        conditions: kind.closing.map {
          Field.Option(value: $0.code, label: .named($0.text, english: $0.english))
        }, fields: fields(.closing) + evidence(.closing))
    case .callBack: forms.callBack()
    case .supervise: forms.supervise(isTimed: kind.clocks[.supervision] != nil)
    case .answer: forms.answer()
    case .appeal: mayStillAppeal ? forms.appeal() : nil
    case .grantAppeal: forms.grantAppeal()
    case .refuseAppeal: forms.refuseAppeal()
    case .recordFinding: forms.recordFinding(organisations: around.unitOptions)
    case .reopen: forms.reopen()
    case .comment: nil
    case .link: forms.link()
    case .unlink: nil
    case .merge: forms.merge()
    case .unmerge: forms.unmerge()
    case .transfer: forms.transfer()
    case .transferBack: forms.transferBack()
    case .addParty: forms.addParty()
    case .removeParty: forms.removeParty(detail.view.mediation?.masked.parties ?? [])
    case .holdSession:
      forms.holdSession(mediators: detail.view.mediation?.sessions.last?.mediators ?? "")
    case .recordOutcome: forms.recordOutcome()
    }
  }

  /// Who helps says what they did; the rest is asked of the lead.
  private var leads: Bool {
    detail.view.parts(of: doer, in: [.sent, .taken]).contains(where: detail.view.isMain)
  }

  private func evidence(_ stage: CaseStage) -> [Field] {
    kind.evidenceFields(
      at: stage, there: detail.parts.attachments.map(\.subject), Site.photoLimits)
  }

  private func fields(_ stage: CaseStage) -> [Field] {
    kind.fields.filter { $0.stage == stage }.map { Field($0) }
  }
}
