import Base
import Store

@testable import City

/// Where a case of `T0001` may stand: its state, and what else decides over its moves. The lead is
/// the unit of roads, sanitation helps.
enum CaseSituation: String, CaseIterable, Sendable {
  case reported, accepted
  /// Accepted, and a patroller was asked to look.
  case checking
  case void, filed
  /// Filed, and the dispatcher asked for an arbitrator.
  case disputed
  case dispatched
  /// Dispatched, and the caller was reached.
  case contacted
  /// Only the lead has taken it.
  case halfTaken
  case handling
  /// Handling, and the leader wants an answer.
  case supervised
  /// Handling, and the lead asked for more time.
  case asked
  /// Handling, and the lead asked for more than a dispatcher grants.
  case askedFurther
  /// Handling, and the helper has fed back.
  case helped
  /// Handling, and the lead has passed its part on to its crew.
  case passed
  /// The crew has fed back, so that the lead's part is its own again.
  case risen
  case suspended, handled, verified, closed
  /// Closed, and the caller was asked.
  case calledBack
  /// Handling, decided by an arbitrator.
  case arbitrated
  /// Closed, and the lead does not want to be scored by it.
  case appealed
  /// Handling, and linked with another case.
  case linked
  /// Handling, and then merged into another case.
  case merged
  /// Filed, and then transferred up.
  case transferred

  var state: CaseState {
    switch self {
    case .reported: .reported
    case .accepted: .accepted
    case .checking: .checking
    case .void: .void
    case .filed, .disputed: .filed
    case .dispatched, .contacted: .dispatched
    case .halfTaken, .handling, .supervised, .asked, .askedFurther, .helped, .passed, .risen,
      .arbitrated, .linked:
      .handling
    case .suspended: .suspended
    case .handled: .handled
    case .verified: .verified
    case .closed, .calledBack, .appealed: .closed
    case .merged: .merged
    case .transferred: .transferred
    }
  }

  /// What was done on the way.
  var way: [(CaseMove, CaseTown.Who)] {
    switch self {
    case .reported: []
    case .void: [(.reject, .intake)]
    case .accepted: [(.accept, .intake)]
    case .checking: Self.accepted.way + [(.askCheck, .intake)]
    case .filed: Self.accepted.way + [(.file, .intake)]
    case .dispatched: Self.filed.way + [(.dispatch, .dispatcher)]
    case .contacted: Self.dispatched.way + [(.contact, .roads)]
    case .halfTaken: Self.dispatched.way + [(.take, .roads)]
    case .handling: Self.halfTaken.way + [(.take, .sanitation)]
    case .supervised: Self.handling.way + [(.supervise, .leader)]
    case .asked: Self.handling.way + [(.askExtension, .roads)]
    case .askedFurther: Self.handling.way + [(.askExtension, .roads)]
    case .helped: Self.handling.way + [(.feedBack, .sanitation)]
    case .passed: Self.handling.way + [(.passOn, .roadsHead)]
    case .risen: Self.passed.way + [(.take, .crew), (.feedBack, .crew)]
    case .suspended: Self.handling.way + [(.suspend, .dispatcher)]
    case .handled: Self.helped.way + [(.feedBack, .roads)]
    case .verified: Self.handled.way + [(.verify, .dispatcher)]
    case .closed: Self.verified.way + [(.close, .dispatcher)]
    case .disputed: Self.filed.way + [(.askArbitration, .dispatcher)]
    case .arbitrated:
      Self.disputed.way + [(.arbitrate, .duty), (.take, .roads), (.take, .sanitation)]
    case .appealed: Self.closed.way + [(.appeal, .roads)]
    case .calledBack: Self.closed.way + [(.callBack, .intake)]
    case .linked: Self.handling.way + [(.link, .dispatcher)]
    case .merged: Self.handling.way + [(.merge, .dispatcher)]
    case .transferred: Self.filed.way + [(.transfer, .dispatcher)]
    }
  }
}

extension CaseTown {
  /// A case in a situation.
  func bring(
    to situation: CaseSituation, _ report: CaseReport = CaseTown.report(), in tx: Transaction
  ) throws -> ID<Case> {
    let id = try desk.report(report, by: self[.intake], in: tx).id
    for (move, who) in situation.way {
      if move == .feedBack, who == .roads || who == .crew {
        try desk.attach(
          CaseTown.file(), named: "a.jpg", as: .after, to: id, by: self[who], in: tx)
      }
      let other = try other(for: move, of: id, in: tx)
      if move == .feedBack, who != .sanitation, report.kind == CaseTown.mediated.code,
        try desk.load(id, in: tx)?.mediation?.result == nil
      {
        try make(.recordOutcome, by: who, on: id, in: tx)
      }
      try make(
        move, by: who, on: id,
        {
          $0.other = other
          if situation == .askedFurther, move == .askExtension { $0.limit = "9 working-days" }
        }, in: tx)
    }
    return id
  }

  func bring(
    to situation: CaseSituation, _ report: CaseReport = CaseTown.report()
  ) async throws -> ID<Case> {
    try await database.write { try bring(to: situation, report, in: $0) }
  }
}
