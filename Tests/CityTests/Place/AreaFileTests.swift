import Base
import City
import Testing

@Suite struct AreaFileTests {
  private func file(_ features: String...) -> [UInt8] {
    Array(#"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#.utf8)
  }

  private func feature(_ properties: String) -> String {
    #"{"type":"Feature","properties":{\#(properties)},"geometry":null}"#
  }

  @Test("a file's features are areas, numbers as codes too")
  func drafts() throws {
    let polygon = #"{"type":"Polygon","coordinates":[[[121,31],[122,31],[122,32],[121,31]]]}"#
    let drafts = try AreaFile.drafts(
      in: file(
        #"{"type":"Feature","properties":{"code":310199,"name":"汀海区","level":"district"},"#
          + #""geometry":\#(polygon)}"#,
        feature(#""code":"103","name":"云浦镇","level":"town","parent":310199"#)))
    #expect(drafts.map(\.code) == ["310199", "103"])
    #expect(drafts.map(\.parent) == [nil, "310199"])
    #expect(drafts.map { $0.shape == nil } == [false, true])
  }

  @Test("every mistake is told with its feature and property")
  func mistakes() async throws {
    let bytes = file(
      feature(#""code":"a","name":"A","level":"town""#),
      feature(#""name":"B","level":"village""#),
      feature(#""code":"a","name":"\#(String(repeating: "长", count: 101))""#),
      feature(#""code":"x y","name":"D","level":"city""#))
    #expect(
      await fault { _ = try AreaFile.drafts(in: bytes) } == [
        "area.file-invalid", "features[1].properties.code value.missing",
        "features[1].properties.level area.level-unknown",
        "features[2].properties.name value.long", "features[2].properties.level value.missing",
        "features[2].properties.code area.code-twice", "features[3].properties.code code.invalid",
      ])
  }

  @Test("a file without any area is refused, not taken for one that changes nothing")
  func empty() async throws {
    let wrong = #expect(throws: Fault.self) { try AreaFile.drafts(in: file()) }
    #expect(wrong?.code == "area.file-invalid" && wrong?.arguments["count"] == "1")
    #expect(wrong?.fields.map(\.code) == ["area.file-empty"])
  }

  @Test("a file of another maker is read by its own property, level and parent")
  func options() throws {
    var options = AreaFile.Options()
    options.codeProperty = "adcode"
    options.level = .district
    options.parent = "31"
    let drafts = try AreaFile.drafts(
      in: file(feature(#""adcode":310151,"name":"崇明区","level":"3""#)), options: options)
    #expect(drafts == [AreaDraft(code: "310151", name: "崇明区", level: .district, parent: "31")])
  }

  @Test("a broken boundary is named with its place in the file")
  func geometry() async throws {
    let bytes = file(
      #"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[1,2]]]}}"#)
    #expect(
      await fault { _ = try AreaFile.drafts(in: bytes) } == [
        "geojson.invalid", "features[0].geometry.coordinates[0] ring-short",
      ])
  }
}
