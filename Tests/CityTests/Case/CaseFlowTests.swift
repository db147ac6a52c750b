import Base
import Store
import TestSupport
import Testing

@testable import City

/// Every move × situation × person, against a table that was written from the rules of the domain
/// and not from the program's own.
@Suite struct CaseFlowTests {
  typealias Who = CaseTown.Who

  /// One line of the table: these people make the move in these situations, and the case then is in
  /// this state; nil where it stays.
  struct Line {
    let move: CaseMove
    let from: [CaseSituation]
    let who: [Who]
    let to: CaseState?

    init(_ move: CaseMove, _ from: [CaseSituation], _ who: [Who], _ to: CaseState? = nil) {
      self.move = move
      self.from = from
      self.who = who
      self.to = to
    }
  }

  static let intake: [Who] = [.intake, .duty]
  static let dispatchers: [Who] = [.dispatcher, .duty]
  static let lead: [Who] = [.roads, .roadsMate]
  static let open: [CaseSituation] = CaseSituation.allCases.filter {
    ![.void, .closed, .calledBack, .appealed, .merged, .transferred].contains($0)
  }
  static let sent: [CaseSituation] = [
    .dispatched, .contacted, .halfTaken, .handling, .supervised, .asked, .askedFurther, .helped,
    .arbitrated, .linked, .risen,
  ]
  static let working: [CaseSituation] = [
    .halfTaken, .handling, .supervised, .asked, .askedFurther, .arbitrated, .linked, .risen,
  ]
  static let over: [CaseSituation] = [.closed, .calledBack, .appealed]
  static let withParts: [CaseSituation] = sent + [.passed, .suspended, .handled, .verified]

  static let table: [Line] = [
    Line(.accept, [.reported], intake, .accepted),
    Line(.reject, [.reported], intake, .void),
    Line(.reject, [.accepted], intake + [.dispatcher], .void),
    Line(.askCheck, [.accepted, .checking], intake, .checking),
    Line(.confirmCheck, [.checking], [.patroller], .accepted),
    Line(.denyCheck, [.checking], [.patroller], .accepted),
    Line(.cancelCheck, [.checking], intake, .accepted),
    Line(.file, [.accepted], intake + [.dispatcher], .filed),
    Line(.dispatch, [.filed], dispatchers, .dispatched),
    Line(.askArbitration, [.filed], dispatchers),
    Line(.arbitrate, [.disputed], [.duty, .leader], .dispatched),
    Line(.take, [.dispatched, .contacted], lead + [.sanitation], .handling),
    Line(.take, [.halfTaken], [.sanitation]),
    Line(.giveBack, sent.filter { $0 != .arbitrated }, lead, .filed),
    Line(.giveBack, sent.filter { $0 != .helped }, [.sanitation]),
    Line(.take, [.passed], [.crew]),
    Line(.giveBack, [.passed], [.crew]),
    // Nobody is at it then.
    Line(.giveBack, [.passed], [.sanitation], .dispatched),
    Line(.feedBack, [.passed], [.crew, .sanitation]),
    Line(.passOn, sent.filter { $0 != .halfTaken }, [.roadsHead]),
    // Who has taken it waits again.
    Line(.passOn, [.halfTaken], [.roadsHead], .dispatched),
    Line(.passOn, [.passed], [.crewHead]),
    Line(.withdraw, sent + [.passed], dispatchers, .filed),
    Line(.withdraw, [.passed], [.roadsHead]),
    Line(.extendBelow, [.passed], [.roadsHead]),
    Line(.feedBack, working, lead),
    Line(.feedBack, [.helped], lead, .handled),
    Line(.feedBack, working, [.sanitation]),
    Line(.verify, [.handled], dispatchers + [.patroller], .verified),
    Line(.rework, [.handled], dispatchers + [.patroller], .handling),
    Line(
      .askExtension, sent.filter { $0 != .asked && $0 != .askedFurther } + [.passed], lead),
    Line(.grantExtension, [.asked], dispatchers),
    Line(.refuseExtension, [.asked], dispatchers),
    Line(.grantExtension, [.askedFurther], [.duty, .leader]),
    Line(.refuseExtension, [.askedFurther], [.duty, .leader]),
    Line(.suspend, sent + [.passed], dispatchers, .suspended),
    Line(.resume, [.suspended], dispatchers, .handling),
    Line(.contact, [.accepted, .checking, .filed, .disputed], intake),
    Line(
      .contact, sent.filter { $0 != .contacted && $0 != .helped },
      intake + lead + [.sanitation]),
    Line(.contact, [.helped], intake + lead),
    Line(.contact, [.passed], intake + [.crew, .sanitation]),
    Line(.close, [.verified], dispatchers, .closed),
    Line(.callBack, [.handled, .verified, .closed, .appealed], intake),
    Line(.reopen, over, intake, .filed),
    Line(.appeal, (withParts + over).filter { $0 != .appealed }, lead),
    Line(.grantAppeal, [.appealed], [.duty, .leader]),
    Line(.refuseAppeal, [.appealed], [.duty, .leader]),
    Line(.recordFinding, CaseSituation.allCases, [.duty, .leader]),
    Line(.supervise, open.filter { $0 != .supervised }, [.duty, .leader]),
    Line(.answer, [.supervised], lead + [.sanitation]),
    Line(.comment, open, intake + [.dispatcher, .leader, .patroller]),
    Line(.comment, withParts, lead + [.sanitation, .roadsHead]),
    Line(.comment, [.passed, .risen], [.crew, .crewHead]),
    Line(.correct, open, intake + [.dispatcher, .patroller]),
    Line(.link, open, intake + [.dispatcher]),
    Line(.unlink, [.linked], intake + [.dispatcher]),
    Line(.merge, open.filter { ![.checking, .disputed].contains($0) }, dispatchers, .merged),
    Line(.unmerge, [.merged], dispatchers, .handling),
    Line(.transfer, [.accepted, .filed], dispatchers, .transferred),
    Line(.transferBack, [.transferred], intake + [.dispatcher], .reported),
  ]

  /// Who may read a case of the first village in a situation.
  static func reads(_ who: Who, _ situation: CaseSituation) -> Bool {
    switch who {
    case .intake, .dispatcher, .duty, .leader, .patroller: true
    case .crew, .crewHead: situation == .passed || situation == .risen
    case .roads, .roadsMate, .roadsHead, .sanitation:
      // Whose part was withdrawn reads it no longer, but knows of it.
      withParts.contains(situation) || (over + [.merged]).contains(situation)
    default: false
    }
  }

  static let refusals: Set<String> = [
    "right.missing", "case.own-work", "case.passed-on", "case.fed-back", "case.not-lead",
    "case.not-asked", "case.not-passed-on", "case.not-held", "case.out-of-scope",
    "case.move-not-now", "case.not-checked", "case.not-verified",
    "case.called-back-already",
    "extension.none-open", "extension.asked-already", "supervision.open-already",
    "supervision.none-open", "case.arbitration-open", "case.arbitrated",
    "arbitration.open-already", "arbitration.none-open", "appeal.open-already",
    "appeal.decided-already", "appeal.none-open",
    "supervision.none-open", "link.none", "merge.has-merged", "mediation.no-parties",
    "mediation.lead-records", "mediation.no-outcome",
  ]

  @Test("each move is made by those, and from where, the domain says; all others change nothing")
  func everything() async throws {
    let town = try await CaseTown()
    for situation in CaseSituation.allCases {
      let id = try await town.bring(to: situation)
      for who in Who.allCases {
        for move in CaseMove.allCases {
          let line = Self.table.first {
            $0.move == move && $0.from.contains(situation) && $0.who.contains(who)
          }
          let happened = try await Self.attempt(move, by: who, on: id, town)
          let what: Comment = "\(move.rawValue) by \(who) when \(situation)"
          if let line {
            #expect(happened.fault == nil, what)
            #expect(happened.state == line.to ?? situation.state, what)
            #expect(happened.isCounted, what)
          } else if Self.reads(who, situation) {
            #expect(Self.refusals.contains(happened.fault?.code ?? "none"), what)
            #expect(!happened.hasChanged, what)
          } else {
            // Who gave no part back has never heard of it.
            #expect(happened.fault?.code == "case.missing", what)
            #expect(!happened.hasChanged, what)
          }
        }
      }
    }
  }

  @Test("what a page offers is what can be done, and nothing else")
  func offered() async throws {
    let town = try await CaseTown()
    for situation in CaseSituation.allCases {
      let id = try await town.bring(to: situation)
      let view = try await town.view(id)
      for who in Who.allCases where Self.reads(who, situation) {
        let expected = Self.table.filter {
          $0.from.contains(situation) && $0.who.contains(who)
        }.map(\.move)
        #expect(
          Set(CaseFlow.moves(on: view, by: town[who])) == Set(expected),
          "\(who) when \(situation)")
      }
    }
  }

  /// Moves that both timelines tell of.
  private static let pairs: Set<CaseMove> = [.link, .unlink, .merge, .unmerge]

  struct Outcome {
    var fault: Fault?
    var state: CaseState?
    var hasChanged = false
    /// One revision and one ledger entry more, and one about the other case where there is one.
    var isCounted = false
  }

  /// Makes a move, looks, and takes it all back.
  private static func attempt(
    _ move: CaseMove, by who: Who, on id: ID<Case>, _ town: CaseTown
  ) async throws -> Outcome {
    struct TakenBack: Error { let outcome: Outcome }
    do {
      return try await town.database.write { tx -> Outcome in
        var outcome = Outcome()
        // Nothing is attached to a case that is over.
        if move == .feedBack, (Self.lead + [.crew]).contains(who),
          try town.dump(id, in: tx).file.state.isOpen
        {
          try town.desk.attach(
            CaseTown.file(), named: "a.jpg", as: .after, to: id, by: .command, in: tx)
        }
        let other = try town.other(for: move, of: id, in: tx)
        let before = try town.dump(id, in: tx)
        do {
          try town.make(move, by: who, on: id, { $0.other = other }, in: tx)
        } catch let fault as Fault {
          outcome.fault = fault
        }
        let after = try town.dump(id, in: tx)
        outcome.state = after.file.state
        outcome.hasChanged = before != after
        outcome.isCounted =
          after.file.revision == before.file.revision + 1
          && after.ledger == before.ledger + (pairs.contains(move) ? 2 : 1)
        throw TakenBack(outcome: outcome)
      }
    } catch let taken as TakenBack {
      return taken.outcome
    }
  }
}
