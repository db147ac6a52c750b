import Testing

@testable import Paper

@Suite struct CSVWriterTests {
  private func written(_ fields: [String], options: CSVWriter.Options) -> String {
    var writer = CSVWriter(options: options)
    writer.write(fields)
    return String(decoding: writer.take(), as: UTF8.self)
  }

  @Test("only fields that need quotes have them")
  func quotes() {
    #expect(
      written(["a b", "1,5", "say \"no\"", "x\ny", "", "a;b"], options: .init())
        == "a b,\"1,5\",\"say \"\"no\"\"\",\"x\ny\",,a;b\r\n")
    #expect(written([""], options: .init()) == "\"\"\r\n")
  }

  @Test("the byte order mark comes once, and taking empties")
  func byteOrderMark() {
    var options = CSVWriter.Options()
    options.hasByteOrderMark = true
    options.delimiter = .tab
    var writer = CSVWriter(options: options)
    writer.write(["a", "b,c"])
    #expect(writer.take() == [0xEF, 0xBB, 0xBF] + Array("a\tb,c\r\n".utf8))
    writer.write(["d"])
    #expect(writer.take() == Array("d\r\n".utf8))
    #expect(writer.take() == [])
  }

  @Test(
    "text a spreadsheet would calculate is disarmed; numbers stay numbers",
    arguments: [
      ("=1+1", "'=1+1"), ("+8613800000000", "+8613800000000"), ("-71.0772", "-71.0772"),
      ("-1+2", "'-1+2"), ("-", "'-"), ("-1.", "'-1."), ("@SUM(A1)", "'@SUM(A1)"),
      ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("＝1+1", "'＝1+1"), ("1-1", "1-1"), ("", ""),
      ("停车", "停车"), ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    ])
  func formulas(field: String, expected: String) {
    #expect(CSVWriter.guarded(field) == expected)
  }

  @Test("formulas are guarded only where that is asked for")
  func formulasByOption() {
    var options = CSVWriter.Options()
    #expect(written(["=A1,2"], options: options) == "\"=A1,2\"\r\n")
    options.guardsFormulas = true
    #expect(written(["=A1,2"], options: options) == "\"'=A1,2\"\r\n")
  }
}
