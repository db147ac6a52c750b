import Base
import City

/// What `GET requests` is narrowed to.
enum Open311Query {
  private static let day: Int64 = 86_400
  /// The longest span that is looked through, and the one that is looked at where none is given, in days.
  static let longestSpan: Int64 = 90
  /// Where only what changed is asked for, reports of so many days are looked at.
  private static let updatedSpan: Int64 = 366
  private static let mostCodes = 100
  private static let mostPages = 1_000

  /// - Throws: `input.invalid` that names each parameter that is wrong.
  static func filter(_ query: Query, now: Moment) throws -> PublicFilter {
    var faults: [Fault.Field] = []
    func moment(_ name: String) -> Moment? {
      guard let text = query[name] else { return nil }
      if let moment = Moment(text) { return moment }
      faults.append(.init(name, "value.instant", ["example": "2026-11-21T10:24:16Z"]))
      return nil
    }
    let (from, to) = (moment("start_date"), moment("end_date"))
    var updated = (from: moment("updated_after"), before: moment("updated_before"))
    let span = updated.from == nil && updated.before == nil ? longestSpan : updatedSpan
    let last = to ?? from.map { min($0 + span * day, now + day) } ?? now + day
    let first = from ?? last + -span * day
    if last - first > span * day * 1000 {
      faults.append(.init("end_date", "open311.span", ["days": String(span)]))
    } else if last < first {
      faults.append(.init("end_date", "open311.reversed"))
    }
    // An end belongs to what it ends.
    updated.before = updated.before.map { Moment(milliseconds: $0.milliseconds + 1) }
    var filter = PublicFilter(from: first, before: Moment(milliseconds: last.milliseconds + 1))
    (filter.updatedFrom, filter.updatedBefore) = (updated.from, updated.before)
    filter.numbers = codes("service_request_id", query, &faults)
    filter.kinds = codes("service_code", query, &faults)
    filter.isOpen = isOpen(query, &faults)
    filter.limit =
      try whole("page_size", 1...PublicFilter.longestPage, query, &faults)
      ?? PublicFilter.longestPage
    filter.offset = ((try whole("page", 1...mostPages, query, &faults) ?? 1) - 1) * filter.limit
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    return filter
  }

  private static func codes(
    _ name: String, _ query: Query, _ faults: inout [Fault.Field]
  ) -> [String] {
    let codes = (query[name] ?? "").split(separator: ",")
      .map { String($0.filter { !$0.isWhitespace }) }.filter { !$0.isEmpty }
    if codes.count > mostCodes {
      faults.append(.init(name, "value.many", ["limit": String(mostCodes)]))
    }
    return codes
  }

  private static func whole(
    _ name: String, _ bounds: ClosedRange<Int>, _ query: Query, _ faults: inout [Fault.Field]
  ) throws -> Int? {
    do {
      return try query.whole(name, bounds)
    } catch let fault as Fault {
      faults += fault.fields
      return nil
    }
  }

  private static func isOpen(_ query: Query, _ faults: inout [Fault.Field]) -> Bool? {
    let words = Set((query["status"] ?? "").split(separator: ",").map(String.init))
    if let wrong = words.subtracting(["open", "closed"]).min() {
      faults.append(.init("status", "value.choice", ["value": String(wrong.prefix(32))]))
    }
    return words.count == 1 ? words.contains("open") : nil
  }
}
