import Base
import Testing

@testable import City

@Suite struct ShippedCatalogueTests {
  let catalogue: Catalogue

  init() throws {
    catalogue = try Catalogue.read(Catalogue.shippedFiles, knowing: CatalogueSamples.names)
  }

  @Test("the grid, the hotline, hazards, calls of the police and mediation come with the platform")
  func files() {
    let files = Catalogue.shippedFiles.map { String($0.name.dropFirst("kinds/".count)) }
    #expect(
      files == [
        "grid-1-utilities.yaml", "grid-2-greenery.yaml", "grid-3-cleanliness.yaml",
        "grid-4-street.yaml", "grid-5-water-land.yaml", "grid-6-safety-village.yaml",
        "hazards.yaml", "hotline.yaml", "mediation.yaml", "police.yaml",
      ])
    #expect(catalogue.kinds.count == 265 && catalogue.classes.count == 33)
  }

  @Test("every kind has all that a case needs from report to closing")
  func whole() {
    for kind in catalogue.kinds {
      let steps: [ClockStep] = [
        .acceptance, .filing, .dispatch, .handling, .closing, .arbitration, .supervision,
        .whole,
      ]
      for step in steps { #expect(kind.clocks[step] != nil, "\(kind.code) \(step)") }
      #expect(!kind.verified || kind.clocks[.verification] != nil, "\(kind.code)")
      #expect(!kind.calledBack || kind.clocks[.callBack] != nil, "\(kind.code)")
      #expect(!kind.contactedFirst || kind.clocks[.firstContact] != nil, "\(kind.code)")
      #expect(!kind.checkedBeforeFiling || kind.clocks[.check] != nil, "\(kind.code)")
      #expect(kind.answerers(in: []).lead != nil, "\(kind.code)")
      #expect(!kind.fields.isEmpty && !kind.words.isEmpty, "\(kind.code)")
      #expect(!kind.evidence.isEmpty && !kind.closing.isEmpty, "\(kind.code)")
      #expect(!kind.pauses.isEmpty && !kind.channels.isEmpty, "\(kind.code)")
      #expect(kind.code.hasPrefix(kind.kindClass.code), "\(kind.code)")
    }
  }

  @Test("every clock counts by a calendar that ships")
  func calendars() throws {
    let names = Set(catalogue.kinds.flatMap(\.clocks.values).map(\.calendar))
    for name in names { #expect(try CalendarFile.shipped(name).name == name) }
    #expect(!names.isEmpty)
  }

  @Test("everything that people read is there in Chinese and in English")
  func languages() {
    for kind in catalogue.kinds {
      let choices = kind.fields.flatMap(\.choices)
      let chinese =
        [kind.name, kind.kindClass.name] + kind.fields.map(\.name) + choices.map(\.name)
        + kind.closing.map(\.text) + kind.pauses.map(\.name)
      let english =
        [kind.english, kind.kindClass.english] + kind.fields.map(\.english)
        + choices.map(\.english) + kind.closing.map(\.english) + kind.pauses.map(\.english)
      #expect(chinese.allSatisfy { $0.contains { $0 > "\u{2E80}" } }, "\(kind.code)")
      #expect(english.allSatisfy { $0.contains(where: \.isASCII) }, "\(kind.code)")
    }
  }

  @Test(
    "orders of the hotline have the limits of a sub-district, and are contacted and called back")
  func hotline() throws {
    let orders = catalogue.kinds.filter { $0.code.hasPrefix("H") }
    #expect(orders.count == 42 && orders.allSatisfy { $0.nature == .order })
    #expect(orders.allSatisfy { $0.contactedFirst && $0.calledBack && $0.allows(.hotline) })
    let day = try #require(TimeLimit("1 working-day"))
    let calm = orders.filter { $0.urgency == .normal }
    #expect(calm.allSatisfy { $0.clocks[.firstContact]?.limit == day })
    let limits = [
      "H0101": "1", "H0104": "1", "H0201": "1", "H0203": "1", "H0301": "5", "H0401": "5",
      "H0501": "3", "H0602": "5", "H0701": "1", "H0801": "15",
    ]
    for (code, days) in limits {
      let limit = catalogue[code]?.clocks[.handling]?.limit
      #expect(limit == TimeLimit("\(days) working-days"), "\(code)")
    }
    // Five and one extension of ten: the fifteen of a complex order.
    let complex = try #require(TimeLimit("10 working-days"))
    #expect(catalogue["H0401"]?.extensions == ExtensionRule(count: 1, limit: complex))
    #expect(catalogue["H0101"]?.extensions == nil)
    #expect(catalogue["H0101"]?.clocks[.verification] == nil)
  }

  @Test(
    "new buildings and uses of land are recorded as legal or not", arguments: ["E0701", "E0702"])
  func legal(_ code: String) throws {
    let kind = try #require(catalogue[code])
    let field = try #require(kind.field("legal"))
    #expect(field.required && field.stage == .report && field.content == .choice)
    #expect(field.choices.map(\.code) == ["yes", "no"])
    #expect(kind.onTheSpot && kind.allows(.patrol) && !kind.allows(.hotline))
  }

  @Test("what nobody can put off is urgent and goes out by itself")
  func urgent() {
    for code in ["C0101", "C0103", "E0406", "E0115", "E0801"] {
      #expect(catalogue[code]?.urgency == .urgent && catalogue[code]?.automaticDispatch == true)
    }
  }

  @Test("the version is of the kinds, not of the file's comments and layout")
  func version() throws {
    let files = Catalogue.shippedFiles.map { file in
      let text = String(decoding: file.bytes, as: UTF8.self)
      return NamedFile(name: file.name, text: "# another comment\n\n" + text)
    }
    let same = try Catalogue.read(files, knowing: CatalogueSamples.names)
    #expect(same.version == catalogue.version && same.version.count == 64)
    var kinds = catalogue.kinds
    kinds[3].verified.toggle()
    #expect(try Catalogue(kinds).version != catalogue.version)
    #expect(try Catalogue(kinds.reversed()).version != catalogue.version)
  }

  @Test("a catalogue comes back from storage as it was")
  func storage() throws {
    let stored = try Catalogue(canonicalText: catalogue.canonicalText)
    #expect(stored.kinds == catalogue.kinds)
    #expect(stored.classes == catalogue.classes)
    #expect(stored.version == catalogue.version)
  }
}
