import Base
import Foundation

/// Reads classes, measures and ratings out of files.
struct RatingReader {
  let complaints: Complaints
  private(set) var classes: [RatingClass] = []
  private(set) var measures: [RatingMeasure] = []
  private(set) var ratings: [Rating] = []
  private var spots: [String: YAMLSpot] = [:]

  init(complaints: Complaints) { self.complaints = complaints }

  mutating func readGround(_ root: YAMLMap) {
    root.only(["name", "english", "classes", "measures", "ratings"])
    _ = root["name"]?.text(80)
    _ = root["english"]?.text(160)
    for entry in root["classes"]?.list(RatingBook.mostClasses) ?? [] {
      if let map = entry.map() { readClass(map) }
    }
    for entry in root["measures"]?.list(RatingBook.mostMeasures) ?? [] {
      if let map = entry.map() { readMeasure(map) }
    }
  }

  mutating func readRatings(_ root: YAMLMap) {
    for entry in root["ratings"]?.list(RatingBook.mostRatings) ?? [] {
      if let map = entry.map() { readRating(map) }
    }
  }

  private mutating func readClass(_ map: YAMLMap) {
    map.only(["code", "name", "english", "kinds", "organisations", "except"])
    let names = self.names(map, of: "class")
    let kinds = (map["kinds"]?.list(OrganisationKind.allCases.count) ?? []).compactMap {
      $0.word(of: OrganisationKind.self)
    }
    let codes = self.codes(map["organisations"])
    if map["kinds"] == nil, map["organisations"] == nil {
      complaints.add(map.spot, "rating.class.empty")
    }
    guard let names else { return }
    classes.append(
      RatingClass(
        code: names.code, name: names.name, english: names.english, kinds: kinds, codes: codes,
        except: self.codes(map["except"])))
  }

  private func codes(_ value: YAMLValue?) -> Set<String> {
    Set((value?.list(RatingBook.mostValues) ?? []).compactMap { $0.text(64) })
  }

  private mutating func readMeasure(_ map: YAMLMap) {
    map.only(["code", "name", "english", "values"])
    let names = self.names(map, of: "measure")
    var values: [String: Decimal] = [:]
    for (code, value) in map.need("values")?.map()?.entries(RatingBook.mostValues) ?? [] {
      guard let number = value.decimal() else { continue }
      guard number >= 0 else {
        value.complain("rating.measure.negative")
        continue
      }
      values[code] = number
    }
    guard let names else { return }
    // A formula names it, so it is a name of formulas and nobody else's.
    let isName = names.code.split(separator: "-", omittingEmptySubsequences: false).allSatisfy {
      $0.first.map { $0.isASCII && $0.isLetter } ?? false
    }
    if !isName || CaseFigure(rawValue: names.code) != nil
      || RatingMeasure.built.contains(names.code)
    {
      map["code"]?.complain("rating.measure.name", ["code": names.code])
    }
    measures.append(
      RatingMeasure(code: names.code, name: names.name, english: names.english, values: values))
  }

  /// The code, and the names in both languages; a code stands once in all files.
  private mutating func names(
    _ map: YAMLMap, of sort: String
  ) -> (code: String, name: String, english: String)? {
    let code = map.need("code")?.code()
    let name = map.need("name")?.text(40)
    let english = map["english"]?.text(120) ?? ""
    guard let code, let name else { return nil }
    let spot = map["code"]?.spot ?? map.spot
    if let other = spots["\(sort) \(code)"] {
      complaints.add(
        spot, "catalogue.code.twice",
        ["code": code, "file": other.file, "line": String(other.line)])
      return nil
    }
    spots["\(sort) \(code)"] = spot
    return (code, name, english)
  }

  // MARK: - Ratings

  private mutating func readRating(_ map: YAMLMap) {
    map.only([
      "code", "name", "english", "over", "class", "channel", "due", "minimum", "least", "most",
      "places", "terms",
    ])
    let names = self.names(map, of: "rating")
    let group = map["over"]?.word(of: FigureGroup.self) ?? .organisation
    let kind = map["class"]?.text(64)
    if let kind, !classes.contains(where: { $0.code == kind }) {
      map["class"]?.unknown(kind, among: classes.map(\.code))
    }
    let terms = (map.need("terms")?.list(RatingBook.mostTerms) ?? []).compactMap { entry in
      entry.map().flatMap(term)
    }
    let least = map["least"]?.decimal()
    let most = map["most"]?.decimal()
    if let least, let most, least > most { map["least"]?.complain("rating.bounds") }
    guard let names else { return }
    // What is ranked by is named by its code, figures and scores alike.
    if CaseFigure(rawValue: names.code) != nil {
      map["code"]?.complain("rating.code.figure", ["code": names.code])
    }
    ratings.append(
      Rating(
        code: names.code, name: names.name, english: names.english, group: group,
        kindOfOrganisation: kind, channel: map["channel"]?.word(of: Channel.self),
        due: map["due"]?.word(of: DueReading.self), minimum: minimum(map), terms: terms,
        least: least, most: most, places: map["places"]?.whole(0...6) ?? 2))
  }

  private func minimum(_ map: YAMLMap) -> Rating.Minimum? {
    guard let minimum = map["minimum"]?.map() else { return nil }
    minimum.only(["figure", "count"])
    let figure = minimum.need("figure")?.word(of: CaseFigure.self)
    let count = minimum.need("count")?.whole(1...1_000_000_000)
    guard let figure, let count else { return nil }
    return Rating.Minimum(figure: figure, count: count)
  }

  private func term(_ map: YAMLMap) -> RatingTerm? {
    map.only(["name", "english", "formula"])
    let name = map.need("name")?.text(40)
    let english = map["english"]?.text(120) ?? ""
    let formula = map.need("formula").flatMap(formula)
    guard let name, let formula else { return nil }
    return RatingTerm(name: name, english: english, formula: formula)
  }

  private func formula(_ value: YAMLValue) -> Formula? {
    guard let text = value.text(Formula.longest) else { return nil }
    do {
      let formula = try Formula.read(
        text, knowing: Set(measures.map(\.code) + RatingMeasure.built))
      if let mistake = formula.mistake { value.complain(mistake.code, mistake.arguments) }
      return formula
    } catch {
      value.complain(error.code, error.arguments)
      return nil
    }
  }
}
