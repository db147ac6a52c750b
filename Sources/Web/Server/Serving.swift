import Base
import City
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// A site at an address, and the passes that time asks for, until it is told to stop.
public struct Serving: Sendable {
  /// A connection on which nothing moves is closed, so that nobody holds them all.
  private static let longestIdle = TimeAmount.seconds(60)
  private let site: Site
  private let host: String
  private let port: Int
  private let logger: Logger

  public init(site: Site, host: String, port: Int, logger: Logger) {
    self.site = site
    self.host = host
    self.port = port
    self.logger = logger
  }

  /// Returns after a signal, when what was begun has been answered.
  ///
  /// - Parameter ready: called once with the port, when requests are taken.
  public func run(ready: @escaping @Sendable (Int) async -> Void) async throws {
    var logger = logger
    logger.logLevel = .notice
    let application = Application(
      router: site.routes(),
      server: .http1(configuration: .init(idleTimeout: Self.longestIdle)),
      configuration: .init(address: .hostname(host, port: port), serverName: "chengyun"),
      onServerRunning: { channel in await ready(channel.localAddress?.port ?? 0) },
      logger: logger)
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(service: application),
          .init(service: SweepService(centre: site.centre, holder: "node-\(site.settings.node)")),
        ],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }
}

/// Runs the passes over what is due every few seconds, on a node that holds the lease.
struct SweepService: Service {
  private static let pause = Duration.seconds(5)
  let centre: Centre
  let holder: String

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try await centre.kinds.refreshIfChanged(in: centre.database)
        try await centre.sweep(as: holder)
        try? await Task.sleep(for: Self.pause)
      }
    }
  }
}
