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
          .init(service: SweepService(site: site, logger: logger)),
          .init(service: FollowingService(site: site, logger: logger)),
        ] + settling(logger).map { .init(service: $0) },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }

  /// Where nobody else serves the centre there is nothing to settle.
  private func settling(_ logger: Logger) -> [SettlingService] {
    site.settings.hasNeighbours ? [SettlingService(site: site, logger: logger)] : []
  }
}

/// Runs the passes over what is due every few seconds, on a node that holds the lease, and keeps this
/// node's number its own.
struct SweepService: Service {
  private static let pause = Duration.seconds(5)
  let site: Site
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await pass()
        } catch {
          // A database that is away comes back; until then there is nothing to sweep.
          logger.notice("not swept", metadata: ["error": "\(error)"])
        }
        try? await Task.sleep(for: Self.pause)
      }
    }
    try? await site.centre.endSweeping(as: holder)
  }

  private var holder: String { "node-\(site.settings.node)" }

  private func pass() async throws {
    try await site.centre.keepNode(site.settings.node)
    try await site.centre.kinds.refreshIfChanged(in: site.centre.database)
    try await site.centre.sweep(as: holder, lease: site.settings.sweepLease)
  }
}
