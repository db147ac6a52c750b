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
  case suspended, handled, verified, closed
  /// Closed, and the caller was asked.
  case calledBack
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
    case .void: .void
    case .filed: .filed
    case .dispatched, .contacted: .dispatched
    case .halfTaken, .handling, .supervised, .asked, .helped, .linked: .handling
    case .suspended: .suspended
    case .handled: .handled
    case .verified: .verified
    case .closed, .calledBack: .closed
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
    case .filed: Self.accepted.way + [(.file, .intake)]
    case .dispatched: Self.filed.way + [(.dispatch, .dispatcher)]
    case .contacted: Self.dispatched.way + [(.contact, .roads)]
    case .halfTaken: Self.dispatched.way + [(.take, .roads)]
    case .handling: Self.halfTaken.way + [(.take, .sanitation)]
    case .supervised: Self.handling.way + [(.supervise, .leader)]
    case .asked: Self.handling.way + [(.askExtension, .roads)]
    case .helped: Self.handling.way + [(.feedBack, .sanitation)]
    case .suspended: Self.handling.way + [(.suspend, .dispatcher)]
    case .handled: Self.helped.way + [(.feedBack, .roads)]
    case .verified: Self.handled.way + [(.verify, .dispatcher)]
    case .closed: Self.verified.way + [(.close, .dispatcher)]
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
      if move == .feedBack, who == .roads {
        try desk.attach(
          CaseTown.file(), named: "a.jpg", as: .after, to: id, by: self[who], in: tx)
      }
      let other = try other(for: move, of: id, in: tx)
      try make(move, by: who, on: id, { $0.other = other }, in: tx)
    }
    return id
  }

  func bring(
    to situation: CaseSituation, _ report: CaseReport = CaseTown.report()
  ) async throws -> ID<Case> {
    try await database.write { try bring(to: situation, report, in: $0) }
  }
}
