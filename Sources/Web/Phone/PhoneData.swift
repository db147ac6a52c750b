import Base
import City
import Foundation

/// What a phone takes along, in the reader's words.
struct PhoneData: Encodable {
  let kinds: [PhoneKind]
  /// Codes of the kinds that are offered first.
  let recent: [String]
  let nearby: [String]
  let areas: [PhoneArea]
  /// What waits on the spot.
  let tasks: [PhoneTask]

  init(
    _ work: PatrolWork, of doer: Doer, around: Surroundings, duties: DutyMap, in wording: Wording
  ) {
    let kinds = around.catalogue.kinds.filter { kind in
      Channel.ofPhones.contains { kind.allows($0) } && !kind.mediated
    }
    self.kinds = kinds.map { PhoneKind($0, in: wording) }
    let known = Set(kinds.map(\.code))
    recent = work.recent.filter(known.contains)
    nearby = work.nearby.filter { known.contains($0) && !work.recent.contains($0) }
    let grids = work.grids.map { grid in
      PhoneArea(
        code: grid.code, name: grid.name, boundary: duties.shape(of: grid.id).map(Self.rings))
    }
    // Where somebody has grids of their own, these are what they walk.
    areas =
      grids.isEmpty
      ? around.areas(of: doer).filter { $0.level == .villageGrid }.prefix(60).map { area in
        PhoneArea(
          code: area.code, name: area.name,
          boundary: around.places.shape(of: area.id).map(Self.rings))
      } : grids
    tasks = work.waiting.flatMap { waiting in
      waiting.lines.map { PhoneTask($0, act: waiting.act, around, in: wording) }
    }
  }

  /// Longitude and latitude of the outer rings; holes say nothing to who walks.
  private static func rings(_ shape: MultiPolygon) -> [[[Double]]] {
    shape.polygons.map { $0.outer.map { [$0.longitude, $0.latitude] } }
  }
}

/// A kind, and what it asks.
struct PhoneKind: Encodable {
  let code: String
  let name: String
  /// By which ways it may come.
  let channels: [String]
  let onTheSpot: Bool
  let fields: [PhoneField]
  /// How many photographs it is filed with, and handled with.
  let before: Int
  let after: Int

  init(_ kind: CaseKind, in wording: Wording) {
    code = kind.code
    name = wording.text(.named(kind.name, english: kind.english))
    channels = Channel.ofPhones.filter(kind.allows).map(\.rawValue)
    onTheSpot = kind.onTheSpot
    fields = kind.fields.map { PhoneField($0, in: wording) }
    func needed(_ subject: EvidenceRule.Subject) -> Int {
      kind.evidence.filter { $0.subject == subject }.map(\.count).max() ?? 0
    }
    before = needed(.before)
    after = needed(.after)
  }
}

struct PhoneField: Encodable {
  let code: String
  let name: String
  let type: String
  let stage: String
  let required: Bool
  let longest: Int?
  let choices: [Choice]?

  struct Choice: Encodable {
    let code: String
    let name: String
  }

  init(_ field: CaseField, in wording: Wording) {
    code = field.code
    let label = Phrase.named(field.name, english: field.english)
    name = wording.text(
      field.unit.isEmpty
        ? label : .key("field.with-unit", ["name": label, "unit": .plain(field.unit)]))
    type = field.content.rawValue
    stage = field.stage.rawValue
    required = field.required
    longest = field.content == .text ? field.longest : nil
    choices =
      field.choices.isEmpty
      ? nil
      : field.choices.map {
        Choice(code: $0.code, name: wording.text(.named($0.name, english: $0.english)))
      }
  }
}

struct PhoneArea: Encodable {
  let code: String
  let name: String
  /// Rings of longitude and latitude, in WGS-84.
  let boundary: [[[Double]]]?
}

/// Something to look at on the spot.
struct PhoneTask: Encodable {
  let url: String
  let number: String
  let title: String
  let place: String
  let kind: String
  let act: String
  let latitude: Double?
  let longitude: Double?
  /// Milliseconds since 1970.
  let dueAt: Int64?

  init(_ line: CaseLine, act: CaseMove, _ around: Surroundings, in wording: Wording) {
    url = SiteURL.file(line.id).description
    number = line.number
    title = line.title
    place = line.place.isEmpty ? around.area(line.area) : line.place
    kind = wording.text(around.kind(line.kind))
    self.act = wording.text(.key("desk.act.\(act.rawValue)"))
    latitude = line.latitude
    longitude = line.longitude
    dueAt = line.dueAt?.milliseconds
  }
}

/// What a report became.
struct PhoneReceipt: Encodable {
  let number: String
  let url: String
}

/// How the page is installed; see W3C's Web Application Manifest.
struct PhoneManifest: Encodable {
  let id = "/m"
  let name: String
  let shortName: String
  let lang: String
  let startUrl = "/m"
  let scope = "/"
  let display = "standalone"
  let themeColor = "#1459b3"
  let backgroundColor = "#f5f6f8"
  let icons: [Icon]

  struct Icon: Encodable {
    let src: String
    let sizes = "any"
    let type = "image/svg+xml"
  }

  private enum CodingKeys: String, CodingKey {
    case id, name, lang, scope, display, icons
    case shortName = "short_name"
    case startUrl = "start_url"
    case themeColor = "theme_color"
    case backgroundColor = "background_color"
  }

  init(in wording: Wording, icon: String?) {
    name = wording.text(.key("phone.app"))
    shortName = wording.text(.key("phone.app.short"))
    lang = wording.language.rawValue
    icons = [icon].compactMap { $0 }.map { Icon(src: $0) }
  }
}
