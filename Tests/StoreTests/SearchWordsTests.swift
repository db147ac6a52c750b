import Store
import Testing

@Suite struct SearchWordsTests {
  @Test("Han runs are cut into overlapping pairs and their last character")
  func hanPairs() {
    #expect(SearchWords.indexing("违规收停车费") == "违规 规收 收停 停车 车费 费")
  }

  @Test("a word inside a longer run is found by its pairs")
  func queryPairs() {
    #expect(SearchWords(query: "停车")?.words == ["停车"])
    #expect(SearchWords(query: "停车费 A3")?.words == ["停车", "车费", "a3"])
  }

  @Test("full-width letters and digits are the same words as half-width ones")
  func width() {
    #expect(SearchWords(query: "ＡＢ１２")?.words == ["ab12"])
  }

  @Test("signs alone are nothing to look for, and cannot become operators of an engine")
  func signs() {
    #expect(SearchWords(query: " \"*()-: ") == nil)
    #expect(SearchWords(query: "a\" OR b*")?.words == ["a", "or", "b"])
  }

  @Test("one Han character is looked for as the beginning of a pair; letters stay apart from it")
  func single() {
    #expect(SearchWords.indexing("A3路灯，B座。") == "a3 路灯 灯 b 座")
    #expect(SearchWords(query: "路") != SearchWords(query: "路灯"))
    #expect(SearchWords(query: "路")?.words == ["路"])
  }

  @Test("rare characters, accents and compatibility forms are cut alike")
  func rare() {
    #expect(SearchWords.indexing("㐀𠀀 ÉCOLE ㈱") == "㐀𠀀 𠀀 école 株")
  }
}
