import Base
import City
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// A site at an address, and the passes that time asks for, until it is told to stop.
public struct Serving: Sendable {
  /// Where and how it listens.
  public struct Options: Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    /// Where measurements and the state of health stand; nil for nowhere.
    public var operations: (host: String, port: Int)?
    /// Connections that are taken; the next wait until one is closed.
    public var connections = 4096
    /// For so long after a signal it answers as before, but says that it is not ready, so that a proxy
    /// sends nothing more.
    public var leave = Duration.zero

    public init() {}
  }

  /// A connection on which nothing moves is closed, so that nobody holds them all.
  private static let longestIdle = TimeAmount.seconds(60)
  private let site: Site
  private let options: Options
  private let logger: Logger

  public init(site: Site, options: Options, logger: Logger) {
    self.site = site
    self.options = options
    self.logger = logger
  }

  /// Returns after a signal, when what was begun has been answered.
  ///
  /// - Parameters:
  ///   - ready: called once with the port, when requests are taken.
  ///   - watched: the same for measurements.
  public func run(
    ready: @escaping @Sendable (Int) async -> Void,
    watched: @escaping @Sendable (Int) async -> Void = { _ in }
  ) async throws {
    // Each is named: without a name one is described field by field, down to the whole catalogue.
    var services: [ServiceGroupConfiguration.ServiceConfiguration] = []
    if let operations = options.operations {
      services.append(
        .init(
          service: application(
            site.operationRoutes(), at: operations, connections: 64, ready: watched),
          serviceName: "operations"))
    }
    services.append(
      .init(
        service: application(
          site.routes(), at: (options.host, options.port), connections: options.connections,
          ready: ready), serviceName: "site"))
    services.append(
      .init(service: SweepService(site: site, logger: logger), serviceName: "sweep"))
    services.append(
      .init(service: FollowingService(site: site, logger: logger), serviceName: "following"))
    // Where nobody else serves the centre there is nothing to settle.
    if site.settings.hasNeighbours {
      services.append(
        .init(service: SettlingService(site: site, logger: logger), serviceName: "settling"))
    }
    // The last is stopped first.
    services.append(
      .init(
        service: LeavingService(readiness: site.readiness, delay: options.leave),
        serviceName: "leaving"))
    let group = ServiceGroup(
      configuration: .init(
        services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
    try await group.run()
  }

  /// The frameworks say more of themselves than of what is asked of them.
  private var quiet: Logger {
    var quiet = logger
    quiet.logLevel = max(.notice, logger.logLevel)
    return quiet
  }

  private func application(
    _ router: Router<SiteContext>, at address: (host: String, port: Int), connections: Int,
    ready: @escaping @Sendable (Int) async -> Void
  ) -> some Service {
    Application(
      router: router, server: .http1(configuration: .init(idleTimeout: Self.longestIdle)),
      configuration: .init(
        address: .hostname(address.host, port: address.port), serverName: "chengyun",
        // The system drops what finds no room there, and whoever it was tries again seconds later.
        backlog: min(connections, 4096),
        availableConnectionsDelegate: .maximum(connections, logger: quiet)),
      onServerRunning: { channel in await ready(channel.localAddress?.port ?? 0) },
      logger: logger)
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
        await pass()
        try? await Task.sleep(for: Self.pause)
      }
    }
    try? await site.centre.endSweeping(as: holder)
  }

  private var holder: String { "node-\(site.settings.node)" }

  /// A database that is away for a while must not end the server: the next pass does it all.
  func pass() async {
    let start = ContinuousClock.now
    do {
      try await site.centre.keepNode(site.settings.node)
      try await site.centre.kinds.refreshIfChanged(in: site.centre.database)
      // Of a pass that another node makes, this one knows nothing.
      guard try await site.centre.sweep(as: holder, lease: site.settings.sweepLease) else { return }
      site.sweeps.add(took: ContinuousClock.now - start, at: site.centre.now())
    } catch is CancellationError {
      return
    } catch {
      site.sweeps.failed()
      logger.error("sweep failed", metadata: ["error": "\(Trouble.words(for: error))"])
    }
  }
}

/// Says for a while that the server is going, before it goes.
struct LeavingService: Service {
  let readiness: Readiness
  let delay: Duration

  func run() async throws {
    try? await gracefulShutdown()
    readiness.stop()
    try? await Task.sleep(for: delay)
  }
}
