import Base
import City
import Foundation
import Hummingbird

/// How a list is narrowed by its next deadline.
enum DueTime: String, CaseIterable {
  case overdue, soon
}

/// The same of cases: late, or not late and due within an hour, four, twenty-four.
enum CaseDueTime: String, CaseIterable {
  case overdue, hour, soon, day
}

/// The query of an address: an empty parameter is an absent one; a wrong one is named.
struct Query {
  private let parameters: [String: String]
  /// The names that stand there more than once.
  private let repeated: [String]

  /// Characters of a text that is looked for.
  private static let longestText = 500

  /// Read as browsers write the query of a form, where a blank is `+`. What is no UTF-8 is passed
  /// over.
  init(_ request: Request) {
    var parameters: [String: String] = [:]
    var repeated: [String] = []
    for pair in (request.uri.query ?? "").split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, let name = Self.decoded(halves[0]),
        let value = Self.decoded(halves[1]), !value.isEmpty
      else { continue }
      if parameters.updateValue(value, forKey: name) != nil { repeated.append(name) }
    }
    self.parameters = parameters
    self.repeated = repeated
  }

  /// Of values that come from elsewhere than an address.
  init(_ values: [String: String]) {
    parameters = values.filter { !$0.value.isEmpty }
    repeated = []
  }

  private static func decoded(_ text: Substring) -> String? {
    String(text.replacing("+", with: " ")).removingPercentEncoding
  }

  subscript(name: String) -> String? { parameters[name] }

  func whole(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Fault.invalid(
        name, "value.range",
        ["minimum": String(range.lowerBound), "maximum": String(range.upperBound)])
    }
    return number
  }

  func day(_ name: String) throws -> Day? {
    guard let text = self[name] else { return nil }
    guard let day = Day(written: text) else {
      throw Fault.invalid(name, "value.day", ["value": String(text.prefix(32))])
    }
    return day
  }

  /// Cases by their ids, between commas; nil where none are named.
  func cases() throws -> [ID<Case>]? {
    guard let text = self["ids"] else { return nil }
    let ids = text.split(separator: ",", maxSplits: 200).map { ID<Case>(String($0)) }
    let known = ids.compactMap { $0 }
    guard ids.count <= 200, known.count == ids.count else {
      throw Fault.invalid("ids", "case.ids")
    }
    return known
  }

  func cursor() throws -> CaseCursor? {
    guard let text = self["cursor"] else { return nil }
    guard let cursor = CaseCursor(text) else { throw Fault.invalid("cursor", "cursor.unreadable") }
    return cursor
  }

  /// `state` may name several, between commas.
  func filter(_ centre: Centre) async throws -> CaseFilter {
    try requireOnce()
    var filter = CaseFilter()
    filter.states = try (self["state"]?.split(separator: ",") ?? []).map {
      try CaseAPI.choice("state", String($0), as: CaseState.self)
    }
    filter.ids = try cases()
    filter.kind = try await kind(centre)
    filter.channel = try self["channel"].map {
      try CaseAPI.choice("channel", $0, as: Channel.self)
    }
    filter.turn = try self["turn"].map {
      try CaseAPI.choice("turn", $0, as: CaseFilter.Turn.self)
    }
    filter.areaPath = try await areaPath(centre)
    filter.organisation = try await organisation(centre)
    filter.reportedFrom = try day("from")?.start(in: centre.zone)
    filter.reportedBefore = try day("to").map { ($0 + 1).start(in: centre.zone) }
    try filter.requireForwards()
    switch try self["clock"].map({ try CaseAPI.choice("clock", $0, as: CaseDueTime.self) }) {
    case .overdue: filter.overdueAt = centre.now()
    case .hour: filter.setDue(within: CaseDesk.hour, of: centre.now())
    case .soon: filter.setDue(within: CaseDesk.soon, of: centre.now())
    case .day: filter.setDue(within: CaseLoad.day, of: centre.now())
    case nil: break
    }
    filter.part = try self["part"].map {
      try CaseAPI.choice("part", $0, as: CaseFilter.Part.self)
    }
    filter.returnedFrom = centre.cases.weekStart(at: centre.now())
    filter.text = try searched("text")
    if let text = filter.text, centre.cases.phone(searched: text) != nil {
      throw Fault.invalid("text", "phone.in-address")
    }
    filter.phone = try self["phone"].map { text in
      guard let phone = PhoneDigest.Value(text) else {
        throw Fault.invalid("phone", "phone.digest")
      }
      return phone
    }
    filter.order =
      try self["sort"].map {
        try CaseAPI.choice("sort", $0, as: CaseFilter.Order.self)
      } ?? .newest
    return filter
  }

  /// The period is given by its first and its last day.
  func figureScope(_ centre: Centre) async throws -> FigureScope {
    try requireOnce()
    guard let from = try day("from") else { throw Fault.invalid("from", "value.missing") }
    guard let to = try day("to") else { throw Fault.invalid("to", "value.missing") }
    var scope = FigureScope(
      from: from.start(in: centre.zone), before: (to + 1).start(in: centre.zone))
    scope.due =
      try self["due"].map { try CaseAPI.choice("due", $0, as: DueReading.self) } ?? .deadline
    scope.areaPath = try await areaPath(centre)
    scope.organisation = try await organisation(centre)
    scope.person = try self["person"].map { text in
      guard let person = ID<Person>(text) else {
        throw Fault.invalid("person", "person.unknown", ["person": String(text.prefix(64))])
      }
      return person
    }
    if let person = scope.person,
      try await centre.database.read({ try PersonDesk.myself(person, in: $0) }) == nil
    {
      throw Fault.invalid("person", "person.unknown", ["person": person.description])
    }
    scope.kind = try await kind(centre)
    scope.channel = try self["channel"].map {
      try CaseAPI.choice("channel", $0, as: Channel.self)
    }
    return scope
  }

  /// Of two values of one name none is the one that was meant.
  func requireOnce() throws {
    guard let name = repeated.first else { return }
    throw Fault.invalid(String(name.prefix(64)), "value.repeated")
  }

  /// - Throws: `value.long`.
  func searched(_ name: String) throws -> String? {
    guard let text = self[name] else { return nil }
    let length = text.unicodeScalars.count
    guard length <= Self.longestText else {
      throw Fault.invalid(
        name, "value.long", ["limit": String(Self.longestText), "length": String(length)])
    }
    return text
  }

  /// The code of a kind: one in force, or one that cases of earlier days have.
  private func kind(_ centre: Centre) async throws -> String? {
    guard let code = self["kind"] else { return nil }
    try await centre.requireKind(code)
    return code
  }

  private func areaPath(_ centre: Centre) async throws -> String? {
    guard let code = self["area"] else { return nil }
    guard let area = try await centre.places.value(from: centre.database).area(code: code) else {
      throw Fault.invalid("area", "area.unknown", ["area": String(code.prefix(64))])
    }
    return area.path
  }

  private func organisation(_ centre: Centre) async throws -> ID<Organisation>? {
    guard let code = self["organisation"] ?? self["unit"] else { return nil }
    guard
      let found = try await centre.parties.value(from: centre.database)
        .organisation(code: code)
    else {
      throw Fault.invalid(
        "organisation", "organisation.unknown", ["organisation": String(code.prefix(64))])
    }
    return found.id
  }
}
