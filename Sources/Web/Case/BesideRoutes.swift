import Base
import City
import Hummingbird

/// What stands beside a report while it is typed: what may be the same, what the caller reported, what
/// happened at the same place, and the places that are known by what is typed. Asked by scripts.
extension Site {
  func addBeside(to group: RouterGroup<SiteContext>) {
    group.post("/cases/new/beside") { request, context in
      let doer = try context.requireSignedIn().doer
      let form = try await FormData.read(request, context: context, blobs: centre.blobs)
      let wording = renderer.wording(context.language)
      let around = try await surroundings()
      let beside = try await beside(form, doer)
      return try Answer.json(
        BesideOut(same: beside.same, earlier: beside.earlier, around, in: wording))
    }
    group.post("/cases/new/caller") { request, context in
      let doer = try context.requireSignedIn().doer
      let form = try await FormData.read(request, context: context, blobs: centre.blobs)
      let known = try await centre.cases.recallCaller(form.text("reporter.phone") ?? "", by: doer)
      return try Answer.json(CallerOut(name: known.name, address: known.address))
    }
    group.post("/cases/new/places") { request, context in
      let doer = try context.requireSignedIn().doer
      let form = try await FormData.read(request, context: context, blobs: centre.blobs)
      let found = try await centre.cases.knownPlaces(named: form.text("place") ?? "", by: doer)
      let around = try await surroundings()
      let wording = renderer.wording(context.language)
      return try Answer.json(
        PlaceChoices(places: found.map { PlaceChoice($0, around: around, in: wording) }))
    }
  }

  private struct Beside {
    var same: [CaseDuplicate] = []
    var earlier = CaseEarlier()
  }

  /// Half of a coordinate is typed at this moment; what is wrong is said when the form is sent.
  private func beside(_ form: FormData, _ doer: Doer) async throws -> Beside {
    var beside = Beside()
    do {
      let report = try Self.report(form)
      beside.earlier = try await centre.cases.earlier(than: report, by: doer)
      beside.same = try await centre.cases.duplicates(of: report, by: doer)
    } catch let fault as Fault where fault.kind == .invalid {
      return beside
    }
    return beside
  }
}

/// What stands beside a report, in the reader's words.
struct BesideOut: Encodable {
  let same: [EarlierOut]
  let here: [EarlierOut]
  let caller: CallerLines?

  /// Who calls, masked, with what they reported.
  struct CallerLines: Encodable {
    let said: String
    let cases: [EarlierOut]
  }

  init(
    same: [CaseDuplicate], earlier: CaseEarlier, _ around: Surroundings, in wording: Wording
  ) {
    let told = Set(same.map(\.line.id))
    self.same = same.map { EarlierOut(around.card($0.line), why: $0.why, in: wording) }
    here = earlier.here.filter { !told.contains($0.id) }
      .map { EarlierOut(around.card($0), in: wording) }
    caller = earlier.caller.map { caller in
      let phrase = Phrase.key(
        caller.count < CaseDesk.mostOfCaller ? "beside.caller.said" : "beside.caller.more",
        [
          "name": .plain(caller.reporter.name ?? ""), "phone": .plain(caller.reporter.phone ?? ""),
          "count": .count(caller.count),
        ])
      return CallerLines(
        said: wording.text(phrase),
        cases: caller.lines.map { EarlierOut(around.card($0), in: wording) })
    }
  }
}

/// A case that was there before.
struct EarlierOut: Encodable {
  let url: String
  let number: String
  let title: String
  let kind: String
  let state: String
  let reportedAt: String
  let why: [String]

  init(_ card: CaseCard, why: [Phrase] = [], in wording: Wording) {
    url = card.url.description
    number = card.number
    title = card.title
    kind = wording.text(card.kind)
    state = wording.text(.key("case.state.\(card.state.rawValue)"))
    reportedAt = wording.text(.moment(card.reportedAt))
    self.why = why.map { wording.text($0) }
  }
}

/// What a caller need not say again.
struct CallerOut: Encodable {
  let name: String?
  let address: String?
}

struct PlaceChoices: Encodable {
  let places: [PlaceChoice]
}

/// A place to choose while an address is typed.
struct PlaceChoice: Encodable {
  let name: String
  /// The code of its area.
  let area: String?
  let latitude: Double?
  let longitude: Double?
  /// Where it lies, and how often it was met.
  let said: String

  init(_ place: KnownPlace, around: Surroundings, in wording: Wording) {
    name = place.name
    area = place.area.flatMap { around.places[$0]?.code }
    latitude = place.point?.latitude
    longitude = place.point?.longitude
    said = wording.text(
      .key(
        "beside.place.said",
        ["area": .plain(around.area(place.area)), "count": .count(place.count)]))
  }
}
