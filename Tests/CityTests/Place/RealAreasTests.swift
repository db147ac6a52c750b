import Base
import City
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: realData != nil, "CHENGYUN_DATA is not set"))
struct RealAreasTests {
  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: #require(realData).appending(path: "boundaries-shanghai/\(name)"))
  }

  /// Shanghai with its 16 districts, and the communities of Lingang in Pudong.
  private func shanghai() async throws -> TestDatabase {
    var districts = AreaFile.Options()
    districts.system = .gcj02
    districts.codeProperty = "adcode"
    districts.parent = "310000"
    var lingang = AreaFile.Options()
    lingang.codeProperty = "id"
    lingang.level = .villageGrid
    lingang.parent = "310115"
    let communities = try AreaFile.drafts(in: lingangCommunities(), options: lingang)
    let drafts =
      [AreaDraft(code: "310000", name: "上海市", level: .city)]
      + (try AreaFile.drafts(in: bytes("shanghai-districts.geojson"), options: districts))
      + communities
    let test = try await TestDatabase()
    let summary = try await AreaDesk(test.database).load(drafts, by: .command)
    #expect(summary.added == 17 + communities.count)
    #expect(communities.count == 31)
    return test
  }

  /// Without the three grids of a higher level, whose numbers are those of communities.
  private func lingangCommunities() throws -> Data {
    var file = try #require(
      JSONSerialization.jsonObject(with: bytes("lingang-grid-communities.geojson"))
        as? [String: Any])
    let features = try #require(file["features"] as? [[String: Any]])
    file["features"] = features.filter {
      ($0["properties"] as? [String: Any])?["level"] as? Int == 3
    }
    return try JSONSerialization.data(withJSONObject: file)
  }

  @Test("the file of Lingang as it is uses three codes twice, and is refused whole")
  func twice() async throws {
    var options = AreaFile.Options()
    options.codeProperty = "id"
    options.level = .villageGrid
    #expect(
      await fault {
        _ = try AreaFile.drafts(in: bytes("lingang-grid-communities.geojson"), options: options)
      } == ["area.file-invalid"] + (31...33).map { "features[\($0)].properties.id area.code-twice" }
    )
  }

  @Test("the districts of Shanghai and the communities of Lingang hold their own places")
  func places() async throws {
    let test = try await shanghai()
    let map = try await test.database.places()
    func district(_ latitude: Double, _ longitude: Double) -> String? {
      map.grids(at: Point(latitude: latitude, longitude: longitude))[.district]?.name
    }
    #expect(district(31.2304, 121.4737) == "黄浦区")
    #expect(district(31.6270, 121.3975) == "崇明区")
    #expect(district(30.8994, 121.9130) == "浦东新区")
    #expect(district(39.9, 116.4) == nil)
    let community = map.grids(at: Point(latitude: 30.8956, longitude: 121.9056))
    #expect(community.finest?.name == "滴水湖清苑居委会")
    #expect(community.finest?.path == "310000/310115/1/")
  }

  @Test("real communities overlap a little; a point is in one of them all the same")
  func overlaps() async throws {
    let test = try await shanghai()
    let map = try await test.database.places()
    var seed = SeededGenerator(seed: 4)
    var found = 0
    for _ in 0..<2000 {
      let point = Point(
        latitude: seed.number(in: 30.85...30.95), longitude: seed.number(in: 121.8...121.98))
      let grids = map.grids(at: point)
      #expect(grids.areas.count { $0.level == .villageGrid } <= 1)
      if grids[.villageGrid] != nil { found += 1 }
    }
    #expect(found > 500)
  }
}
