import Testing

@testable import City

@Suite struct KindIndexTests {
  private let index: KindIndex

  init() throws {
    index = KindIndex(
      try Catalogue.read(Catalogue.shippedFiles, knowing: CatalogueSamples.names).kinds)
  }

  @Test(
    "an operator finds a kind by what comes to mind",
    arguments: [
      ("暴露", "E0102"), ("bllj", "E0102"), ("baolulaji", "E0102"), ("Bao Lu", "E0102"),
      ("E0701", "E0701"), ("ｅ0701", "E0701"), ("xjfw", "E0701"), ("井盖", "C0101"),
      ("manhole", "C0101"), ("欠薪", "H0405"), ("停车管理", "H0403"), ("kuamen", "E0504"),
    ])
  func found(_ text: String, _ code: String) {
    #expect(index.matching(text, limit: 5).first?.code == code)
  }

  @Test("停车 finds the parking order and the vehicle parked unlawfully")
  func both() {
    let codes = index.matching("停车", limit: 10).map(\.code)
    #expect(codes.first == "H0403" && codes.contains("E0505"))
  }

  @Test("ü is found as it is typed, by v, in names and in other words")
  func umlaut() {
    #expect(index.matching("lvhuasunhuai", limit: 1).map(\.code) == ["C0401"])
    #expect(index.matching("huilv", limit: 9).map(\.code).contains("E0902"))
  }

  @Test("the words of every kind are there for the pages, the name first")
  func words() {
    let words = index.words
    #expect(words.count == 265)
    #expect(words["E0102"]?.names.prefix(2) == ["暴露垃圾", "垃圾"])
    #expect(words["E0102"]?.pinyin.first == "baolulaji")
    #expect(words["E0102"]?.initials.first == "bllj")
    #expect(words["E0102"]?.english == ["exposed", "refuse"])
  }

  @Test("nothing typed shows the first, nonsense shows nothing")
  func ends() {
    #expect(index.matching("  ", limit: 3).map(\.code) == ["C0101", "C0102", "C0103"])
    #expect(index.matching("qqqqq", limit: 3).isEmpty)
  }
}
