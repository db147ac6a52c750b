import Base
import Foundation
import Paper

/// The rules of a map. A plain text is a column; where one word serves all rows it is the word.
extension YAMLValue {
  /// The most values that one column is told apart by.
  private static let mostValues = 2000
  private static let longestColumn = 120

  func column() -> String? { text(Self.longestColumn) }

  func zone() -> TimeZone? {
    guard let name = text(64) else { return nil }
    if let zone = TimeZone(identifier: name) { return zone }
    complain("import.zone.unknown", ["zone": name])
    return nil
  }

  func encoding() -> TextEncoding? {
    guard let name = text(32) else { return nil }
    if let encoding = TextEncoding(name: name) { return encoding }
    unknown(name, among: ["utf-8", "gb18030", "gbk"])
    return nil
  }

  func delimiter() -> CSVDelimiter? {
    let known = Dictionary(
      uniqueKeysWithValues: CSVDelimiter.allCases.map { (String(describing: $0), $0) })
    guard let name = text(32) else { return nil }
    if let delimiter = known[name] { return delimiter }
    unknown(name, among: known.keys.sorted())
    return nil
  }

  /// `title`, `{column: title, cut: true}`, or
  /// `{firstOf: [title, {column: text, first: 60}], fallback: 无标题}`.
  func textRule() -> TextRule? {
    guard isMap else { return textSource().map { TextRule(sources: [$0]) } }
    guard let map = map() else { return nil }
    var rule = TextRule(sources: [])
    if let list = map["firstOf"] {
      map.only(["firstOf", "fallback", "cut"])
      rule.sources = list.list(8)?.compactMap { $0.textSource() } ?? []
    } else {
      map.only(["column", "first", "fallback", "cut"])
      guard let column = map.need("column")?.column() else { return nil }
      rule.sources = [.init(column: column, first: map["first"]?.whole(1...5000))]
    }
    rule.fallback = map["fallback"]?.text(200)
    rule.cut = map["cut"]?.flag() ?? false
    return rule
  }

  private func textSource() -> TextRule.Source? {
    guard isMap else { return column().map { .init(column: $0, first: nil) } }
    guard let map = map() else { return nil }
    map.only(["column", "first"])
    let first = map["first"]?.whole(1...5000)
    return map.need("column")?.column().map { .init(column: $0, first: first) }
  }

  /// One word for all rows, or `{column: status, values: {Open: filed}, default: closed}`.
  func wordRule<Word>(_ word: (YAMLValue) -> Word?) -> WordRule<Word>? {
    guard isMap else { return word(self).map { WordRule(fallback: $0) } }
    guard let map = map() else { return nil }
    map.only(["column", "values", "default"])
    return map.wordRule(word)
  }

  fileprivate func words<Word>(_ word: (YAMLValue) -> Word?) -> [String: Word] {
    var values: [String: Word] = [:]
    for (key, value) in map()?.entries(Self.mostValues) ?? [] {
      if let word = word(value) { values[key.trimmingCharacters(in: .whitespaces)] = word }
    }
    return values
  }

  /// A code for all rows, or a word rule with
  /// `make: {prefix: B, class: reason}` or `make: {prefix: B, className: 其他}`.
  func kindRule() -> KindRule? {
    guard isMap else { return wordRule { $0.code() }.map { KindRule(code: $0) } }
    guard let map = map() else { return nil }
    map.only(["column", "values", "default", "make"])
    guard var rule = map.wordRule({ $0.code() }).map({ KindRule(code: $0) }) else { return nil }
    guard let make = map["make"]?.map() else { return rule }
    make.only(["prefix", "class", "className"])
    let prefix = make.need("prefix")?.code()
    let column = make["class"]?.column()
    let name = make["className"]?.text(40)
    if column == nil, name == nil { make.complaints.add(make.spot, "import.class.missing") }
    guard let prefix else { return nil }
    if prefix.count > DerivedCode.longestPrefix {
      make["prefix"]?.complain(
        "yaml.text.long",
        ["limit": String(DerivedCode.longestPrefix), "length": String(prefix.count)])
    }
    rule.made = MadeKindRule(prefix: prefix, classColumn: column, className: name ?? prefix)
    return rule
  }

  /// A word rule with `make: {kind: unit, names: {PWDx: Public Works}}`.
  func organisationRule() -> OrganisationRule? {
    guard let map = map() else { return nil }
    map.only(["column", "values", "default", "make"])
    guard var rule = map.wordRule({ $0.code() }).map({ OrganisationRule(code: $0) }) else {
      return nil
    }
    guard let make = map["make"]?.map() else { return rule }
    make.only(["kind", "names"])
    rule.makes = make["kind"].map { $0.word(of: OrganisationKind.self) } ?? .unit
    rule.names = make["names"]?.words { $0.text(Code.longestName) } ?? [:]
    return rule
  }

  /// `opened`, or `{column: opened, missing: 2020-01-01 00:00}`.
  func timeRule(_ zone: TimeZone) -> TimeRule? {
    guard isMap else { return column().map { TimeRule(column: $0, missing: nil) } }
    guard let map = map() else { return nil }
    map.only(["column", "missing"])
    let missing = map["missing"]?.text(64).flatMap { text -> Moment? in
      if let moment = ImportTime.moment(text, in: zone) { return moment }
      map["missing"]?.complain("import.moment", ["value": text])
      return nil
    }
    return map.need("column")?.column().map { TimeRule(column: $0, missing: missing) }
  }

  /// `{latitude: lat, longitude: lon, system: wgs84, unknown: ["0.0"]}`.
  func pointRule() -> PointRule? {
    guard let map = map() else { return nil }
    map.only(["latitude", "longitude", "system", "unknown"])
    let latitude = map.need("latitude")?.column()
    let longitude = map.need("longitude")?.column()
    let system = map["system"].map { $0.word(of: CoordinateSystem.self) } ?? .wgs84
    let unknown = map["unknown"]?.list(20)?.compactMap { $0.text(32) } ?? []
    guard let latitude, let longitude, let system else { return nil }
    return PointRule(
      latitude: latitude, longitude: longitude, system: system, unknown: Set(unknown))
  }

  /// The column of the name, or `{name: …, phone: …, address: …}`.
  func reporterRule() -> ReporterRule? {
    guard isMap else { return column().map { ReporterRule(name: $0) } }
    guard let map = map() else { return nil }
    map.only(["name", "phone", "address"])
    return ReporterRule(
      name: map["name"]?.column(), phone: map["phone"]?.column(),
      address: map["address"]?.column())
  }

  /// `{likes: 点赞数}`: columns by the codes of fields.
  func columnsByCode() -> [String: String] {
    var columns: [String: String] = [:]
    for (code, value) in map()?.entries(100) ?? [] { columns[code] = value.column() }
    return columns
  }
}

extension YAMLMap {
  fileprivate func wordRule<Word>(_ word: (YAMLValue) -> Word?) -> WordRule<Word>? {
    guard let column = need("column")?.column() else { return nil }
    return WordRule(
      column: column, values: self["values"]?.words(word) ?? [:],
      fallback: self["default"].flatMap(word))
  }
}
