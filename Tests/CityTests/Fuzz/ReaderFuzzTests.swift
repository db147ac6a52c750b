import Base
import Foundation
import Testing

/// How long each reader is tried, in minutes, and from which seed on; nil for the short form.
private let minutes = ProcessInfo.processInfo.environment["CHENGYUN_FUZZ_MINUTES"].flatMap(
  Double.init)
private let first =
  ProcessInfo.processInfo.environment["CHENGYUN_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
/// Where the input that is being read stands, so that one that ends the process can be looked at.
private let folder = ProcessInfo.processInfo.environment["CHENGYUN_FUZZ_FOLDER"]
private let only = ProcessInfo.processInfo.environment["CHENGYUN_FUZZ_READER"]

/// The short form belongs to every run of the tests; the long one is `make fuzz`.
@Suite("Readers of strangers' files", .serialized) struct ReaderFuzzTests {
  @Test(
    "whatever it is given, a reader ends with what it read or with a fault",
    .timeLimit(.minutes(60)), arguments: FuzzReader.allCases)
  func survives(reader: FuzzReader) throws {
    guard only == nil || only == reader.rawValue else { return }
    let clock = ContinuousClock()
    let end = minutes.map { clock.now + .seconds($0 * 60 / Double(FuzzReader.allCases.count)) }
    var outcomes: [String: Int] = [:]
    var slowest = (seed: first, took: Duration.zero)
    var seed = first
    while end.map({ clock.now < $0 }) ?? (seed < first + UInt64(reader.rounds)) {
      let input = try reader.input(seed)
      if let folder {
        try Data(input).write(to: URL(filePath: folder).appending(path: "input"))
        try "\(reader.rawValue) \(seed)\n".write(
          toFile: "\(folder)/current", atomically: false, encoding: .utf8)
      }
      let took = clock.measure { outcomes[outcome(reader, input, seed), default: 0] += 1 }
      if took > slowest.took { slowest = (seed, took) }
      seed += 1
    }
    // Not everything may be refused: then nothing behind the first guard would have been tried.
    #expect(reader == .pdf || outcomes["read", default: 0] > 0, "\(reader) \(outcomes)")
    try report(reader, outcomes, Int(seed - first), slowest)
  }

  private func outcome(_ reader: FuzzReader, _ input: [UInt8], _ seed: UInt64) -> String {
    do {
      try reader.read(input)
      return "read"
    } catch let fault as Fault {
      // Somebody's mistake, never ours.
      #expect(fault.kind != .broken, "\(reader) \(seed): \(fault.code)")
      return fault.code
    } catch {
      Issue.record("\(reader) \(seed): \(error)")
      return "mistake"
    }
  }

  private func report(
    _ reader: FuzzReader, _ outcomes: [String: Int], _ count: Int,
    _ slowest: (seed: UInt64, took: Duration)
  ) throws {
    guard let folder else { return }
    let codes = outcomes.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }
    let line =
      "\(reader.rawValue): \(count) inputs, slowest \(slowest.took) (seed \(slowest.seed)); "
    let file = "\(folder)/report"
    let before = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    try (before + line + codes.joined(separator: ", ") + "\n").write(
      toFile: file, atomically: true, encoding: .utf8)
  }

  @Test("the same seed makes the same input")
  func deterministic() throws {
    for reader in FuzzReader.allCases {
      #expect(try reader.input(11) == reader.input(11))
      #expect(try reader.input(11) != reader.input(12) || reader == .number)
    }
  }
}
