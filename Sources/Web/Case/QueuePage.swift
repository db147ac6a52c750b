import Base
import City

/// The list of cases: filters in the address, a dense table, pages by key.
struct QueuePage: Page {
  static let template = "queue"

  var query: QueueQuery
  var choices: Choices
  var rows: [CaseCard]
  /// How many there are in all; nil where counting would take too long.
  var total: Int?
  /// The pages before and after this one.
  var previous: SiteURL?
  var next: SiteURL?
  /// Lists that are often wanted, above the filters.
  var views: [View] = []

  /// What the filters offer, within the reader's scope.
  struct Choices: Sendable {
    var states: [CaseState]
    var kinds: [Field.Group]
    var channels: [Channel]
    var areas: [Field.Option]
    var units: [Field.Option]
  }

  struct View: Sendable {
    /// `queue.view.<code>`.
    var code: String
    var query: QueueQuery
    var count: Int?
  }

  var title: Phrase { .key("queue.title") }
  var section: Section? { .cases }
}

extension QueuePage {
  var parts: [String: any Shown] {
    let filters = FilterFields(query: query, choices: choices)
    return [
      "rows": rows, "count": total.map { Phrase.count($0) },
      "previous": previous, "next": next, "hasPages": previous != nil || next != nil,
      "search": query.text, "sort": query.sort.rawValue,
      "isFiltered": !query.filters.isEmpty, "all": SiteURL.queue,
      "main": filters.main.map { FieldView(field: $0, formID: "filter") },
      "more": filters.more.map { FieldView(field: $0, formID: "filter") },
      "moreIsOpen": filters.moreIsUsed,
      "chips": filters.chips, "views": views.map(viewed),
    ]
  }

  private func viewed(_ view: View) -> [String: any Shown] {
    [
      "label": Phrase.key("queue.view.\(view.code)"), "url": view.query.url,
      "tally": view.count.map { Phrase.count($0) }, "isDanger": view.query.clock == .overdue,
      "isCurrent": view.query == query,
    ]
  }
}
