import City

/// What the queue is asked for, as it stands in the address; so a list can be kept and sent.
struct QueueQuery: Sendable, Equatable {
  /// Words or a case number.
  var text = ""
  /// What a telephone number is found by; the number itself stands in no address.
  var phone = ""
  var state = ""
  var kind = ""
  var channel = ""
  var area = ""
  var unit = ""
  /// How the unit's part stands: to be taken, in hand …
  var part = ""
  /// Days, `2026-11-21`; by the time of reporting.
  var from = ""
  var to = ""
  /// What it has come to beside its state: to be arbitrated, excluded …
  var turn = ""
  var clock = Clock.any
  var sort = Sort.due
  /// Where the page begins or ends: a cursor from another page's links.
  var page = ""

  enum Clock: String, Sendable, CaseIterable {
    case any = ""
    /// Not late, and due within an hour, four, twenty-four.
    case hour, soon, day
    case overdue
  }

  enum Sort: String, Sendable, CaseIterable {
    /// By the deadline that is next; only open cases.
    case due
    case newest
  }

  init() {}

  /// - Parameter value: the value of a parameter of the address; too long a text is cut.
  init(_ value: (String) -> String?) {
    func text(_ name: String) -> String { String((value(name) ?? "").prefix(200)) }
    (self.text, state, kind, channel) = (text("text"), text("state"), text("kind"), text("channel"))
    (area, unit, from, to) = (text("area"), text("unit"), text("from"), text("to"))
    (phone, page, turn, part) = (text("phone"), text("page"), text("turn"), text("part"))
    clock = Clock(rawValue: text("clock")) ?? .any
    sort = Sort(rawValue: text("sort")) ?? .due
  }

  var url: SiteURL { .queue.with(parameters) }

  /// All of the list as a file.
  var exportURL: SiteURL {
    var whole = self
    whole.page = ""
    return .exportCases.with(whole.parameters)
  }

  /// The narrowing parameters by name, without sort and place.
  var filters: [(name: String, value: String)] {
    [
      ("text", text), ("phone", phone), ("state", state), ("turn", turn), ("kind", kind),
      ("channel", channel),
      ("area", area),
      ("unit", unit), ("part", part), ("from", from), ("to", to), ("clock", clock.rawValue),
    ].filter { !$0.1.isEmpty }
  }

  /// The same list without one of its filters, from its first page.
  func without(_ filter: String) -> QueueQuery {
    let kept = Dictionary(uniqueKeysWithValues: filters.filter { $0.name != filter }.map { $0 })
    return QueueQuery { $0 == "sort" ? sort.rawValue : kept[$0] }
  }

  /// Whether the deadline that is next can order it: only what is open has one.
  var canBeByDue: Bool {
    text.isEmpty && phone.isEmpty && (turn.isEmpty || turn == "arbitration")
      && part != CaseFilter.Part.returned.rawValue
      && CaseState(rawValue: state).map(\.isOpen) ?? true
  }

  /// The order that the list really has.
  var order: Sort { canBeByDue ? sort : .newest }

  /// Whether the other is this list too, on whatever page.
  func isSameList(as other: QueueQuery) -> Bool {
    var (mine, theirs) = (self, other)
    (mine.page, theirs.page) = ("", "")
    (mine.sort, theirs.sort) = (order, other.order)
    return mine == theirs
  }

  private var parameters: [(String, String?)] {
    filters.map { ($0.name, $0.value) }
      + [("sort", sort == .due ? nil : sort.rawValue), ("page", page)]
  }
}
