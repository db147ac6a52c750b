import Base
import Store

@testable import City

/// Where a case of `T0001` may stand: its state, and what else decides over its moves. The lead is
/// the unit of roads, sanitation helps.
enum CaseSituation: String, CaseIterable, Sendable {
  case reported, accepted, void, filed, dispatched
  /// Dispatched, and the caller was reached.
  case contacted
  /// Only the lead has taken it.
  case halfTaken
  case handling
  /// Handling, and the leader wants an answer.
  case supervised
  /// Handling, and the lead asked for more time.
  case asked
  /// Handling, and the helper has fed back.
  case helped
  /// Handling, and the lead has passed its part on to its crew.
  case passed
  /// The crew has fed back, so that the lead's part is its own again.
  case risen
  case suspended, handled, verified, closed
  /// Closed, and the caller was asked.
  case calledBack

  var state: CaseState {
    switch self {
    case .reported: .reported
    case .accepted: .accepted
    case .void: .void
    case .filed: .filed
    case .dispatched, .contacted: .dispatched
    case .halfTaken, .handling, .supervised, .asked, .helped, .passed, .risen: .handling
    case .suspended: .suspended
    case .handled: .handled
    case .verified: .verified
    case .closed, .calledBack: .closed
    }
  }

  /// What was done on the way.
  var way: [(CaseMove, CaseTown.Who)] {
    switch self {
    case .reported: []
    case .void: [(.reject, .intake)]
    case .accepted: [(.accept, .intake)]
    case .filed: Self.accepted.way + [(.file, .intake)]
    case .dispatched: Self.filed.way + [(.dispatch, .dispatcher)]
    case .contacted: Self.dispatched.way + [(.contact, .roads)]
    case .halfTaken: Self.dispatched.way + [(.take, .roads)]
    case .handling: Self.halfTaken.way + [(.take, .sanitation)]
    case .supervised: Self.handling.way + [(.supervise, .leader)]
    case .asked: Self.handling.way + [(.askExtension, .roads)]
    case .helped: Self.handling.way + [(.feedBack, .sanitation)]
    case .passed: Self.handling.way + [(.passOn, .roadsHead)]
    case .risen: Self.passed.way + [(.take, .crew), (.feedBack, .crew)]
    case .suspended: Self.handling.way + [(.suspend, .dispatcher)]
    case .handled: Self.helped.way + [(.feedBack, .roads)]
    case .verified: Self.handled.way + [(.verify, .dispatcher)]
    case .closed: Self.verified.way + [(.close, .dispatcher)]
    case .calledBack: Self.closed.way + [(.callBack, .intake)]
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
      try make(move, by: who, on: id, in: tx)
    }
    return id
  }

  func bring(
    to situation: CaseSituation, _ report: CaseReport = CaseTown.report()
  ) async throws -> ID<Case> {
    try await database.write { try bring(to: situation, report, in: $0) }
  }
}
