import Base
import City
import Store

/// The town as those see it who act in it.
struct TownScene: Sendable {
  let desk: CaseDesk
  let projects: ProjectDesk
  let geography: TownGeography
  let cast: TownCast
  let photographs: TownPhotographs
  let papers: TownPapers
  let hours: TownHours
  let texts: TownTexts
}

/// What is done with a case, by the same verbs that people use.
extension Life {
  /// Does one step and gives the case as it is then.
  mutating func take(_ step: Step, _ scene: TownScene, in tx: Transaction) throws -> Case {
    switch step {
    case .accept, .reject, .file, .callBack, .reopen: try atIntake(step, scene, in: tx)
    case .askCheck, .confirmCheck, .denyCheck: try check(step, scene, in: tx)
    case .dispatch: try dispatch(scene, in: tx)
    case .arbitrate: try arbitrate(scene, in: tx)
    case .decide, .suspend, .comment: try atDispatch(step, scene, in: tx)
    case .take, .giveBack, .askForTime, .help, .feedBack: try atUnit(step, scene, in: tx)
    case .nameParty, .holdSession, .recordOutcome: try mediate(step, scene, in: tx)
    case .missContact, .contact: try contact(step, scene, in: tx)
    case .verify, .rework, .close: try atEnd(step, scene, in: tx)
    case .passOn: try passOn(scene, in: tx)
    case .rise: try rise(scene, in: tx)
    case .look: try look(scene, in: tx)
    default: try takeTurn(step, scene, in: tx)
    }
  }

  func make(
    _ move: CaseMove, _ input: MoveInput = MoveInput(), by doer: Doer, _ scene: TownScene,
    in tx: Transaction
  ) throws -> Case {
    try scene.desk.make(move, input, on: id, by: doer, in: tx)
  }

  func holder() throws -> Doer {
    guard let handler else { throw TownFault.nobody }
    return handler
  }

  // MARK: - Intake

  private mutating func atIntake(
    _ step: Step, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    let doer = try intake(scene, at: tx.now)
    var input = MoveInput()
    switch step {
    case .accept: return try make(.accept, by: doer, scene, in: tx)
    case .reject:
      input.text = sentence(.rejection, scene)
      return try make(.reject, input, by: doer, scene, in: tx)
    case .file:
      let file = try make(.file, by: doer, scene, in: tx)
      try meetUnits(file, scene, in: tx)
      return file
    case .callBack:
      input.resolved = fate.isResolved
      input.satisfaction = fate.satisfaction
      input.text = sentence(fate.isResolved ? .satisfied : .dissatisfied, scene)
      if turn == .complained {
        input.justified = true
        turn = nil
      }
      return try make(.callBack, input, by: doer, scene, in: tx)
    default:
      input.text = sentence(.reopening, scene)
      fate.isReopened = false
      fate.isResolved = true
      fate.satisfaction = dice.number(in: 3...5)
      handlingEnds = nil
      return try make(.reopen, input, by: doer, scene, in: tx)
    }
  }

  // MARK: - The check on the spot

  private mutating func check(
    _ step: Step, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    var input = MoveInput()
    if step == .askCheck {
      let doer = try intake(scene, at: tx.now)
      let patroller =
        try dutyPatroller(scene, in: tx) ?? scene.cast.patroller(in: plan.village, &dice)
      input.person = patroller.person
      checker = patroller
      return try make(.askCheck, input, by: doer, scene, in: tx)
    }
    guard let checker else { throw TownFault.nobody }
    if step == .confirmCheck, dice.chance(0.3) {
      for file in scene.photographs.some(1, of: .before, &dice) {
        try scene.desk.attach(
          file.blob, named: file.name, as: .before, to: id, by: checker, in: tx)
      }
    }
    let isSo = step == .confirmCheck
    input.text = sentence(isSo ? .checkConfirmed : .checkDenied, scene)
    return try make(isSo ? .confirmCheck : .denyCheck, input, by: checker, scene, in: tx)
  }

  /// Whom the centre proposes where a duty grid holds the place.
  private func dutyPatroller(_ scene: TownScene, in tx: Transaction) throws -> Doer? {
    let view = try scene.desk.view(id, by: .command, in: tx)
    guard try scene.desk.dutyGrid(of: view.case, in: tx) != nil,
      let proposed = try scene.desk.checkers(for: view, in: tx).first?.person
    else { return nil }
    return scene.cast.patrollers.values.joined().first { $0.person == proposed }
  }

  // MARK: - Dispatch

  /// Sends it to whom the rules propose; or first, where fate will have it back, to somebody else.
  private mutating func dispatch(_ scene: TownScene, in tx: Transaction) throws -> Case {
    let doer = try dispatcher(scene, at: tx.now)
    if plan.level != .town { return try sendDown(by: doer, scene, in: tx) }
    let view = try scene.desk.view(id, by: doer, in: tx)
    guard let proposal = try scene.desk.proposal(for: view, in: tx) else {
      throw TownFault.nobodyAnswers(kind: view.case.kind)
    }
    var input = MoveInput()
    input.organisation = proposal.lead.code
    if fate.returns > 0, let other = scene.cast.anotherUnit(than: proposal.lead.code, &dice) {
      input.organisation = other
    } else {
      input.person = proposal.person
    }
    if dice.chance(0.25) { input.text = sentence(.dispatch, scene) }
    input.helpers = proposal.helpers.map(\.code).filter { $0 != input.organisation }
    let file = try make(.dispatch, input, by: doer, scene, in: tx)
    try meetUnits(file, scene, in: tx)
    return file
  }

  /// To the level below, which passes it on.
  private mutating func sendDown(
    by doer: Doer, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    (toPass, toRise) = (levelsBelow, levelsBelow.reversed())
    var input = MoveInput(text: sentence(.dispatch, scene))
    input.organisation = plan.level == .city ? TownUnits.district.code : TownUnits.centre.code
    return try make(.dispatch, input, by: doer, scene, in: tx)
  }

  /// What three units gave back, the officer on duty gives to whom the rules name.
  private mutating func arbitrate(_ scene: TownScene, in tx: Transaction) throws -> Case {
    let doer = try scene.cast.dutyOfficer(at: tx.now, scene.hours)
    let view = try scene.desk.view(id, by: doer, in: tx)
    guard let proposal = try scene.desk.proposal(for: view, in: tx) else {
      throw TownFault.nobodyAnswers(kind: view.case.kind)
    }
    var input = MoveInput(text: sentence(.dispatch, scene))
    input.organisation = proposal.lead.code
    input.helpers = proposal.helpers.map(\.code)
    let file = try make(.arbitrate, input, by: doer, scene, in: tx)
    try meetUnits(file, scene, in: tx)
    return file
  }

  /// Finds out who has it, once it has been sent.
  private mutating func meetUnits(_ file: Case, _ scene: TownScene, in tx: Transaction) throws {
    guard file.state == .dispatched, toPass.isEmpty, let lead = file.leadOrganisation else {
      return
    }
    let view = try scene.desk.view(id, by: .command, in: tx)
    handler = try scene.cast.member(of: lead, &dice)
    helpers = try view.assignments.filter { part in
      !part.isLead && part.state == .sent && part.endedAt == nil
    }.map { part in try scene.cast.member(of: part.organisation, &dice) }
    handlingEnds = nil
  }

  private mutating func atDispatch(
    _ step: Step, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    let doer = try scene.cast.dispatcher(at: tx.now, scene.hours)
    var input = MoveInput()
    switch step {
    case .decide:
      hasAsked = false
      fate.asksForTime = false
      let isFurther = turn == .furtherTime
      if isFurther { turn = nil }
      handlingEnds = nil
      input.text = sentence(fate.isGrantedTime ? .granting : .refusing, scene)
      return try make(
        fate.isGrantedTime ? .grantExtension : .refuseExtension, input,
        by: isFurther ? scene.cast.dutyOfficer(at: tx.now, scene.hours) : doer, scene, in: tx)
    case .suspend:
      fate.isSuspended = false
      handlingEnds = nil
      let days = plan.wait == nil ? dice.number(in: 3...14) : 25
      suspendedUntil = tx.now + Int64(days) * 86_400
      input.reason = dice.pick(kind.pauses)?.code
      input.until = suspendedUntil
      input.approver = try scene.cast.dutyOfficer(at: tx.now, scene.hours).person
      input.text = sentence(.suspension, scene)
      return try make(.suspend, input, by: doer, scene, in: tx)
    default:
      fate.isCommented = false
      input.text = sentence(.comment, scene)
      return try make(.comment, input, by: doer, scene, in: tx)
    }
  }

  // MARK: - The unit

  private mutating func atUnit(
    _ step: Step, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    var input = MoveInput()
    switch step {
    case .take: return try make(.take, by: holder(), scene, in: tx)
    case .giveBack:
      fate.returns -= 1
      input.text = sentence(kind.automaticDispatch ? .returnUnclear : .returnNotOurs, scene)
      if !toRise.isEmpty { toPass = [.town] }
      return try make(.giveBack, input, by: holder(), scene, in: tx)
    case .askForTime:
      hasAsked = true
      if turn == .furtherTime { input.limit = kind.extensions?.most?.description }
      input.text = sentence(.askForTime, scene)
      return try make(.askExtension, input, by: holder(), scene, in: tx)
    case .help:
      guard let helper = helpers.popLast() else { throw TownFault.nobody }
      input.text = sentence(.help, scene)
      return try make(.feedBack, input, by: helper, scene, in: tx)
    default: return try feedBack(scene, in: tx)
    }
  }

  private mutating func feedBack(_ scene: TownScene, in tx: Transaction) throws -> Case {
    try attach(at: .feedback, by: holder(), scene, in: tx)
    handlingEnds = nil
    let done = feedback(scene, now: tx.now)
    var input = MoveInput(text: done.text)
    if kind.findings {
      input.factFinding = sentence(.factFinding, scene)
      input.claimFinding = sentence(.claimFinding, scene)
    }
    input.fields = done.fields
    let file = try make(.feedBack, input, by: holder(), scene, in: tx)
    if !toRise.isEmpty { handler = nil }
    return file
  }

  /// The handler looks the caller up and calls; of a confidential order only the centre may.
  private mutating func contact(
    _ step: Step, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    let isConfidential = fate.isConfidential || kind.confidentialByDefault
    let doer = isConfidential ? try intake(scene, at: tx.now) : try holder()
    _ = try scene.desk.openReporter(of: id, by: doer, in: tx)
    var input = MoveInput()
    input.reached = step == .contact
    input.text = sentence(step == .contact ? .contact : .missedContact, scene)
    if step == .missContact { fate.missedCalls -= 1 }
    return try make(.contact, input, by: doer, scene, in: tx)
  }

  // MARK: - The end

  private mutating func atEnd(
    _ step: Step, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    // What people can see in the street a patroller looks at; an answer the centre reads.
    let verifier =
      plan.level != .town
      ? try dispatcher(scene, at: tx.now)
      : kind.nature == .order
        ? try scene.cast.reader(at: tx.now, scene.hours)
        : try scene.cast.patroller(in: plan.village, &dice)
    var input = MoveInput()
    switch step {
    case .verify:
      if dice.chance(0.4) { input.text = sentence(.verification, scene) }
      return try make(.verify, input, by: verifier, scene, in: tx)
    case .rework:
      fate.reworks -= 1
      input.text = sentence(.rework, scene)
      return try make(.rework, input, by: verifier, scene, in: tx)
    default:
      let dispatcher = try dispatcher(scene, at: tx.now)
      if dice.chance(0.2) { input.text = sentence(.closing, scene) }
      try attach(at: .closing, by: dispatcher, scene, in: tx)
      input.conditions = kind.closing.map(\.code)
      return try make(.close, input, by: dispatcher, scene, in: tx)
    }
  }

  /// Looks whether the house has taken a suspended case up again.
  private mutating func look(_ scene: TownScene, in tx: Transaction) throws -> Case {
    try scene.desk.view(id, by: .command, in: tx).case
  }

  // MARK: - Words and pictures

  func village(_ scene: TownScene) -> TownGeography.Village {
    scene.geography.villages[plan.village]
  }

  mutating func sentence(_ occasion: TownOccasion, _ scene: TownScene) -> String {
    scene.texts.sentence(on: occasion, using: &dice)
  }

  /// What the unit writes in the end.
  mutating func feedback(_ scene: TownScene, now: Moment) -> TownFeedback {
    guard let told else { return TownFeedback(text: "", fields: [:]) }
    return scene.texts.feedback(
      to: told, village: village(scene), on: now.local(in: scene.hours.zone).day, using: &dice)
  }

  /// The photographs and papers that stages need.
  func evidence(
    at stages: [CaseStage], _ scene: TownScene, _ dice: inout SeededGenerator
  ) -> [(blob: Blob, name: String, subject: EvidenceRule.Subject)] {
    kind.evidence.filter { stages.contains($0.stage) }.flatMap { rule in
      scene.photographs.some(rule.count, of: rule.subject, &dice).map {
        ($0.blob, $0.name, rule.subject)
      }
    }
  }

  mutating func attach(
    at stage: CaseStage, by doer: Doer, _ scene: TownScene, in tx: Transaction
  ) throws {
    for file in evidence(at: [stage], scene, &dice) {
      try scene.desk.attach(
        file.blob, named: file.name, as: file.subject, to: id, by: doer, in: tx)
    }
  }
}

/// Why the town cannot go on: a mistake in its own material.
enum TownFault: Error {
  /// Nobody is there who could do what is to be done.
  case nobody
  case nobodyAnswers(kind: String)
  case nobodyBelongs(to: ID<Organisation>)
}
