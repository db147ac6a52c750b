import Foundation
import Testing

/// Summaries and documents that the commands write.
@Suite(.enabled(if: Executable.isBuilt, "the executable is not built beside the tests"))
struct EvaluationOutputTests {
  private let folder: EvaluationFolder

  init() throws { folder = try EvaluationFolder() }

  /// The first is the total of the two others.
  private func tree() throws -> String {
    let forms = [
      EvaluationFolder.form(1, "300.00", "310.00", "305.00"),
      EvaluationFolder.form(2, "100.00", "105.00", "103.00"),
      EvaluationFolder.form(3, "200.00", "205.00", "202.00"),
    ]
    return try folder.write("tree.json", "[\(forms.joined(separator: ","))]")
  }

  @Test("a summary counts a total's money once, and not that of its parts again")
  func money() throws {
    defer { folder.remove() }
    let summary: [String: Any] = try #require(try folder.json(["summary", try tree()]))
    let body = try #require((summary["bodies"] as? [[String: Any]])?.first)
    #expect(body["forms"] as? Int == 3)
    #expect(body["counted"] as? Int == 1)
    #expect((body["money"] as? [String: String])?["adjusted"] == "3100000.00")
    #expect((summary["money"] as? [String: String])?["executed"] == "3050000.00")
    let text = try folder.run(["summary", folder.path("tree.json")])
    #expect(text.output.contains("3,100,000.00"))
    #expect(!text.output.contains("6,200,000.00"))
  }

  @Test("a report is written as HTML and as a workbook, one at a time")
  func report() throws {
    defer { folder.remove() }
    let forms = try folder.write("lamps.txt", EvaluationFolder.lamps)
    for format in ["html", "xlsx"] {
      let file = folder.path("report.\(format)")
      let result = try folder.run(["summary", forms, "--\(format)", file])
      #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
    }
    let html = try String(contentsOfFile: folder.path("report.html"), encoding: .utf8)
    #expect(html.contains("<td>total.misstated</td>") && html.contains("示例区路灯所"))
    #expect(html.contains("<td>lamps.txt#1</td>"))
    let book = try Data(contentsOf: URL(filePath: folder.path("report.xlsx")))
    #expect(book.starts(with: [0x50, 0x4B, 3, 4]))
    #expect(try folder.run(["summary", forms, "--json", "--html", "x.html"]).status == 2)
    let nowhere = folder.path("no/such/folder.html")
    let lost = try folder.run(["summary", forms, "--html", nowhere])
    #expect(lost.status == 1 && lost.errors.contains(nowhere))
  }

  @Test("a collection of forms is read back as it was", arguments: ["docx", "xlsx"])
  func collection(format: String) throws {
    defer { folder.remove() }
    let text = try folder.write(
      "lamps.txt", EvaluationFolder.lamps.replacing("\n（以上由示例区路灯所填报）", with: ""))
    let file = folder.path("all.\(format)")
    let printed = try folder.run(["print", text, text, "--to", format, "--out", file])
    #expect(printed.status == 0 && printed.errors.isEmpty, "\(printed.errors)")
    let forms: [[String: Any]] = try #require(try folder.json(["read", file]))
    let original: [[String: Any]] = try #require(try folder.json(["read", text]))
    #expect(forms.count == 2)
    for form in forms {
      let same = ["budget", "indicators", "goal", "result", "total", "grade", "unit", "unplaced"]
      for key in same {
        #expect(form[key] as? NSObject == original[0][key] as? NSObject, "\(key)")
      }
    }
  }

  @Test("into a folder goes a document for each form, and none takes another's place")
  func each() throws {
    defer { folder.remove() }
    let text = try folder.write("lamps.txt", EvaluationFolder.lamps)
    let other = try folder.write("b/lamps.txt", EvaluationFolder.lamps)
    let out = folder.url.path + "/out/"
    let result = try folder.run(["print", text, other, "--to", "html", "--out", out])
    #expect(result.status == 0)
    #expect(result.errors.contains("lamps.txt#1: not placed with certainty: 1"))
    let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
    #expect(names == ["lamps-1 路灯养护 (2).html", "lamps-1 路灯养护.html"])
  }

  @Test("of a refused file nothing is printed, and what there is of others is")
  func refused() throws {
    defer { folder.remove() }
    let letter = try folder.write("letter.txt", "一封信")
    let out = folder.path("letter.docx")
    #expect(try folder.run(["print", letter, "--to", "docx", "--out", out]).status == 1)
    #expect(!FileManager.default.fileExists(atPath: out))
    let text = try folder.write("lamps.txt", EvaluationFolder.lamps)
    #expect(try folder.run(["print", letter, text, "--to", "docx", "--out", out]).status == 1)
    #expect(FileManager.default.fileExists(atPath: out))
    #expect(try folder.run(["print", text, "--to", "doc", "--out", out]).status == 2)
  }
}
