import Base
import HTTPTypes
import Hummingbird
import Logging

/// Outermost of all: names the request, finds out where it comes from, counts it, and writes a line
/// about it. Nothing that was sent but its method and its name is in that line.
struct Observing: RouterMiddleware {
  typealias Context = SiteContext
  let requests: RequestMeter
  let proxies: TrustedProxies

  func handle(
    _ request: Request, context: SiteContext,
    next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.reference = RequestName.of(request, own: context.reference)
    context.log[metadataKey: "request"] = "\(context.reference)"
    context.address = proxies.caller(from: context.address, request.headers)
    requests.inFlight.raise()
    defer { requests.inFlight.lower() }
    let start = ContinuousClock.now
    var response = try await next(request, context)
    let took = ContinuousClock.now - start
    let route = context.endpointPath.flatMap { $0 == "NotFound" ? nil : $0 }
    requests.add(
      route: route, method: request.method, status: response.status.code, took: took)
    if let name = RequestName.header { response.headers[name] = context.reference }
    note(request, route, response, took, in: context.log)
    return response
  }

  private func note(
    _ request: Request, _ route: String?, _ response: Response, _ took: Duration,
    in logger: Logger
  ) {
    // Whether a server lives is asked so often that the line says nothing.
    let isProbe = route?.hasPrefix("/health/") == true && response.status.code == 200
    var metadata: Logger.Metadata = [
      "method": .stringConvertible(request.method.rawValue), "route": "\(route ?? "none")",
      "status": .stringConvertible(response.status.code),
      "seconds": .stringConvertible((took.inSeconds * 1e6).rounded() / 1e6),
    ]
    if let bytes = response.body.contentLength { metadata["bytes"] = .stringConvertible(bytes) }
    logger.log(level: isProbe ? .debug : .info, "request", metadata: metadata)
  }
}
