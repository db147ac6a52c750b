import Base
import Foundation
import Testing

@testable import Web

/// XML and JSON of one value.
@Suite struct Open311ValueTests {
  @Test("what XML cannot hold is escaped or left out, and JSON says the same")
  func escaped() throws {
    let value = Open311Value.list(
      item: "request",
      [
        .object([
          "a": .text("<&>\"'\u{1}\u{FFFE}末"), "b": .nothing, "c": .flag(false), "d": .whole(7),
        ])
      ])
    #expect(
      value.xml(root: "requests") == """
        <?xml version="1.0" encoding="UTF-8"?>
        <requests><request><a>&lt;&amp;&gt;"'末</a><b></b><c>false</c><d>7</d></request></requests>

        """)
    let json = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    #expect(json.contains(#""b":null"#) && json.contains(#""c":false"#))
  }

  @Test("a time is given to the second, with its zone")
  func moment() {
    let moment = Moment(milliseconds: 1_709_516_400_123)
    #expect(Open311Value.moment(moment) == .text("2024-03-04T01:40:00Z"))
    #expect(Open311Value.moment(nil) == .nothing)
  }
}
