import Base
import Foundation

/// The machine's clock: the only place that asks for the present.
enum SystemClock {
  static let now: Now = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
