import Base
import Store

extension Centre {
  /// Takes over what others have changed of what is kept in memory: the kinds in force, and who a
  /// token belongs to and what they may do.
  ///
  /// Areas and organisations need no news: their edition is looked at with every reading. So are the
  /// findings of projects' forms, which are kept by their revisions.
  public func hear(_ news: [LedgerNews]) async throws {
    for entry in news { identity.hear(entry) }
    if news.contains(where: { $0.subjectKind == SubjectKind.catalogue.rawValue }) {
      try await kinds.refreshIfChanged(in: database)
    }
  }
}

extension Identity {
  fileprivate func hear(_ entry: LedgerNews) {
    switch SubjectKind(rawValue: entry.subjectKind) {
    // Who stands in for somebody is known of the others.
    case .person where entry.verb.hasPrefix("person.absence"): known.forgetAll()
    case .person: known.forget(ID(entry.subjectID))
    // Whose token it is, or how many stand in an organisation, costs more to find out than to forget.
    case .token, .organisation: known.forgetAll()
    default: break
    }
  }
}
