import Base
import HTTPTypes
import Hummingbird

/// For proxies and those who watch over servers: open, outside every limit, and without secrets.
extension Site {
  func addHealth(to router: Router<SiteContext>) {
    router.get("/health/live") { _, _ in try Answer.json(["status": "live"]) }
    router.get("/health/ready") { _, _ in
      let report = await readiness.report()
      var response = try Answer.json(
        Health(status: report.isReady ? "ready" : "not-ready", parts: report),
        status: report.isReady ? .ok : .serviceUnavailable)
      if !report.isReady { response.headers[.retryAfter] = "2" }
      return response
    }
  }

  private struct Health: Encodable {
    let status: String
    let parts: Readiness.Report
  }

  /// What stands at the address for those who watch, which the world does not see.
  func operationRoutes() -> Router<SiteContext> {
    let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: Answering(site: self))
    addHealth(to: router)
    router.get("/metrics") { _, _ in await Metrics(site: self).answer() }
    return router
  }
}
