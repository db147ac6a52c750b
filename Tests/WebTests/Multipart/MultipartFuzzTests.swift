import Testing

@testable import Web

@Suite struct MultipartFuzzTests {
  /// Content made of what could be taken for a boundary.
  private func content(_ dice: inout MultipartDice) -> [UInt8] {
    let scraps = [
      "\r", "\n", "\r\n", "-", "--", "--Xy", "XyZ", "\r\n--Xy", "--XyZ", "停", "a", "\0",
    ]
    return (0..<Int.random(in: 0...12, using: &dice)).flatMap { _ in
      Array((scraps.randomElement(using: &dice) ?? "").utf8)
    }
  }

  private func contains(_ bytes: [UInt8], _ other: [UInt8]) -> Bool {
    guard bytes.count >= other.count else { return false }
    return (0...(bytes.count - other.count)).contains { bytes[$0...].starts(with: other) }
  }

  /// A body and the events it stands for.
  private func form(_ dice: inout MultipartDice) -> (body: [UInt8], expected: [MultipartEvent]) {
    var body: [UInt8] = []
    var expected: [MultipartEvent] = []
    for index in 0..<Int.random(in: 0...4, using: &dice) {
      var bytes = content(&dice)
      while contains(bytes, Array("\r\n--XyZ".utf8)) { bytes = content(&dice) }
      let fileName = Bool.random(using: &dice) ? "照片\(index).jpg" : nil
      let file = fileName.map { "; filename=\"\($0)\"" } ?? ""
      let head = "--XyZ\r\nContent-Disposition: form-data; name=\"f\(index)\"\(file)\r\n\r\n"
      body += Array(head.utf8) + bytes + Array("\r\n".utf8)
      expected.append(
        .partBegan(MultipartPart(name: "f\(index)", fileName: fileName, contentType: nil)))
      if !bytes.isEmpty { expected.append(.bytes(bytes[...])) }
      expected.append(.partEnded)
    }
    return (body + Array("--XyZ--\r\n".utf8), expected + [.ended])
  }

  @Test("random forms, cut anywhere, give what they were made of")
  func cuts() {
    var dice = MultipartDice(seed: 1)
    for _ in 0..<1000 {
      let (body, expected) = form(&dice)
      let pieces = dice.cut(body, upTo: Int.random(in: 1...9, using: &dice))
      for outcome in [readForm([body[...]]), readForm(pieces)]
      where outcome != MultipartOutcome(events: expected) {
        Issue.record("\(body) cut as \(pieces.map(\.count)) gave \(outcome)")
      }
    }
  }

  @Test("damaged forms give an error or other fields, the same however they are cut")
  func mutations() {
    var dice = MultipartDice(seed: 2)
    var faults: [String: Int] = [:]
    for _ in 0..<2000 {
      var (body, _) = form(&dice)
      for _ in 0..<Int.random(in: 1...4, using: &dice) { damage(&body, &dice) }
      let whole = readForm([body[...]])
      let parts = readForm(dice.cut(body, upTo: 7))
      if whole.fault != parts.fault || !isPrefix(whole, parts) {
        Issue.record("\(body): \(whole) but \(parts)")
      }
      faults[whole.fault?.code ?? "none", default: 0] += 1
      let delivered = parts.events.reduce(0) { sum, event in
        if case .bytes(let bytes) = event { sum + bytes.count } else { sum }
      }
      if delivered > body.count { Issue.record("more came out than went in: \(body)") }
    }
    // The damage reaches all corners.
    for code in [
      "none", "multipart.truncated", "multipart.malformed", "multipart.header-malformed",
    ] {
      #expect(faults[code, default: 0] > 50)
    }
  }

  /// A call that throws gives no events, so with an error the whole in one call may have none where
  /// pieces have some.
  private func isPrefix(_ whole: MultipartOutcome, _ parts: MultipartOutcome) -> Bool {
    whole.events == parts.events || whole.fault != nil && whole.events.isEmpty
  }

  private func damage(_ body: inout [UInt8], _ dice: inout MultipartDice) {
    guard let place = body.indices.randomElement(using: &dice) else { return }
    let signs = Array("\r\n-XyZ:;=\"\\ \0\u{FF}%".utf8)
    switch Int.random(in: 0..<5, using: &dice) {
    case 0: body[place] = UInt8.random(in: 0...255, using: &dice)
    case 1: body.remove(at: place)
    case 2: body.insert(signs.randomElement(using: &dice) ?? 0, at: place)
    case 3: body.removeSubrange(place..<min(place + 9, body.count))
    default: body = Array(body[..<place])
    }
  }

  @Test(
    "bytes that look like boundaries cost no more than others",
    arguments: ["\r", "\r\n", "\r\n-", "\r\n--Xy", "\r\n--Xyz", "-", "\r\r\n--X", "x"])
  func cost(pattern: String) throws {
    let head = "--XyZ\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n"
    let content = Array(String(repeating: pattern, count: 10_000 / pattern.utf8.count).utf8)
    let body = Array(head.utf8) + content + Array("\r\n--XyZ--".utf8)
    for length in [1, 7, 4096] {
      var parser = try MultipartParser(contentType: "multipart/form-data; boundary=XyZ")
      var events = 0
      var delivered = 0
      var calls = 0
      for start in stride(from: 0, to: body.count, by: length) {
        calls += 1
        for event in try parser.feed(body[start..<min(start + length, body.count)]) {
          events += 1
          if case .bytes(let bytes) = event { delivered += bytes.count }
        }
      }
      try parser.finish()
      #expect(delivered == content.count)
      // A call brings at most what was kept back, its own content, and two that end a part.
      #expect(events <= 2 * calls + 3)
    }
  }
}
