import Base
import City
import Foundation

/// What a mediated case shows: the parties, the sessions, and what came of it.
struct MediationView: Sendable {
  var parties: [Party]
  var sessions: [Session]
  /// How it ended; empty until there is an outcome.
  var result: [CasePage.Fact]
  var isOpen: Bool
  /// Opens the names, and writes that down; nil for those who may not.
  var opening: Form?
  /// The agreement with names masked, where there is one.
  var paper: SiteURL?
  /// The same with names, which writes that down.
  var printing: Form?

  struct Party: Sendable {
    var side: CaseParty.Side
    var name: String
    var phone: String?
    var address: String?
  }

  struct Session: Sendable {
    var number: Int
    var heldAt: Moment
    var facts: [CasePage.Fact]
    var body: String
  }
}

extension MediationView: Composed {
  var parts: [String: any Shown] {
    [
      "parties": parties, "sessions": sessions, "result": result, "isOpen": isOpen,
      "opening": opening, "paper": paper, "printing": printing,
    ]
  }
}

extension MediationView.Party: Composed {
  var parts: [String: any Shown] {
    [
      "side": Phrase.key("party.side.\(side.rawValue)"), "name": name, "phone": phone,
      "address": address,
    ]
  }
}

extension MediationView.Session: Composed {
  var parts: [String: any Shown] {
    [
      "heading": Phrase.key("session.number", ["number": .count(number)]), "heldAt": heldAt,
      "facts": facts, "body": body,
    ]
  }
}

extension CasePageBuilder {
  /// Nil where the kind is not mediated.
  var mediation: MediationView? {
    guard let kept = detail.view.mediation else { return nil }
    let isOpen = openedMediation != nil
    let shown = openedMediation ?? kept.masked
    let mayOpen = detail.mayOpenMediation
    var view = MediationView(
      parties: shown.parties.map {
        .init(side: $0.side, name: $0.name, phone: $0.phone, address: $0.address)
      }, sessions: shown.sessions.enumerated().map { said($1, number: $0 + 1) },
      result: kept.result.map(said) ?? [], isOpen: isOpen)
    if !isOpen, mayOpen, !kept.parties.isEmpty { view.opening = forms.openParties() }
    if kept.hasAgreement {
      view.paper = .agreement(file.id)
      if mayOpen { view.printing = forms.printAgreement(.agreement(file.id)) }
    }
    return view
  }

  /// What the mediators' table waits for, once somebody has taken the case.
  var atTable: CaseMove? {
    guard let mediation = detail.view.mediation, file.state == .handling else { return nil }
    if mediation.parties.isEmpty { return .addParty }
    if mediation.sessions.isEmpty { return .holdSession }
    return mediation.result == nil ? .recordOutcome : nil
  }

  private func said(_ session: CaseSession, number: Int) -> MediationView.Session {
    var facts = [
      CasePage.Fact(label: .key("session.mediators"), value: .plain(session.mediators)),
      CasePage.Fact(label: .key("session.present"), value: .plain(session.present)),
    ]
    if !session.place.isEmpty {
      facts.insert(
        CasePage.Fact(label: .key("session.place"), value: .plain(session.place)), at: 0)
    }
    if let next = session.nextAt {
      facts.append(CasePage.Fact(label: .key("session.next"), value: .moment(next)))
    }
    return MediationView.Session(
      number: number, heldAt: session.heldAt, facts: facts, body: session.body)
  }

  private func said(_ result: MediationResult) -> [CasePage.Fact] {
    var facts = [
      CasePage.Fact(
        label: .key("mediation.outcome"),
        value: .key("mediation.outcome.\(result.outcome.rawValue)"))
    ]
    func add(_ label: String, _ value: Phrase?) {
      if let value { facts.append(CasePage.Fact(label: .key(label), value: value)) }
    }
    if result.outcome == .settled {
      add("mediation.agreement", .key("mediation.agreement.\(result.agreement.rawValue)"))
    }
    add("mediation.amount", result.amount.map { .yuan($0) })
    add("mediation.perform-by", result.performBy.map { .day($0) })
    add("mediation.facts", result.facts.map { .plain($0) })
    add("mediation.terms", result.terms.map { .plain($0) })
    return facts
  }
}

extension Phrase {
  /// An amount of money: `12,345.60 元`.
  static func yuan(_ amount: Decimal) -> Phrase {
    .key("amount.yuan", ["amount": .plain(amount.grouped)])
  }
}

extension Decimal {
  /// With two decimals, and marks between thousands.
  var grouped: String {
    let parts = printed(2).split(separator: ".")
    var digits = String(parts.first ?? "0")
    var mark = digits.count - 3
    while mark > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: mark))
      mark -= 3
    }
    return "\(digits).\(parts.last ?? "00")"
  }
}
