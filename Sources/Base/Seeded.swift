/// Random numbers that are the same for the same seed, on every machine and with every compiler:
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
///
/// For made-up data and tests, never for secrets.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// A generator of its own for one purpose, so that one purpose asking for more numbers does not
  /// change what another gets.
  public init(seed: UInt64, for purpose: String) {
    // FNV-1a, because the hashes of Swift differ with every run.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    self.init(seed: seed ^ hash)
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Evenly from 0 to below 1, in steps of 2⁻⁵³.
  public mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Evenly from `range`; the standard library's own way may change, this does not.
  public mutating func number(in range: ClosedRange<Int>) -> Int {
    let width = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
  }

  /// Evenly from `range`.
  public mutating func number(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + fraction() * (range.upperBound - range.lowerBound)
  }

  /// True in `share` of all draws.
  public mutating func chance(_ share: Double) -> Bool { fraction() < share }

  /// One of the elements; nil of none.
  public mutating func pick<Element>(_ elements: some RandomAccessCollection<Element>) -> Element? {
    guard !elements.isEmpty else { return nil }
    let offset = number(in: 0...(elements.count - 1))
    return elements[elements.index(elements.startIndex, offsetBy: offset)]
  }

  /// The place of one of several weights, none negative: each as often as its weight says. 0 when
  /// all are 0.
  public mutating func place(in weights: [Double]) -> Int {
    var rest = fraction() * weights.reduce(0, +)
    for (place, weight) in weights.enumerated() {
      if rest < weight { return place }
      rest -= weight
    }
    return weights.lastIndex { $0 > 0 } ?? 0
  }

  /// About 0 with a standard deviation of 1, never beyond 6: a sum of twelve, because logarithms
  /// differ in their last digit between machines.
  public mutating func normal() -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + fraction() }
  }
}
