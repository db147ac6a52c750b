import Base
import Foundation
import Testing

@testable import City

@Suite("Files that are refused, and files that are damaged")
struct EvaluationRefusalTests {
  private func code(_ bytes: [UInt8]) -> String? {
    do {
      _ = try EvaluationReading.read(bytes, named: "sample")
      return nil
    } catch let fault as Fault {
      #expect(fault.arguments["file"] == "sample")
      return fault.code
    } catch {
      return "\(error)"
    }
  }

  @Test("A text without a form is refused, also when it speaks of one")
  func noForm() {
    #expect(code(bytes("会议通知\n请各单位填报财政项目支出绩效自评表。\n")) == "evaluation.no-form")
    #expect(code([]) == "evaluation.no-form")
    #expect(code(bytes("财政项目支出绩效自评表\n")) == "evaluation.no-form")
  }

  @Test("A file of 200 MB is refused, and the limit is said")
  func tooLarge() {
    let error = #expect(throws: Fault.self) {
      try EvaluationReading.read([UInt8](repeating: 0x20, count: 200 << 20), named: "big.txt")
    }
    #expect(error?.code == "evaluation.too-large")
    #expect(error?.kind == .tooLarge)
    #expect(error?.arguments["limit"] == "32 MB")
  }

  @Test("A large file on disk is refused, a missing one is said to be, and a form is read")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "form.txt")
    try Data(SampleForms.spaced.utf8).write(to: file)
    #expect(try EvaluationReading.read(file: file).first?.source == "form.txt")
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: 200 << 20)
    try handle.close()
    let large = #expect(throws: Fault.self) { try EvaluationReading.read(file: file) }
    #expect(large?.code == "evaluation.too-large")
    let missing = #expect(throws: Fault.self) {
      try EvaluationReading.read(file: folder.appending(path: "none.txt"))
    }
    #expect(missing?.code == "evaluation.file-unreadable")
  }

  @Test("Bytes that are no document are refused")
  func noDocument() {
    #expect(code([0x7F, 0x45, 0x4C, 0x46, 0, 0, 1]) == "evaluation.not-a-document")
  }

  @Test("Office files of old and encrypted ones are told apart")
  func compound() {
    let head: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    #expect(code(head + [UInt8](repeating: 0, count: 600)) == "evaluation.old-office")
    let name = "EncryptedPackage".utf8.reduce(into: [UInt8]()) { $0 += [$1, 0] }
    #expect(code(head + [UInt8](repeating: 0, count: 600) + name) == "evaluation.encrypted")
  }

  @Test("JSON that is no form says where it is wrong")
  func badJSON() {
    #expect(code(bytes("[]")) == "evaluation.no-form")
    #expect(code(bytes("[1]")) == "evaluation.json-invalid")
    #expect(code(bytes("[{")) == "evaluation.json-broken")
    let bare = #expect(throws: Fault.self) {
      try EvaluationReading.read(bytes("{}"), named: "a.json")
    }
    #expect(bare?.code == "evaluation.json-invalid" && bare?.arguments["place"] == "indicators")
    let error = #expect(throws: Fault.self) {
      try EvaluationReading.read(bytes(#"[{"indicators": [{"name": 3}]}]"#), named: "a.json")
    }
    #expect(error?.arguments["place"]?.hasPrefix("0.indicators.0") == true)
  }

  @Test(
    "A form that goes on without end is read up to a limit, and what is left is reported",
    arguments: ["满意 甲 乙 丙 1 1\n", "字 ", "总分 1\n", "=1 甲 乙\n", "甲\n"])
  func endless(text: String) throws {
    let head = try #require(SampleForms.spaced.firstRange(of: "产出\n"))
    let endless = String(repeating: text, count: 60_000 / text.utf8.count)
    let sample = SampleForms.spaced[..<head.lowerBound] + endless + "\n1 1\n总分 100 100\n"
    let form = try #require(EvaluationReading.read(text: String(sample), named: "x").first)
    #expect(form.project == "河道保洁与IoT Gateway租用")
    #expect(!form.unplaced.isEmpty)
  }

  @Test("Damaged bytes and shuffled lines crash no reader and throw nothing but faults")
  func damaged() throws {
    var random = SeededGenerator(seed: 20_241_125, for: "damaged forms")
    let samples = [SampleForms.spaced, SampleForms.tabbed, SampleForms.yuan]
    let forms = try samples.flatMap { try EvaluationReading.read(text: $0, named: "x") }
    let json = try [UInt8](JSONEncoder().encode(forms))
    var read = 0
    for round in 0..<400 {
      let sample = samples[round % 3]
      let damaged = round % 4 == 3 ? json : bytes(Self.shuffle(sample, &random))
      let input = Self.damage(damaged, &random)
      do {
        for (index, form) in try EvaluationReading.read(input, named: "x").enumerated() {
          if round % 4 != 3 { #expect(form.ordinal == index + 1) }
          _ = form.computed
          read += 1
        }
      } catch {
        #expect(error is Fault, "round \(round): \(error)")
      }
    }
    #expect(read > 130)
  }

  private static func shuffle(_ text: String, _ random: inout SeededGenerator) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for _ in 0..<random.number(in: 0...6) where lines.count > 2 {
      let from = random.number(in: 0...(lines.count - 1))
      let line = lines.remove(at: from)
      if random.chance(0.5) { lines.insert(line, at: random.number(in: 0...lines.count)) }
    }
    return lines.joined(separator: "\n")
  }

  private static func damage(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<random.number(in: 0...8) where !bytes.isEmpty {
      let place = random.number(in: 0...(bytes.count - 1))
      switch random.number(in: 0...3) {
      case 0: bytes[place] = UInt8(random.number(in: 0...255))
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: "10.00 10.00 = ( 指标".utf8.prefix(7), at: place)
      default: bytes.removeLast(min(bytes.count, random.number(in: 0...200)))
      }
    }
    return bytes
  }
}
