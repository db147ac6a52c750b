import Base
import Testing

@testable import Paper

/// A generator whose draws a failing test can repeat.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct CSVScannerTests {
  private struct Row: Equatable {
    let bytes: [UInt8]
    let ends: [Int32]
    let ordinal: Int
    let line: Int
  }

  private func scan(_ chunks: [[UInt8]]) throws -> [Row] {
    var scanner = CSVScanner(delimiter: .comma, limits: CSVLimits(), firstOrdinal: 1)
    var rows: [Row] = []
    func take() {
      rows.append(
        Row(
          bytes: scanner.bytes, ends: scanner.ends, ordinal: scanner.ordinal,
          line: scanner.rowLine))
      scanner.startNext()
    }
    for chunk in chunks {
      var position = 0
      while try chunk.withUnsafeBufferPointer({ try scanner.scan($0, from: &position) }) { take() }
    }
    if try scanner.finish() { take() }
    return rows
  }

  @Test("any bytes, cut anywhere, give the same rows as the whole")
  func chunking() throws {
    var dice = Dice(seed: 1)
    let alphabet = Array("ab\",\r\n\",\n".utf8)
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...40, using: &dice)).map { _ in
        alphabet.randomElement(using: &dice) ?? 0
      }
      var chunks: [[UInt8]] = []
      var rest = text[...]
      while !rest.isEmpty {
        let cut = Int.random(in: 0...min(7, rest.count), using: &dice)
        chunks.append(Array(rest.prefix(cut)))
        rest = rest.dropFirst(cut)
      }
      let whole = Result { try scan([text]) }
      let parts = Result { try scan(chunks) }
      switch (whole, parts) {
      case (.success(let left), .success(let right)): #expect(left == right, "\(text)")
      case (.failure(let left), .failure(let right)):
        #expect(left as? Fault == right as? Fault, "\(text)")
      default: Issue.record("\(text) cut as \(chunks)")
      }
    }
  }

  @Test("what the writer writes, the reader reads")
  func roundTrip() throws {
    var dice = Dice(seed: 2)
    let alphabet = ["a", "停", ",", "\"", "\n", "\r", "\r\n", " ", "'", ";", "\t", "=", ""]
    for _ in 0..<500 {
      let columns = Int.random(in: 1...4, using: &dice)
      let table = (0..<Int.random(in: 1...6, using: &dice)).map { _ in
        (0..<columns).map { _ in
          (0..<Int.random(in: 0...4, using: &dice)).compactMap { _ in
            alphabet.randomElement(using: &dice)
          }.joined()
        }
      }
      var writer = CSVWriter()
      for row in table { writer.write(row) }
      var options = TableReader.Options()
      options.columns = (0..<columns).map { "c\($0)" }
      let found = try rows(bytes: writer.take(), options: options)
      #expect(found.map(\.fields) == table)
      #expect(found.allSatisfy { $0.problem == nil })
    }
  }
}
