import Foundation
import Testing

/// What a finance bureau does with a folder of forms, by commands alone.
@Suite(.enabled(if: Executable.isBuilt, "the executable is not built beside the tests"))
struct EvaluationCommandTests {
  private let folder: EvaluationFolder

  init() throws { folder = try EvaluationFolder() }

  @Test("a form is shown with its figures, and with what could not be placed and its line")
  func read() throws {
    defer { folder.remove() }
    let path = try folder.write("lamps.txt", EvaluationFolder.lamps)
    let result = try folder.run(["read", path])
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.output.hasPrefix("lamps.txt#1  路灯养护\n"))
    for text in ["≥400.00(盏)", "灯杆到货晚，明年提前订", "line 20", "belongs to no cell", "indicators: 5"] {
      #expect(result.output.contains(text), "\(text)")
    }
    let chinese = try folder.run(["read", path], locale: "zh_CN.UTF-8")
    #expect(chinese.output.contains("第 20 行"))
    #expect(!chinese.output.contains("line 20"))
  }

  @Test("in JSON a form has the agreed members, and numbers as they are printed")
  func readJSON() throws {
    defer { folder.remove() }
    let path = try folder.write("lamps.txt", EvaluationFolder.lamps)
    let forms: [[String: Any]] = try #require(try folder.json(["read", path]))
    let form = try #require(forms.first)
    #expect(
      Set(form.keys) == [
        "source", "ordinal", "year", "project", "department", "unit", "moneyUnit", "budget", "goal",
        "result", "indicators", "total", "grade", "computed", "unplaced", "findings",
      ])
    let budget = form["budget"] as? [String: [String: String]]
    #expect(budget?["total"]?["executed"] == "60.00")
    #expect(budget?["other"]?["weight"] == "-")
    let computed = form["computed"] as? [String: String]
    #expect(computed == ["rate": "75.00", "budgetScore": "7.50", "total": "90.00", "grade": "优"])
    #expect((form["indicators"] as? [[String: String]])?.first?["score"] == "22.50")
  }

  @Test("findings are no failure; each has its code, place, sentence and basis")
  func check() throws {
    defer { folder.remove() }
    let path = try folder.write("lamps.txt", EvaluationFolder.lamps)
    let result = try folder.run(["check", path])
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.output.contains("[Contradiction] total.misstated · the total"))
    #expect(result.output.contains("its own figures make 90.00"))
    #expect(result.output.contains("The total is given as 90.50, the scores make 90: 0.5 apart"))
    #expect(result.output.contains("财预〔2020〕10号"))
    let errors = try folder.run(["check", path, "--errors-only"])
    #expect(errors.output.contains("total.misstated"))
    #expect(!errors.output.contains("[Remark]") && !errors.output.contains("[Question]"))
  }

  @Test("in JSON a finding is worded in both languages, and first in that of the shell")
  func checkJSON() throws {
    defer { folder.remove() }
    let path = try folder.write("lamps.txt", EvaluationFolder.lamps)
    for (locale, language) in [("zh_CN.UTF-8", "zh-Hans"), ("C", "en")] {
      let result = try folder.run(["check", path, "--json"], locale: locale)
      let forms = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let findings = (forms as? [[String: Any]])?.first?["findings"] as? [[String: Any]]
      let finding = try #require(findings?.first { $0["code"] as? String == "total.misstated" })
      let messages = try #require(finding["messages"] as? [String: String])
      #expect(Set(messages.keys) == ["zh-Hans", "en"])
      #expect(finding["message"] as? String == messages[language])
      #expect(messages["zh-Hans"]?.hasPrefix("总分填 90.50，") == true)
      #expect(finding["severity"] as? String == "error")
    }
  }

  @Test("a rule is switched off with a reason, which is said in text and in JSON")
  func off() throws {
    defer { folder.remove() }
    let path = try folder.write("lamps.txt", EvaluationFolder.lamps)
    let result = try folder.run(["check", path, "--off", "total.misstated=checked by hand"])
    #expect(result.status == 0)
    #expect(!result.output.contains("] total.misstated"))
    #expect(result.output.contains("[total.misstated], because: checked by hand"))
    let form = try #require(
      try folder.json(
        ["check", path, "--off", "total.misstated=checked by hand"], as: [[String: Any]].self)?
        .first)
    #expect(form["off"] as? [String: String] == ["total.misstated": "checked by hand"])
    // What was checked is read back as nothing unknown.
    let checked = try folder.write(
      "checked.json",
      folder.run(["check", path, "--json", "--off", "total.misstated=checked by hand"]).output)
    let again = try folder.json(["read", checked], as: [[String: Any]].self)?.first
    #expect((again?["unplaced"] as? [Any])?.count == (form["unplaced"] as? [Any])?.count)
    let plain = try folder.json(["check", path], as: [[String: Any]].self)
    #expect(plain?.first?["off"] == nil)
  }

  @Test("what was not checked stands with its reason in every form of the summary")
  func offInSummary() throws {
    defer { folder.remove() }
    let path = try folder.write("lamps.txt", EvaluationFolder.lamps)
    let call = ["summary", path, "--off", "weights.off-guide=the bureau has its own guide"]
    let said = "[weights.off-guide], because: the bureau has its own guide"
    #expect(try folder.run(call).output.contains(said))
    #expect(!(try folder.run(["summary", path]).output.contains("Not checked")))
    let json = try folder.json(call, as: [String: Any].self)
    #expect(
      json?["off"] as? [String: String] == ["weights.off-guide": "the bureau has its own guide"])
    let page = folder.path("report.html")
    #expect(try folder.run(call + ["--html", page]).status == 0)
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains(said))
  }

  @Test("a pipe that a document is to go into is written into and not replaced")
  func intoPipe() throws {
    defer { folder.remove() }
    let path = try folder.write("lamps.txt", EvaluationFolder.lamps)
    let pipe = folder.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    // Open for both, so that neither side waits for the other.
    let reader = open(pipe, O_RDWR | O_NONBLOCK)
    let result = try folder.run(["print", path, "--to", "html", "--out", pipe])
    #expect(result.status == 0)
    let handle = FileHandle(fileDescriptor: reader, closeOnDealloc: true)
    let sent = handle.availableData
    #expect(String(decoding: sent, as: UTF8.self).hasPrefix("<!doctype html>"))
    var found = stat()
    #expect(stat(pipe, &found) == 0 && found.st_mode & S_IFMT == S_IFIFO)
  }

  @Test("a document goes through a link into the file that it leads to")
  func throughLink() throws {
    defer { folder.remove() }
    let path = try folder.write("lamps.txt", EvaluationFolder.lamps)
    let file = try folder.write("old.html", String(repeating: "x", count: 100_000))
    let link = folder.path("link.html")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    #expect(try folder.run(["print", path, "--to", "html", "--out", link]).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasSuffix("</html>\n"))
  }

  @Test("a rule that does not exist, or no reason, is a wrong call")
  func wrongOff() throws {
    defer { folder.remove() }
    let path = try folder.write("lamps.txt", EvaluationFolder.lamps)
    for wrong in ["total.misstated", "total.misstated=", "total.mistated=typing error"] {
      let refused = try folder.run(["check", path, "--off", wrong])
      #expect(refused.status == 2 && refused.output.isEmpty, "\(wrong)")
    }
  }

  @Test(
    "limits come out of a file; its mistakes are named by line and key, and then nothing is checked"
  )
  func limits() throws {
    defer { folder.remove() }
    let path = try folder.write("lamps.txt", EvaluationFolder.lamps)
    let strict = try folder.write("strict.yaml", "concentration: 25\n")
    let code = "indicator.weight-concentrated"
    #expect(!(try folder.run(["check", path]).output.contains(code)))
    #expect(try folder.run(["check", path, "--limits", strict]).output.contains(code))
    let wrong = try folder.write("wrong.yaml", "concentration: 25\nlargeChange: much\n")
    for file in [wrong, folder.path("none.yaml")] {
      let refused = try folder.run(["check", path, "--limits", file])
      #expect(refused.status == 1 && refused.output.isEmpty)
      #expect(refused.errors.contains(file == wrong ? ":2 largeChange" : "none.yaml"))
    }
  }

  @Test("a file that cannot be read is named, the rest is read, and only then does it end with 1")
  func refused() throws {
    defer { folder.remove() }
    try folder.write("a/lamps.txt", EvaluationFolder.lamps)
    try folder.write("a/.hidden.txt", "nothing")
    try folder.write("b/letter.txt", "一封信")
    let result = try folder.run(["read", folder.url.path, folder.path("lost.pdf")])
    #expect(result.status == 1)
    #expect(result.output.contains("lamps.txt#1"))
    let said = result.errors.split(separator: "\n")
    #expect(said.count == 3)
    #expect(said[0].contains(folder.path("b/letter.txt")))
    #expect(said[1].contains(folder.path("lost.pdf")))
    #expect(!result.errors.contains("hidden"))
    #expect(try folder.run(["read", folder.path("a")]).status == 0)
    let none = try folder.run(["check", folder.path("b"), "--json"])
    #expect(none.status == 1 && none.output == "[]\n")
  }

  @Test("how far it is, is said for many files and not for few")
  func progress() throws {
    defer { folder.remove() }
    for number in 1...21 { try folder.write("\(number).txt", EvaluationFolder.lamps) }
    let many = try folder.run(["check", folder.url.path, "--json"])
    #expect(many.errors.hasSuffix("100 %  forms: 21\n"))
    #expect(try folder.run(["check", folder.path("1.txt")]).errors.isEmpty)
  }

  @Test("every rule is listed with its weight and what it rests on")
  func rules() throws {
    defer { folder.remove() }
    let rules: [[String: Any]] = try #require(try folder.json(["rules"]))
    #expect(rules.count == 45)
    let text = try folder.run(["rules"], locale: "zh_CN.UTF-8").output
    for rule in rules {
      let words = try #require(rule["rule"] as? [String: String])
      #expect(text.contains(words["zh-Hans"] ?? "?"))
      #expect(Set((rule["basis"] as? [String: String] ?? [:]).keys) == ["zh-Hans", "en"])
    }
  }
}
