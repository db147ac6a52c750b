import Base
import Foundation
import Store

/// What a map needs to be there before its rows can be taken over, made where it is missing.
struct ImportGround: Sendable {
  let map: ImportMap
  let desk: CaseDesk
  let doer: Doer

  /// The town's zone, its centre and the kinds that the map itself names.
  ///
  /// - Returns: the desk, in the zone of the town.
  func prepare() async throws -> CaseDesk {
    let making = map.making
    let zone = try await desk.database.write { tx in
      try makeCentre(in: tx)
      return try making.zone.map { try TownZone.choose($0, by: doer, in: tx) }
    }
    var kinds = making.kinds
    if making.takesShippedKinds { kinds += try shippedKinds() }
    try await install(kinds)
    return zone.map(desk.inZone) ?? desk
  }

  /// Makes the kinds and organisations that some rows need and that are not here.
  func extend(for rows: [MappedRow]) async throws {
    try await install(rows.compactMap(\.madeKind))
    var drafts: [String: OrganisationDraft] = [:]
    for row in rows {
      if let draft = row.madeOrganisation { drafts[draft.code] = draft }
    }
    guard !drafts.isEmpty else { return }
    let wanted = drafts.values.sorted { $0.code < $1.code }
    let parties = try await desk.database.read { try desk.parties.value(in: $0) }
    let missing = wanted.filter { parties.organisation(code: $0.code) == nil }
    guard !missing.isEmpty else { return }
    try await desk.database.write { tx in
      let centre = try desk.parties.value(in: tx).centre(of: nil)
      for var draft in missing {
        draft.parent = centre?.code
        try OrganisationDesk.add(draft, by: doer, in: tx)
      }
    }
  }

  /// A town that has a centre keeps it.
  private func makeCentre(in tx: Transaction) throws {
    guard let (code, name) = map.making.centre, try desk.parties.value(in: tx).centres.isEmpty
    else { return }
    try OrganisationDesk.add(
      OrganisationDraft(code: code, name: name, kind: .centre), by: doer, in: tx)
  }

  /// Of the catalogue that ships, all where no kind is in force, else those that the map names.
  private func shippedKinds() throws -> [CaseKind] {
    let shipped = try Catalogue.read(Catalogue.shippedFiles, knowing: Centre.knownNames)
    if desk.kinds.catalogue.kinds.isEmpty { return shipped.kinds }
    let rule = map.facts.kind.code
    let named = Set(rule.values.values).union([rule.fallback].compactMap { $0 })
    return shipped.kinds.filter { named.contains($0.code) }
  }

  /// Puts those kinds in force that are not, beside all that are.
  private func install(_ kinds: [CaseKind]) async throws {
    let present = desk.kinds.catalogue
    let missing = kinds.filter { present[$0.code] == nil }
    guard !missing.isEmpty else { return }
    let catalogue = try Catalogue(present.kinds + missing)
    guard catalogue.kinds.count <= Catalogue.mostKinds else {
      throw Fault(
        .tooLarge, "import.kinds-many", ["limit": String(Catalogue.mostKinds)])
    }
    try await CatalogueDesk(database: desk.database, shelf: desk.kinds)
      .install(catalogue, by: doer)
  }
}

extension CaseDesk {
  /// The same desk by another clock on the wall.
  fileprivate func inZone(_ zone: TimeZone) -> CaseDesk {
    CaseDesk(
      database: database, kinds: kinds, places: places, parties: parties,
      calendars: clockwork.calendars, phones: phones, zone: zone)
  }
}
