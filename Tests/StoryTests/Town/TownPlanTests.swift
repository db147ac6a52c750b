import Base
import City
import Foundation
import Testing

@testable import Town

@Suite struct TownPlanTests {
  private static let catalogue = Result {
    try Catalogue.read(Catalogue.shippedFiles, knowing: Centre.knownNames)
  }

  private func frame(
    _ today: String = "2026-11-20T15:40:00+08:00", seed: UInt64 = 1,
    _ volume: TownVolume = .year
  ) throws -> TownPlan.Frame {
    TownPlan.Frame(
      seed: seed, today: try #require(Moment(today)), volume: volume,
      villages: [Double](repeating: 1, count: 12), catalogue: try Self.catalogue.get(),
      calendar: try CalendarFile.standard,
      zone: try #require(TimeZone(identifier: "Asia/Shanghai")))
  }

  private func isPatrol(_ planned: PlannedCase) -> Bool {
    planned.channel == .patrol || planned.channel == .own
  }

  @Test(
    "a year has what the town's report counts without May: 21,388 found by patrols, 2,850 new buildings with 7 unlawful, 889 uses of land with 3",
    arguments: [
      "2026-11-20T15:40:00+08:00", "2026-05-17T10:00:00+08:00", "2026-01-01T00:05:00+08:00",
      "2024-12-31T23:50:00+08:00", "2025-06-01T03:00:00+08:00",
    ])
  func counts(today: String) throws {
    let frame = try frame(today)
    let plan = TownPlan(frame)
    let counted = plan.cases.filter {
      isPatrol($0) && $0.reportedAt.local(in: frame.zone).day.parts.month != 5
    }
    #expect(counted.count == 21_388)
    let buildings = counted.filter { $0.kind == "E0701" }
    #expect(buildings.count == 2_850)
    #expect(buildings.count { $0.isUnlawful } == 7)
    let land = counted.filter { $0.kind == "E0702" }
    #expect(land.count == 889)
    #expect(land.count { $0.isUnlawful } == 3)
    #expect(plan.cases.count { $0.channel == .hotline && $0.level == .town } == 2_600)
    #expect(plan.cases.allSatisfy { !$0.isUnlawful || !$0.isOnTheSpot })
  }

  @Test(
    "January to October have what mediators' report counts: 89 disputes, 71 agreements in writing, 8 by word, 6.816 million yuan",
    arguments: [
      "2026-11-20T15:40:00+08:00", "2026-05-17T10:00:00+08:00", "2024-12-31T23:50:00+08:00",
    ])
  func mediations(today: String) throws {
    let frame = try frame(today)
    let all = TownPlan(frame).cases.filter { $0.settlement != nil }
    let counted = all.filter { $0.reportedAt.local(in: frame.zone).day.parts.month <= 10 }
    let settlements = counted.compactMap(\.settlement)
    #expect(settlements.count == 89 && settlements.allSatisfy { $0.outcome == .settled })
    #expect(settlements.count { $0.agreement == .written } == 71)
    #expect(settlements.count { $0.agreement == .oral } == 8)
    #expect(settlements.compactMap(\.amount).reduce(0, +) == 6_816_000)
    #expect(settlements.allSatisfy { $0.amount == nil || $0.agreement != .none })
    #expect(settlements.compactMap(\.amount).allSatisfy { $0 > 0 })
    let rest = all.count - counted.count
    #expect((8...30).contains(rest))
    #expect(Set(all.compactMap { $0.settlement?.outcome }) == Set(MediationResult.Outcome.allCases))
  }

  @Test("May has cases of its own, at the rate of the other months")
  func may() throws {
    let frame = try frame()
    let found = TownPlan(frame).cases.filter(isPatrol)
    let may = found.count { $0.reportedAt.local(in: frame.zone).day.parts.month == 5 }
    let rate = Double(may) / 31
    #expect((0.85...1.15).contains(rate / (21_388.0 / 334)))
  }

  @Test("a plan runs in the order of time, from its first day to the present")
  func order() throws {
    for volume in [TownVolume.year, .fortnight] {
      let frame = try frame("2026-11-21T00:20:00+08:00", volume)
      let plan = TownPlan(frame)
      let moments = plan.cases.map(\.reportedAt)
      #expect(moments == moments.sorted())
      #expect(moments.allSatisfy { plan.start <= $0 && $0 <= frame.today })
      let first = plan.start.local(in: frame.zone)
      #expect(first.millisecond == 0)
      #expect(frame.today.local(in: frame.zone).day - first.day == volume.days - 1)
    }
  }

  @Test("every planned kind is in the catalogue, by a channel it allows, and all with texts come")
  func kinds() throws {
    let frame = try frame()
    let plan = TownPlan(frame)
    for planned in plan.cases {
      let kind = try #require(frame.catalogue[planned.kind])
      #expect(kind.allows(planned.channel), "\(kind.code) \(planned.channel)")
      #expect(!planned.isOnTheSpot || kind.onTheSpot)
      #expect(planned.isOnTheSpot == (planned.channel == .own))
    }
    #expect(Set(plan.cases.map(\.kind)) == Set(TownTexts().codes))
    #expect(Set(plan.cases.map(\.village)) == Set(0..<12))
  }

  @Test("patrols work by day and less at weekends; straw burns after the harvests")
  func rhythm() throws {
    let frame = try frame()
    let plan = TownPlan(frame)
    let found = plan.cases.filter { isPatrol($0) && $0.wait == nil }
    let times = found.map { $0.reportedAt.local(in: frame.zone) }
    let byDay = times.count { (7..<18).contains($0.hour) }
    #expect(Double(byDay) / Double(times.count) > 0.9)
    let weekend = times.count { $0.day.weekday.isWeekend }
    #expect((0.1...0.24).contains(Double(weekend) / Double(times.count)))
    let straw = plan.cases.filter { $0.kind == "E0115" }.map {
      $0.reportedAt.local(in: frame.zone).day.parts.month
    }
    #expect(straw.count { [5, 6, 10, 11].contains($0) } > straw.count / 2)
  }

  @Test("cases wait in every state for each desk, whatever the hour")
  func waiting() throws {
    for today in ["2026-11-20T15:40:00+08:00", "2026-11-22T03:10:00+08:00"] {
      let plan = TownPlan(try frame(today, .fortnight))
      let states = Set(plan.cases.compactMap { $0.wait?.state })
      #expect(states == Set(CaseState.allCases).subtracting([.void, .merged, .transferred]))
    }
  }

  @Test("the same seed gives the same plan, another seed another")
  func seeded() throws {
    let one = TownPlan(try frame()).cases
    #expect(one == TownPlan(try frame()).cases)
    #expect(one != TownPlan(try frame(seed: 2)).cases)
  }
}

@Suite struct EventQueueTests {
  @Test("events come by their moment, and of one moment in the order they were put in")
  func order() {
    var queue = EventQueue<Int>()
    var dice = SeededGenerator(seed: 4)
    for number in 0..<500 {
      queue.add(number, at: Moment(milliseconds: Int64(dice.number(in: 0...60))))
    }
    var last = (moment: Moment(milliseconds: -1), event: -1)
    for _ in 0..<500 {
      guard let next = queue.next() else { break }
      #expect((last.moment, last.event) < (next.moment, next.event))
      last = next
    }
    #expect(queue.next() == nil)
    #expect(queue.nextMoment == nil)
  }
}

@Suite struct PictureTests {
  @Test("a drawn picture is a PNG of its size, and small")
  func picture() throws {
    var picture = PictureFile(width: 300, height: 250, palette: [(0, 0, 0), (255, 0, 0)])
    picture.fill(10..<400, 10..<20, 1)
    picture.ellipse((x: 290, y: 240), (x: 30, y: 20), 1, rim: 4)
    let bytes = picture.bytes
    #expect(FileKind.sniff(bytes) == .png)
    #expect(FileKind.png.imageSize(bytes) == FileKind.ImageSize(width: 300, height: 250))
    #expect(bytes.count < 76_000)
    // The checksum of an empty IEND is the one that every PNG ends with.
    #expect(Array(bytes.suffix(4)) == [0xAE, 0x42, 0x60, 0x82])
  }
}
