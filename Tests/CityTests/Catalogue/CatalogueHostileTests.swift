import Base
import Testing

@testable import City

@Suite struct CatalogueHostileTests {
  @Test("a bomb of aliases is refused before it is built, as values and as keys")
  func bombs() {
    let levels = (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
    let values = (["a0: &a0 [x]"] + levels).joined(separator: "\n")
    let keys = values + "\n? *a40\n: x\n"
    for text in [values, keys] {
      let faults = CatalogueSamples.faults([NamedFile(name: "bomb", text: text)])
      #expect(faults.map(\.code) == ["yaml.alias"])
      #expect(faults.first?.name == "bomb:2")
    }
  }

  @Test("prose with stars and ampersands is no alias")
  func prose() throws {
    let kind = try CatalogueSamples.kind("english: R&D *and* &c, 5*3 &more")
    #expect(kind.english == "R&D *and* &c, 5*3 &more")
  }

  @Test(
    "nesting without end is refused, not followed",
    arguments: ["[", "{a: ", "- ", "? ", "- ? "])
  func nesting(_ opening: String) async {
    let text = "classes:\n  " + String(repeating: opening, count: 100_000)
    // On a thread of the pool, whose stack is the one that serves requests.
    let faults = await Task.detached {
      CatalogueSamples.faults([NamedFile(name: "deep", text: text)])
    }.value
    #expect(faults.count >= 1)
  }

  @Test("what is nested as deeply as the parser allows is read and dropped")
  func deepest() async {
    let deep = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
    let faults = await Task.detached {
      CatalogueSamples.faults([NamedFile(name: "deep", text: "classes: \(deep)")])
    }.value
    #expect(faults.map(\.code) == ["yaml.type.map"])
  }

  @Test("a file changed at random is read or refused, and never crashes", arguments: 0..<40)
  func mutations(_ seed: UInt64) throws {
    var random = Dice(state: seed &+ 1)
    let file = try #require(Catalogue.shippedFiles.randomElement(using: &random))
    for _ in 0..<5 {
      var bytes = file.bytes
      for _ in 0..<Int.random(in: 1...8, using: &random) { mutate(&bytes, &random) }
      let changed = NamedFile(name: file.name, bytes: bytes)
      do {
        let read = try Catalogue.read([changed], knowing: CatalogueSamples.names)
        #expect(try Catalogue(canonicalText: read.canonicalText) == read)
      } catch let fault as Fault {
        #expect(fault.code == "catalogue.invalid")
        #expect(fault.fields.allSatisfy { $0.name.hasPrefix("\(file.name):") })
        #expect(!fault.fields.isEmpty)
      }
    }
  }

  /// Changes one place as editors, disks and enemies do.
  private func mutate(_ bytes: inout [UInt8], _ random: inout Dice) {
    guard !bytes.isEmpty else { return }
    let pieces = [
      "&a ", "*a ", "\t", "- ", ": ", "{", "]", "\"", "'", "|\n", "!!set ", "\u{0}", "#",
      "<<: ", "99999999999999999999", "\u{FEFF}", "\r", "%", "\n---\n", "~", "none", "垃圾",
    ]
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...40, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3:
      bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: place)
    default: bytes.removeSubrange(place...)
    }
  }
}

/// SplitMix64: the same numbers for the same seed.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
