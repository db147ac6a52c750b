import Base
import City
import Foundation

/// What a case's codes and ids mean, as things stand now: the names that its pages show.
struct Surroundings {
  let places: PlaceMap
  let parties: PartyMap
  let catalogue: Catalogue
  let now: Moment
  let zone: TimeZone

  func card(_ line: CaseLine) -> CaseCard {
    var card = CaseCard(
      url: .file(line.id), number: line.number, title: line.title, kind: kind(line.kind),
      channel: line.channel, area: area(line.area), state: line.state,
      reportedAt: line.reportedAt)
    card.id = line.id.description
    card.unit = line.leadOrganisation.flatMap { parties[$0]?.name }
    card.clock = face(line)
    if line.isUrgent { card.marks.append(.urgent) }
    if line.isConfidential { card.marks.append(.confidential) }
    return card
  }

  func kind(_ code: String) -> Phrase {
    catalogue[code].map { .named($0.name, english: $0.english) } ?? .plain(code)
  }

  func area(_ id: ID<Area>?) -> String { id.flatMap { places[$0]?.name } ?? "" }

  /// The areas from the top down to `id`.
  func lineage(_ id: ID<Area>?) -> [String] {
    guard let area = id.flatMap({ places[$0] }) else { return [] }
    return (places.ancestors(of: area) + [area]).map(\.name)
  }

  func organisation(code: String) -> String {
    parties.organisation(code: code)?.name ?? code
  }

  private func face(_ line: CaseLine) -> ClockFace? {
    if let closed = line.closedAt {
      guard line.state == .closed, let due = line.wholeDueAt else { return nil }
      return Self.stopped(closed, due: due)
    }
    if line.state == .suspended { return ClockFace(phase: .paused) }
    return line.dueAt.map(running)
  }

  func running(to deadline: Moment) -> ClockFace {
    .running(to: deadline, now: now, soon: CaseDesk.soon * 1000)
  }

  static func stopped(_ end: Moment, due: Moment) -> ClockFace {
    ClockFace(
      phase: end <= due ? .met : .missed, deadline: due, span: end <= due ? 0 : end - due)
  }

  // MARK: - Choices

  /// Area codes to choose from, each with its level shown by its place in the tree.
  var areaOptions: [Field.Option] { areaOptions(chosen: nil) }

  func areaOptions(chosen: ID<Area>?) -> [Field.Option] {
    places.areas.filter { $0.level != .unitGrid }.map { area in
      let depth = places.ancestors(of: area).count
      let indent = String(repeating: "\u{3000}", count: depth)
      return Field.Option(
        value: area.code, label: .plain(indent + area.name), isChosen: area.id == chosen)
    }
  }

  /// Organisations that may be sent a case.
  var units: [Organisation] {
    parties.organisations.filter { $0.retiredAt == nil && $0.kind != .centre }
  }

  /// Those that a case of an owner may be sent to: units, and the centres below the owner.
  func units(for owner: String) -> [Organisation] {
    parties.organisations.filter {
      $0.retiredAt == nil
        && ($0.kind != .centre || ($0.path.hasPrefix(owner) && $0.path != owner))
    }
  }

  /// All in service that may lead, each shown by its place in the tree.
  var leaderOptions: [Field.Option] {
    parties.organisations.filter { $0.retiredAt == nil }.map { organisation in
      let depth = organisation.path.count { $0 == "/" } - 1
      let indent = String(repeating: "\u{3000}", count: max(0, depth))
      return Field.Option(value: organisation.code, label: .plain(indent + organisation.name))
    }
  }

  var unitOptions: [Field.Option] {
    units.map { Field.Option(value: $0.code, label: .plain($0.name)) }
  }
}

extension Centre {
  func surroundings() async throws -> Surroundings {
    Surroundings(
      places: try await places.value(from: database),
      parties: try await parties.value(from: database), catalogue: kinds.catalogue, now: now(),
      zone: zone)
  }
}

extension Site {
  func surroundings() async throws -> Surroundings { try await centre.surroundings() }

  static let photoLimits = Field.Photos(largest: BlobStore.largest, most: 9)
}
