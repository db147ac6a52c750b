import Foundation
import Testing

@testable import Web

/// The keys of a JSON document, seen before a decoder passes over them.
@Suite struct JSONKeysTests {
  private func keys(_ text: String) -> JSONKeys { JSONKeys(Data(text.utf8)) }

  @Test("keys are named with the object they are in, texts that look like keys are not")
  func names() {
    let found = keys(
      #"{"a": "x\",\"b\": 1", "c": {"d": [1, {"e": 2}], "f": null}, "g": ["h", "i"]}"#)
    #expect(found.all == ["a", "c", "c.d", "c.f", "g"])
    #expect(found.repeated == [])
  }

  @Test("a key that stands twice in one object is found, however it is spelled and however deep")
  func twice() {
    #expect(keys(#"{"a": 1, "b": 2, "a": 3}"#).repeated == ["a"])
    #expect(keys(#"{"kind": 1, "\u006bind": 2}"#).repeated == ["kind"])
    #expect(keys(#"{"a": [{"b": {"c": 1, "c": 2}}]}"#).repeated == ["a.c"])
    #expect(keys(#"{"a": {"x": 1}, "b": {"x": 1}}"#).repeated == [])
    #expect(keys(#"[{"x": 1}, {"x": 1}]"#).repeated == [])
  }

  @Test("names do not outgrow the document")
  func bounded() {
    let long = String(repeating: "k", count: 50_000)
    let inner = (0..<1000).map { "\"\($0)\": {\"x\": 1}" }.joined(separator: ", ")
    let found = keys("{\"\(long)\": {\(inner)}}")
    #expect(found.all.count == 1001)
    #expect(found.all.allSatisfy { $0.count <= 130 })
  }
}
