import Base
import Foundation

/// What the system says of this process.
enum ProcessFigures {
  static func all(startedAt: Moment) -> [Figure] {
    var figures = [
      Figure(
        "process_start_time_seconds", .gauge, "When the process began, in seconds since 1970.",
        startedAt.milliseconds / 1000)
    ]
    if let bytes = residentBytes {
      figures.append(
        Figure("process_resident_memory_bytes", .gauge, "Resident memory.", bytes))
    }
    if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
      figures.append(Figure("process_open_fds", .gauge, "Open files and sockets.", files.count))
    }
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
      figures.append(
        Figure("process_max_fds", .gauge, "The most that may be open.", limit.rlim_cur))
    }
    return figures
  }

  /// Nil where the system does not say.
  private static var residentBytes: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return pages.map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
  }
}
