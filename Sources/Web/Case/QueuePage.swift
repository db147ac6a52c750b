import Base
import City

/// The list of cases: filters in the address, a dense table, pages by key.
struct QueuePage: Page {
  static let template = "queue"
  /// Beyond this, counting would cost more than the page.
  static let mostCounted = 500

  var query: QueueQuery
  var choices: Choices
  var rows: [CaseCard]
  /// How many there are in all, counted no further than `mostCounted`.
  var total: Int?
  /// Whether there are more than were counted.
  var hasUncounted = false
  /// The pages before and after this one.
  var previous: SiteURL?
  var next: SiteURL?
  /// Lists that are often wanted, above the filters.
  var views: [View] = []
  var live: LiveTopic?
  /// The moves that the reader may make on many.
  var acts: [CaseMove] = []

  /// What is wrong with the filters.
  var wrong: Fault?
  /// Something to be told above the list.
  var notice: Phrase?

  /// What the filters offer, within the reader's scope.
  struct Choices: Sendable {
    var states: [CaseState]
    var kinds: [Field.Group]
    var channels: [Channel]
    var areas: [Field.Option]
    var units: [Field.Option]
    /// What kinds are found by.
    var kindWords: SiteURL?
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
      "rows": rows, "count": total.map { Phrase.count($0) }, "hasUncounted": hasUncounted,
      "previous": previous, "next": next, "hasPages": previous != nil || next != nil,
      "search": query.text, "phone": query.phone.isEmpty ? nil : query.phone,
      "find": SiteURL.searchCases, "sort": query.sort.rawValue,
      "isFiltered": !query.filters.isEmpty, "all": SiteURL.queue,
      "main": filters.main.marked(wrong).map { FieldView(field: $0, formID: "filter") },
      "more": filters.more.marked(wrong).map { FieldView(field: $0, formID: "filter") },
      "errors": wrong.map {
        ErrorSummary($0, with: filters.main + filters.more, of: "filter")
      },
      "isWrong": wrong != nil, "notice": notice, "moreIsOpen": filters.moreIsUsed,
      "export": rows.isEmpty
        ? nil : ExportLinks(url: query.exportURL, watch: SiteURL.exportProgress),
      "batch": rows.isEmpty ? nil : batch, "selects": true,
      "chips": filters.chips, "views": views.map(viewed), "sorts": sorts,
    ]
  }

  /// What is done with a selection. Of a list that goes on over pages all of it may be taken, while it
  /// is not too long.
  private var batch: [String: any Shown] {
    let isWhole = total.map { $0 > rows.count && !hasUncounted } ?? false
    return [
      "kept": query.filters.each { ["name": $0.name, "value": $0.value] },
      "whole": isWhole
        ? Phrase.key("batch.whole", ["count": .count(total ?? 0)]) : nil,
      "acts": acts.each {
        ["code": $0.rawValue, "label": Phrase.key("batch.act.\($0.rawValue)")]
      },
    ]
  }

  /// The heads of the columns that the list can be ordered by. What is searched, and what is over,
  /// has one order only.
  private var sorts: [String: any Shown] {
    func head(_ sort: QueueQuery.Sort) -> [String: any Shown]? {
      guard sort == .newest || query.canBeByDue else { return nil }
      var other = query
      other.sort = sort
      other.page = ""
      return ["url": other.url, "isCurrent": query.order == sort]
    }
    return ["due": head(.due), "newest": head(.newest)]
  }

  private func viewed(_ view: View) -> [String: any Shown] {
    [
      "label": Phrase.key("queue.view.\(view.code)"), "url": view.query.url,
      "tally": view.count.map { Phrase.count($0) }, "isDanger": view.query.clock == .overdue,
      "isCurrent": view.query.isSameList(as: query),
    ]
  }
}
