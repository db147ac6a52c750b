import Base
import City
import Foundation
import HTTPTypes
import Hummingbird

/// In and out, and how one likes the site shown.
extension Site {
  func addDoor(to group: RouterGroup<SiteContext>) {
    group.get("/") { _, context in
      Answer.redirect(context.signedIn == nil ? .signIn : .desk)
    }
    group.get("/sign-in") { request, context in
      if context.signedIn != nil { return Answer.redirect(.desk) }
      let next = Query(request)["next"].flatMap { SiteURL(returning: $0) }
      return try await page(door(next: next, isLost: context.sessionToken != nil), request, context)
    }
    group.post("/sign-in") { request, context in try await signIn(request, context) }
    group.post("/sign-out") { request, context in
      _ = try await FormData.read(request, context: context, blobs: centre.blobs)
      if let token = context.sessionToken {
        try await centre.identity.sessions.signOut(sessionToken: token)
      }
      return leaving()
    }
    group.post("/sign-out/everywhere") { request, context in
      _ = try await FormData.read(request, context: context, blobs: centre.blobs)
      _ = try await centre.identity.sessions.signOutEverywhere(
        by: try context.requireSignedIn().doer)
      return leaving()
    }
    addTaste("language", to: group) { Language(rawValue: $0) != nil }
    addTaste("theme", to: group) { Theme(rawValue: $0) != nil }
  }

  /// A switch that is kept in a cookie and leads back to where it was pressed.
  private func addTaste(
    _ name: String, to group: RouterGroup<SiteContext>,
    isKnown: @escaping @Sendable (String) -> Bool
  ) {
    group.post("/\(name)") { request, _ in
      try checkSameSite(request)
      let form = try await FormData.readAtDoor(request)
      let value = form.text(name) ?? ""
      guard isKnown(value) else {
        throw Fault.invalid(name, "value.choice", ["value": String(value.prefix(20))])
      }
      var response = Answer.redirect(form.text("here").flatMap { SiteURL(returning: $0) } ?? .home)
      response.setCookie(
        Cookie(name: name, value: value, maxAge: 31_536_000, path: "/", sameSite: .lax))
      return response
    }
  }

  private func door(next: SiteURL?, isLost: Bool) -> SignInPage {
    var page = SignInPage()
    page.next = next
    page.sessionIsLost = isLost
    page.demonstration = (settings.demonstration ?? []).map {
      SignInPage.Demonstration(
        name: $0.name, password: $0.password, role: $0.role.rawValue, organisation: $0.organisation)
    }
    return page
  }

  private func signIn(_ request: Request, _ context: SiteContext) async throws -> Response {
    try checkSameSite(request)
    try doorLimit.take(context.address)
    let form = try await FormData.readAtDoor(request)
    let next = form.text("next").flatMap { SiteURL(returning: $0) }
    do {
      let session = try await centre.identity.sessions.signIn(
        name: form.text("name") ?? "", password: form.values["password"]?.first ?? "")
      requests.signIn("accepted")
      var response = Answer.redirect(next ?? .desk)
      response.setCookie(sessionCookie(session.token, maxAge: Int(SessionLimits.longest)))
      return response
    } catch let fault as Fault where fault.kind != .broken {
      requests.signIn(fault.code)
      if fault.kind == .tooMany || fault.kind == .unavailable { requests.refused(fault.code) }
      var page = door(next: next, isLost: false)
      page.name = String((form.text("name") ?? "").prefix(100))
      page.fault = fault
      page.lockedUntil = fault.arguments["until"].flatMap { Moment($0) }
      var response = try await self.page(page, request, context, status: fault.status)
      response.say(wait: fault, now: centre.now())
      return response
    }
  }

  /// The door has no session to prove where its form comes from; the browser says it.
  private func checkSameSite(_ request: Request) throws {
    guard let name = HTTPField.Name("Sec-Fetch-Site"), let from = request.headers[name] else {
      return
    }
    guard from == "same-origin" || from == "none" else { throw Fault(.forbidden, "csrf.missing") }
  }

  private func leaving() -> Response {
    var response = Answer.redirect(.signIn)
    response.setCookie(sessionCookie("", maxAge: 0))
    return response
  }

  private func sessionCookie(_ value: String, maxAge: Int) -> Cookie {
    Cookie(
      name: Self.sessionCookie, value: value, maxAge: maxAge, path: "/",
      secure: settings.secureCookies, httpOnly: true, sameSite: .lax)
  }
}
