import City
import Logging
import ServiceLifecycle

/// Settles what callers have asked of this node with the other nodes, every second: one transaction
/// for all callers of whom there is something to say, none when there is none.
struct SettlingService: Service {
  private static let pause = Duration.seconds(1)
  let site: Site
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while (try? await Task.sleep(for: Self.pause)) != nil {
        do {
          try await site.settleRates()
        } catch {
          // Each node goes on counting for itself, and says it all the next time.
          logger.notice("rates not settled", metadata: ["error": "\(Trouble.words(for: error))"])
        }
      }
    }
  }
}

extension Site {
  /// Settles all limits once.
  func settleRates() async throws {
    let limits = [doorLimit, publicLimit, personLimit].compactMap { $0 }
    let uses = limits.flatMap { limit in limit.unsettled().map { (limit, $0.caller, $0.use) } }
    guard !uses.isEmpty else { return }
    let levels = try await centre.identity.settle(uses.map(\.2))
    for ((limit, caller, use), level) in zip(uses, levels) {
      limit.settle(caller, use, level: level)
    }
  }
}
