import Base
import Foundation
import Store

/// Taking a case in: accept, reject, file, correct.
extension CaseChange {
  mutating func accept(_ input: MoveInput) throws {
    if let text = try input.optional("text", input.text) { try note(.accept, text) }
    view.case.state = .accepted
    view.case.acceptedAt = now
    try stop(.acceptance)
    try start(.filing)
  }

  mutating func reject(_ input: MoveInput) throws {
    try note(.reject, try input.required("text", input.text))
    view.case.state = .void
    // A void case is over, though it was never closed as done.
    view.case.closedAt = now
    // Refusing is an answer too, so the acceptance was done.
    try stop(.acceptance)
    for clock in view.clocks where clock.stoppedAt == nil { try stop(clock.step, done: false) }
  }

  /// Files the case, with the facts as they were found out, and sends it on where the kind says.
  mutating func file(_ input: MoveInput) throws {
    let text = try input.optional("text", input.text)
    let old = view.case
    try correctFacts(input)
    try requireChecked(text: text)
    guard try view.case.area != nil || desk.places.value(in: tx).areas.isEmpty else {
      throw Fault.invalid("area", "area.needed")
    }
    // A caller has no photographs; who stood before it has.
    if view.case.channel.isOnSite { try requireEvidence(at: .report) }
    try keepFacts(since: old)
    if let text { try note(.file, text) }
    view.case.state = .filed
    view.case.filedAt = now
    try stop(.filing)
    try start(.dispatch)
    if view.kind.automaticDispatch, let proposal = try desk.proposal(for: view, in: tx) {
      payload = payload.with("automatic", true)
      try send(to: proposal)
    }
  }

  mutating func correct(_ input: MoveInput) throws {
    let text = try input.optional("text", input.text)
    let old = view.case
    try correctFacts(input)
    guard view.case != old else { throw Fault(.invalid, "case.nothing-corrected") }
    try keepFacts(since: old)
    if let text { try note(.correct, text) }
  }
}

extension Channel {
  /// Whether who reports by it stands before the matter.
  fileprivate var isOnSite: Bool { [.patrol, .own, .inspection].contains(self) }
}

extension CaseDesk {
  /// Limits in characters.
  public static let longestTitle = 200
  public static let longestPlace = 300

  /// Where a report lies: the smallest grid that holds the point, or the area that was named.
  ///
  /// - Throws: `point.half`, `point.range`, `point.outside`, `area.unknown`.
  func place(
    latitude: Double?, longitude: Double?, system: CoordinateSystem, area code: String?,
    in snapshot: some Querying
  ) throws -> (point: Point?, area: Area?) {
    try Self.place(
      latitude: latitude, longitude: longitude, system: system, area: code,
      on: places.value(in: snapshot))
  }

  /// The same on a map that is at hand.
  static func place(
    latitude: Double?, longitude: Double?, system: CoordinateSystem, area code: String?,
    on map: PlaceMap
  ) throws -> (point: Point?, area: Area?) {
    var named: Area?
    if let code, !code.isEmpty {
      guard let area = map.area(code: code) else {
        throw Fault.invalid("area", "area.unknown", ["area": String(code.prefix(64))])
      }
      named = area
    }
    guard let point = try Self.point(latitude: latitude, longitude: longitude) else {
      return (nil, named)
    }
    let standard = system.wgs84(point)
    let smallest = map.grids(at: standard).finest
    // An area that was named counts where the point has none, as with places outside.
    guard
      smallest != nil || named != nil || !map.areas.contains(where: { map.shape(of: $0.id) != nil })
    else {
      throw Fault.invalid(
        "latitude", "point.outside",
        ["latitude": Self.degrees(point.latitude), "longitude": Self.degrees(point.longitude)])
    }
    return (standard, smallest ?? named)
  }

  /// As much of a coordinate as people read: a metre.
  private static func degrees(_ value: Double) -> String {
    String(format: "%.5f", value)
  }

  /// Nil where neither half was given.
  private static func point(latitude: Double?, longitude: Double?) throws -> Point? {
    guard latitude != nil || longitude != nil else { return nil }
    guard let latitude else { throw Fault.invalid("latitude", "point.half") }
    guard let longitude else { throw Fault.invalid("longitude", "point.half") }
    guard (-90...90).contains(latitude) else { throw Fault.invalid("latitude", "point.range") }
    guard (-180...180).contains(longitude) else { throw Fault.invalid("longitude", "point.range") }
    return Point(latitude: latitude, longitude: longitude)
  }

  static func textDigest(of file: Case) -> String {
    CaseChange.digest(
      of: [file.title, file.description, file.place].joined(separator: "\u{0}"), salt: file.salt)
  }
}
