import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// Boundaries that are brought in: what is wrong with them, and what moves.
@Suite struct AreaBringingTests {
  /// A rectangle from one meridian to another, as tall as the small town.
  private static func shape(
    _ west: Double, _ east: Double, south: Double = 31.4, north: Double = 31.5
  ) -> MultiPolygon {
    let corners = [(south, west), (south, east), (north, east), (north, west)]
    return MultiPolygon([
      Polygon(outer: corners.map { Point(latitude: $0.0, longitude: $0.1) })
    ])
  }

  private static func village(_ code: String, _ shape: MultiPolygon) -> AreaDraft {
    AreaDraft(code: code, name: code, level: .villageGrid, parent: "T", shape: shape)
  }

  private func bring(
    _ drafts: [AreaDraft], _ town: CaseTown, by doer: Doer = .command,
    _ change: (inout AreaBringing.Options) -> Void = { _ in }
  ) async throws -> AreaBringing.Report {
    var options = AreaBringing.Options()
    change(&options)
    return try await AreaBringing(town.desk).bring(drafts, options, by: doer)
  }

  /// The second village grows to the west by half of the first, which shrinks.
  private static let moved = [
    village("V1", shape(121.1, 121.14)), village("V2", shape(121.14, 121.3)),
  ]

  @Test(
    "a boundary that cuts running cases in two says which would lie elsewhere; they keep their area"
  )
  func preview() async throws {
    let town = try await CaseTown()
    let open = try await town.bring(to: .handling)
    let closed = try await town.bring(to: .closed)
    let elsewhere = try await town.bring(to: .filed, CaseTown.report(village: 1))
    let entries = try await town.database.read { try Ledger.last(in: $0) }
    let dry = try await bring(Self.moved, town) { $0.isDryRun = true }
    #expect(dry.movedCount == 1 && dry.moved.map(\.id) == [open])
    #expect(dry.moved.first?.from == "V1" && dry.moved.first?.to == "V2")
    #expect(dry.summary.changed == 2 && !dry.hasMoved && dry.findings.isEmpty)
    #expect(try await town.database.read { try Ledger.last(in: $0) } == entries, "nothing is left")
    let done = try await bring(Self.moved, town)
    #expect(done.movedCount == 1 && !done.hasMoved)
    for id in [open, closed] {
      #expect(try await town.view(id).case.areaPath == CaseTown.villages[0])
    }
    #expect(try await town.view(elsewhere).case.areaPath == CaseTown.villages[1])
    let again = try await bring(Self.moved, town)
    #expect(again.summary.unchanged == 2 && again.movedCount == 0)
  }

  @Test("on demand the importer moves them, with an entry for each case")
  func moves() async throws {
    let town = try await CaseTown()
    let open = try await town.bring(to: .handling)
    let closed = try await town.bring(to: .closed)
    let done = try await bring(Self.moved, town, by: town[.system]) { $0.movesCases = true }
    #expect(done.hasMoved && done.moved.map(\.id) == [open])
    #expect(try await town.view(open).case.areaPath == CaseTown.villages[1])
    #expect(try await town.view(closed).case.areaPath == CaseTown.villages[0])
    let last = try await town.database.read { try Ledger.entries(about: open.raw, in: $0).last }
    #expect(last?.verb == "case.correct")
    #expect(last?.actor == .importer(try #require(town[.system].person)))
  }

  @Test("what crosses itself, sticks out of the area above or overlaps is refused, with how much")
  func refused() async throws {
    let town = try await CaseTown()
    func codes(_ drafts: [AreaDraft]) async throws -> [String] {
      let fault = try await town.fault { _ = try await bring(drafts, town) }
      return fault?.fields.map { "\($0.name): \($0.code) \($0.arguments["other"] ?? "")" } ?? []
    }
    let tie = MultiPolygon([
      Polygon(
        outer: [(31.4, 121.1), (31.5, 121.2), (31.4, 121.2), (31.5, 121.1)].map {
          Point(latitude: $0.0, longitude: $0.1)
        })
    ])
    #expect(try await codes([Self.village("V1", tie)]) == ["V1: area.crossing "])
    #expect(
      try await codes([Self.village("V1", Self.shape(121.0, 121.2))]) == ["V1: area.outside T"])
    #expect(
      try await codes([Self.village("V1", Self.shape(121.1, 121.25))]) == ["V1: area.overlap V2"])
    let shrunk = AreaDraft(
      code: "T", name: "T", level: .town, parent: "310114", shape: Self.shape(121.1, 121.2))
    let sticking = try await codes([shrunk])
    #expect(sticking == ["V2: area.outside T"], "it stays, and sticks out now")
    let small = Self.village("V1", Self.shape(121.1, 121.20005))
    let report = try await bring([small], town) { $0.isDryRun = true }
    #expect(report.findings.map(\.kind) == [.overlap] && report.findings.allSatisfy(\.isTolerated))
    #expect(try await codes([small]) == [], "real boundaries are off by as much")
    let accepted = try await bring([Self.village("V1", Self.shape(121.1, 121.25))], town) {
      $0.acceptsFindings = true
    }
    #expect(accepted.findings.map(\.kind) == [.overlap] && accepted.summary.changed == 1)
    let denied = try await town.fault {
      _ = try await bring(Self.moved, town, by: town[.duty])
    }
    #expect(denied?.code == "right.missing")
  }

  @Test("a case that will be outside of every boundary is told of, and keeps its area")
  func outside() async throws {
    let town = try await CaseTown()
    let open = try await town.bring(to: .filed)
    let drafts = [
      AreaDraft(
        code: "310114", name: "310114", level: .district, shape: Self.shape(121.16, 121.3)),
      AreaDraft(
        code: "T", name: "T", level: .town, parent: "310114", shape: Self.shape(121.16, 121.3)),
      Self.village("V1", Self.shape(121.16, 121.2)),
    ]
    let done = try await bring(drafts, town) { $0.movesCases = true }
    #expect(done.moved.map(\.id) == [open] && done.moved.first?.to == nil)
    #expect(try await town.view(open).case.areaPath == CaseTown.villages[0])
  }

  @Test(
    "the districts of Shanghai cross nothing and overlap by no more than is tolerated",
    .enabled(if: realData != nil, "CHENGYUN_DATA is not set"))
  func real() async throws {
    let town = try await CaseTown()
    let path = try #require(realData).appending(
      path: "boundaries-shanghai/shanghai-districts.geojson")
    var options = AreaFile.Options()
    options.system = .gcj02
    options.codeProperty = "adcode"
    options.parent = "310000"
    let drafts =
      [AreaDraft(code: "310000", name: "上海市", level: .city)]
      + (try AreaFile.drafts(in: Data(contentsOf: path), options: options))
      // One of them is the small town's own.
      .filter { $0.code != "310114" }
    let report = try await bring(drafts, town) { $0.isDryRun = true }
    #expect(report.summary.added == 16)
    #expect(report.findings.allSatisfy { $0.kind == .overlap && $0.isTolerated })
  }
}
