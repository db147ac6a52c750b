import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// A limit that several nodes hold together.
@Suite struct SharedLimitTests {
  /// Nodes over one database, each with a site of its own.
  private static func nodes(_ count: Int, of town: WebTown) throws -> [Site] {
    var settings = SiteSettings()
    settings.requestsPerMinute = 600
    settings.hasNeighbours = true
    return try (0..<count).map { _ in try Site(centre: town.centre, settings: settings) }
  }

  private static func passes(_ site: Site, _ caller: String = "1") -> Bool {
    (try? site.personLimit?.take(caller)) != nil
  }

  /// Asks all nodes as much as they let through, once a tenth of a second.
  ///
  /// - Returns: how much was let through.
  private static func flood(
    _ sites: [Site], _ town: WebTown, seconds: Int64
  ) async throws -> Int {
    var passed = 0
    for tenth in 0..<(seconds * 10) {
      for site in sites {
        for _ in 0..<200 where passes(site) { passed += 1 }
      }
      town.clock.set(Moment(milliseconds: town.clock.now().milliseconds + 100))
      if tenth % 10 == 9 { for site in sites { try await site.settleRates() } }
    }
    return passed
  }

  @Test("over two nodes a person gets a burst for each, and then as much as over one")
  func held() async throws {
    let town = try await WebTown()
    let sites = try Self.nodes(2, of: town)
    // A burst is 120, and a minute 600.
    let first = try await Self.flood(sites, town, seconds: 60)
    #expect(first <= 600 + 2 * 120 + 2 * 10, "the burst of each, and what filled in a second")
    #expect(first >= 600)
    let later = try await Self.flood(sites, town, seconds: 60)
    #expect((540...660).contains(later), "no burst is left: \(later)")
  }

  @Test("one node alone lets through what it did before there were others")
  func alone() async throws {
    let town = try await WebTown()
    let sites = try Self.nodes(1, of: town)
    let passed = try await Self.flood(sites, town, seconds: 60)
    #expect((700...730).contains(passed), "\(passed)")
  }

  @Test("who asks little costs no commit")
  func quiet() async throws {
    let town = try await WebTown()
    let sites = try Self.nodes(2, of: town)
    for _ in 0..<5 { #expect(Self.passes(sites[0])) }
    try await sites[0].settleRates()
    #expect(try await town.count("rate_bucket") == 0)
    // What is too little to settle is forgotten once its bucket is full again.
    town.clock.advance(seconds: 60)
    try await sites[0].settleRates()
    for _ in 0..<5 { #expect(Self.passes(sites[0])) }
    try await sites[0].settleRates()
    #expect(try await town.count("rate_bucket") == 0)
    #expect(Self.passes(sites[0]))
    try await sites[0].settleRates()
    #expect(try await town.count("rate_bucket") == 1)
  }

  @Test("others are not told to wait for it, and the door is shared too")
  func apart() async throws {
    let town = try await WebTown()
    let sites = try Self.nodes(2, of: town)
    for _ in 0..<120 { #expect(Self.passes(sites[0])) }
    try await sites[0].settleRates()
    #expect(Self.passes(sites[1]), "it has not asked yet")
    for _ in 0..<5 { #expect(Self.passes(sites[1])) }
    try await sites[1].settleRates()
    #expect(!Self.passes(sites[1]), "now it knows")
    #expect(Self.passes(sites[1], "2"))
    for _ in 0..<20 { try sites[0].doorLimit.take("192.0.2.1") }
    try await sites[0].settleRates()
    try sites[1].doorLimit.take("192.0.2.1")
    try await sites[1].settleRates()
    #expect(throws: Fault.self) { try sites[1].doorLimit.take("192.0.2.1") }
    try sites[1].doorLimit.take("192.0.2.2")
  }
}
