import Base
import City
import Testing

@testable import Town

@Suite struct TownTextsTests {
  private let texts = TownTexts()
  private let geography = TownGeography(seed: 1)
  private let time = LocalTime(
    day: Day(year: 2023, month: 6, day: 14) ?? Day(number: 0), hour: 9, minute: 20)

  private func catalogue() throws -> Catalogue {
    try Catalogue.read(Catalogue.shippedFiles, knowing: Centre.knownNames)
  }

  /// Reports of a kind by one voice, each from another place.
  private func reports(
    of kind: String, by voice: TownTexts.Voice, wanted: [String: String] = [:], count: Int = 60
  ) -> [TownReport] {
    var generator = SeededGenerator(seed: 3, for: kind)
    return (0..<count).compactMap { index in
      let village = geography.villages[index % geography.villages.count]
      let place = geography.randomPlace(in: village, using: &generator)
      return texts.report(
        of: kind, by: voice, at: place, in: village, time: time, wanted: wanted,
        using: &generator)
    }
  }

  private func feedback(to report: TownReport, seed: Int) -> TownFeedback {
    var generator = SeededGenerator(seed: UInt64(seed))
    return texts.feedback(
      to: report, village: geography.villages[seed % 12], on: time.day, using: &generator)
  }

  @Test("every kind that comes in the town has texts, and no text is of a kind that is not shipped")
  func kinds() throws {
    let mixes: [KindMix] = [
      .patrol, .hotline, .resident, .mediation, .agreed, .answered, .above, .inspection, .camera,
      .upper,
    ]
    let coming = Set(mixes.flatMap(\.all) + [KindMix.newBuilding, KindMix.landUse])
    #expect(texts.codes == coming.sorted())
    #expect(coming.subtracting(try catalogue().kinds.map(\.code)).isEmpty)
  }

  @Test("what is reported and fed back passes the checks of its kind")
  func fields() throws {
    let kinds = try catalogue().kinds.filter { texts.codes.contains($0.code) }
    #expect(kinds.count == texts.codes.count)
    for kind in kinds {
      for voice in TownTexts.Voice.allCases {
        for (index, report) in reports(of: kind.code, by: voice).enumerated() {
          let faults = CaseFieldCheck(kind, at: .report, today: time.day).check(report.fields)
            .faults
          #expect(faults.isEmpty, "\(kind.code): \(faults) \(report.fields)")
          let fed = feedback(to: report, seed: index)
          let later = CaseFieldCheck(kind, at: .feedback, today: time.day).check(fed.fields).faults
          #expect(later.isEmpty, "\(kind.code): \(later) \(fed.fields)")
        }
      }
    }
  }

  @Test("sentences are whole: nothing is left open, nothing is empty, nothing too long")
  func whole() throws {
    for kind in texts.codes {
      for voice in TownTexts.Voice.allCases {
        for (index, report) in reports(of: kind, by: voice).enumerated() {
          for text in [report.title, report.description, feedback(to: report, seed: index).text] {
            #expect(!text.contains { "{}|=".contains($0) }, "\(kind): \(text)")
            #expect((4...200).contains(text.count), "\(kind): \(text)")
            #expect(!text.contains("，，") && !text.contains("约平"), "\(kind): \(text)")
          }
          #expect(report.description.hasSuffix("。") || report.description.hasSuffix("？"))
        }
      }
    }
  }

  @Test("of sixty reports of a kind few are alike")
  func variety() {
    for kind in texts.codes {
      let found = reports(of: kind, by: .patroller)
      let told = reports(of: kind, by: .resident)
      #expect(Set(found.map(\.description)).count >= 20, "\(kind)")
      #expect(Set(told.map(\.description)).count >= 20, "\(kind)")
      let fed = found.enumerated().map { feedback(to: $1, seed: $0).text }
      #expect(Set(fed).count >= 3, "\(kind)")
    }
  }

  @Test("a building found unlawful is written about as unlawful, a lawful one as lawful")
  func lawful() {
    for kind in ["E0701", "E0702"] {
      for (index, report) in reports(of: kind, by: .patroller, wanted: ["legal": "no"]).enumerated()
      {
        #expect(report.fields["legal"] == .text("no"))
        #expect(!report.description.contains("手续齐全") && !report.description.contains("无异常"))
        let text = feedback(to: report, seed: index).text
        #expect(["拆除", "复", "停工"].contains { text.contains($0) }, "\(text)")
      }
      for report in reports(of: kind, by: .patroller, wanted: ["legal": "yes"]) {
        #expect(report.fields["legal"] == .text("yes"))
        #expect(!report.description.contains("未见审批") && !report.description.contains("停工"))
      }
    }
  }

  @Test("there are sentences for every occasion, and they come again with the seed")
  func occasions() {
    for occasion in TownOccasion.allCases {
      var first = SeededGenerator(seed: 1, for: occasion.rawValue)
      var second = first
      let drawn = (0..<40).map { _ in texts.sentence(on: occasion, using: &first) }
      #expect(drawn == (0..<40).map { _ in texts.sentence(on: occasion, using: &second) })
      #expect(Set(drawn).count >= 2, "\(occasion)")
      #expect(drawn.allSatisfy { $0.hasSuffix("。") }, "\(occasion)")
    }
    #expect(reports(of: "E0102", by: .resident) == reports(of: "E0102", by: .resident))
  }

  @Test("callers have numbers that no network gives out")
  func callers() {
    var generator = SeededGenerator(seed: 1)
    let place = geography.randomPlace(in: geography.villages[0], using: &generator)
    let callers = (0..<100).map { _ in texts.caller(at: place, using: &generator) }
    #expect(callers.allSatisfy { $0.phone?.hasPrefix("126") == true && $0.phone?.count == 11 })
    #expect(Set(callers.map(\.name)).count > 60)
    #expect(callers.contains { $0.address == nil } && callers.contains { $0.address != nil })
  }
}
