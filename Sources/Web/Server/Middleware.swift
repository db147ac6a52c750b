import Base
import City
import HTTPTypes
import Hummingbird
import Logging

/// The same headers on every answer, and one clear answer for everything that is thrown.
struct Answering: RouterMiddleware {
  typealias Context = SiteContext
  let site: Site

  func handle(
    _ request: Request, context: SiteContext,
    next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.language = .chosen(
      cookie: request.cookie("language"), accept: request.headers[.acceptLanguage])
    context.theme = Theme(cookie: request.cookie("theme"))
    var response: Response
    do {
      response = try await next(request, context)
    } catch {
      response = await answer(to: error, request, context)
    }
    for (name, value) in SecurityHeaders.all {
      // A document of our own that stands for itself has brought a stricter policy.
      if let name = HTTPField.Name(name), response.headers[name] == nil {
        response.headers[name] = value
      }
    }
    return response
  }

  private func answer(
    to error: any Error, _ request: Request, _ context: SiteContext
  ) async -> Response {
    let fault = Fault.of(error)
    if fault.kind == .broken {
      context.log.error(
        "failed",
        metadata: [
          "error": "\(Trouble.words(for: error))", "route": "\(context.endpointPath ?? "none")",
        ])
    }
    if fault.kind == .tooMany || fault.kind == .unavailable { site.requests.refused(fault.code) }
    var context = context
    // What was found out on the way in is lost with the throw, and a path that is not there found
    // nothing out; the page around the fault is still the reader's own.
    // Who is turned away for want of room is not looked up either.
    if fault.code != "server.busy", let token = request.cookie(Site.sessionCookie) {
      context.signedIn = try? await site.centre.identity.sessions.doer(
        sessionToken: token, isSeen: !request.isByItself)
    }
    do {
      return try await site.answer(to: fault, request: request, context: context)
    } catch {
      // Without its database the site can still say that it is not well.
      return Response(status: fault.status)
    }
  }
}

/// Finds out who asks, by the session's cookie or an API token.
struct Recognising: RouterMiddleware {
  typealias Context = SiteContext
  let identity: Identity
  /// For those who are nobody to us, by their address.
  let limit: RateLimit
  /// For those who are signed in, by the person: a program that has run wild is told to wait before
  /// the others have to.
  let personLimit: RateLimit?

  func handle(
    _ request: Request, context: SiteContext,
    next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    if let header = request.headers[.authorization] {
      guard header.lowercased().hasPrefix("bearer "),
        let doer = try await identity.tokens.doer(apiToken: String(header.dropFirst(7)))
      else {
        try limit.take(context.address)
        throw Fault(.unauthenticated, "token.unknown")
      }
      context.doer = doer
    } else if let token = request.cookie(Site.sessionCookie) {
      context.sessionToken = token
      context.signedIn = try await identity.sessions.doer(
        sessionToken: token, isSeen: !request.isByItself)
      context.doer = context.signedIn?.doer
      try checkOrigin(of: request, context)
    }
    if let doer = context.doer {
      try personLimit?.take(doer.person?.description ?? context.address)
    } else {
      try limit.take(context.address)
    }
    return try await next(request, context)
  }

  /// A change with a session through the API must prove that it comes from a page of ours; forms
  /// carry their proof in the body, where it is checked when they are read.
  private func checkOrigin(of request: Request, _ context: SiteContext) throws {
    guard request.uri.path.hasPrefix("/api/"), let signedIn = context.signedIn,
      !request.isReading
    else { return }
    let given = HTTPField.Name("X-CSRF-Token").flatMap { request.headers[$0] }
    guard let given, signedIn.accepts(csrf: given) else {
      throw Fault(.forbidden, "csrf.missing")
    }
  }
}

/// Lets only those through who are signed in; others are led to the door and back.
struct Guarding: RouterMiddleware {
  typealias Context = SiteContext

  func handle(
    _ request: Request, context: SiteContext,
    next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    guard context.doer != nil else { throw Fault(.unauthenticated, "sign-in.needed") }
    return try await next(request, context)
  }
}
