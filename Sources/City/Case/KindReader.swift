import Base

/// Reads one kind. A key that the kind does not write is looked for in the defaults of its class
/// and then of its file; `clocks` are inherited step by step, everything else as a whole.
struct KindReader {
  /// The kind itself first.
  let layers: [YAMLMap]
  let names: KnownNames
  /// Whether only defaults are read, which need not be complete.
  var isPartial = false

  static let flagKeys: [(String, any WritableKeyPath<CaseKind, Bool> & Sendable)] = [
    ("checkedBeforeFiling", \.checkedBeforeFiling), ("verified", \.verified),
    ("contactedFirst", \.contactedFirst), ("findings", \.findings), ("calledBack", \.calledBack),
    ("automaticDispatch", \.automaticDispatch), ("onTheSpot", \.onTheSpot),
    ("confidentialByDefault", \.confidentialByDefault), ("mediated", \.mediated),
    ("published", \.published),
  ]
  static let ruleKeys =
    [
      "nature", "urgency", "channels", "fields", "responsible", "calendar", "clocks", "pauses",
      "evidence", "closing", "extensions", "duplicates", "templates", "arbitrationAfter",
      "appealDays",
    ] + flagKeys.map(\.0)
  private static let identityKeys = ["code", "name", "english", "pinyin", "words"]

  private subscript(key: String) -> YAMLValue? {
    layers.lazy.compactMap { $0[key] }.first
  }

  /// Nil, after complaints, when it has no code or no name.
  func kind(in kindClass: CaseClass) -> CaseKind? {
    guard let own = layers.first else { return nil }
    own.only(Self.identityKeys + Self.ruleKeys)
    let code = own.need("code")?.code()
    let name = own.need("name")?.text(40)
    var kind = CaseKind(code: code ?? "", in: kindClass, name: name ?? "")
    kind.english = own["english"]?.text(120) ?? ""
    kind.pinyin = own["pinyin"]?.text(200)
    kind.words = own["words"]?.list(30)?.compactMap { $0.text(20) } ?? []
    readRules(into: &kind)
    return code == nil || name == nil ? nil : kind
  }

  func readRules(into kind: inout CaseKind) {
    kind.nature = self["nature"]?.word(of: Nature.self) ?? kind.nature
    kind.urgency = self["urgency"]?.word(of: Urgency.self) ?? kind.urgency
    if let channels = self["channels"]?.list(Channel.allCases.count) {
      kind.channels = channels.compactMap { $0.word(of: Channel.self) }
    }
    kind.fields = self["fields"].map { FieldReader.fields($0) } ?? []
    kind.pauses = pauses
    kind.evidence = self["evidence"]?.list(12)?.compactMap(evidence) ?? []
    kind.closing = closing
    for (key, path) in Self.flagKeys {
      kind[keyPath: path] = self[key]?.flag() ?? kind[keyPath: path]
    }
    kind.clocks = clocks
    kind.arbitrationAfter = self["arbitrationAfter"]?.whole(1...10) ?? kind.arbitrationAfter
    kind.appealDays = self["appealDays"]?.whole(1...366) ?? kind.appealDays
    kind.extensions = self["extensions"].flatMap(extensions)
    kind.duplicates = self["duplicates"].flatMap(duplicates) ?? kind.duplicates
    kind.templates = self["templates"]?.list(20)?.compactMap(template) ?? []
    readResponsible(into: &kind)
  }

  private var pauses: [PauseReason] {
    coded("pauses", most: 20, length: 40).map {
      PauseReason(code: $0.code, name: $0.text, english: $0.english)
    }
  }

  private var closing: [ClosingCondition] {
    coded("closing", most: 30, length: 120, key: "text").map {
      ClosingCondition(code: $0.code, text: $0.text, english: $0.english)
    }
  }

  /// The entries of a list of codes with a text in two languages.
  private func coded(
    _ key: String, most: Int, length: Int, key textKey: String = "name"
  ) -> [CodedText] {
    self[key]?.coded(most, text: textKey, longest: length) ?? []
  }

  private func evidence(_ value: YAMLValue) -> EvidenceRule? {
    guard let map = value.map() else { return nil }
    map.only(["subject", "stage", "count"])
    let subject = map.need("subject")?.word(of: EvidenceRule.Subject.self)
    let stage = map.need("stage")?.word(of: CaseStage.self)
    let count = map["count"].map { $0.whole(1...20) } ?? 1
    guard let subject, let stage, let count else { return nil }
    return EvidenceRule(subject, at: stage, count: count)
  }
}

extension KindReader {
  /// `{name: 路灯整段不亮, title: 【路名】路灯整段不亮, text: …}`
  private func template(_ value: YAMLValue) -> CaseTemplate? {
    guard let map = value.map() else { return nil }
    map.only(["name", "english", "title", "text"])
    let name = map.need("name")?.text(40)
    let title = map.need("title")?.text(CaseDesk.longestTitle)
    let text = map["text"].map { $0.text(2_000) } ?? ""
    guard let name, let title, let text else { return nil }
    return CaseTemplate(
      name: name, english: map["english"]?.text(120) ?? "", title: title, text: text)
  }
}

// MARK: - Clocks

extension KindReader {
  private var clocks: [ClockStep: KindClock] {
    let maps = layers.compactMap { $0["clocks"]?.map() }
    for map in maps { map.only(ClockStep.allCases.map(\.rawValue)) }
    var clocks: [ClockStep: KindClock] = [:]
    for step in ClockStep.allCases {
      guard let value = maps.lazy.compactMap({ $0[step.rawValue] }).first else { continue }
      clocks[step] = clock(value)
    }
    return clocks
  }

  /// `5 working-days`, or `{limit: 5 working-days, calendar: office}`; `none` takes away what
  /// would be inherited.
  private func clock(_ value: YAMLValue) -> KindClock? {
    if value.isNone { return nil }
    guard value.isMap else {
      return value.limit().flatMap { limit in
        calendarName(nil, for: value).map { KindClock(limit, calendar: $0) }
      }
    }
    guard let map = value.map() else { return nil }
    map.only(["limit", "calendar"])
    let limit = map.need("limit")?.limit()
    let calendar = calendarName(map["calendar"], for: value)
    guard let limit, let calendar else { return nil }
    return KindClock(limit, calendar: calendar)
  }

  /// The calendar of a clock: its own, or the one of the kind.
  private func calendarName(_ own: YAMLValue?, for clock: YAMLValue) -> String? {
    guard let value = own ?? self["calendar"] else {
      // Defaults may leave the calendar to the kinds.
      if !isPartial { clock.complain("catalogue.calendar.missing") }
      return nil
    }
    guard let name = value.text(64) else { return nil }
    if !names.calendars.contains(name) {
      value.complain(
        "catalogue.calendar.unknown",
        ["name": name, "known": names.calendars.sorted().joined(separator: ", ")])
    }
    return name
  }

  /// `{count: 1, limit: 5 working-days, most: 15 working-days}`, or `none`.
  private func extensions(_ value: YAMLValue) -> ExtensionRule? {
    if value.isNone { return nil }
    guard let map = value.map() else { return nil }
    map.only(["count", "limit", "most"])
    let count = map.need("count")?.whole(1...10)
    let limit = map.need("limit")?.limit()
    let most = map["most"]?.limit()
    guard let count, let limit else { return nil }
    return ExtensionRule(count: count, limit: limit, most: most)
  }
}

extension KindReader {
  /// `{metres: 100, days: 14}`, or `none`.
  private func duplicates(_ value: YAMLValue) -> DuplicateRule? {
    if value.isNone { return DuplicateRule.none }
    guard let map = value.map() else { return nil }
    map.only(["metres", "days"])
    let metres = map.need("metres")?.whole(1...5000)
    let days = map.need("days")?.whole(1...90)
    guard let metres, let days else { return nil }
    return DuplicateRule(metres: metres, days: days)
  }
}

// MARK: - Responsibility

extension KindReader {
  private func readResponsible(into kind: inout CaseKind) {
    let value = self["responsible"]
    kind.responsible = value?.list(500)?.compactMap(responsibility) ?? []
    // What is sent on by itself must have somebody to go to wherever it happens.
    if kind.automaticDispatch, !isPartial,
      !kind.responsible.contains(where: { $0.area == nil && !$0.helps })
    {
      self["automaticDispatch"]?.complain("catalogue.lead.missing")
    }
  }

  private func responsibility(_ value: YAMLValue) -> Responsibility? {
    guard let map = value.map() else { return nil }
    map.only(["unit", "level", "post", "area", "helps"])
    let post = map["post"]?.name(among: names.posts, "catalogue.post.unknown")
    let area = map["area"]?.code()
    let helps = map["helps"]?.flag() ?? false
    guard let unit = unit(map) else { return nil }
    return Responsibility(unit, post: post, area: area, helps: helps)
  }

  /// Exactly one of `unit` and `level`.
  private func unit(_ map: YAMLMap) -> Responsibility.Unit? {
    guard let level = map["level"] else {
      return map.need("unit")?.name(among: names.organisations, "catalogue.unit.unknown").map {
        .organisation($0)
      }
    }
    if map["unit"] != nil { level.complain("catalogue.unit.both") }
    return level.word(of: Responsibility.AreaRule.self).map { .level($0) }
  }
}
