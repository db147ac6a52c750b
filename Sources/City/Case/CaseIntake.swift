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
    try correctFacts(input)
    guard try view.case.area != nil || desk.places.value(in: tx).areas.isEmpty else {
      throw Fault.invalid("area", "area.needed")
    }
    if let text = try input.optional("text", input.text) { try note(.file, text) }
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
    guard try correctFacts(input) else { throw Fault.invalid("title", "value.missing") }
    if let text = try input.optional("text", input.text) { try note(.correct, text) }
  }

  /// Takes over the facts that were given; true when there were any.
  @discardableResult
  mutating func correctFacts(_ input: MoveInput) throws -> Bool {
    let old = view.case
    var faults: [Fault.Field] = []
    if let kind = input.kind, kind != old.kind {
      try TextCheck.collect(&faults) { try changeKind(to: kind) }
    }
    try TextCheck.collect(&faults) {
      if let title = input.title {
        guard let text = try TextCheck.text("title", title, atMost: CaseDesk.longestTitle) else {
          throw Fault.invalid("title", "value.missing")
        }
        view.case.title = text
      }
    }
    try TextCheck.collect(&faults) {
      if let description = input.description {
        view.case.description =
          try TextCheck.text("description", description, atMost: MoveInput.longestText) ?? ""
      }
    }
    try TextCheck.collect(&faults) { try movePlace(input) }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    guard view.case != old else { return false }
    try CaseNoteRows.index(view.case, replacing: old, in: tx)
    payload = payload.with("kind", view.case.kind).with("area", view.case.area)
      .with("textDigest", CaseDesk.textDigest(of: view.case))
    return true
  }

  private mutating func changeKind(to code: String) throws {
    guard let (version, kind) = desk.kinds.current(code) else {
      throw Fault.invalid("kind", "kind.unknown", ["kind": code])
    }
    guard kind.allows(view.case.channel) else {
      throw Fault.invalid("kind", "kind.channel", ["channel": view.case.channel.rawValue])
    }
    view.case.kind = kind.code
    view.case.kindVersion = version
    view.kind = kind
  }

  private mutating func movePlace(_ input: MoveInput) throws {
    if let place = input.place {
      view.case.place = try TextCheck.text("place", place, atMost: CaseDesk.longestPlace) ?? ""
    }
    guard input.area != nil || input.latitude != nil || input.longitude != nil else { return }
    let found = try desk.place(
      latitude: input.latitude, longitude: input.longitude, system: .wgs84, area: input.area,
      in: tx)
    view.case.latitude = found.point?.latitude
    view.case.longitude = found.point?.longitude
    view.case.area = found.area?.id
    view.case.areaPath = found.area?.path ?? ""
  }
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
    guard latitude != nil || longitude != nil else { return (nil, named) }
    guard let latitude, let longitude else { throw Fault.invalid("latitude", "point.half") }
    guard (-90...90).contains(latitude), (-180...180).contains(longitude) else {
      throw Fault.invalid("latitude", "point.range")
    }
    let point = system.wgs84(Point(latitude: latitude, longitude: longitude))
    let smallest = map.grids(at: point).finest
    // An area that was named counts where the point has none, as with places outside.
    guard
      smallest != nil || named != nil || !map.areas.contains(where: { map.shape(of: $0.id) != nil })
    else {
      throw Fault.invalid("latitude", "point.outside")
    }
    return (point, smallest ?? named)
  }

  static func textDigest(of file: Case) -> String {
    CaseChange.digest(
      of: [file.title, file.description, file.place].joined(separator: "\u{0}"), salt: file.salt)
  }
}
