import Base
import City

/// The parties, sessions and outcome of a mediation.
struct MediationOut: Encodable {
  let parties: [PartyOut]
  let sessions: [SessionOut]
  let result: ResultOut?

  init(_ mediation: Mediation) {
    parties = mediation.parties.map(PartyOut.init)
    sessions = mediation.sessions.map(SessionOut.init)
    result = mediation.result.map(ResultOut.init)
  }

  struct PartyOut: Encodable {
    let id: String
    let side: String
    let name: String
    let phone: String?
    let address: String?

    init(_ party: CaseParty) {
      id = party.id.description
      side = party.side.rawValue
      name = party.name
      phone = party.phone
      address = party.address
    }
  }

  struct SessionOut: Encodable {
    let id: String
    let heldAt: Moment
    let place: String
    let mediators: String
    let present: String
    let text: String
    let next: Moment?

    init(_ session: CaseSession) {
      id = session.id.description
      heldAt = session.heldAt
      place = session.place
      mediators = session.mediators
      present = session.present
      text = session.body
      next = session.nextAt
    }
  }

  struct ResultOut: Encodable {
    let outcome: String
    let agreement: String
    /// Yuan as text, so that no reader makes a binary fraction of it.
    let amount: String?
    let performBy: Day?
    let facts: String?
    let terms: String?
    let recordedAt: Moment

    init(_ result: MediationResult) {
      outcome = result.outcome.rawValue
      agreement = result.agreement.rawValue
      amount = result.amount.map { $0.printed(2) }
      performBy = result.performBy
      facts = result.facts
      terms = result.terms
      recordedAt = result.recordedAt
    }
  }
}
