import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// What was read in waits for its reader, for an hour.
@Suite struct FormReadingTests {
  private func reading(_ name: String) throws -> FileReading {
    FileReading(
      file: name,
      .success(try EvaluationReading.document(Array(SampleForms.tabbed.utf8), named: name)))
  }

  @Test("it is the reader's own, and gone after an hour")
  func hour() async throws {
    let town = try await ProjectTown()
    let writer = town[.writer]
    let fault = Fault(.invalid, "evaluation.scanned", ["file": "b\0.pdf"])
    try await town.desk.keep(
      [reading("a.txt"), FileReading(file: "b\0.pdf", .failure(fault))], by: writer)
    func mine(_ who: ProjectTown.Who) async throws -> [FormReading] {
      try await town.database.read { try town.desk.readings(by: town[who], in: $0) }
    }
    let kept = try await mine(.writer)
    #expect(kept.map(\.file) == ["a.txt", "b.pdf"])
    #expect(kept[0].forms.count == 1 && kept[0].places == [0])
    #expect(
      kept[0].sections.first?.lines.first
        == SampleForms.tabbed.split(separator: "\n").first.map { String($0) })
    #expect(kept[1].fault?.code == "evaluation.scanned" && kept[1].forms.isEmpty)
    #expect(try await mine(.mate).isEmpty)
    await #expect(throws: Fault.self) { try await mine(.leader) }
    // Somebody else's cannot be taken over.
    let choice = FormChoice(reading: kept[0].id, place: 0)
    await #expect(throws: Fault.invalid("take", "value.missing")) {
      try await town.desk.take(
        reading: [choice], year: nil, for: town.first, by: town[.mate])
    }
    town.clock.advance(seconds: 3601)
    #expect(try await mine(.writer).isEmpty)
    await #expect(throws: Fault.invalid("take", "value.missing")) {
      try await town.desk.take(reading: [choice], year: nil, for: town.first, by: writer)
    }
    try await ProjectSweep(desk: town.desk).runIfDue()
    #expect(
      try await town.database.read {
        try $0.value("SELECT COUNT(*) FROM form_reading", as: Int.self)
      } == 0)
  }

  @Test("a form that names another unit goes to an organisation only when that is said")
  func elsewhere() async throws {
    let town = try await ProjectTown()
    let (writer, first) = (town[.writer], town.first)
    try await town.desk.keep([reading("a.txt")], by: writer)
    let kept = try await town.database.read { try town.desk.readings(by: writer, in: $0) }
    let choice = FormChoice(reading: kept[0].id, place: 0)
    let unit = try #require(kept[0].forms[0]?.unit)
    await #expect(
      throws: Fault.invalid(
        "forms.0.unit", "unit.elsewhere", ["unit": unit, "organisation": "town-1"])
    ) { try await town.desk.take(reading: [choice], year: 2024, for: first, by: writer) }
    let taken = try await town.desk.take(
      reading: [choice], year: 2024, for: first, elsewhere: true, by: writer)
    #expect(taken.count == 1)
  }

  @Test("a unit is an organisation written out or in short, in either width; none is any")
  func names() async throws {
    let town = try await ProjectTown()
    let organisation = try #require(
      try await town.database.read { try OrganisationRows.organisation(town.first, in: $0) })
    for (unit, isNamed) in [
      ("town-1", true), ("ｔｏｗｎ－１", true), ("示例区 town-1", true), ("town", true), ("", true),
      ("town-2", false), ("路灯所", false),
    ] {
      var form = EvaluationForm()
      form.unit = unit
      #expect(form.names(organisation) == isNamed, "\(unit)")
    }
  }

  @Test("of very many files the oldest go")
  func many() async throws {
    let town = try await ProjectTown()
    for number in 0..<3 {
      let files = try (0..<30).map { try reading("\(number)-\($0).txt") }
      try await town.desk.keep(files, by: town[.writer])
    }
    let kept = try await town.database.read {
      try town.desk.readings(by: town[.writer], in: $0)
    }
    #expect(kept.count == FormReading.most)
    #expect(kept.first?.file == "1-0.txt" && kept.last?.file == "2-29.txt")
  }

  @Test("sheets count their lines for themselves, and a form knows its sheet")
  func sheets() throws {
    let forms = try EvaluationReading.read(text: SampleForms.tabbed, named: "a.txt")
    var second = forms[0]
    second.project += "二"
    let bytes = try EvaluationPrint.bytes([forms[0], second], as: .xlsx)
    let document = try EvaluationReading.document(bytes, named: "a.xlsx")
    #expect(document.places == [0, 1])
    #expect(document.sections.count == 2)
    for (place, section) in zip(document.places, document.sections) {
      #expect(section.lines.contains { $0.contains(document.forms[place].project) })
      #expect(!section.name.isEmpty)
    }
  }

  @Test("a choice is written and read back, and nothing else is one")
  func choices() {
    let choice = FormChoice(reading: ID(12), place: 3)
    #expect(choice.text == "12.3" && FormChoice("12.3") == choice)
    for text in ["", "12", "12.", ".3", "a.3", "12.x"] { #expect(FormChoice(text) == nil) }
  }
}
