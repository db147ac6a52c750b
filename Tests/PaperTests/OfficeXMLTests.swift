import Base
import Testing

@testable import Paper

/// Writes down what happens.
private final class Diary: OfficeXMLHandler {
  var lines: [String] = []

  func began(_ name: String, _ attributes: [String: String]) {
    let all = attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
    lines.append("<" + name + all.joined())
  }
  func ended(_ name: String) { lines.append(">" + name) }
  func read(_ text: String) { lines.append(text) }
}

@Suite("XML of Office documents")
struct OfficeXMLTests {
  private func diary(_ xml: String) throws -> [String] {
    let diary = Diary()
    try OfficeXML.walk(Array(xml.utf8), diary)
    return diary.lines
  }

  private func line(_ bytes: [UInt8]) -> String? {
    do {
      try OfficeXML.walk(bytes, Diary())
      return nil
    } catch {
      let fault = error as? Fault
      return fault?.code == "xml.damaged" ? fault?.arguments["line"] : "\(error)"
    }
  }

  @Test("Elements, attributes, texts and references, in their order and without prefixes")
  func walk() throws {
    let xml =
      "\u{FEFF}<?xml version='1.0' encoding=\"UTF-8\"?>\n<!-- <x> -->"
      + "<w:a w:b=\"1 &gt; 2\" c='&#x5E74;\"'>x &amp; &#24180;<d/><e  ></e >\r\n<![CDATA[<&]]></w:a>\n"
    #expect(
      try diary(xml) == [
        "<a c=年\" w:b=1 > 2", "x & 年", "<d", ">d", "<e", ">e", "\n", "<&", ">a",
      ])
    #expect(["b": "1", "w:c": "2"].local("c") == "2")
  }

  @Test(
    "What is no XML is refused with its line",
    arguments: [
      "", "a", "<a>", "<a></b>", "<a></a", "<a/><b/>", "<a/>x", "<a b></a>", "<a b=1/>",
      "<a b=\"1/>", "<a b=\"1\" b=\"2\"/>", "<a b=\"1\"c=\"2\"/>", "<a b=\"<\"/>", "<a>&x;</a>",
      "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#-5;</a>", "<a>&amp</a>", "<a>\u{1}</a>", "<!-- ",
      "<a><![CDATA[ </a>", "<a><![CDATA[\u{1}]]></a>", "< a/>", "</a>",
    ])
  func damaged(xml: String) {
    #expect(line(Array(xml.utf8)) == "1")
    #expect(line(Array("<z>\n\n".utf8) + Array(xml.utf8)) != nil)
  }

  @Test(
    "A document that declares a type or an entity is told apart from a damaged one",
    arguments: [
      "<!DOCTYPE a><a/>", "<a><!ENTITY b \"c\"></a>", "<?xml version=\"1.0\"?>\n<!DOCTYPE a>",
    ])
  func declaring(xml: String) {
    let fault = #expect(throws: Fault.self) { try OfficeXML.walk(Array(xml.utf8), Diary()) }
    #expect(fault?.code == "xml.declares")
  }

  @Test("Bytes that are no UTF-8 are refused wherever they stand")
  func encoding() {
    #expect(line(Array("<a b=\"".utf8) + [0xFF] + Array("\"/>".utf8)) == "1")
    #expect(line(Array("<a>".utf8) + [0xD6] + Array("</a>".utf8)) == "1")
  }

  @Test("So many elements within elements, and attributes of one, and no more")
  func limits() {
    func deep(_ depth: Int) -> [UInt8] {
      let opened = String(repeating: "<a>", count: depth)
      return Array((opened + String(repeating: "</a>", count: depth)).utf8)
    }
    #expect(line(deep(OfficeXML.mostDepth)) == nil)
    #expect(line(deep(OfficeXML.mostDepth + 1)) == "1")
    #expect(line(deep(200_000)) == "1")
    let many = (0...OfficeXML.mostAttributes).map { " a\($0)=\"\"" }
    #expect(line(Array("<a\(many.joined())/>".utf8)) == "1")
    #expect(line(Array("<a\(many.dropLast().joined())/>".utf8)) == nil)
  }
}
