import Testing

@Suite struct SwiftTextTests {
  @Test("comments are left out, and lines keep their numbers")
  func comments() {
    let text = SwiftText("let a = 1 // one!\n/* two! /* three */\n! */ let b = 2\nlet c")
    #expect(text.code == "let a = 1 \n\n let b = 2\nlet c")
    #expect(text.strings.isEmpty)
  }

  @Test("strings are kept apart, whatever their form")
  func strings() {
    let text = SwiftText(
      ##"f("a\"!", #"b"\n!"#, "", "// no comment") + g(""" "##
        + "\nlong \"!\"\n\"\"\")")
    #expect(text.code == "f(\"\", \"\", \"\", \"\") + g(\"\"\n\n)")
    #expect(
      text.strings == ["a\"!", "b\"\\n!", "", "// no comment", " \nlong \"!\"\n"])
  }

  @Test("the code inside an interpolation is code")
  func interpolation() {
    let text = SwiftText(#"let s = "a\(b(c)! + "d\(e)")f!" + g"#)
    #expect(text.code == #"let s = ""(b(c)! + ""(e)) + g"#)
    #expect(text.strings == ["d\\()", "a\\()f!"])
  }

  @Test("a raw string interpolates only with its own number of signs")
  func rawInterpolation() {
    let text = SwiftText(##"f(#"a\(no!)\#(yes!)"#)"##)
    #expect(text.code == #"f(""(yes!))"#)
    #expect(text.strings == [#"a\(no!)\()"#])
  }

  @Test("a regular expression is no string, and a division no regular expression")
  func regex() {
    #expect(SwiftText(#"let r = /a"b!/; let s = "c""#).code == #"let r = ; let s = """#)
    #expect(SwiftText(##"f(#/a/"b/#, 1)"##).code == "f(, 1)")
    #expect(SwiftText("let a = b / c / d!").code == "let a = b / c / d!")
    #expect(SwiftText("x.reduce(1, /)").code == "x.reduce(1, /)")
  }
}
