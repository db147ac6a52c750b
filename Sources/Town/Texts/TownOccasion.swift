/// When somebody writes a sentence with a move, whatever the kind of the case.
public enum TownOccasion: String, Sendable, CaseIterable {
  /// Why a report is not taken up.
  case rejection
  /// What the patroller found who looked before filing: it is so, or it is not.
  case checkConfirmed, checkDenied
  /// A word to the unit with the dispatch.
  case dispatch
  /// Why a unit gives a case back: not its business, or nobody can tell what is meant.
  case returnNotOurs, returnUnclear
  case askForTime, granting, refusing
  case suspension, resumption
  case contact, missedContact
  /// What a helping unit did.
  case help
  /// Whether the facts are as reported.
  case factFinding
  /// Whether the claim is to be met.
  case claimFinding
  /// A patroller's word on what they handled themselves.
  case onTheSpot
  case verification, rework
  case closing
  /// What the caller said when called back.
  case satisfied, dissatisfied
  case reopening
  case comment
  /// A session of mediators: they will meet again, or that was all.
  case sessionAdjourned, sessionEnded
  /// What a leader asks and a unit answers; that two reports are of one matter.
  case supervision, supervisionAnswer, sameMatter
  case transfer, transferBack
  case appeal, appealGranted, appealRefused
  /// What was found about how it was reported.
  case finding
  /// A level passes on what the one below fed back.
  case rising

  /// One sentence in each line.
  var sentences: String {
    switch self {
    case .rejection, .checkConfirmed, .checkDenied, .dispatch: ofIntake
    case .returnNotOurs, .returnUnclear, .askForTime, .granting, .refusing: ofHandling
    case .suspension, .resumption, .help: ofHandling
    case .contact, .missedContact, .factFinding, .claimFinding: ofCallers
    case .satisfied, .dissatisfied, .reopening: ofCallers
    case .sessionAdjourned, .sessionEnded: ofTable
    case .supervision, .supervisionAnswer, .sameMatter, .transfer, .transferBack: ofTurns
    case .appeal, .appealGranted, .appealRefused, .finding, .rising: ofTurns
    case .onTheSpot, .verification, .rework, .closing, .comment: ofEnds
    }
  }
}
