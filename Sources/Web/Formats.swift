import Base

/// How times, spans of time and figures are written.
extension Wording {
  /// `2026-11-21 14:03`, on the wall clock.
  public func text(_ moment: Moment) -> String {
    let local = moment.local(in: zone)
    return "\(local.day) \(local.clockText.prefix(5))"
  }

  /// A span in its two largest units, without sign: `3 小时 20 分`, `2 天 4 小时`.
  /// - Parameter milliseconds: a span of natural time; a day has 24 hours.
  public func duration(_ milliseconds: Int64) -> String {
    let minutes = milliseconds.magnitude / 60_000
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
    let figures = ["days": String(days), "hours": String(hours), "minutes": String(rest)]
    switch (days, hours, rest) {
    case (1..., 1..., _): return text("duration.days-hours", figures)
    case (1..., _, _): return text("duration.days", figures)
    case (_, 1..., 1...): return text("duration.hours-minutes", figures)
    case (_, 1..., _): return text("duration.hours", figures)
    case (_, _, 1...): return text("duration.minutes", figures)
    default: return text("duration.moment")
    }
  }

  /// The same of a span in minutes; "—" when there is none.
  public func duration(minutes: Int?) -> String {
    minutes.map { duration(Int64($0) * 60_000) } ?? "—"
  }

  /// `21,388`.
  public func text(_ count: Int) -> String {
    var digits = String(count.magnitude)
    var mark = digits.count - 3
    while mark > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: mark))
      mark -= 3
    }
    return count < 0 ? "-\(digits)" : digits
  }

  /// A share as `95.2%`; "—" when there is none, because the denominator is 0.
  ///
  /// Nearly all is never written as 100 %, nor nearly nothing as 0 %.
  /// - Parameter rate: 0…1, more when a figure may exceed its base.
  public func percentage(_ rate: Double?) -> String {
    guard let rate, rate.isFinite else { return "—" }
    var tenths = Int((rate * 1000).rounded())
    if tenths == 1000, rate < 1 { tenths = 999 }
    if tenths == 0, rate > 0 { tenths = 1 }
    return "\(tenths / 10).\(abs(tenths % 10))%"
  }

  /// A size in bytes as `2.4 MB`, `20 MB`.
  public func size(_ bytes: Int) -> String {
    if bytes < 1024 * 1024 { return "\(max(1, (bytes + 512) / 1024)) KB" }
    let tenths = (bytes * 10 + 524_288) / 1_048_576
    return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
  }
}
