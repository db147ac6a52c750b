import Foundation
import Synchronization

/// A zone's offsets from UTC as a table, because asking Foundation costs about a microsecond each
/// time and a deadline asks often.
///
/// The table knows every change from 1900 to 2100; after that the last offset holds.
struct ZoneOffsets: Sendable {
  /// Milliseconds since 1970 at which each offset begins; the first holds for all time before.
  private let starts: [Int64]
  /// Milliseconds to add to UTC.
  private let offsets: [Int64]
  /// The last entry again: for a zone without summer time it answers almost every question.
  private let lastStart: Int64
  private let lastOffset: Int64

  private static let day: Int64 = 86_400_000
  private static let known = Mutex<[String: ZoneOffsets]>([:])

  /// The table of `zone`, made once in the life of the process.
  static func of(_ zone: TimeZone) -> ZoneOffsets {
    let name = zone.identifier
    if let table = known.withLock({ $0[name] }) { return table }
    let table = ZoneOffsets(zone)
    known.withLock { $0[name] = table }
    return table
  }

  init(_ zone: TimeZone) {
    var starts = [Int64.min]
    var date = Date(timeIntervalSince1970: -2_208_988_800)
    var offsets = [Int64(zone.secondsFromGMT(for: date)) * 1000]
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    while let next = zone.nextDaylightSavingTimeTransition(after: date), next > date, next < end {
      date = next
      let offset = Int64(zone.secondsFromGMT(for: date)) * 1000
      guard offset != offsets[offsets.count - 1] else { continue }
      starts.append(Moment(date).milliseconds)
      offsets.append(offset)
    }
    self.starts = starts
    self.offsets = offsets
    lastStart = starts[starts.count - 1]
    lastOffset = offsets[offsets.count - 1]
  }

  private func offset(at moment: Int64) -> Int64 {
    if moment >= lastStart { return lastOffset }
    // The first start after the moment; the one before it is in force.
    var low = 1
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= moment { low = middle + 1 } else { high = middle }
    }
    return offsets[low - 1]
  }

  /// The day number, and the milliseconds since its midnight, that the wall clock shows.
  func local(_ moment: Int64) -> (day: Int, millisecond: Int64) {
    let shifted = moment + offset(at: moment)
    let day = shifted.flooredQuotient(by: Self.day)
    return (Int(day), shifted - day * Self.day)
  }

  /// The instant of a wall-clock time; `millisecond` may be a whole day, the next midnight. Times
  /// that are skipped or occur twice are read as `Moment(_:in:)` reads them.
  func moment(_ day: Int, _ millisecond: Int64) -> Int64 {
    let naive = Int64(day) * Self.day + millisecond
    if naive - Self.day >= lastStart { return naive - lastOffset }
    let before = offset(at: naive - Self.day)
    let after = offset(at: naive + Self.day)
    if before == after || offset(at: naive - before) == before { return naive - before }
    return offset(at: naive - after) == after ? naive - after : naive - before
  }
}
