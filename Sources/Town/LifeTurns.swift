import Base
import City
import Store

/// The turns of a case beside its way.
extension Life {
  /// Nil where it goes straight on.
  func nextTurn(_ file: Case) -> Step? {
    guard let turn else { return nil }
    // Whoever called is called before anything else is done with it.
    if file.state == .handling, kind.contactedFirst, file.contactedAt == nil { return nil }
    return switch (turn, file.state) {
    case (.supervised, .handling): isSupervised ? .answer : .supervise
    case (.merged, .accepted), (.parted, .accepted): .merge
    case (.parted, .merged): .unmerge
    case (.linked, .accepted): .link
    case (.transferred, .accepted), (.cameBack, .accepted): .transfer
    case (.cameBack, .transferred): .transferBack
    case (.appealGranted, .closed), (.appealRefused, .closed):
      file.appeal == nil ? .appeal : file.appeal == .open ? .decideAppeal : nil
    case (.late, .closed), (.omitted, .closed), (.hidden, .closed), (.falselyReported, .closed):
      .find
    default: nil
    }
  }

  mutating func takeTurn(_ step: Step, _ scene: TownScene, in tx: Transaction) throws -> Case {
    var input = MoveInput(text: sentence(occasion(of: step), scene))
    switch step {
    case .supervise:
      isSupervised = true
      input.until = tx.now + Int64(dice.number(in: 1...3)) * 86_400
      return try make(.supervise, input, by: officer(scene, at: tx.now), scene, in: tx)
    case .answer:
      done(.supervised)
      return try make(.answer, input, by: holder(), scene, in: tx)
    case .merge: return try merge(input, scene, in: tx)
    case .unmerge:
      done(.parted)
      return try make(.unmerge, by: dispatcher(scene, at: tx.now), scene, in: tx)
    case .link: return try link(input, scene, in: tx)
    case .transfer:
      if turn == .transferred { done(.transferred) }
      let isUp = dice.chance(0.6)
      input.direction = (isUp ? TransferDirection.upper : .lower).rawValue
      input.platform = isUp ? TownUnits.district.name : "\(village(scene).name)村务平台"
      return try make(.transfer, input, by: dispatcher(scene, at: tx.now), scene, in: tx)
    case .transferBack:
      done(.cameBack)
      return try make(.transferBack, input, by: intake(scene, at: tx.now), scene, in: tx)
    case .appeal: return try make(.appeal, input, by: holder(), scene, in: tx)
    case .decideAppeal:
      let isGranted = turn == .appealGranted
      done(.appealGranted)
      done(.appealRefused)
      return try make(
        isGranted ? .grantAppeal : .refuseAppeal, input, by: officer(scene, at: tx.now), scene,
        in: tx)
    default:
      input.finding = turn?.finding
      input.organisation = TownUnits.patrol
      turn = nil
      return try make(.recordFinding, input, by: officer(scene, at: tx.now), scene, in: tx)
    }
  }

  private func occasion(of step: Step) -> TownOccasion {
    switch step {
    case .supervise: .supervision
    case .answer: .supervisionAnswer
    case .merge, .link: .sameMatter
    case .transfer: .transfer
    case .transferBack: .transferBack
    case .appeal: .appeal
    case .decideAppeal: turn == .appealGranted ? .appealGranted : .appealRefused
    default: .finding
    }
  }

  private mutating func done(_ one: PlannedTurn) { if turn == one { turn = nil } }

  /// Into an open case of the same village, as two people report one thing; where there is none it goes its
  /// own way.
  private mutating func merge(
    _ input: MoveInput, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    var input = input
    let doer = try dispatcher(scene, at: tx.now)
    let other = try neighbour(scene, in: tx) { view in
      view.case.state.isOpen && view.mergedInto == nil
    }
    let own = try scene.desk.view(id, by: .command, in: tx)
    guard let other, own.mergedHere.isEmpty, own.case.arbitrationAt == nil else {
      turn = nil
      return own.case
    }
    if turn == .merged { turn = nil }
    input.other = other.number
    return try make(.merge, input, by: doer, scene, in: tx)
  }

  private mutating func link(
    _ input: MoveInput, _ scene: TownScene, in tx: Transaction
  ) throws -> Case {
    turn = nil
    var input = input
    guard let other = try neighbour(scene, in: tx, where: { _ in true }) else {
      return try scene.desk.view(id, by: .command, in: tx).case
    }
    input.other = other.number
    input.relation = CaseRelation.repeat.rawValue
    return try make(.link, input, by: dispatcher(scene, at: tx.now), scene, in: tx)
  }

  /// The latest other case of the town: in the same village and of the same class where there is one.
  private func neighbour(
    _ scene: TownScene, in tx: Transaction, where suits: (CaseView) -> Bool
  ) throws -> Case? {
    var filter = CaseFilter()
    let all = try scene.desk.lines(filter, limit: 40, by: .command, in: tx).lines
    filter.areaPath = village(scene).area.path
    let lines = try scene.desk.lines(filter, limit: 40, by: .command, in: tx).lines
    let near = lines.filter { $0.kind.prefix(3) == kind.code.prefix(3) }
    for line in near + lines + all where line.id != id {
      let view = try scene.desk.view(line.id, by: .command, in: tx)
      let isOurs =
        view.case.organisationPath == scene.cast.path
        && !view.links.contains {
          $0.other(than: line.id) == id
        }
      if isOurs, suits(view) { return view.case }
    }
    return nil
  }
}

/// Who acts for the centre that the case belongs to.
extension Life {
  func intake(_ scene: TownScene, at now: Moment) throws -> Doer {
    try above(scene) ?? scene.cast.intake(at: now, scene.hours)
  }

  func dispatcher(_ scene: TownScene, at now: Moment) throws -> Doer {
    try above(scene) ?? scene.cast.dispatcher(at: now, scene.hours)
  }

  func officer(_ scene: TownScene, at now: Moment) throws -> Doer {
    try above(scene) ?? scene.cast.dutyOfficer(at: now, scene.hours)
  }

  /// The officer of the centre above; nil of the town's own.
  private func above(_ scene: TownScene) throws -> Doer? {
    switch plan.level {
    case .town: return nil
    case .district: return try officer(scene.cast.district)
    case .city: return try officer(scene.cast.city)
    }
  }

  private func officer(_ doer: Doer?) throws -> Doer {
    guard let doer else { throw TownFault.nobody }
    return doer
  }
}

/// A case that comes down from above: each level passes it on, and feeds back what rose to it.
extension Life {
  /// The levels below the case's own, from above.
  var levelsBelow: [PlannedLevel] {
    switch plan.level {
    case .town: []
    case .district: [.town]
    case .city: [.district, .town]
    }
  }

  /// Who acts for a level that has it.
  private func keeper(of level: PlannedLevel, _ scene: TownScene, at now: Moment) throws -> Doer {
    level == .town
      ? try scene.cast.reader(at: now, scene.hours) : try officer(scene.cast.district)
  }

  /// Down one level; the town sends it to whom the rules name.
  mutating func passOn(_ scene: TownScene, in tx: Transaction) throws -> Case {
    let level = toPass.removeFirst()
    let doer = try keeper(of: level, scene, at: tx.now)
    var input = MoveInput()
    if level == .district {
      input.organisation = TownUnits.centre.code
      return try make(.passOn, input, by: doer, scene, in: tx)
    }
    let view = try scene.desk.view(id, by: .command, in: tx)
    guard let proposal = try scene.desk.proposal(for: view, in: tx) else {
      throw TownFault.nobodyAnswers(kind: view.case.kind)
    }
    input.organisation = proposal.lead.code
    let file = try make(.passOn, input, by: doer, scene, in: tx)
    handler = try scene.cast.member(of: proposal.lead.id, &dice)
    helpers = []
    handlingEnds = nil
    return file
  }

  /// What the level below fed back goes up one level.
  mutating func rise(_ scene: TownScene, in tx: Transaction) throws -> Case {
    let level = toRise.removeFirst()
    let input = MoveInput(text: sentence(.rising, scene))
    return try make(
      .feedBack, input, by: keeper(of: level, scene, at: tx.now), scene, in: tx)
  }
}
