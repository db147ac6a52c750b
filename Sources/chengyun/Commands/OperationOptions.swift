import ArgumentParser
import Base
import Foundation
import Logging
import Web

extension LogFormat: ExpressibleByArgument {}

/// From what severity on lines are written.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
  case trace, debug, info, notice, warning, error, critical

  var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

extension AddressRange: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// How a server is watched over, and how much it takes on.
struct OperationOptions: ParsableArguments {
  @Option(help: "How lines of the log look (text on a terminal, else json).")
  var logFormat: LogFormat?

  @Option(help: "What is written to the log; info has a line for each request.")
  var logLevel = LogLevel.info

  @Option(
    name: .customLong("metrics"),
    help: ArgumentHelp(
      "Where /metrics stands, apart from the pages; not an address that the world reaches.",
      valueName: "host:port"))
  var metrics: String?

  @Option(
    help: ArgumentHelp(
      "A proxy, or a network of them, that may say for whom it asks; may stand several times.",
      valueName: "cidr"))
  var trustedProxy: [AddressRange] = []

  @Option(help: "Requests that are answered at once; the next gets 503.")
  var maxRequests = 512

  @Option(help: "Connections that are taken; the next wait.")
  var maxConnections = 4096

  @Option(
    help: ArgumentHelp(
      "How long after a signal it says that it is not ready, before it stops.",
      valueName: "seconds"))
  var shutdownDelay = 0

  func validate() throws {
    guard metrics == nil || metricsAddress != nil else {
      throw ValidationError("--metrics is HOST:PORT, such as 127.0.0.1:9090.")
    }
    guard (1...100_000).contains(maxRequests) else {
      throw ValidationError("--max-requests is 1 to 100000.")
    }
    guard (1...1_000_000).contains(maxConnections) else {
      throw ValidationError("--max-connections is 1 to 1000000.")
    }
    guard (0...600).contains(shutdownDelay) else {
      throw ValidationError("--shutdown-delay is 0 to 600.")
    }
  }

  /// Nil also for what is no address; `[::1]:9090` is one.
  var metricsAddress: (host: String, port: Int)? {
    guard let metrics, let colon = metrics.lastIndex(of: ":"),
      let port = Int(metrics[metrics.index(after: colon)...]), (0...65_535).contains(port)
    else { return nil }
    let host = metrics[..<colon].drop { $0 == "[" }.prefix { $0 != "]" }
    return host.isEmpty ? nil : (String(host), port)
  }

  /// - Parameter node: the number of this process, in every line.
  func log(node: Int) -> (logger: Logger, sink: LogSink) {
    let sink = LogSink { bytes in
      // A reader that has gone away is no reason to stop.
      try? FileHandle.standardError.write(contentsOf: Data(bytes))
    }
    let format = logFormat ?? (isatty(STDERR_FILENO) == 1 ? .text : .json)
    let level = logLevel.level
    var logger = Logger(label: "chengyun") { _ in
      LineLog(format, level: level, now: SystemClock.now, to: sink)
    }
    logger[metadataKey: "node"] = .stringConvertible(node)
    return (logger, sink)
  }

  func apply(to settings: inout SiteSettings, _ sink: LogSink) {
    settings.requestsAtOnce = maxRequests
    settings.trustedProxies = trustedProxy
    settings.figures.append {
      [
        Figure(
          "chengyun_log_lines_dropped_total", .counter,
          "Lines of the log that were dropped because nobody read them fast enough.",
          sink.dropped.value)
      ]
    }
  }

  /// Lets the process open as many files as it may, and keeps some back for the database and files.
  func connections() -> Int {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0 else { return maxConnections }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(resource, &limit)
    return max(1, min(maxConnections, Int(clamping: limit.rlim_cur) - 256))
  }
}
