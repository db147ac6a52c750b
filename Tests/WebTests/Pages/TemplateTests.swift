import Testing

@testable import Web

@Suite struct TemplateTests {
  private func rendered(_ files: [String: String], _ page: Showing) throws -> String {
    let named = Dictionary(uniqueKeysWithValues: files.map { ("Pages/\($0).html", $1) })
    let templates = Templates(
      wording: Wording(.english, texts: ["a": "<{n}>"]),
      assets: AssetShelf(["Assets/icons.svg": "<svg><symbol id=\"lock\"/></svg>"]))
    var writer = TemplateWriter(page)
    writer.write(try templates.pages(named)["x"] ?? [])
    return writer.html
  }

  private func rendered(_ source: String, _ page: Showing) throws -> String {
    try rendered(["x": source], page)
  }

  private let page = Showing.node([
    "n": .text("<&"), "no": .absent, "empty": .text(""), "none": .list([]), "yes": .flag(true),
    "list": .list([.text("a"), .text("b")]),
    "box": .node(["n": .absent, "m": .node(["k": .text("v")])]),
  ])

  @Test(
    "tags are filled in",
    arguments: [
      ("a {{n}} b", "a &lt;&amp; b"), ("{{unknown}}{{no}}{{yes}}{{list}}", ""),
      ("{{#list}}[{{.}}{{n}}]{{/list}}", "[a&lt;&amp;][b&lt;&amp;]"),
      ("{{^list}}x{{/list}}{{^none}}y{{/none}}{{^no}}z{{/no}}{{^empty}}!{{/empty}}", "yz!"),
      ("{{?list}}one{{/list}}{{?none}}x{{/none}}{{?empty}}x{{/empty}}{{?no}}x{{/no}}", "one"),
      ("{{#yes}}{{n}}{{/yes}}{{^yes}}x{{/yes}}{{#empty}}x{{/empty}}", "&lt;&amp;"),
      ("{{box.m.k}}{{box.k}}{{box.n}}", "v"), ("{{! said }}{ {{n}} }", "{ &lt;&amp; }"),
      ("  indented\n\n    {{n}}\n", "indented\n&lt;&amp;"), ("城{{n}}运", "城&lt;&amp;运"),
    ])
  func tags(source: String, expected: String) throws {
    #expect(try rendered(source, page) == expected)
  }

  @Test("what is known to be absent is not looked for outside")
  func absence() throws {
    #expect(try rendered("{{#box}}({{n}}){{/box}}", page) == "()")
  }

  @Test("parts and layouts are put in their places, and what a page gives goes into their blocks")
  func layouts() throws {
    let files = [
      "x": "{{<part/frame}}\n{{$body}}{{> part/n}}{{/body}}\n{{/part/frame}}",
      "part/n": "<b>{{n}}</b>",
      "part/frame": "[{{$head}}{{t:a}}{{/head}}|{{$body}}nobody{{/body}}]",
    ]
    #expect(try rendered(files, page) == "[&lt;&lt;&amp;&gt;|<b>&lt;&amp;</b>]")
  }

  @Test("texts, signs and assets are put in when templates are loaded")
  func macros() throws {
    let html = try rendered("{{t:a}}{{raw:a}}{{icon:lock}}", page)
    #expect(html.hasPrefix("&lt;&lt;&amp;&gt;&lt;{n}&gt;<svg class=\"icon\""))
    #expect(html.wholeMatch(of: /.*href="\/assets\/icons\.[a-z0-9]+\.svg#lock".*/) != nil)
  }

  @Test(
    "a template that names a text, a sign or an asset that is not there does not load",
    arguments: ["{{t:b}}", "{{icon:key}}", "{{asset:app.exe}}", "{{what:x}}"])
  func gaps(source: String) {
    #expect(throws: Templates.Gap.self) { try rendered(source, page) }
  }

  @Test(
    "a template that cannot be read does not load",
    arguments: [
      "{{n", "{{#n}}", "{{#n}}{{/m}}", "{{/n}}", "{{> y}}", "{{> x}}", "{{<x}}{{/x}}",
      "{{<y}}text{{/y}}", "{{<y}}{{n}}{{/y}}",
    ])
  func flaws(source: String) {
    #expect(throws: Template.Flaw.self) { try rendered(source, page) }
  }

  @Test("a value that looks like a tag stays text")
  func literal() throws {
    #expect(try rendered("{{n}}", .node(["n": .text("{{m}}"), "m": .text("x")])) == "{{m}}")
  }
}
