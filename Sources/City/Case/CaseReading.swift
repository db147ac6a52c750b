import Base
import Store

/// What stands in a case beside what decides over it.
public struct CaseParts: Sendable {
  public let fields: [String: FieldValue]
  public let notes: [CaseNote]
  public let attachments: [CaseAttachment]
  public let findings: [CaseFinding]
  public let reporter: Reporter?
  /// Why each clock's deadline is what it is; none for one given from outside.
  public let explanations: [ID<CaseClock>: Explanation]
}

extension CaseDesk {
  /// Seconds before a deadline from which it is near.
  public static let soon: Int64 = 4 * 3600

  /// The parts of a case that `view` has let its reader see. The reporter is complete here; whoever
  /// shows them masks them.
  public func parts(of view: CaseView, in snapshot: some Querying) throws -> CaseParts {
    let id = view.case.id
    var explanations: [ID<CaseClock>: Explanation] = [:]
    for clock in view.clocks {
      explanations[clock.id] = clockwork.explanation(of: clock, pauses: view.pauses(of: clock))
    }
    return CaseParts(
      fields: try Self.fields(of: view.case),
      notes: try CaseNoteRows.notes(id, in: snapshot),
      attachments: try CaseNoteRows.attachments(id, in: snapshot),
      findings: try CaseFindingRows.all(of: id, in: snapshot),
      reporter: try CaseNoteRows.reporter(id, in: snapshot), explanations: explanations)
  }
}
