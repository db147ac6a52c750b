import Base
import Testing

@testable import Paper

@Suite struct TextEncodingTests {
  private func gb18030(_ text: String) throws -> [UInt8] { try #require(GB18030.encode(text)) }

  @Test("a file in GB 18030 is recognised and read, four-byte characters too")
  func recognisesGB18030() throws {
    let text = "编号,内容\n1,市民反映小区门口违规收停车费\n2,\"𠮷野家,\"\"油烟\"\"\n扰民\"\n3,plain\n"
    let reader = try TableReader(ByteInput(bytes: gb18030(text)))
    #expect(reader.encoding == .gb18030)
    #expect(reader.header.names == ["编号", "内容"])
    var found: [[String]] = []
    while let row = try reader.next() {
      #expect(row.problem == nil)
      found.append(row.fields)
    }
    #expect(
      found == [["1", "市民反映小区门口违规收停车费"], ["2", "𠮷野家,\"油烟\"\n扰民"], ["3", "plain"]])
  }

  @Test("one row of broken UTF-8 is reported by number; the rest is read as UTF-8")
  func brokenUTF8() throws {
    var bytes = Array("id,内容\n1,停车\n2,违规".utf8)
    bytes += [0xE5, 0x81] + Array("\n3,扰民\n".utf8)
    let found = try rows(bytes: bytes)
    #expect(found.map { $0[1] } == ["停车", "违规\u{FFFD}", "扰民"])
    #expect(found.map { $0.problem == nil } == [true, false, true])
    #expect(
      found[1].problem
        == Fault(
          .invalid, "table.row-invalid", ["row": "2", "line": "3"],
          fields: [Fault.Field("内容", "text-broken")]))
  }

  @Test("a lone Latin-1 letter breaks its row only")
  func latin1() throws {
    let found = try rows(bytes: Array("id,a\n1,caf".utf8) + [0xE9] + Array("\n2,x\n".utf8))
    #expect(found.map { $0.problem?.code } == ["table.row-invalid", nil])
  }

  @Test("a broken field in GB 18030 is reported; its neighbours are read")
  func brokenGB18030() throws {
    var options = TableReader.Options()
    options.encoding = .gb18030
    let bytes = try gb18030("a,b,c\n停车,") + [0xB0] + gb18030(",扰民\n违规,收费,x\n")
    let found = try rows(bytes: bytes, options: options)
    #expect(found.map(\.fields) == [["停车", "\u{FFFD}", "扰民"], ["违规", "收费", "x"]])
    #expect(found[0].problem?.fields == [Fault.Field("b", "text-broken")])
    #expect(found[1].problem == nil)
  }

  @Test("U+0000 is broken text in both encodings", arguments: TextEncoding.allCases)
  func zeroBytes(encoding: TextEncoding) throws {
    var options = TableReader.Options()
    options.encoding = encoding
    let found = try rows(bytes: Array("a,b\nx\0y,z\n".utf8), options: options)
    #expect(found[0].problem?.fields == [Fault.Field("a", "text-broken")])
    #expect(found[0]["b"] == "z")
  }

  @Test("characters beyond ASCII that come late are still judged")
  func lateCharacters() throws {
    let filler = String(repeating: "1,plain text\n", count: 60_000)
    let bytes = try Array(("a,b\n" + filler).utf8) + gb18030("2,停车收费\n")
    let reader = try TableReader(ByteInput(bytes: bytes))
    #expect(reader.encoding == nil)
    var last: TableRow?
    while let row = try reader.next() { last = row }
    #expect(last?["b"] == "停车收费")
    #expect(reader.encoding == .gb18030)
  }

  @Test("a character cut by the end of a chunk is judged as a whole")
  func characterAtChunkEnd() throws {
    for shift in 0..<4 {
      let size = ByteInput.chunkSize - 8 + shift
      let text = "a\n" + String(repeating: "x", count: size) + "停\n"
      let found = try rows(text)
      #expect(found[0].problem == nil)
      #expect(found[0][0].hasSuffix("x停"))
    }
  }

  @Test("files of other kinds are named, not read")
  func otherKinds() {
    let magics: [[UInt8]] = [
      [0xD0, 0xCF, 0x11, 0xE0], [0xFF, 0xFE, 0x61, 0], Array("%PDF-1.7".utf8),
    ]
    #expect(
      magics.map { magic in fault { _ = try rows(bytes: magic) }?.code }
        == ["file.not-text", "file.not-text", "file.not-text"])
    let header = fault { _ = try rows(bytes: [0x61, 0x2C, 0xFF, 0x0A]) }
    #expect(header?.fields == [Fault.Field("2", "text-broken")])
  }

  @Test("names of encodings as people write them")
  func names() {
    #expect(TextEncoding(name: "UTF8") == .utf8)
    #expect(TextEncoding(name: "GBK") == .gb18030)
    #expect(TextEncoding(name: "latin1") == nil)
  }

  @Test("the census agrees with the standard library on what UTF-8 is")
  func census() {
    var dice = Dice(seed: 3)
    let alphabet: [UInt8] = [
      0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xE5, 0xED, 0xF0, 0xF4, 0xF5,
    ]
    var valid = 0
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...5, using: &dice)).compactMap { _ in
        alphabet.randomElement(using: &dice)
      }
      let expected = String(validating: bytes, as: UTF8.self) != nil
      let found = bytes.withUnsafeBufferPointer { UTF8Census($0).errors == 0 }
      if found != expected { Issue.record("\(bytes)") }
      valid += expected ? 1 : 0
    }
    #expect(valid > 1000)
  }
}
