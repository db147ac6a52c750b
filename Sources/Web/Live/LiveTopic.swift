import Base
import City

/// What a page shows that others may change while it stands open.
enum LiveTopic: Sendable, Equatable {
  /// Lists of cases, as they were after an entry of the ledger.
  case cases(after: Int64)
  /// One case.
  case file(ID<Case>, after: Int64)

  /// The last entry of the ledger that the page has seen.
  var after: Int64 {
    switch self {
    case .cases(let after), .file(_, let after): after
    }
  }

  /// The one case that it is about.
  var file: ID<Case>? { if case .file(let id, _) = self { id } else { nil } }

  /// Where the page hears of changes.
  var url: SiteURL {
    .live.with([("case", file?.description), ("after", String(after))])
  }
}
