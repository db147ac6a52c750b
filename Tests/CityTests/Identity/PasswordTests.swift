import Base
import Foundation
import Testing

@testable import City

@Suite struct PasswordTests {
  @Test("only the password itself matches, however it was typed")
  func matching() throws {
    let hash = try PasswordHash(hashing: "correct horse 1 é")
    #expect(try hash.matches("correct horse 1 é"))
    #expect(try hash.matches("ｃｏｒｒｅｃｔ horse 1 e\u{301}"))
    for wrong in ["correct horse 1 e", "correct horse 1 é ", "Correct horse 1 é", "", "\u{0}"] {
      #expect(try !hash.matches(wrong))
    }
    #expect(try !hash.matches(String(repeating: "a", count: 100_000)))
  }

  @Test("a published vector of scrypt is understood (RFC 7914, 12: the first half of its key)")
  func vector() throws {
    let salt = Data("SodiumChloride".utf8).base64EncodedString()
    let key: [UInt8] = [
      0x70, 0x23, 0xbd, 0xcb, 0x3a, 0xfd, 0x73, 0x48, 0x46, 0x1c, 0x06, 0xcd, 0x81, 0xfd, 0x38,
      0xeb, 0xfd, 0xa8, 0xfb, 0xba, 0x90, 0x4f, 0x8e, 0x3e, 0xa9, 0xb5, 0x43, 0xf6, 0x54, 0x5d,
      0xa1, 0xf2,
    ]
    let text = "scrypt$14$8$1$\(salt)$\(Data(key).base64EncodedString())"
    let hash = try #require(PasswordHash(text))
    #expect(try hash.matches("pleaseletmein"))
    #expect(hash.description == text)
  }

  @Test("the same password is kept as two different texts, which both read back")
  func salting() throws {
    let first = try PasswordHash(hashing: "correct horse")
    let second = try PasswordHash(hashing: "correct horse")
    #expect(first.description != second.description)
    let read = try #require(PasswordHash(first.description))
    #expect(read == first)
    #expect(try read.matches("correct horse"))
  }

  @Test(
    "a text that is no password is refused, also one that would take all memory",
    arguments: [
      "", "scrypt", "scrypt$14$8$1$$", "bcrypt$14$8$1$AAAA$AAAA",
      "scrypt$14$8$1$AAAA$AAAA",
      "scrypt$40$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      "scrypt$14$9999$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      "scrypt$14$8$0$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      "scrypt$14$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=$",
    ])
  func malformed(text: String) {
    #expect(PasswordHash(text) == nil)
  }

  @Test("a hash of lower cost is outdated, one of higher cost is not")
  func costs() throws {
    let mill = PasswordMill(cost: .present)
    func isOutdated(_ rounds: Int) throws -> Bool {
      let cost = PasswordCost(rounds: rounds, blockSize: 8, parallelism: 1)
      return mill.isOutdated(try PasswordHash(hashing: "x", cost: cost))
    }
    #expect(try isOutdated(10))
    #expect(try !isOutdated(14))
    #expect(try !isOutdated(15))
  }

  @Test(
    "a bad password is refused with the reason",
    arguments: [
      ("", "value.missing"), ("123456789", "value.short"), ("一二三四五六七八九", "value.short"),
      (String(repeating: "a", count: 201), "value.long"),
      ("a" + String(repeating: "\u{301}", count: 5000) + "bcdefghijk", "value.long"),
      ("Zhang.Sanfeng", "password.is-sign-in"), (" ｚhang.sanfeng", "password.is-sign-in"),
    ])
  func rules(password: String, code: String) throws {
    let name = try SignInName("zhang.sanfeng")
    #expect(throws: Fault.self) { try PasswordRules.check(password, signIn: name) }
    do {
      try PasswordRules.check(password, signIn: name)
    } catch {
      #expect(field("password", code)(error))
    }
  }

  @Test("ten characters in any script are enough, two hundred are not too many")
  func good() throws {
    let name = try SignInName("zhang")
    for password in ["1234567890", "一二三四五六七八九十", String(repeating: "长", count: 200)] {
      try PasswordRules.check(password, signIn: name)
    }
  }
}

@Suite struct SignInNameTests {
  @Test("case, width and spaces around a name make no difference")
  func folding() throws {
    let plain = try SignInName("zhang.san@town")
    for typed in [
      "Zhang.San@Town", "  zhang.san@town\n", "ｚｈａｎｇ．ｓａｎ＠ｔｏｗｎ", "\u{3000}ZHANG.SAN@TOWN",
    ] {
      #expect(try SignInName(typed) == plain)
    }
    #expect(try SignInName("张三").text == "张三")
  }

  @Test("a folded name folds to itself, whatever it is made of")
  func idempotent() {
    var generator = SeededGenerator(seed: 7)
    let letters = Array("aZ ſßİıﬀΣςǅⅣ９ｚ①張é\u{301}\u{307}\u{a0}\u{3000}K._-@")
    for _ in 0..<5000 {
      let count = generator.number(in: 1...6)
      let typed = String((0..<count).compactMap { _ in generator.pick(letters) })
      let folded = SignInName.folded(typed)
      #expect(SignInName.folded(folded) == folded, "\(typed.debugDescription)")
    }
  }

  @Test(
    "a name that cannot be is refused with the reason",
    arguments: [
      ("", "value.missing"), ("  ", "value.missing"), ("a", "value.short"),
      ("a b", "sign-in.characters"),
      ("a/b", "sign-in.characters"), ("a\u{0}b", "sign-in.characters"),
      ("<script>", "sign-in.characters"), (String(repeating: "a", count: 65), "value.long"),
    ])
  func invalid(typed: String, code: String) {
    #expect(performing: { try SignInName(typed) }, throws: field("sign-in", code))
  }
}
