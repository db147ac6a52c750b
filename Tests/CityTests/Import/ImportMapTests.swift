import Base
import Testing

@testable import City

@Suite struct ImportMapTests {
  @Test("the maps that ship can be read", arguments: ImportMap.shippedNames)
  func shipped(name: String) throws {
    let map = try ImportMap.shipped(name)
    #expect(map.source == name)
    #expect(!map.columns.isEmpty)
  }

  @Test("four maps ship, and another name is answered with theirs")
  func names() {
    #expect(
      ImportMap.shippedNames == [
        "boston-311", "gov-messages-hotspot", "gov-messages-labelled", "gov-messages-replied",
      ])
    let fault = #expect(throws: Fault.self) { try ImportMap.shipped("chicago") }
    #expect(fault?.code == "import.map-missing")
    #expect(fault?.arguments["known"]?.contains("boston-311") == true)
  }

  @Test("the labels of the messages are the kinds of the hotline, one to one")
  func labels() throws {
    let values = try ImportMap.shipped("gov-messages-labelled").facts.kind.code.values
    let kinds = try Catalogue.read(Catalogue.shippedFiles, knowing: Centre.knownNames)
    #expect(Set(values.values) == Set((5...11).map { $0 < 10 ? "H040\($0)" : "H04\($0)" }))
    #expect(values.count == 7)
    for code in values.values { #expect(kinds[code]?.allows(.hotline) == true) }
  }

  @Test("every mistake of a map is told with its file, line and key")
  func mistakes() throws {
    let text = """
      name: 样例
      source: 样例
      zone: Mars/Olympus
      case:
        id: id
        tilte: title
        channel: telephone
        kind: { column: sort, make: { prefix: S } }
        reported: { column: opened, missing: yesterday }
        point: { latitude: lat }
      made: {}

      """
    #expect(
      faults(text) == [
        "sample.yaml:11 made yaml.key.mistyped", "sample.yaml:2 source catalogue.code.shape",
        "sample.yaml:3 zone import.zone.unknown", "sample.yaml:6 case.tilte yaml.key.mistyped",
        "sample.yaml:5 case yaml.key.missing", "sample.yaml:7 case.channel yaml.value.unknown",
        "sample.yaml:8 case.kind.make import.class.missing",
        "sample.yaml:9 case.reported.missing import.moment",
        "sample.yaml:10 case.point yaml.key.missing",
      ])
  }

  @Test("a map with a mistake in the kinds that it makes is refused")
  func kinds() {
    let text = ImportSamples.text.replacing("code: P0001, name", with: "code: P0001, nmae")
    #expect(
      faults(text) == [
        "sample.yaml:29 make.classes[0].kinds[0].nmae yaml.key.mistyped",
        "sample.yaml:29 make.classes[0].kinds[0] yaml.key.missing",
      ])
  }

  private func faults(_ text: String) -> [String] {
    do {
      _ = try ImportSamples.map(text)
      return []
    } catch let fault as Fault {
      return fault.fields.map { "\($0.name) \($0.code)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test("a file without a column that the map reads is refused before anything is done")
  func columns() async throws {
    let office = try await ImportOffice()
    let path = try office.file("id,title\n1,a\n")
    let fault = await #expect(throws: Fault.self) {
      try await office.bring(path, ImportSamples.map())
    }
    #expect(fault?.code == "table.columns-missing")
    #expect(fault?.fields.map(\.name).contains("opened") == true)
    #expect(try await office.count("ledger_entry") == 0)
  }
}

@Suite struct DerivedCodeTests {
  @Test("names become codes that are sound, the same each time, and never shared")
  func codes() {
    #expect(DerivedCode.of("Pothole Repair", prefix: "B") == "B-Pothole-Repair")
    let names = [
      "Pothole Repair", "Pothole-Repair", "Pothole  Repair", "pothole repair", "路灯", "道路",
      "Missed Trash/Recycling/Yard Waste/Bulk Item", "Missed Trash/Recycling/Yard Waste/Bulk",
      "Street Light Outages", "", "停车 (违规)", "停车（违规）",
    ]
    let codes = names.map { DerivedCode.of($0, prefix: "B") }
    #expect(Set(codes).count == names.count)
    for code in codes { #expect(Code.isSound(code), "\(code)") }
    #expect(codes == names.map { DerivedCode.of($0, prefix: "B") })
  }
}
