import Base
import Foundation
import Testing

@testable import City

/// The order of a ranking: ties, who is listed only, and which way it runs.
@Suite struct RankingOrderTests {
  private func rows(_ values: [(String, Int?, Int)]) -> [RankingRow] {
    values.map { code, value, volume in
      RankingRow(
        holder: RankingHolder(key: .organisation(ID(1)), code: code, name: code, path: code),
        value: value.map { .number(Decimal($0)) } ?? .nothing(.dividedByNothing), volume: volume,
        figures: [:], measures: [:], terms: [])
    }
  }

  private func told(_ rows: [RankingRow]) -> [String] {
    rows.map { "\($0.holder.code)\($0.rank.map { " \($0)" } ?? "")" }
  }

  @Test("those who are alike share a rank, and the next one counts all before it")
  func ties() {
    let all = rows([("d", 70, 9), ("b", 90, 9), ("a", 90, 9), ("c", 80, 9), ("e", 80, 9)])
    #expect(
      told(Ranking.ranked(all, minimum: 0, isBetterLow: false))
        == ["a 1", "b 1", "c 3", "e 3", "d 5"])
    #expect(
      told(Ranking.ranked(all, minimum: 0, isBetterLow: true))
        == ["d 1", "c 2", "e 2", "a 4", "b 4"])
  }

  @Test("who has too few cases, or comes to nothing, is listed and takes no rank")
  func minimum() {
    let all = rows([("d", 99, 4), ("b", 50, 5), ("a", nil, 9), ("c", 60, 100)])
    #expect(
      told(Ranking.ranked(all, minimum: 5, isBetterLow: false)) == ["c 1", "b 2", "a", "d"])
    #expect(told(Ranking.ranked(all, minimum: 101, isBetterLow: false)) == ["a", "b", "c", "d"])
    #expect(Ranking.ranked([], minimum: 1, isBetterLow: false).isEmpty)
  }
}
