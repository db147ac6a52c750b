import Base
import Testing

@testable import Web

@Suite struct MultipartParserTests {
  private func part(_ disposition: String, _ content: String = "x", more: String = "") -> String {
    "--XyZ\r\nContent-Disposition: form-data; \(disposition)\r\n\(more)\r\n\(content)\r\n"
  }

  private func form(_ parts: String...) -> String { parts.joined() + "--XyZ--\r\n" }

  /// What a file name is read as.
  private func fileName(_ parameter: String) -> String? {
    readForm(form(part("name=\"a\"; \(parameter)"))).fields.first?[1]
  }

  @Test("fields and files with their names, types and contents")
  func reads() {
    let outcome = readForm(
      form(
        part("name=\"title\"", "停车"),
        part(
          "name=\"photo\"; filename=\"现场 1.jpg\"", "a\r\nb\r\n--XyY\r\n\r\n",
          more: "Content-Type: image/jpeg\r\n"),
        part("name=\"empty\"", "")))
    #expect(outcome.fault == nil)
    #expect(
      outcome.events == [
        .partBegan(MultipartPart(name: "title", fileName: nil, contentType: nil)),
        .bytes(Array("停车".utf8)[...]), .partEnded,
        .partBegan(
          MultipartPart(name: "photo", fileName: "现场 1.jpg", contentType: "image/jpeg")),
        .bytes(Array("a\r\nb\r\n--XyY\r\n\r\n".utf8)[...]), .partEnded,
        .partBegan(MultipartPart(name: "empty", fileName: nil, contentType: nil)), .partEnded,
        .ended,
      ])
  }

  @Test("what stands before the first boundary and after the last is passed over")
  func surroundings() {
    let plain = readForm(form(part("name=\"a\"")))
    #expect(plain.fields == [["a", "-", "x"]])
    for before in ["\r\n", "hello\r\n", "--XyW\r\n", "\r\r\n"] {
      #expect(readForm(before + form(part("name=\"a\"")) + "after\r\n--XyZ\r\n") == plain)
    }
    let padded = form(part("name=\"a\"")).replacing("--XyZ\r\n", with: "--XyZ \t\r\n")
    #expect(readForm(padded) == plain)
    #expect(readForm("--XyZ--").events == [.ended])
  }

  @Test(
    "file names as browsers and other programs write them",
    arguments: [
      (#"filename="停车.jpg""#, "停车.jpg"), (#"filename=plain.jpg"#, "plain.jpg"),
      (#"filename="say \"no\".jpg""#, #"say "no".jpg"#),
      (#"filename="say %22no%22.jpg""#, #"say "no".jpg"#),
      (#"filename="100%25.jpg""#, "100%25.jpg"), (#"filename="a;b=c.jpg""#, "a;b=c.jpg"),
      (#"filename="C:\fakepath\a.jpg""#, "a.jpg"), (#"filename="../../etc/passwd""#, "passwd"),
      (#"filename="line%0D%0Abreak.jpg""#, "linebreak.jpg"),
      (#"filename="a‮gpj.exe""#, "agpj.exe"), (#"filename="""#, ""),
      (#"filename*=UTF-8''%E5%81%9C%E8%BD%A6.jpg"#, "停车.jpg"),
      (#"filename="x.jpg"; filename*=utf-8'zh'%e5%81%9c.jpg"#, "停.jpg"),
      (#"filename*=UTF-8''%E5%8.jpg; filename="x.jpg""#, "x.jpg"),
      (#"filename*=UTF-8''%+1.jpg; filename="x.jpg""#, "x.jpg"),
      (#"filename*=GBK''%CD%A3.jpg; filename="x.jpg""#, "x.jpg"),
      (#"filename*=ISO-8859-1''caf%E9.jpg"#, "café.jpg"),
      (#"FileName="X.JPG""#, "X.JPG"),
    ])
  func fileNames(parameter: String, expected: String) {
    #expect(fileName(parameter) == expected)
  }

  @Test("a long file name is cut between characters")
  func longFileName() throws {
    let name = try #require(fileName("filename=\"\(String(repeating: "停", count: 200))\""))
    #expect(name == String(repeating: "停", count: 85))
  }

  @Test(
    "headers that could be read in two ways are refused",
    arguments: [
      "Content-Disposition: form-data\r\n",
      "Content-Disposition: attachment; name=\"a\"\r\n",
      "Content-Disposition: form-data; name=\"a\"; name=\"b\"\r\n",
      "Content-Disposition: form-data; name=\"a\r\n",
      "Content-Disposition: form-data; name=\"a\" x\r\n",
      "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n",
      "Content-Disposition: form-data;\r\n name=\"a\"\r\n",
      "Content-Disposition : form-data; name=\"a\"\r\n",
      "Content-Disposition: form-data; name=\"a\"\n",
      "Content-Disposition: form-data; name=\"a\u{0}\"\r\n",
      ": x\r\n", "nothing\r\n", "",
    ])
  func badHeaders(headers: String) {
    let outcome = readForm("--XyZ\r\n\(headers)\r\nx\r\n--XyZ--\r\n")
    #expect(outcome == MultipartOutcome(fault: Fault(.invalid, "multipart.header-malformed")))
  }

  @Test("headers that are not UTF-8 are refused")
  func headersInOtherEncodings() {
    let head = Array("--XyZ\r\nContent-Disposition: form-data; name=\"a\"; filename=\"".utf8)
    let body = head + [0xB3, 0xB5] + Array(".jpg\"\r\n\r\nx\r\n--XyZ--".utf8)
    #expect(readForm([body[...]]).fault?.code == "multipart.header-malformed")
  }

  @Test("content that would have to be decoded is refused")
  func transferEncoding() {
    let of = { (encoding: String) in
      readForm(
        form(part("name=\"a\"", more: "Content-Transfer-Encoding: \(encoding)\r\n"))
      ).fault
    }
    #expect(of("binary") == nil)
    #expect(
      of("Base64")
        == Fault(.invalid, "multipart.encoding-unsupported", ["encoding": "base64"]))
  }

  @Test("a body cut anywhere before its last boundary is an error")
  func truncated() {
    let whole = Array(form(part("name=\"a\"", "some content"), part("name=\"b\"")).utf8)
    for length in 0..<(whole.count - 2) {
      let outcome = readForm([whole[..<length]])
      #expect(
        outcome.fault
          == Fault(.invalid, "multipart.truncated", ["bytes": String(length)]))
      #expect(!outcome.events.contains(.ended))
    }
    #expect(readForm([whole[..<(whole.count - 2)]]).fault == nil)
  }

  @Test("a boundary with something after it is refused", arguments: ["x", "-x", " x", "\rx", "\n"])
  func boundaryLine(rest: String) {
    let outcome = readForm(part("name=\"a\"") + "--XyZ\(rest)\r\n")
    #expect(outcome.fault == Fault(.invalid, "multipart.malformed"))
  }

  @Test("an error stays an error")
  func errorsStay() throws {
    var parser = try MultipartParser(contentType: "multipart/form-data; boundary=b")
    let malformed = Fault(.invalid, "multipart.malformed")
    #expect(throws: malformed) { try parser.feed(Array("--bx".utf8)) }
    #expect(throws: malformed) { try parser.feed(Array("\r\n--b--".utf8)) }
    #expect(throws: malformed) { try parser.finish() }
  }

  @Test(
    "a request of another type, or without a proper boundary",
    arguments: [
      "text/plain; boundary=b", "multipart/form-data", "multipart/form-data; boundary=",
      "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=\"a\u{E9}\"",
      "multipart/form-data; boundary=\"a\r\n\"", "multipart/form-data boundary=b", "",
      "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
      "multipart/form-data; boundary=a; boundary=b",
    ])
  func badContentTypes(contentType: String) {
    #expect(throws: Fault(.invalid, "multipart.boundary-missing")) {
      try MultipartParser(contentType: contentType)
    }
  }

  @Test(
    "boundaries as senders write them",
    arguments: [
      ("Multipart/Form-Data; charset=utf-8; Boundary=\"a b:c\"", "a b:c"),
      ("multipart/form-data;boundary=----=_Part_1", "----=_Part_1"),
      ("multipart/form-data; boundary=----WebKitFormBoundaryABC;", "----WebKitFormBoundaryABC"),
    ])
  func goodContentTypes(contentType: String, boundary: String) throws {
    var parser = try MultipartParser(contentType: contentType)
    #expect(try parser.feed(Array("--\(boundary)--".utf8)) == [.ended])
    try parser.finish()
  }

  @Test("every limit holds, and what just fits passes")
  func limits() {
    func fault(
      _ body: String, _ change: (inout MultipartLimits) -> Void
    ) -> Fault? {
      var limits = MultipartLimits()
      change(&limits)
      return readForm(body, limits: limits).fault
    }
    let field = form(part("name=\"a\"", "12345"))
    let file = form(part("name=\"a\"; filename=\"f\"", "12345"))
    let two = form(part("name=\"a\""), part("name=\"b\""))
    let size = field.utf8.count
    let head = "Content-Disposition: form-data; name=\"a\"\r\n\r\n".utf8.count
    #expect(fault(field) { $0.total = size } == nil)
    #expect(fault(field) { $0.total = size - 1 }?.code == "multipart.too-large")
    #expect(fault(field) { $0.field = 5 } == nil)
    #expect(
      fault(field) { $0.field = 4 }
        == Fault(.tooLarge, "multipart.part-too-large", ["name": "a", "limit": "4"]))
    #expect(fault(file) { $0.field = 4 } == nil)
    #expect(fault(file) { $0.file = 4 }?.code == "multipart.part-too-large")
    #expect(fault(two) { $0.parts = 2 } == nil)
    #expect(fault(two) { $0.parts = 1 }?.code == "multipart.too-many-parts")
    #expect(fault(field) { $0.headerBytes = head } == nil)
    #expect(fault(field) { $0.headerBytes = head - 1 }?.code == "multipart.headers-too-large")
    #expect(fault(field) { $0.headers = 1 } == nil)
    #expect(fault(field) { $0.headers = 0 }?.code == "multipart.headers-too-large")
    #expect(
      fault(String(repeating: "x", count: 200) + "\r\n" + field) { $0.headerBytes = 100 }?.code
        == "multipart.malformed")
  }
}
