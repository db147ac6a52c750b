import City
import Logging
import ServiceLifecycle

/// Follows the ledger, so that this node knows what the others have done: takes over what it keeps in
/// memory, and tells its open pages.
struct FollowingService: Service {
  private static let patience = Duration.seconds(1)
  /// How often a line without news is kept alive, in seconds: a part of the lines in each, since every
  /// one of them is looked up again.
  private static let beat = 15
  let site: Site
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await follow() }
        group.addTask {
          var turn = 0
          while (try? await Task.sleep(for: .seconds(1))) != nil {
            await site.hub.beat(turn: turn, of: Self.beat)
            turn = (turn + 1) % Self.beat
          }
        }
      }
    }
    // Open pages would keep the server from ending; they come back to another node.
    await site.hub.end()
  }

  private func follow() async {
    while !Task.isCancelled {
      do {
        // What another node changed before there was anybody to hear of it.
        await site.hub.begin(at: try await site.follower.begin())
        try await site.centre.kinds.refreshIfChanged(in: site.centre.database)
        break
      } catch {
        failed(error)
        try? await Task.sleep(for: Self.patience)
      }
    }
    await site.follower.run { news in
      try await site.centre.hear(news)
      try await site.hub.hear(news)
    } failed: { error in
      failed(error)
    }
  }

  @Sendable private func failed(_ error: any Error) {
    logger.notice(
      "the ledger could not be read", metadata: ["error": "\(Trouble.words(for: error))"])
  }
}
