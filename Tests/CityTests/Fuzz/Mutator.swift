import Base

/// Changes inputs at random: bytes, pieces, lines, words that readers look for, and depth. The same
/// seed makes the same input.
struct Mutator {
  var dice: SeededGenerator
  /// The most that an input may grow to, in bytes.
  var most = 96 << 10

  init(seed: UInt64) { dice = SeededGenerator(seed: seed, for: "fuzz") }

  mutating func roll(_ sides: Int) -> Int { dice.number(in: 0...max(0, sides - 1)) }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }

  /// - Parameters:
  ///   - words: what readers of this kind of input look for.
  ///   - other: of which a piece may be taken.
  mutating func mutated(_ input: [UInt8], words: [String], with other: [UInt8]) -> [UInt8] {
    var bytes = input
    for _ in 0...roll(6) {
      change(&bytes, words, other)
      if bytes.count > most { bytes.removeLast(bytes.count - most) }
    }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ words: [String], _ other: [UInt8]) {
    guard !bytes.isEmpty else {
      bytes = Array(pick(words).utf8)
      return
    }
    let place = roll(bytes.count)
    switch roll(14) {
    case 0: bytes[place] ^= 1 << UInt8(roll(8))
    case 1: bytes[place] = UInt8(roll(256))
    case 2: bytes.removeSubrange(range(place, bytes.count))
    case 3: bytes.removeSubrange(place...)
    case 4: bytes.insert(contentsOf: bytes[range(place, bytes.count)], at: roll(bytes.count))
    case 5: bytes.insert(contentsOf: Array(pick(words).utf8), at: place)
    case 6: bytes.insert(contentsOf: (0...roll(8)).map { _ in UInt8(roll(256)) }, at: place)
    case 7:
      guard !other.isEmpty else { return }
      let start = roll(other.count)
      bytes.replaceSubrange(place..., with: other[start...])
    case 8: nest(&bytes, place, words)
    case 9: number(&bytes)
    case 10: swapLines(&bytes)
    case 11: bytes.replaceSubrange(range(place, bytes.count), with: Array(pick(words).utf8))
    case 12:
      let piece = Array(bytes[range(place, bytes.count)])
      let times = min(1 + roll(2000), most / max(1, piece.count))
      bytes.insert(contentsOf: (0..<times).flatMap { _ in piece }, at: place)
    default: dropLines(&bytes)
    }
  }

  /// A short one mostly, a long one now and then.
  private mutating func range(_ place: Int, _ count: Int) -> Range<Int> {
    let length = roll(5) == 0 ? roll(count) : roll(40)
    return place..<min(count, place + 1 + length)
  }

  /// The same word very often, one after the other: brackets, open elements, spaces.
  private mutating func nest(_ bytes: inout [UInt8], _ place: Int, _ words: [String]) {
    let word = Array(pick(words).utf8)
    let times = min(pick([3, 300, 3000, 30_000]), most / max(1, word.count))
    bytes.insert(contentsOf: (0..<times).flatMap { _ in word }, at: place)
  }

  private static let numbers = [
    "0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "1e999",
    "99999999999999999999999999999999999999999999", "0.0000000000000000000000000000000001", "NaN",
    "１２３", "1,838.35", "1.2.3", "65536", "2147483648", "１，８３８．３５", "%", "",
  ]

  /// Another number where one stands.
  private mutating func number(_ bytes: inout [UInt8]) {
    let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
    guard !digits.isEmpty else { return }
    let start = pick(digits)
    let end = bytes[start...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: Array(pick(Self.numbers).utf8))
  }

  /// The texts between two signs exchanged or replaced, and all around them as it was: what is made
  /// so is still well-formed.
  mutating func retexted(
    _ input: [UInt8], from start: UInt8, to end: UInt8, words: [String]
  ) -> [UInt8] {
    var bytes = input
    for _ in 0...roll(12) {
      let starts = bytes.indices.filter { bytes[$0] == start }
      guard !starts.isEmpty else { return bytes }
      let place = pick(starts) + 1
      guard let last = bytes[place...].firstIndex(of: end) else { continue }
      let other = pick(starts) + 1
      let text =
        roll(2) == 0 ? Array(pick(words).utf8) : Array(bytes[other...].prefix { $0 != end })
      guard !text.contains(start), bytes.count + text.count < most else { continue }
      bytes.replaceSubrange(place..<last, with: text)
    }
    return bytes
  }

  private mutating func swapLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    for _ in 0...roll(4) { lines.swapAt(roll(lines.count), roll(lines.count)) }
    bytes = Array(lines.joined(separator: [10]))
  }

  private mutating func dropLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    for _ in 0...roll(4) where lines.count > 1 { lines.remove(at: roll(lines.count)) }
    bytes = Array(lines.joined(separator: [10]))
  }
}
