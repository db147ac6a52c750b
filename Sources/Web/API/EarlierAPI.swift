import City
import Hummingbird

/// What is known beside a report that is being taken down.
struct EarlierAPI {
  let site: Site

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.post("/cases/earlier", use: earlier)
    api.post("/places/search", use: places)
  }

  @Sendable private func earlier(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let report = try Body.decode(CaseReport.self, from: try await Body.read(request))
    return try Answer.json(
      EarlierCases(try await site.centre.cases.earlier(than: report, by: doer)))
  }

  @Sendable private func places(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let wanted = try Body.decode(PlaceText.self, from: try await Body.read(request))
    let found = try await site.centre.cases.knownPlaces(named: wanted.text, by: doer)
    let areas = try await site.centre.places.value(from: site.centre.database)
    return try Answer.json(
      KnownPlaces(
        places: found.map { place in
          PlaceOut(place, area: place.area.flatMap { areas[$0]?.code })
        }))
  }
}

struct PlaceText: JSONBody {
  static let keys: Set<String> = ["text"]
  static let expected: [String: JSONExpected] = [:]

  let text: String
}

struct EarlierCases: Encodable {
  let caller: Caller?
  let here: [CaseLineOut]

  struct Caller: Encodable {
    /// Masked.
    let reporter: Reporter
    let count: Int
    let cases: [CaseLineOut]
  }

  init(_ earlier: CaseEarlier) {
    caller = earlier.caller.map {
      Caller(reporter: $0.reporter, count: $0.count, cases: $0.lines.map(CaseLineOut.init))
    }
    here = earlier.here.map(CaseLineOut.init)
  }
}

struct KnownPlaces: Encodable {
  let places: [PlaceOut]
}

struct PlaceOut: Encodable {
  let name: String
  let area: String?
  let latitude: Double?
  let longitude: Double?
  let count: Int

  init(_ place: KnownPlace, area: String?) {
    name = place.name
    self.area = area
    latitude = place.point?.latitude
    longitude = place.point?.longitude
    count = place.count
  }
}
